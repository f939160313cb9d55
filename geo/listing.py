"""Rows -> lists in HTML, in which all text of the data is escaped."""

from html import escape
from urllib.parse import urlencode

import pandas as pd

from geo.words import SURENESS, plays


def scenes(rows, catalogue, film=False):
    """Scenes as an HTML list: who plays what, the sentence, how sure, who says so with links.

    With `film` each names its film, linked to its page.
    """
    listed = "".join(_scene(row, catalogue, film) for row in rows.itertuples())
    return f'<ol class="dt-scenes">{listed}</ol>'


def _scene(row, catalogue, film):
    denied = row.certainty == "denied"
    heading = escape(plays(row.filming_name, row.setting_name))
    parts = [f"<h3>{f'<s>{heading}</s>' if denied else heading}</h3>"]
    if film:
        parts.append(f'<p class="dt-film">{film_link(row.film, row.title, row.year)}</p>')
    parts.append(f"<p>{escape(row.sentence)}</p>")
    sure = SURENESS[row.certainty] + (", and disputed" if row.disputed else "")
    season = f"Season {row.season}. " if pd.notna(row.season) else ""
    said = sources(row.sources, catalogue)
    parts.append(f'<p class="dt-said">{season}{sure}. {said}</p>')
    if row.disputed:
        parts.append(f'<p class="dt-said">Against: {sources(row.disputed_by, catalogue)}</p>')
    return f'<li class="{row.certainty}">{"".join(parts)}</li>'


def sources(ids, catalogue):
    """Sources as links that name their publishers, the pages' titles as tooltips."""
    known = [catalogue.sources.loc[i] for i in ids if i in catalogue.sources.index]
    return ", ".join(_source(source) for source in known)


def _source(source):
    name, title = escape(source["publisher"]), escape(source["title"])
    if not str(source["url"]).startswith(("http://", "https://")):
        return name
    address = escape(source["url"])
    return (
        f'<a href="{address}" title="{title}" target="_blank" rel="noopener noreferrer">{name}</a>'
    )


def film_link(film, title, year, page="film"):
    """A link to a film's own page, with its year."""
    when = f" ({year})" if pd.notna(year) else ""
    return f'<a href="{page}?{urlencode({"film": film})}" target="_self">{escape(title)}{when}</a>'
