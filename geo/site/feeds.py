"""What tells of a whole site: sitemap, a feed (Atom, RFC 4287) of what is new, robots.txt."""

from datetime import date
from xml.etree import ElementTree

import pandas as pd

from geo.export import xml
from geo.words import plays

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
ATOM = "http://www.w3.org/2005/Atom"
LATEST = 50  # scenes in the feed


def files(site):
    """{path: text} of the sitemap, the feed and robots.txt."""
    dates = _dates(site.rows, site.catalogue)
    return {
        "sitemap.xml": _sitemap(site, dates),
        "feed.xml": _feed(site, dates),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {site.address}sitemap.xml\n",
    }


def _dates(rows, catalogue):
    """For each row the date on which the newest of its sources was read or published, or None."""
    sources = catalogue.sources
    newest = sources["read_on"].fillna(sources["published"]).to_dict()
    found = []
    for cited in rows["sources"]:
        known = [newest[source] for source in cited if source in newest]
        found.append(max((_day(text) for text in known if not pd.isna(text)), default=None))
    return found


def _day(text):
    """A date of the catalogue (YYYY, YYYY-MM or YYYY-MM-DD) as a whole one."""
    return f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10]


def _newest(dates, positions, fallback):
    return max((dates[p] for p in positions if dates[p]), default=fallback)


def _sitemap(site, dates):
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP})
    for page in site.pages:
        entry = xml.add(root, "url")
        xml.add(entry, "loc", site.absolute(page))
        if day := _newest(dates, page.rows, None):
            xml.add(entry, "lastmod", day)
    for kind in site.kinds():
        xml.add(xml.add(root, "url"), "loc", f"{site.address}{kind}/")
    return xml.write(root)


def _feed(site, dates):
    films = {page.key: page for page in site.pages if page.kind == "films"}
    ordered = sorted(range(len(dates)), key=lambda p: (dates[p] or "", p), reverse=True)
    latest = [position for position in ordered if dates[position]][:LATEST]
    root = ElementTree.Element("feed", {"xmlns": ATOM})
    xml.add(root, "title", "Doubletake: what is new")
    xml.add(root, "id", site.address)
    updated = _newest(dates, latest, date(1970, 1, 1).isoformat())
    xml.add(root, "updated", f"{updated}T00:00:00Z")
    xml.add(root, "link", rel="self", href=f"{site.address}feed.xml")
    xml.add(root, "link", rel="alternate", href=site.address)
    xml.add(xml.add(root, "author"), "name", "Doubletake contributors")
    for position in latest:
        row = site.rows.iloc[position]
        _entry(root, row, dates[position], site.absolute(films[row["film"]]))
    return xml.write(root)


def _entry(root, row, day, address):
    entry = xml.add(root, "entry")
    said = plays(row["filming_name"], row["setting_name"])
    xml.add(entry, "title", f"{row['title']}: {said}")
    xml.add(entry, "id", f"{address}#{row['scene']}")
    xml.add(entry, "updated", f"{day}T00:00:00Z")
    xml.add(entry, "link", rel="alternate", href=f"{address}#{row['scene']}")
    xml.add(entry, "summary", row["sentence"], type="text")
