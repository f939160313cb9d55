"""The static site: valid pages, links that work, data that machines read, nothing done twice."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import pytest
from html5lib.html5parser import ParseError
from lxml import etree
from PIL import Image

from geo import __main__ as command
from geo import catalogue, site, view
from geo.errors import BadInput
from geo.site import data
from geo.site.pages import pages, slug
from geo.site.render import SIZE, SMALL
from tests.valid_html import check, check_piece

ADDRESS = "https://films.example.org/map/"
NASTY = '</script><script>alert(1)</script>"{{7*7}}&'
SCENES = [
    ["s1", "fallout", "norway", "kashmir", "confirmed", "", "A fight.", "nfi", ""],
    ["s2", "fallout", "kashmir", "kashmir", "reported", "", "A fall.", "nfi", "nfi"],
    ["s3", "alone", "norway", "", "denied", "2", "Not here.", "nfi", ""],
    ["s4", "alone", "", "caladan", "questioned", "", "Far away.", "nfi", ""],
]
FILMS = [
    ["fallout", "Fallout", "", "film", "M:I", "6", "2018", "", "", ""],
    ["alone", "Alone", "Seule", "series", "", "", "", "yes", "", ""],
]


class Links(HTMLParser):
    """What a page refers to, and the ids in it."""

    def __init__(self, text):
        super().__init__()
        self.targets, self.ids, self.meta, self.tags = [], [], {}, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        self.targets += [attributes[name] for name in ("href", "src") if name in attributes]
        self.ids += [attributes["id"]] if "id" in attributes else []
        if tag == "meta":
            key = attributes.get("property") or attributes.get("name")
            self.meta[key] = attributes.get("content")


@pytest.fixture
def small(write):
    found = catalogue.load(write(scenes=SCENES, films=FILMS))
    return view.table(found), found


@pytest.fixture
def built(small, tmp_path):
    out = tmp_path / "site"
    report = site.build(*small, out, ADDRESS, workers=1)
    return out, report


def html(out):
    return {path.relative_to(out): path.read_text(encoding="utf-8") for path in out.rglob("*.html")}


def test_every_franchise_film_place_and_setting_has_its_page(built):
    out, report = built
    wanted = {"", "franchises/m-i", "films/fallout", "films/alone", "places/norway",
              "places/kashmir", "settings/kashmir", "settings/caladan"}  # fmt: skip
    made = {str(p.parent.relative_to(out)) for p in out.rglob("picture.png")}
    assert {path.replace(".", "") for path in made} == wanted and report.written == len(wanted)
    for path in wanted:
        with Image.open(out / path / "picture.png") as image:
            assert image.size == (SMALL if path.startswith(("places", "settings")) else SIZE)


def test_all_pages_are_valid_html(built):
    for text in html(built[0]).values():
        check(text)


@pytest.mark.parametrize(
    "wrong",
    [
        "<p><div></div></p>",
        '<img src="a.png">',
        '<iframe src="a" title="a" width="100%"></iframe>',
        '<p id="a"></p><p id="a"></p>',
        '<table align="left"></table>',
        "<blink>a</blink>",
        '<a href="a b">a</a>',
        "<ul><li>a</b></ul>",
    ],
)
def test_what_is_not_valid_is_found(wrong):
    with pytest.raises((AssertionError, ParseError)):
        check_piece(wrong)


def test_every_internal_link_leads_somewhere(built):
    assert followed(built[0]) > 60


@pytest.mark.parametrize("part", [0, 1])
def test_pages_of_the_shipped_catalogue_are_valid_and_linked(tmp_path, part):
    found = catalogue.load()
    rows = view.table(found)
    step = len(rows) // 12
    report = site.build(rows.iloc[part * step // 2 :: step], found, tmp_path, ADDRESS, workers=1)
    pages = html(tmp_path)
    assert len(pages) > report.written > 20
    for text in pages.values():
        check(text)
    assert followed(tmp_path) > 200


def followed(out):
    """How many internal links and files the pages refer to; fails where one leads nowhere."""
    number, pages = 0, {path: Links(text) for path, text in html(out).items()}
    for path, links in pages.items():
        for target in links.targets:
            address = urljoin(ADDRESS + path.as_posix(), target)
            if not address.startswith(ADDRESS):
                continue
            parts = urlsplit(address[len(ADDRESS) :])
            file = out / unquote(parts.path)
            file = file / "index.html" if file.is_dir() else file
            assert file.is_file(), f"{path} -> {target}"
            assert not parts.fragment or parts.fragment in pages[file.relative_to(out)].ids
            number += 1
    return number


def test_a_page_tells_its_rows_and_their_sources(built):
    text = (built[0] / "films/fallout/index.html").read_text()
    assert "A fight." in text and "A page" in text and "disputed" in text
    assert 'href="../../places/norway/"' in text and 'href="../../settings/kashmir/"' in text
    alone = (built[0] / "films/alone/index.html").read_text()
    assert 'class="denied"' in alone and "<td>2</td>" in alone and "Set in" in alone


def test_cards_and_schema_org_data_are_whole(built):
    out, _ = built
    for path, text in html(out).items():
        if path.name != "index.html" or not (out / path.parent / "picture.png").exists():
            continue
        meta = Links(text).meta
        address = urljoin(ADDRESS, f"{path.parent}/") if str(path.parent) != "." else ADDRESS
        assert meta["og:url"] == address and meta["og:image"] == f"{address}picture.png"
        assert meta["twitter:card"] == "summary_large_image" and meta["og:image:alt"]
        (told,) = re.findall(r'ld\+json">(.*?)</script>', text)
        told = json.loads(told)
        assert told["@context"] == "https://schema.org" and told["image"]["caption"]
    film = json.loads(_described(out / "films/fallout"))
    assert film["@type"] == "Movie" and film["dateCreated"] == "2018"
    assert [place["name"] for place in film["locationCreated"]] == ["Norway", "Kashmir"]
    assert json.loads(_described(out / "films/alone"))["@type"] == "TVSeries"
    assert json.loads(_described(out / "places/norway"))["geo"]["latitude"] == 62.0


def _described(folder):
    return re.findall(r'ld\+json">(.*?)</script>', (folder / "index.html").read_text())[0]


def test_sitemap_and_feed_are_read_by_others(built):
    out, report = built
    root = etree.parse(str(out / "sitemap.xml")).getroot()
    places = [loc.text for loc in root.iter("{*}loc")]
    assert len(places) == len(set(places)) == report.written + 4
    for address in places:
        assert (out / address.removeprefix(ADDRESS) / "index.html").is_file()
    feed = feedparser.parse((out / "feed.xml").read_text())
    assert not feed.bozo and len(feed.entries) == len(SCENES)
    assert feed.entries[0].updated.startswith("2026-11-22")
    assert {"Fallout: Norway plays Kashmir"} < {entry.title for entry in feed.entries}
    assert len({entry.id for entry in feed.entries}) == len(SCENES)


def test_only_what_has_changed_is_written_again(small, built):
    rows, found = small
    out, first = built
    again = site.build(rows, found, out, ADDRESS, workers=1)
    assert (again.written, again.kept, again.removed) == (0, first.written, 0)
    changed = rows.copy()
    changed.loc[2, "sentence"] = "Another thing."
    third = site.build(changed, found, out, ADDRESS, workers=1)
    assert third.written == 3, "the front page, the film and the place"
    assert "Another thing." in (out / "films/alone/index.html").read_text()
    assert site.build(changed, found, out, "https://elsewhere.example/", workers=1).kept == 0


def test_a_lost_file_is_written_again(small, built):
    out, _ = built
    (out / "films/alone/picture.png").unlink()
    assert site.build(*small, out, ADDRESS, workers=1).written == 1


def test_pages_that_are_no_more_are_removed(small, built):
    rows, found = small
    out, _ = built
    (out / "films/alone/mine.txt").write_text("kept")
    report = site.build(rows.iloc[:2].reset_index(drop=True), found, out, ADDRESS, workers=1)
    assert report.removed == 2
    assert not (out / "settings/caladan").exists()
    assert (out / "films/alone/mine.txt").exists() and not (out / "films/alone/map.html").exists()


def test_a_folder_of_other_files_is_left_alone(small, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(BadInput):
        site.build(*small, tmp_path, ADDRESS)
    (tmp_path / site.MANIFEST).write_text('{"../../etc": "x"}')
    site.build(*small, tmp_path, ADDRESS, workers=1)
    assert (tmp_path / "thesis.txt").exists()


def test_two_processes_make_the_same_site(small, built, tmp_path):
    site.build(*small, tmp_path / "two", ADDRESS, workers=2)
    ours, theirs = built[0], tmp_path / "two"
    for path in ours.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (theirs / path.relative_to(ours)).read_bytes(), path


def test_hostile_text_stays_text(small, tmp_path):
    _, found = small
    found.places["name"] = found.films["title"] = found.sources["title"] = NASTY
    found.sources["url"] = "javascript:alert(1)"
    rows = view.table(found).assign(sentence=NASTY)
    site.build(rows, found, tmp_path / "nasty", ADDRESS, workers=1)
    for text in html(tmp_path / "nasty").values():
        check(text)
        links = Links(text)
        scripts = [a for tag, a in links.tags if tag == "script" and "src" not in a]
        assert all(script.get("type", "").startswith("application/") for script in scripts)
        assert not [target for target in links.targets if target.startswith("javascript")]
    etree.parse(str(tmp_path / "nasty" / "feed.xml"))


def test_json_ld_cannot_close_its_script():
    text = data.dumps({"name": NASTY})
    assert not set("<>&") & set(text) and json.loads(text)["name"] == NASTY


def test_addresses_of_pages_are_plain_and_unlike(small):
    rows, found = small
    paths = [page.path for page in pages(rows, found)]
    assert len(paths) == len(set(paths))
    assert slug("../../Ævar & Söhne?") == "aevar-sohne" and slug("…") == "unnamed"


def test_the_command_builds_and_tells(tmp_path, monkeypatch, capsys, write):
    monkeypatch.setenv("DOUBLETAKE_DATA", str(write(scenes=SCENES, films=FILMS)))
    monkeypatch.setenv("DOUBLETAKE_FOLDER", str(tmp_path / "kept"))
    out = tmp_path / "out"
    assert command.main(["site", str(out), "--workers", "1"]) == 0
    assert "8 pages written" in capsys.readouterr().out
    assert command.main(["site", str(out), "--workers", "1", "--film", "Fallout"]) == 0
    assert "removed" in capsys.readouterr().out and not (out / "films/alone/index.html").exists()
    assert command.main(["site", str(out), "--address", "example.org"]) == 1
