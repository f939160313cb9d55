"""Archives: every article in order, bad ones named, and a killed run goes on where it was."""

import gzip
import json

import pytest

from geo.archive import Progress, carried, is_archive, name, open_article, sources
from geo.errors import BadArticle, BadInput


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.md").write_text("# Two\n\nText.")
    (tmp_path / "a.txt").write_text("One\n\nText.")
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    return tmp_path


def test_a_folder_is_read_in_order_with_its_subfolders(folder):
    assert is_archive(folder)
    assert [open_article(source).title for source in sources(folder)] == ["One", "Two"]


def test_what_travels_is_the_same_article(folder):
    for source in sources(folder):
        assert open_article(carried(source)) == open_article(source)
    assert name(carried(source)) == name(source)
    assert carried(folder / "gone.txt") == folder / "gone.txt"


def test_a_folder_without_articles_is_said_to_be(tmp_path):
    with pytest.raises(BadInput, match="holds no file"):
        sources(tmp_path)


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz"])
def test_json_lines_carry_their_own_names(tmp_path, ending):
    path = tmp_path / f"news.{ending}"
    rows = [{"url": "https://a.example/1", "text": "A shoot.", "title": "T"}, {"text": "B."}]
    opener = gzip.open if ending.endswith("gz") else open
    with opener(path, "wt") as file:
        file.write("\n".join(map(json.dumps, rows)) + "\n\nno json\n")
    first, second, bad = list(sources(str(path)))
    assert (open_article(first).source, open_article(first).title) == ("https://a.example/1", "T")
    assert open_article(second).source == f"{path}:2"
    with pytest.raises(BadArticle, match=r"news\.jsonl.*:4 is not JSON"):
        open_article(bad)
    assert name(bad) == f"{path}:4"


def test_a_run_cut_off_in_the_middle_goes_on_without_loss_or_repeat(tmp_path):
    output = tmp_path / "out.jsonl"
    progress = Progress(output)
    progress.write("a", "1\n")
    progress.write("b", "")
    with open(output, "a") as file:
        file.write('{"half of c')
    with open(f"{output}.done", "a") as file:
        file.write("99")
    again = Progress(output)
    assert again.done == {"a", "b"}
    again.write("c", "3\n")
    assert output.read_text() == "1\n3\n"
    again.finish()
    assert Progress(output).done == set()


def test_a_finished_output_is_written_anew(tmp_path):
    output = tmp_path / "out.jsonl"
    output.write_text("old")
    Progress(output).write("a", "new\n")
    assert output.read_text() == "new\n"
