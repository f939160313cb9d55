"""The rooms of geo/ lie as data flows: each imports only from rooms before it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

GEO = Path(__file__).resolve().parent.parent / "geo"
ORDER = """
    errors model text settings words sqlitefile weighing
    distance language
    tables catalogue fictional outlines checks
    gazetteer lent
    fetch article feeds archive
    mentions resolve films network claims reading marked
    ratelimit findings answers adapter online scope geocode waiting
    store additions imports
    view doubles listing myfilms
    export bulk route assets maps embed picture site
    commands __main__
""".split()


def rooms():
    """Room -> its files; a folder with an __init__.py is one room."""
    found = {path.stem: [path] for path in GEO.glob("*.py") if path.stem != "__init__"}
    return found | {
        path.parent.name: [*path.parent.rglob("*.py")] for path in GEO.glob("*/__init__.py")
    }


def imported(path):
    """The rooms that a file imports, with the line of each import."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            below = node.module == "geo"
            names = [f"geo.{a.name}" for a in node.names] if below else [node.module]
        for name in names:
            yield name, node.lineno


def test_every_room_has_its_place_in_the_order():
    assert sorted(rooms()) == sorted(ORDER)


@pytest.mark.parametrize("room", ORDER)
def test_a_room_imports_only_from_rooms_before_it(room):
    before = {*ORDER[: ORDER.index(room)], room}
    for path in rooms()[room]:
        for name, line in imported(path):
            if name.startswith("geo."):
                assert name.split(".")[1] in before, f"{path.name}:{line} imports {name}"
            assert not name.startswith("streamlit"), f"{path.name}:{line}: geo/ draws nothing"


def test_reading_loads_nothing_that_draws_or_keeps():
    told = "import sys, geo.commands.read; print(*sys.modules, sep='\\n')"
    run = subprocess.run([sys.executable, "-c", told], cwd=GEO.parent, capture_output=True)
    loaded = set(run.stdout.decode().split())
    assert "geo.reading" in loaded
    assert not loaded & {"pandas", "sqlalchemy", "folium", "shapely", "streamlit", "PIL"}


def test_pages_are_thin():
    """A page draws; what it works out belongs into geo/."""
    for path in (GEO.parent / "pages").glob("*.py"):
        functions = [
            n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)
        ]
        longest = max((n.end_lineno - n.lineno + 1 for n in functions), default=0)
        assert longest <= 45, f"{path.name} has a function of {longest} lines"
