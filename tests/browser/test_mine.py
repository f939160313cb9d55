"""A reader's own list narrows the map for this visit, and leaves nothing behind."""

import io
import urllib.request
import zipfile

import pytest

from geo import catalogue, view

SEEN = ("Alien", "Mission: Impossible – Fallout")


@pytest.fixture(scope="module")
def shipped():
    found = catalogue.load()
    return found, view.table(found)


def export(films):
    """A zip as Letterboxd sends it, of these titles and one that no catalogue has."""
    lines = [f'2022-01-20,"{f.title}",{f.year},https://boxd.it/a' for f in films.itertuples()]
    text = "\n".join(["Date,Name,Year,Letterboxd URI", *lines, "2022-01-20,Nothing Such,1901,x"])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("watched.csv", text)
    return {"name": "letterboxd.zip", "mimeType": "application/zip", "buffer": out.getvalue()}


def give(page, file):
    page.get_by_text("My films", exact=True).click()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)


def test_my_films_narrow_the_map_and_let_it_go_again(app, visit, shipped):
    found, rows = shipped
    films = found.films[found.films["title"].isin(SEEN)]
    mine = rows[rows["film"].isin(films.index)]
    assert 0 < len(mine) < len(rows)
    seen = visit(app)
    seen.until(rows=len(rows))
    give(seen.page, export(films))
    seen.until(rows=len(mine))
    headline = f"{len(mine)} scenes of {len(films)} films"
    seen.page.get_by_role("heading", level=1).filter(has_text=headline).first.wait_for()
    said = f"{len(films)} of the {len(films) + 1} films on your list found in the catalogue."
    seen.page.get_by_text(said).wait_for()
    with urllib.request.urlopen(f"{app}/_stcore/metrics") as answer:
        assert b"UploadedFileManager" not in answer.read()  # the server holds no file any more
    assert "letterboxd" not in seen.page.url  # a list is no part of the address
    sure = int((mine["certainty"] == "confirmed").sum())
    seen.page.get_by_role("button", name=f"Confirmed · {sure}").click()
    seen.until(rows=sure)
    seen.page.get_by_role("button", name="Show all films again").click()
    seen.until(rows=int((rows["certainty"] == "confirmed").sum()))
    assert seen.outside == []


def test_what_is_no_export_is_refused_in_words(app, visit, shipped):
    seen = visit(app)
    seen.until(rows=len(shipped[1]))
    file = {"name": "notes.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
    give(seen.page, file)
    alert = seen.page.get_by_role("alert").filter(has_text="not an export of Letterboxd or IMDb")
    alert.wait_for()
    seen.until(rows=len(shipped[1]))


def test_clearing_all_filters_clears_the_list_too(app, visit, shipped):
    found, rows = shipped
    films = found.films[found.films["title"].isin(SEEN[:1])]
    seen = visit(app)
    give(seen.page, export(films))
    seen.until(rows=int(rows["film"].isin(films.index).sum()))
    seen.page.get_by_role("button", name="Clear filters", exact=True).click()
    seen.until(rows=len(rows))
