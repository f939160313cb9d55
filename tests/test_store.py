"""The store: nothing accepted is lost, nothing stands twice, in SQLite and in PostgreSQL."""

import os
import signal
import subprocess
import sys
import threading
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url

from geo.errors import CouldNotAsk
from geo.store import Store, fact

POSTGRES = os.environ.get("DOUBLETAKE_TEST_POSTGRES")
RECORD = {
    "film": "Mission: Impossible – Fallout",
    "year": 2018,
    "place": "Norway",
    "role": "filming",
    "certainty": "confirmed",
    "stands_for": "Kashmir",
    "latitude": 62.0,
    "longitude": 10.0,
    "source": "https://example.org/a",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """The address of an empty store, in both kinds of database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'records.sqlite'}"
        return
    if not POSTGRES:
        if os.environ.get("CI"):
            pytest.fail("DOUBLETAKE_TEST_POSTGRES is not set: .ci/run must start a server")
        pytest.skip("needs a PostgreSQL server: set DOUBLETAKE_TEST_POSTGRES to its address")
    schema = f"test_{uuid4().hex}"
    engine = create_engine(POSTGRES)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"create schema {schema}")
    url = make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema}"})
    yield url.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"drop schema {schema} cascade")


def records(number):
    return [RECORD | {"place": f"Place {n}"} for n in range(number)]


def test_what_is_added_is_read_back(address):
    assert Store(address).add([RECORD], status="accepted") == 1
    [row] = Store(address).records("accepted").to_dict("records")
    assert {name: row[name] for name in RECORD} == RECORD
    assert row["origin"] == "news"


def test_the_same_fact_from_the_same_source_stands_once(address):
    store = Store(address)
    assert store.add([RECORD]) == 1
    assert store.add([RECORD | {"place": "NORWAY"}]) == 0
    assert store.add([RECORD | {"source": "https://example.org/b"}]) == 1
    assert fact(RECORD) != fact(RECORD | {"stands_for": None})


def test_a_decision_stays_when_the_article_is_read_again(address):
    store = Store(address)
    store.add([RECORD])
    identity = int(store.records()["id"].iloc[0])
    assert store.decide(identity, "rejected")
    store.add([RECORD])
    assert store.records()["status"].tolist() == ["rejected"]
    store.add([RECORD], status="accepted")
    assert store.records()["status"].tolist() == ["accepted"]


def test_a_correction_moves_the_fact(address):
    store = Store(address)
    store.add([RECORD])
    before = store.version()
    store.decide(int(store.records()["id"].iloc[0]), "accepted", place="Preikestolen")
    [row] = store.records().to_dict("records")
    assert (row["place"], row["fact"]) == ("Preikestolen", fact(row))
    assert store.version() != before
    assert not store.decide(10_000, "accepted")


def test_hostile_text_is_only_text(address):
    nasty = "'); drop table records; -- {{7*7}}"
    store = Store(address)
    store.add([RECORD | {"film": nasty, "evidence": nasty}])
    assert store.records()["film"].tolist() == [nasty]


def test_many_writers_at_once_lose_nothing(address):
    Store(address)

    def write(writer):
        store = Store(address)
        for record in records(10):
            store.add([record | {"source": f"https://example.org/{writer}"}], status="accepted")

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Store(address).records("accepted")) == 40


def test_a_killed_process_loses_nothing_that_it_has_accepted(address):
    program = (
        "import sys; from geo.store import Store; from tests.test_store import records\n"
        "store = Store(sys.argv[1])\n"
        "for record in records(100000):\n"
        "    store.add([record], status='accepted'); print(record['place'], flush=True)\n"
    )
    arguments = [sys.executable, "-c", program, address]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        said = [process.stdout.readline().strip() for _ in range(7)]
        process.send_signal(signal.SIGKILL)
        said += process.stdout.read().splitlines()
    kept = Store(address).records("accepted")["place"].tolist()
    assert kept[: len(said)] == said


def test_a_database_out_of_reach_is_said_to_be(tmp_path):
    (tmp_path / "records.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(CouldNotAsk, match="out of reach"):
        Store(tmp_path / "records.sqlite")


@pytest.mark.parametrize("address", ["nosuchkind://host/x", "/proc/none/records.sqlite"])
def test_an_address_that_leads_nowhere_is_said_to(address):
    with pytest.raises(CouldNotAsk, match="store of records"):
        Store(address)
