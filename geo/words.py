"""What rows say, in sentences built on one verb: "Norway plays Kashmir"."""

import pandas as pd

SURENESS = {
    "confirmed": "Confirmed",
    "reported": "Reported",
    "questioned": "In doubt",
    "denied": "Denied",
}
ROLE_NAMES = {"filming": "Where it was shot", "story": "Where it plays"}


def plays(filming, setting):
    """Who plays what: names of the two ends, either of which may be missing (None or NaN).

    >>> plays("Norway", "Kashmir"), plays("Matera", "Matera"), plays("Norway", None)
    ('Norway plays Kashmir', 'Matera plays itself', 'Shot in Norway')
    """
    if pd.isna(filming):
        return f"Set in {setting}"
    if pd.isna(setting):
        return f"Shot in {filming}"
    return f"{filming} plays {'itself' if filming == setting else setting}"


def headline(rows):
    """What a choice of rows (of view.table()) holds, in one line.

    "61 scenes of 8 Mission: Impossible films, 1996–2025, shot in 19 countries".
    """
    if rows.empty:
        return "No scenes match"
    films = rows.drop_duplicates("film")
    franchises = films["franchise"].unique()
    kind = _kind(films)
    if len(films) == 1:
        what = films["title"].iloc[0]
    else:
        named = f"{franchises[0]} " if len(franchises) == 1 else ""
        what = f"{len(films)} {named}{kind}"
    parts = [f"{count(len(rows), 'scene')} of {what}", _years(films["year"].dropna())]
    countries = rows["filming_country"].nunique()
    if countries:
        parts.append(f"shot in {count(countries, 'country', 'countries')}")
    return ", ".join(part for part in parts if part)


def _kind(films):
    kinds = set(films["kind"])
    return {frozenset({"film"}): "films", frozenset({"series"}): "series"}.get(
        frozenset(kinds), "films and series"
    )


def _years(years):
    if years.empty:
        return ""
    first, last = years.min(), years.max()
    return str(first) if first == last else f"{first}–{last}"


def count(number, one, many=None):
    """`number` and its noun: count(1, "scene") is "1 scene"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
