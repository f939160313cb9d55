"""Imports of open data: the real shapes, a real SPARQL engine, nothing twice, nothing unsaid."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from rdflib import Graph

from geo import __main__ as command
from geo import catalogue
from geo.errors import BadInput, CouldNotAsk
from geo.fetch import fetch
from geo.gazetteer import Gazetteer
from geo.imports.match import Matcher
from geo.imports.tables import PARIS, SAN_FRANCISCO, read_table
from geo.imports.wikidata import query, read_wikidata
from geo.store import Store

GRAPH = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
wd:Q1 rdfs:label "Mission: Impossible – Fallout"@en, "Fallout"@de ; wdt:P179 wd:Q9 ;
  wdt:P577 "2018-07-12T00:00:00Z"^^xsd:dateTime, "2018-08-02T00:00:00Z"^^xsd:dateTime ;
  wdt:P915 wd:Q2, wd:Q3, wd:Q5 ; wdt:P840 wd:Q4 .
wd:Q6 rdfs:label "Skyfall"@en ; wdt:P915 wd:Q3 .
wd:Q2 rdfs:label "Preikestolen"@en ; wdt:P625 "Point(6.19 58.986)"^^geo:wktLiteral ;
  wdt:P17 wd:Q20 ; wdt:P31 wd:Q107679 .
wd:Q20 wdt:P297 "NO" .
wd:Q3 rdfs:label "United Kingdom"@en ; wdt:P625 "Point(-2 54.6)"^^geo:wktLiteral ;
  wdt:P31 wd:Q3624078, wd:Q112099 .
wd:Q4 rdfs:label "Kashmir"@en ; wdt:P625 "Point(76 34.5)"^^geo:wktLiteral ; wdt:P31 wd:Q82794 .
wd:Q5 rdfs:label "Sea of Tranquility"@en ;
  wdt:P625 "<http://www.wikidata.org/entity/Q405> Point(31.4 8.5)"^^geo:wktLiteral .
"""


@pytest.fixture(scope="module")
def endpoint():
    """A SPARQL endpoint over the small graph; keeps the User-Agents that asked."""
    graph = Graph().parse(data=GRAPH, format="turtle")

    class Endpoint(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.agents.append(self.headers["User-Agent"])
            [text] = parse_qs(urlsplit(self.path).query)["query"]
            body = graph.query(text).serialize(format="json")
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    server.agents = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def rows(endpoint):
    def ask(address, headers):
        kinds = ("application/sparql-results+json",)
        return fetch(address, headers, allowed=lambda _: True, kinds=kinds)

    def _rows(kind, item, **options):
        address = f"http://127.0.0.1:{endpoint.server_port}/sparql"
        options = {"sleep": lambda _: None} | options
        return list(read_wikidata(kind, item, ask, endpoint=address, **options))

    return _rows


@pytest.mark.parametrize(("kind", "item"), [("film", "Q1"), ("franchise", "Q9")])
def test_a_film_and_its_franchise_give_both_roles_with_precision(rows, kind, item):
    found = {(r.place, r.role, r.precision, r.country) for r in rows(kind, item)}
    assert found == {
        ("Preikestolen", "filming", None, "NO"),
        ("United Kingdom", "filming", "country", None),
        ("Kashmir", "story", "region", None),
    }


def test_points_years_and_addresses_are_read_as_wikidata_writes_them(rows):
    [row] = [r for r in rows("film", "Q1") if r.place == "Preikestolen"]
    assert (row.latitude, row.longitude, row.year) == (58.986, 6.19, 2018)
    assert row.address == "https://www.wikidata.org/wiki/Q1"
    assert row.licence == "CC0"


def test_a_country_gives_the_films_shot_in_it(rows):
    assert {r.film for r in rows("country", "Q20")} == {"Mission: Impossible – Fallout"}


def test_pages_of_a_large_answer_are_asked_for_one_by_one(rows, endpoint):
    pauses, before = [], len(endpoint.agents)
    whole = rows("film", "Q1")
    parts = rows("film", "Q1", limit=2, pause=2.0, sleep=pauses.append)
    assert parts == whole and len(endpoint.agents) - before == 4
    assert pauses == [2.0, 2.0]
    assert endpoint.agents[-1].startswith("Doubletake/")


@pytest.mark.parametrize("item", ["Q0", "1", "Q1 } DELETE", "P915"])
def test_only_ids_enter_a_query(item):
    with pytest.raises(BadInput, match="no Wikidata id"):
        query("film", item)


def test_an_answer_that_is_none_is_not_taken_for_an_empty_one():
    with pytest.raises(CouldNotAsk):
        list(read_wikidata("film", "Q1", lambda *_: (b"<html>busy</html>", "", {}, 200)))


SF_JSON = json.dumps(
    [
        {"title": "Bullitt", "release_year": "1968", "locations": "Taylor St. at Vallejo",
         "latitude": "37.797", "longitude": "-122.413"},
        {"title": "Vertigo", "release_year": "1958", "locations": "Fort Point",
         "point": {"type": "Point", "coordinates": [-122.477, 37.8106]}},
        {"title": "180", "release_year": "2011"},
    ]
).encode()  # fmt: skip
SF_CSV = (
    b"Title,Release Year,Locations,Fun Facts\r\nBullitt,1968,Taylor St. at Vallejo,\r\n"
    b'Vertigo,1958,"Fort Point, Presidio",\r\n'
)
PARIS_CSV = (
    "Identifiant du lieu;Année du tournage;Type de tournage;Titre;Localisation de la scène;"
    "geo_point_2d\n2016-1;2017;Long métrage;M:I 6;place de l'étoile, 75008 paris;48.8738, 2.295\n"
).encode()
PARIS_JSON = json.dumps(
    [{"annee_tournage": "2017", "nom_tournage": "M:I 6", "adresse_lieu": "place de l'étoile",
      "geo_point_2d": {"lon": 2.295, "lat": 48.8738}}]
).encode()  # fmt: skip


def test_san_francisco_is_read_as_json_and_as_csv():
    bullitt, vertigo, empty = read_table(SF_JSON, SAN_FRANCISCO)
    assert (bullitt.latitude, bullitt.longitude, bullitt.year) == (37.797, -122.413, 1968)
    assert (vertigo.latitude, vertigo.longitude) == (37.8106, -122.477)
    assert (empty.place, empty.latitude) == ("", None)
    assert [r.place for r in read_table(SF_CSV, SAN_FRANCISCO)][1] == "Fort Point, Presidio"


@pytest.mark.parametrize("data", [PARIS_CSV, PARIS_JSON])
def test_paris_is_read_as_csv_and_as_json(data):
    [row] = read_table(data, PARIS)
    assert (row.film, row.year, row.latitude, row.longitude) == ("M:I 6", 2017, 48.8738, 2.295)


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"a,b\n1,2\n", "no column “title”"), (b"[{", "whole JSON"), (b"\xff", "UTF")],
)
def test_a_table_of_another_kind_is_refused_by_name(data, says):
    with pytest.raises(BadInput, match=says):
        list(read_table(data, SAN_FRANCISCO))


