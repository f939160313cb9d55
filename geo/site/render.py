"""One page of a site -> its files: index.html, map.html, picture.png."""

from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from geo import embed, words
from geo.catalogue import Catalogue
from geo.picture import Request, picture
from geo.picture.furniture import credited
from geo.site import data
from geo.site.pages import FRONT, KINDS

TEMPLATES = Path(__file__).with_name("templates")
FILES = ("index.html", "map.html", "picture.png")
SIZE = (1200, 630)  # pixels, of the picture that a shared link shows
SMALL = (800, 420)  # of a place or setting: there are thousands, and most show one mark or two


@dataclass
class Site:
    """All that is needed to draw any page; `files` names those that pages share."""

    rows: pd.DataFrame
    catalogue: Catalogue
    out: str
    address: str
    files: dict
    pages: list
    by_key: dict = field(init=False)
    made_of: list = field(init=False)
    sources: dict = field(init=False)
    records: list = field(init=False)

    def __post_init__(self):
        self.by_key = {(page.kind, page.key): page for page in self.pages}
        self.records = _records(self.rows)
        self.made_of = _row_hashes(self)
        self.sources = self.catalogue.sources.to_dict("index")

    def absolute(self, page):
        """The whole address of a page."""
        return f"{self.address}{page.path}/" if page.path else self.address

    def listed(self, kind):
        """The pages of a kind in the order of the alphabet."""
        return sorted((p for p in self.pages if p.kind == kind), key=lambda p: p.name.casefold())

    def kinds(self):
        """The kinds of pages that there are, in the order of KINDS."""
        return [kind for kind in KINDS if any(page.kind == kind for page in self.pages)]


@cache
def environment():
    """The templates; whatever stands in a template is escaped."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


_site = None


def share(site):
    """Keep a site for shared_write(), once in each process."""
    global _site
    _site = site


def shared_write(page):
    """write() of the site given to share(); the page."""
    write(_site, page)
    return page


def content(site, page):
    """All that a page is made of as bytes: the same bytes, the same page."""
    told = repr((page.kind, page.key, page.title, page.path)).encode()
    return told + b"".join(site.made_of[position] for position in page.rows)


def _row_hashes(site):
    """For each row a hash of all that a page tells of it, its places and sources included."""
    frames = site.catalogue.films, site.catalogue.places, site.catalogue.sources
    films, places, sources = (_texts(frame.drop(columns="line")) for frame in frames)
    hashes = []
    for row, text in zip(site.records, _texts(site.rows).values(), strict=True):
        cited = (*row["sources"], *row["disputed_by"])
        ends = row["filming_place"], row["setting"]
        keys = ("films", row["film"]), ("places", ends[0]), ("settings", ends[1])
        linked = [site.by_key[key].path for key in keys if key in site.by_key]
        parts = [text, films[row["film"]], *(places.get(end, "") for end in ends)]
        parts += [*(sources.get(source, "") for source in cited), *linked]
        hashes.append(sha256("\0".join(parts).encode()).digest())
    return hashes


def _texts(frame):
    """{index: the whole row as text}."""
    values = zip(*(frame[column].tolist() for column in frame.columns), strict=True)
    return {key: repr(row) for key, row in zip(frame.index, values, strict=True)}


def _records(rows):
    """The rows as dicts, missing values None."""
    return rows.astype("object").where(rows.notna(), None).to_dict("records")


def write(site, page):
    """Draw a page and write its files."""
    folder = Path(site.out) / page.path
    folder.mkdir(parents=True, exist_ok=True)
    rows = site.rows.iloc[list(page.rows)]
    head = words.summary(rows)
    found, alt = site.catalogue, words.alt_text(rows, head.split(";")[0])
    request = Request(*_size(page), title=page.title, subtitle=head,
                      address=site.absolute(page), alt=alt)  # fmt: skip
    (folder / "picture.png").write_bytes(picture(rows, found, request))
    up = _up(page)
    made = embed.map_page(found, rows, page.title, f"{up}assets/", site.files, alt)
    (folder / "map.html").write_text(made, encoding="utf-8")
    (folder / "index.html").write_text(_html(site, page, rows, head, alt), encoding="utf-8")


def _up(page):
    """The way from a page's folder to the site's, such as ../../."""
    return "../" * len([part for part in page.path.split("/") if part])


def _size(page):
    return SMALL if page.kind in {"places", "settings"} else SIZE


def _html(site, page, rows, head, alt):
    address = site.absolute(page)
    told = data.describe(page, rows, site.catalogue, (address, alt, _size(page)))
    return environment().get_template("page.html").render(
        page=page,
        front=page.kind == FRONT,
        up=_up(page),
        address=address,
        site=site.address,
        style=site.files["style"],
        kinds={kind: KINDS[kind] for kind in site.kinds()},
        headline=head,
        alt=alt,
        size=_size(page),
        scenes=_scenes(site, page) if page.kind != FRONT else [],
        films=page.kind != "films",
        seasons=bool(rows["season"].notna().any()),
        links=_links(site, page, rows),
        figure=embed.figure(f"{address}picture.png", alt, page.title, credited(), _size(page)),
        frame=embed.iframe(f"{address}map.html", page.title),
        described=data.dumps(told),
    )  # fmt: skip


def _scenes(site, page):
    """The rows of a page as its table tells them."""
    sources = site.sources
    found = []
    for row in (site.records[position] for position in page.rows):
        place = site.by_key.get(("places", row["filming_place"]))
        setting = site.by_key.get(("settings", row["setting"]))
        found.append(
            {
                "id": row["scene"],
                "film": site.by_key[("films", row["film"])],
                "year": row["year"],
                "season": row["season"],
                "place": place,
                "setting": setting,
                "itself": place is not None and setting is not None and place.name == setting.name,
                "sentence": row["sentence"],
                "denied": row["certainty"] == "denied",
                "sureness": words.SURENESS[row["certainty"]],
                "sources": [_source(sources[s]) for s in row["sources"] if s in sources],
                "against": [_source(sources[s]) for s in row["disputed_by"] if s in sources],
            }
        )
    return found


def _source(source):
    title = source["title"] or source["url"]
    publisher = source["publisher"] or ""
    return {"url": data.followed(source["url"]), "title": title, "publisher": publisher}


def _links(site, page, rows):
    """{heading: pages} to go on to: of a franchise its films, of the front page all but places."""
    if page.kind == FRONT:
        return {KINDS[kind]: site.listed(kind)
                for kind in ("franchises", "films") if kind in site.kinds()}  # fmt: skip
    if page.kind == "franchises":
        films = rows["film"].astype("object").unique()
        return {KINDS["films"]: [site.by_key[("films", film)] for film in films]}
    if page.kind == "films":
        franchise = site.by_key.get(("franchises", rows["franchise"].iloc[0]))
        return {"Part of": [franchise]} if franchise else {}
    return {}


def lists(site):
    """{path: HTML} of the lists of all pages of a kind, and of the page for lost addresses."""
    made = {}
    common = {
        "site": site.address,
        "style": site.files["style"],
        "kinds": {kind: KINDS[kind] for kind in site.kinds()},
    }
    for kind in site.kinds():
        template = environment().get_template("list.html")
        made[f"{kind}/index.html"] = template.render(
            kind=kind, heading=KINDS[kind], pages=site.listed(kind), up="../",
            address=f"{site.address}{kind}/", **common,
        )  # fmt: skip
    lost = environment().get_template("lost.html")
    made["404.html"] = lost.render(up=site.address, address=site.address, **common)
    return made
