"""Rows -> lists and tables in HTML, in which all text of the data is escaped."""

from html import escape
from urllib.parse import urlencode

import pandas as pd

from geo.words import SURENESS, plays, told

ORIGINS = {"news": "From the news. ", "import": "From open data. "}
ENDS = {"filming_place": "place", "setting": "setting"}  # end of a pair -> word in the address


def scenes(rows, catalogue, film=False):
    """Scenes as an HTML list: who plays what, the sentence, how sure, who says so with links.

    With `film` each names its film, linked to its page. Where the rows have a column `km`, each
    says how far away it is, in kilometres.
    """
    listed = "".join(_scene(row, catalogue, film) for row in rows.itertuples())
    return f'<ol class="dt-scenes">{listed}</ol>'


def _scene(row, catalogue, film):
    denied = row.certainty == "denied"
    heading = escape(plays(row.filming_name, row.setting_name))
    parts = [f"<h3>{f'<s>{heading}</s>' if denied else heading}</h3>"]
    if film:
        away = getattr(row, "km", None)
        away = "" if away is None else f" · {away:,.0f} km away"
        parts.append(f'<p class="dt-film">{film_link(row.film, row.title, row.year)}{away}</p>')
    parts.append(f"<p>{escape(row.sentence)}</p>")
    sure = SURENESS[row.certainty] + (", and disputed" if row.disputed else "")
    season = f"Season {row.season}. " if pd.notna(row.season) else ""
    origin = ORIGINS.get(row.origin, "")
    said = sources(row.sources, catalogue)
    parts.append(f'<p class="dt-said">{season}{sure}. {origin}{said}</p>')
    if row.disputed:
        parts.append(f'<p class="dt-said">Against: {sources(row.disputed_by, catalogue)}</p>')
    return f'<li class="{row.certainty}">{"".join(parts)}</li>'


def sources(ids, catalogue):
    """Sources as links that name their publishers, the pages' titles as tooltips."""
    return ", ".join(_source(source, source["publisher"]) for source in _known(ids, catalogue))


def bibliography(rows, catalogue):
    """The pages that the rows rest on, as an HTML list: those that say most first."""
    counts = pd.Series([i for ids in rows["sources"] + rows["disputed_by"] for i in ids])
    listed = []
    for source in _known(counts.value_counts().index, catalogue):
        day = source["published"]
        who = escape(f"{source['publisher']}{f', {day}' if isinstance(day, str) else ''}")
        listed.append(f"<li>{_source(source, source['title'])} <span>{who}</span></li>")
    return f'<ol class="dt-sources">{"".join(listed)}</ol>'


def _known(ids, catalogue):
    return [catalogue.sources.loc[i] for i in ids if i in catalogue.sources.index]


def _source(source, name):
    return _link(source["url"], name, source["title"])


def _link(address, name, title=""):
    """A link to a page elsewhere; only the name where the address is none of the web."""
    if not str(address).startswith(("http://", "https://")):
        return escape(name)
    return (
        f'<a href="{escape(address)}" title="{escape(title)}" target="_blank"'
        f' rel="noopener noreferrer">{escape(name)}</a>'
    )


def film_link(film, title, year=None, page="film"):
    """A link to a film's own page, with its year."""
    when = f" ({year})" if pd.notna(year) else ""
    return f"{_page(page, {'film': film}, title)}{when}"


def franchise_link(franchise):
    """A link to a franchise's own page."""
    return _page("film", {"franchise": franchise}, franchise)


def _page(page, query, name):
    return f'<a href="{page}?{urlencode(query)}" target="_self">{escape(name)}</a>'


def pairs(found, catalogue, caption, end=None):
    """Doubles (of geo/doubles.py) as an HTML table: who plays what, in which films, how far apart.

    Each place links to its own doubles; the column of the `end` that was asked for is left out.
    """
    titles = catalogue.films["title"]
    only = titles[~titles.duplicated(keep=False)]
    films = dict(zip(only, only.index, strict=True))
    columns = {"filming_place": "Shot in", "setting": "Plays"}
    columns.pop(end, None)
    names = [*columns.values(), "In", "Scenes", "Apart (km)"]
    body = []
    for row in found.itertuples():
        cells = [_place(row, column) for column in columns]
        cells.append(", ".join(_film(title, films) for title in row.films))
        body.append([*cells, f"{row.scenes:,}", "" if pd.isna(row.km) else f"{row.km:,.0f}"])
    return _table(caption, names, body, numbers=2)


def _place(row, end):
    name, place = getattr(row, f"{end.split('_')[0]}_name"), getattr(row, end)
    return _page("doubles", {ENDS[end]: place}, name)


def _film(title, films):
    return film_link(films[title], title) if title in films else escape(title)


def busiest(found, end, caption, names=("Place", "Number", "Which")):
    """Places that meet many others (of geo/doubles.py) as an HTML table."""
    body = []
    for row in found.to_dict("records"):
        others = escape(", ".join(dict.fromkeys(row["others"])))
        link = _page("doubles", {ENDS[end]: row["place"]}, row["name"])
        body.append([link, f"{row['count']:,}", others])
    return _table(caption, names, body, numbers=0)


def _table(caption, names, body, numbers):
    """Cells (HTML) as a table; its last `numbers` columns hold numbers."""
    kinds = [""] * (len(names) - numbers) + [' class="dt-number"'] * numbers
    head = "".join(
        f'<th scope="col"{k}>{escape(n)}</th>' for n, k in zip(names, kinds, strict=True)
    )
    rows = (
        "".join(
            f'<td data-of="{escape(name)}"{kind}>{cell}</td>'
            for cell, name, kind in zip(cells, names, kinds, strict=True)
        )
        for cells in body
    )
    lines = "".join(f"<tr>{row}</tr>" for row in rows)
    return (
        f'<table class="dt-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
    )


def records(found):
    """Records as an HTML list: what each says, the sentence that says so, and where it stands."""
    listed = []
    for record in found:
        who = record.publisher or record.title or record.source
        where = _link(record.source, who or "no source named", record.title or "")
        listed.append(
            f"<li><strong>{escape(told(record))}</strong>"
            f"<q>{escape(record.evidence or '')}</q> <span>{where}</span></li>"
        )
    return f'<ol class="dt-records">{"".join(listed)}</ol>'
