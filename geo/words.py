"""What rows say, in sentences built on one verb: "Norway plays Kashmir"."""

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
    if not isinstance(filming, str):
        return f"Set in {setting}"
    if not isinstance(setting, str):
        return f"Shot in {filming}"
    return f"{filming} plays {'itself' if filming == setting else setting}"


def told(record):
    """A record in a sentence: "Fallout: Norway plays Kashmir (confirmed)"."""
    ends = (None, record.place) if record.role == "story" else (record.place, record.stands_for)
    return f"{record.film}: {plays(*ends)} ({SURENESS[record.certainty].lower()})"


def headline(rows):
    """What a choice of rows (of view.table()) holds, in one line.

    "61 scenes of 8 Mission: Impossible films, 1996–2025, shot in 19 countries". In a country of
    which a shoot is denied nothing was shot.
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
        what = f"{len(films):,} {named}{kind}"
    parts = [f"{count(len(rows), 'scene')} of {what}", _years(films["year"].dropna())]
    countries = (drawn(rows) if "certainty" in rows else rows)["filming_country"].nunique()
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


def title(rows):
    """What to call a picture or page of `rows`: "Where Mission: Impossible was shot"."""
    titles, franchises = rows["title"].unique(), rows["franchise"].unique()
    if len(titles) == 1:
        return str(titles[0])
    if len(franchises) == 1:
        return f"Where {franchises[0]} was shot"
    return "Where films were shot"


def doubles(rows):
    """What plays what in `rows`: ["Norway plays Kashmir", …].

    Places that play another country, or none on the globe, come first: that a street of London
    plays London is no news. Among them the commonest come first.
    """
    told = rows["filming_name"].notna() & rows["setting_name"].notna()
    told = (told & (rows["certainty"] != "denied")).to_numpy()
    columns = ("filming_name", "setting_name", "filming_country", "setting_country")
    pairs = {}
    for filming, setting, *countries in zip(*(rows[c][told] for c in columns), strict=True):
        home = countries[0] == countries[1]
        pairs.setdefault((filming, setting), [home, 0])[1] -= 1
    ordered = sorted(pairs, key=pairs.get)
    return [plays(*names) for names in ordered if names[0] != names[1]]


def drawn(rows):
    """The rows that pictures draw: all but what is denied, unless nothing else is there."""
    sure = (rows["certainty"] != "denied").to_numpy()
    return rows if sure.all() or not sure.any() else rows[sure]


def summary(rows):
    """The headline of what pictures draw of `rows`, and how many scenes besides are denied."""
    denied = int((rows["certainty"] == "denied").sum())
    if denied == len(rows):
        countries = rows.assign(filming_country=None)
        return headline(countries) + (", denied" if denied else "")
    more = f"; {denied:,} more denied" if denied else ""
    return headline(drawn(rows)) + more


def alt_text(rows, head=None):
    """What a picture of `rows` (of view.table()) shows, in a sentence or two.

    "Map of 27 scenes of Mission: Impossible – Fallout, 2018, shot in 5 countries. Norway plays
    Kashmir; Paris plays itself." `head` is the headline of drawn(rows), where it is known already.
    """
    if rows.empty:
        return "Map without any scene."
    if (rows["certainty"] == "denied").all():
        return f"Map without any mark: {count(len(rows), 'scene')}, all denied."
    apart = doubles(rows)
    shown = apart[:3]
    more = len(apart) - len(shown)
    tail = f"; and {count(more, 'other pair')}" if more > 0 else ""
    said = f" {'; '.join(shown)}{tail}." if shown else ""
    return f"Map of {head or headline(drawn(rows))}.{said}"
