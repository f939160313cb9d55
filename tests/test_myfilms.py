"""An export of Letterboxd or IMDb finds its films in the catalogue, and can do no harm."""

import io
import zipfile

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo import catalogue, myfilms
from geo.errors import BadInput
from geo.text import fold

WATCHED = """Date,Name,Year,Letterboxd URI
2022-01-20,Mission: Impossible – Fallout,2018,https://boxd.it/a
2022-01-21,Alien,1979,https://boxd.it/b
2022-01-22,No Such Film At All,2001,https://boxd.it/c
"""
DIARY = """Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date
2022-01-20,Alien,1979,https://boxd.it/d,4.5,Yes,"space, old",2022-01-19
2022-01-20,"Good, the Bad",1966,https://boxd.it/e,,,,
"""
WISHED = "Date,Name,Year,Letterboxd URI\n2022-01-20,Heat,1995,https://boxd.it/f\n"
LIST = """Letterboxd list export v7
Date,Name,Tags,URL,Description
2023-01-01,My list,,https://boxd.it/x,"Two
lines"

Position,Name,Year,URL,Description
1,Alien,1979,https://boxd.it/b,
"""
IMDB = """Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Year
tt1,9,2020-01-01,Spirited Away,Sen to Chihiro no kamikakushi,https://x,Movie,8.6,2001
tt2,9,2020-01-01,Lost: Pilot,Pilot,https://x,TV Episode,8.6,2004
tt3,9,2020-01-01,Tomb Raider,Tomb Raider,https://x,Video Game,8.6,2013
"""
IMDB_OLD = (
    '"position","const","created","modified","description","Title","Title type","Directors",'
    '"You rated","IMDb Rating","Runtime (mins)","Year","Genres","Num. Votes",'
    '"Release Date (month/day/year)","URL"\r\n'
    '"1","tt4","Tue","","","Amélie","Feature Film","J","9","8","122","2001","x","1","x","x"\r\n'
)


