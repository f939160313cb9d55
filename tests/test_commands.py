"""The command line: an article, a folder, an archive; what is wrong is said in a sentence."""

import io
import json
import subprocess
import sys

import pytest

from geo import __main__ as command
from geo import bulk
from geo.commands import COMMANDS

TEXT = "The finale of “Mission: Impossible – Fallout” plays in Kashmir, but it was shot in Norway."


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "fallout.txt"
    path.write_text(f"On location\n\n{TEXT}\n", encoding="utf-8")
    return path


@pytest.fixture
def archive(tmp_path):
    """Seven articles in JSON Lines; the third is none."""
    path = tmp_path / "news.jsonl"
    rows = [{"url": f"https://a.example/{n}", "text": TEXT} for n in range(7)]
    lines = [json.dumps(row) for row in rows]
    lines[2] = '{"text": ""}'
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def run(capfd, *arguments):
    status = command.main(list(map(str, arguments)))
    out, err = capfd.readouterr()
    return status, out, err


def records(text):
    return [json.loads(line) for line in text.splitlines()]


def test_an_article_gives_one_record_a_line(capfd, article):
    status, out, _ = run(capfd, "read", article)
    assert status == 0
    found = {(r["place"], r["role"], r["stands_for"]): r for r in records(out)}
    record = found["Norway", "filming", "Kashmir"]
    assert record["film"] == "Mission: Impossible – Fallout" and record["year"] == 2018
    assert record["evidence"] == TEXT and record["source"] == "fallout.txt"
    assert list(record)[:4] == ["film", "franchise", "year", "place"]


def test_the_table_is_for_people(capfd, article):
    _, out, _ = run(capfd, "read", article, "--format", "table")
    assert "Mission: Impossible – Fallout: Norway plays Kashmir (confirmed)" in out


def test_standard_input_is_read(capfd, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    _, out, _ = run(capfd, "read", "-")
    assert {r["source"] for r in records(out)} == {"standard input"}


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "is empty"), (b"%PDF-1.4", "is a PDF"), (b"\xff\xfe\xfa", "not UTF-8")],
)
def test_bad_files_are_refused_in_a_sentence(capfd, tmp_path, content, says):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    status, out, err = run(capfd, "read", path)
    assert (status, out) == (1, "") and says in err and "Traceback" not in err


def test_a_text_without_film_says_so(capfd, tmp_path):
    path = tmp_path / "weather.txt"
    path.write_text("It will rain in the north and be dry in the south for the whole of the week.")
    status, out, err = run(capfd, "read", path)
    assert (status, out) == (0, "") and "No film" in err


def test_an_archive_is_read_whole_and_its_bad_article_named(capfd, archive):
    status, out, err = run(capfd, "read", archive)
    assert status == 0
    assert {r["source"] for r in records(out)} == {f"https://a.example/{n}" for n in range(7)} - {
        "https://a.example/2"
    }
    assert f"{archive}:3: " in err and "1 article could not be read" in err


def test_an_archive_goes_on_where_it_stopped(capfd, archive, tmp_path, monkeypatch):
    output, whole = tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    run(capfd, "read", archive, "--output", whole)
    real, left = bulk.read_source, [4]

    def stops(source, **options):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return real(source, **options)

    monkeypatch.setattr(bulk, "read_source", stops)
    assert run(capfd, "read", archive, "--output", output)[0] == 130
    monkeypatch.setattr(bulk, "read_source", real)
    assert "Going on after 4 articles" in run(capfd, "read", archive, "--output", output)[2]
    assert output.read_bytes() == whole.read_bytes()


def test_dask_gives_the_same_records_in_the_same_order(archive, tmp_path):
    """In a process of its own: the workers of a local cluster import the main module anew."""
    outputs = []
    for more in ([], ["--dask"]):
        call = [sys.executable, "-m", "geo", "read", str(archive), *more]
        outputs.append(subprocess.run(call, capture_output=True, text=True, check=True).stdout)
    assert outputs[0] == outputs[1] and outputs[0]


def test_an_unknown_scheduler_is_said_to_be(capfd, archive):
    status, _, err = run(capfd, "read", archive, "--scheduler", "tcp://127.0.0.1:1")
    assert status == 1 and "No Dask scheduler answers" in err


def test_faults_of_the_catalogue_end_in_an_error(capfd, write):
    folder = write()
    assert run(capfd, "check-data", "--folder", folder)[0] == 0
    (folder / "films.csv").unlink()
    status, _, err = run(capfd, "check-data", "--folder", folder)
    assert status == 1 and "films.csv:1" in err and "faults found" in err


def test_help_names_every_command_and_imports_none():
    code = (
        "import sys\nfrom geo import __main__ as command\n"
        "try:\n    command.main(['--help'])\n"
        "except SystemExit:\n    print([m for m in sys.modules if m.startswith('geo.commands.')])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert COMMANDS.keys() <= set(told.stdout.split())
    assert told.stdout.endswith("[]\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_of_its_own(name, capsys):
    with pytest.raises(SystemExit) as ended:
        command.main([name, "--help"])
    assert ended.value.code == 0
    assert f"geo {name}" in capsys.readouterr().out
