"""`python -m geo geocode`: names, tables, what failed and is tried again."""

import argparse
import csv
import json

import pytest

from geo.commands import geocode as command
from geo.errors import BadInput, CouldNotAsk
from geo.geocode import Verdict
from geo.model import Place

PLACES = {
    "Pulpit Rock": Place("Preikestolen", "NO", 58.98631, 6.19041, "site", 0.3, "", "OSM", "ODbL"),
    "Kashmir": Place("Kashmir", "IN", 34.0, 76.0, "region", 200.0, "", "ours", "CC BY 4.0"),
    "Caladan": Place("Caladan", None, None, None, "fictional", None, "", "ours", "CC BY 4.0"),
    "Evil": Place('=HYPERLINK("x")', "NO", 1.0, 2.0, "site", 0.3, "", "+OSM", "ODbL"),
}


class Service:
    """A Geocoder that knows PLACES, and fails for the names in `failing`."""

    def __init__(self):
        self.failing, self.asked, self.killed_at = set(), [], None

    def explain(self, name, context):
        if name == self.killed_at:
            raise KeyboardInterrupt
        self.asked.append((name, context.near, context.online))
        if name in self.failing:
            raise CouldNotAsk("The server is down.")
        place = PLACES.get(name)
        return Verdict(place, f"So it is with {name}.")


@pytest.fixture
def service(monkeypatch):
    service = Service()
    monkeypatch.setattr(command, "shared", lambda: service)
    return service


def run(*arguments):
    parser = argparse.ArgumentParser()
    command.add(parser)
    options = parser.parse_args([*map(str, arguments)])
    return options.run(options)