def packed(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def titles(name, data):
    data = data.encode() if isinstance(data, str) else data
    return [listed.titles[0] for listed in myfilms.read(name, data)]


def films(*rows):
    """A frame of films: (id, title, year), and an original title and aliases where given."""
    rows = [(*row, None, ())[:5] if len(row) == 3 else row for row in rows]
    frame = pd.DataFrame(rows, columns=["film", "title", "year", "original_title", "aliases"])
    return frame.astype({"year": "Int64", "original_title": object}).set_index("film")


def found(entries, *rows):
    text = "Name,Year\n" + "\n".join(f'"{title}",{year}' for title, year in entries)
    return myfilms.match(myfilms.read("x.csv", text.encode()), films(*rows))


def test_a_letterboxd_csv():
    assert titles("watched.csv", WATCHED) == [
        "mission impossible fallout",
        "alien",
        "no such film at all",
    ]


def test_a_letterboxd_list_has_its_films_below_its_own_title():
    assert titles("list.csv", LIST) == ["alien"]


def test_a_zip_tells_what_was_seen_and_not_what_is_wished_for():
    files = {"watched.csv": WATCHED, "diary.csv": DIARY, "watchlist.csv": WISHED}
    files["deleted/ratings.csv"] = WISHED
    assert titles("export.zip", packed(files)) == [
        "mission impossible fallout",
        "alien",
        "no such film at all",
        "good the bad",
    ]


def test_a_zip_in_a_folder_and_without_a_zips_name():
    files = {"me/watched.csv": WATCHED, "me/deleted/watched.csv": WISHED}
    assert len(titles("export", packed(files))) == 3


def test_imdb_old_and_new_without_episodes_and_games():
    assert titles("ratings.csv", IMDB) == ["spirited away"]
    assert titles("list.csv", IMDB_OLD) == ["amelie"]
    assert myfilms.read("ratings.csv", IMDB.encode())[0].titles == (
        "spirited away",
        "sen to chihiro no kamikakushi",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(encoding, separator):
    text = f"Name{separator}Year\nAmélie{separator}2001\n"
    assert titles("x.csv", text.encode(encoding)) == ["amelie"]


def test_the_shipped_catalogue_knows_its_own_films():
    kept = catalogue.load().films
    lines = [f'"{f.title}",{"" if pd.isna(f.year) else f.year}' for f in kept.itertuples()]
    text = "Name,Year\n" + "\n".join(lines)
    mine = myfilms.match(myfilms.read("x.csv", text.encode()), kept)
    assert mine.matched == mine.total >= len(kept) - 2  # of one title and year may be two series
    assert mine.films == set(kept.index)


def test_years_may_differ_by_one():
    rows = ("old", "Dune", 1984), ("new", "Dune", 2021)
    assert found([("Dune", 2020)], *rows).films == {"new"}
    assert found([("Dune", 1985)], *rows).films == {"old"}
    assert found([("Dune", 2000)], *rows).films == set()
    assert found([("Dune", "")], *rows).films == set()


def test_the_nearest_year_wins_and_of_two_none():
    rows = ("a", "Pinocchio", 2019), ("b", "Pinocchio", 2020), ("c", "Pinocchio", 2022)
    assert found([("Pinocchio", 2020)], *rows).films == {"b"}
    assert found([("Pinocchio", 2021)], *rows).films == set()
    assert found([("Pinocchio", 2018)], *rows).films == {"a"}


def test_an_unknown_year_is_no_obstacle_where_the_title_is_the_only_one():
    assert found([("Solo", 2018)], ("solo", "Solo", None)).films == {"solo"}
    assert found([("Solo", "")], ("solo", "Solo", 2018)).films == {"solo"}


def test_other_names_and_spellings():
    row = ("amelie", "Amélie", 2001, "Le Fabuleux Destin d'Amélie Poulain", ("Amelie & Co",))
    for title in ("AMELIE", "le fabuleux destin d’amelie poulain", "Amélie and Co"):
        assert found([(title, 2001)], row).films == {"amelie"}


def test_counts_of_the_list():
    mine = found([("Dune", 2021), ("Nothing", 1999), ("Dune", 2021)], ("new", "Dune", 2021))
    assert (mine.matched, mine.total) == (1, 2)


def test_no_title_of_the_list_is_remembered():
    before = fold.cache_info().currsize
    myfilms.read("x.csv", b"Name,Year\nA private title nobody else has,2001\n")
    assert fold.cache_info().currsize == before


REFUSED = {
    "another archive": packed({"watched.csv": WATCHED, "more.zip": packed({"a": "b"})}),
    "lead out of it": packed({"../watched.csv": WATCHED}),
    "larger than": packed({"watched.csv": b"0" * (myfilms.MAX_UNPACKED + 1)}),
    "unusual way": packed({"watched.csv": WATCHED}, zipfile.ZIP_LZMA),
    "holds more than": packed({f"{n}.csv": "" for n in range(myfilms.MAX_FILES + 1)}),
    "holds none of": packed({"profile.csv": "x", "comments.csv": "y"}),
    "damaged": packed({"watched.csv": WATCHED})[:-30],
}


@pytest.mark.parametrize("says", REFUSED)
def test_a_zip_that_is_no_export_is_refused(says):
    with pytest.raises(BadInput, match=says):
        myfilms.read("export.zip", REFUSED[says])


@pytest.mark.parametrize("name", ["/etc/watched.csv", "C:\\watched.csv", "a\\..\\..\\watched.csv"])
def test_names_that_lead_out_are_refused(name):
    with pytest.raises(BadInput, match="lead out"):
        myfilms.read("export.zip", packed({name: WATCHED}))


def test_an_encrypted_zip_is_refused():
    data = bytearray(packed({"watched.csv": WATCHED}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(BadInput, match="password"):
        myfilms.read("export.zip", bytes(data))


def test_a_zip_that_lies_about_its_size_is_refused(monkeypatch):
    """The size stands in the directory at the end; what unpacks is counted all the same."""
    data = bytearray(packed({"watched.csv": b"0" * 5000, "diary.csv": b"0" * 5000}))
    at = 0
    while (at := data.find(b"PK\x01\x02", at + 1)) > 0:
        data[at + 24 : at + 28] = (4000).to_bytes(4, "little")
    monkeypatch.setattr(myfilms, "MAX_UNPACKED", 9000)
    with pytest.raises(BadInput):
        myfilms.read("export.zip", bytes(data))


def test_a_file_too_large_or_too_long_is_refused(monkeypatch):
    with pytest.raises(BadInput, match="20 MB"):
        myfilms.read("x.csv", b"x" * (myfilms.MAX_BYTES + 1))
    monkeypatch.setattr(myfilms, "MAX_ROWS", 2)
    with pytest.raises(BadInput, match="more than"):
        myfilms.read("watched.csv", WATCHED.encode())
    with pytest.raises(BadInput, match="more than"):
        files = {"watched.csv": WATCHED.rsplit("\n", 2)[0], "diary.csv": DIARY}
        myfilms.read("export.zip", packed(files))


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"a,b\n1,2\n", b"x" * 200_000])
def test_what_is_no_export_is_refused(data):
    with pytest.raises(BadInput):
        myfilms.read("x.csv", data)


@given(st.binary(max_size=400))
@example(b"Name,Year\n\xff\xfe,\x00")
@example(b"PK\x05\x06" + b"\xff" * 18)
def test_any_bytes_are_read_or_refused(data):
    for name in ("x.csv", "x.zip"):
        try:
            myfilms.read(name, data)
        except BadInput as refused:
            assert str(refused).endswith(".")


EXPORT = packed({"watched.csv": WATCHED, "diary.csv": DIARY})


@given(st.lists(st.tuples(st.integers(0, len(EXPORT) - 1), st.integers(0, 255)), max_size=6))
def test_a_damaged_zip_is_read_or_refused(changes):
    data = bytearray(EXPORT)
    for at, byte in changes:
        data[at] = byte
    try:
        assert len(myfilms.read("export.zip", bytes(data))) <= 6
    except BadInput as refused:
        assert str(refused).endswith(".")