def test_rows_take_the_catalogues_names_and_what_is_left_out_is_counted(write):
    matcher = Matcher(catalogue.load(write()), Gazetteer.open())
    [row] = read_table(PARIS_CSV, PARIS)
    record = matcher.record(row)
    assert (record.film, record.franchise, record.year) == ("Fallout", "M:I", 2018)
    for other in read_table(SF_JSON, SAN_FRANCISCO):
        matcher.record(other)
    assert dict(matcher.left_out) == {"no place": 1}
    assert matcher.matched == 1


def test_a_country_without_class_is_still_no_site(rows, write):
    matcher = Matcher(catalogue.load(write()), Gazetteer.open())
    [row] = [r for r in rows("film", "Q6")]
    unclassed = type(row)(
        **{name: getattr(row, name) for name in row.__slots__} | {"precision": None}
    )
    assert matcher.record(unclassed).precision in {"country", "region"}


def test_an_import_can_be_repeated_without_doubling(tmp_path, monkeypatch, capsys, write):
    monkeypatch.setenv("DOUBLETAKE_FOLDER", str(tmp_path / "share"))
    monkeypatch.setenv("DOUBLETAKE_DATA", str(write()))
    (tmp_path / "sf.json").write_bytes(SF_JSON)
    for says in ("2 new records, 0 known", "0 new records, 2 known"):
        assert command.main(["import", "san-francisco", str(tmp_path / "sf.json")]) == 0
        assert says in capsys.readouterr().out
    kept = Store(tmp_path / "share" / "store.sqlite").records("accepted")
    assert kept["licence"].tolist() == ["PDDL", "PDDL"]
    assert kept["source"].tolist() == [SAN_FRANCISCO.page] * 2


def test_any_csv_is_taken_with_its_columns_named(tmp_path, monkeypatch, capsys, write):
    monkeypatch.setenv("DOUBLETAKE_FOLDER", str(tmp_path / "share"))
    monkeypatch.setenv("DOUBLETAKE_DATA", str(write()))
    (tmp_path / "my.csv").write_text("Movie,Where,Y,X\nFallout,Finse,60.6,7.5\n")
    about = ["--title=T", "--publisher=P", "--licence=CC0", "--address=https://a.example/"]
    columns = ["film=Movie", "place=Where", "latitude=Y", "longitude=X"]
    columns = [f"--column={column}" for column in columns]
    assert command.main(["import", "csv", str(tmp_path / "my.csv"), *columns, *about]) == 0
    assert "1 new record" in capsys.readouterr().out
    assert command.main(["import", "csv", "gone.csv", *columns, *about]) == 1
    assert "cannot be read" in capsys.readouterr().err