@pytest.fixture
def table(tmp_path, service):
    """Write rows of names, run the command on them; gives status and rows of the output."""
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"

    def _table(names, *more):
        with open(source, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([["film", "where"], *([f"F {n}", n] for n in names)])
        status = run("--csv", source, "--column", "where", "--output", output, *more)
        with open(output, newline="", encoding="utf-8") as file:
            return status, list(csv.DictReader(file))

    _table.output, _table.part = output, output.with_name("out.csv.part")
    return _table


def test_a_name_prints_its_place_and_why(service, capsys):
    assert run("Pulpit Rock", "Atlantis", "Caladan", "--near", "Norway") == 0
    shown = capsys.readouterr().out
    assert "Preikestolen, NO, site, 58.9863, 6.1904" in shown
    assert "So it is with Pulpit Rock" in shown
    assert "Atlantis: unknown" in shown and "Caladan, fictional" in shown
    assert service.asked[0] == ("Pulpit Rock", ("Norway",), False)


def test_json_is_a_line_a_name(service, capsys):
    run("Pulpit Rock", "Atlantis", "--format", "json", "--online")
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["place"]["latitude"] == 58.98631 and first["place"]["licence"] == "ODbL"
    assert second["place"] is None and second["why"]
    assert service.asked[0][2] is True


def test_one_failure_does_not_keep_the_others_from_their_answer(service, capsys):
    service.failing = {"Kashmir"}
    assert run("Kashmir", "Pulpit Rock") == 1
    captured = capsys.readouterr()
    assert "Preikestolen" in captured.out and "could not be asked" in captured.err


def test_with_the_real_gazetteer_all_candidates_are_shown(capsys):
    assert run("Kingston", "--near", "Jamaica", "--format", "json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["place"]["country"] == "JM"
    assert {"JM", "CA"} <= {c["place"]["country"] for c in answer["candidates"]}
    assert all(c["why"] for c in answer["candidates"])


def test_columns_are_added_to_every_row(table):
    status, rows = table(["Pulpit Rock", "Kashmir", "Caladan", "Atlantis"])
    assert status == 0
    assert [row["film"] for row in rows] == [
        "F Pulpit Rock",
        "F Kashmir",
        "F Caladan",
        "F Atlantis",
    ]
    assert [row["status"] for row in rows] == ["found", "found", "fictional", "unknown"]
    rock, kashmir, caladan, atlantis = rows
    assert rock["name"] == "Preikestolen" and float(rock["latitude"]) == 58.98631
    assert (kashmir["precision"], kashmir["extent"]) == ("region", "200")
    assert caladan["latitude"] == caladan["longitude"] == atlantis["latitude"] == ""
    assert rock["source"] == "OSM" and rock["licence"] == "ODbL"


def test_a_column_that_the_table_has_already_is_kept(tmp_path, service):
    (tmp_path / "in.csv").write_text("name\nPulpit Rock\n")
    out = tmp_path / "out.csv"
    assert run("--csv", tmp_path / "in.csv", "--column", "name", "--output", out) == 0
    (row,) = csv.DictReader(out.open(newline=""))
    assert row["name"] == "Pulpit Rock" and row["place_name"] == "Preikestolen"


def test_a_column_may_hold_hints(tmp_path, service):
    (tmp_path / "in.csv").write_text("n,by\nPulpit Rock,Norway\nKashmir,\n")
    names = ("--csv", tmp_path / "in.csv", "--column", "n", "--near-column", "by")
    run(*names, "--near", "Europe", "--output", tmp_path / "out.csv")
    assert [near for _, near, _ in service.asked] == [("Europe", "Norway"), ("Europe",)]


def test_rows_that_failed_are_marked_and_only_they_are_tried_again(table, service):
    service.failing = {"Kashmir"}
    status, rows = table(["Pulpit Rock", "Kashmir", "Atlantis"])
    assert status == 1
    assert rows[1]["status"] == "failed" and "down" in rows[1]["message"]
    assert rows[1]["latitude"] == ""
    service.failing, service.asked = set(), []
    status, rows = table(["Pulpit Rock", "Kashmir", "Atlantis"])
    assert status == 0 and [row["status"] for row in rows] == ["found", "found", "unknown"]
    assert [name for name, *_ in service.asked] == ["Kashmir"]


def test_a_killed_run_goes_on_where_it_stopped(table, service):
    names = ["Pulpit Rock", "Kashmir", "Atlantis", "Caladan"]
    service.killed_at = "Atlantis"
    with pytest.raises(KeyboardInterrupt):
        table(names)
    assert table.part.exists() and not table.output.exists()
    service.killed_at, service.asked = None, []
    status, rows = table(names)
    assert status == 0 and len(rows) == 4
    assert [name for name, *_ in service.asked] == ["Atlantis", "Caladan"]
    assert not table.part.exists()


def test_a_line_torn_off_in_the_middle_is_asked_for_again(table, service):
    service.killed_at = "Atlantis"
    with pytest.raises(KeyboardInterrupt):
        table(["Pulpit Rock", "Kashmir", "Atlantis"])
    whole = table.part.read_bytes()
    table.part.write_bytes(whole[:-9])
    service.killed_at, service.asked = None, []
    _, rows = table(["Pulpit Rock", "Kashmir", "Atlantis"])
    assert [name for name, *_ in service.asked] == ["Kashmir", "Atlantis"]
    assert [row["status"] for row in rows] == ["found", "found", "unknown"]


def test_what_was_unknown_offline_is_asked_online(table, service):
    table(["Atlantis", "Kashmir"])
    service.asked = []
    table(["Atlantis", "Kashmir"], "--online")
    assert [name for name, *_ in service.asked] == ["Atlantis"]


def test_a_row_that_has_changed_is_asked_again(table, service):
    table(["Pulpit Rock", "Kashmir"])
    service.asked = []
    table(["Pulpit Rock", "Atlantis"])
    assert [name for name, *_ in service.asked] == ["Atlantis"]


def test_no_formula_comes_out_of_a_service(table):
    _, (row,) = table(["Evil"])
    assert row["name"].startswith("'=") and row["source"].startswith("'+")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("film,where\na\n", "row 2"),
        ('film,where\n"a,b\n', "no CSV"),
        ("film,place\na,b\n", "no column where"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(tmp_path, service, text, says):
    (tmp_path / "in.csv").write_text(text)
    with pytest.raises(BadInput, match=says):
        run("--csv", tmp_path / "in.csv", "--column", "where", "--output", tmp_path / "out.csv")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("Oslo", "--csv", "x"),
        ("--csv", "x"),
        ("--csv", "nowhere.csv", "--column", "a", "--output", "b"),
    ],
)
def test_arguments_that_cannot_be_used_say_why(service, arguments):
    with pytest.raises(BadInput):
        run(*arguments)


def test_the_table_itself_is_never_written_over(tmp_path, service):
    (tmp_path / "in.csv").write_text("where\nKashmir\n")
    names = ("--csv", tmp_path / "in.csv", "--column", "where", "--output", tmp_path / "in.csv")
    with pytest.raises(BadInput, match="another file"):
        run(*names)
    assert (tmp_path / "in.csv").read_text() == "where\nKashmir\n"
