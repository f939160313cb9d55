"""The desk on which records lie: a table to correct and decide them, a map in step with it, and
the check of a place whose name may mean several.

What a reader does is kept in the session under the desk's name, so that nothing is lost when the
store cannot be reached, or when another page is looked at meanwhile.
"""

from dataclasses import replace

import streamlit as st

from geo.distance import kilometres
from geo.gazetteer import Gazetteer, place_of
from geo.model import CERTAINTIES, ROLES, Film, Place, Record
from geo.scope import Context
from geo.settings import settings
from geo.text import fold
from geo.waiting import OPEN, Progress
from pages import kept, parts, shown

DECISIONS = {"Keep": "accepted", "Reject": "rejected", "Later": None}
FIELDS = tuple(Record.__slots__)
SHOWN = ("decision", "film", "year", "role", "place", "country", "precision", "certainty")
MOST_CANDIDATES = 40
SAME_KM = 5.0  # two points of one name closer than this are one place
state = st.session_state


def lay(name, rows, decision):
    """Put rows (dicts with a record's fields) on the desk, each decided so to begin with."""
    turn = state.get(name, {}).get("turn", 0) + 1
    rows = [{"licence": None} | row | {"decision": decision} for row in rows]
    state[name] = {"rows": rows, "edits": {}, "turn": turn, "asked": {}, "notes": []}


def current(name):
    """The rows as they stand, corrections included."""
    desk = state[name]
    return [row | desk["edits"].get(number, {}) for number, row in enumerate(desk["rows"])]


def record(row):
    """A row as the Record that it is now."""
    return Record(**{field: row.get(field) for field in FIELDS})


def whole(rows):
    """The rows that name a film and a place."""
    return [row for row in rows if row["film"] and row["place"]]


# --- correcting


def place_unknown(name):
    """Look up the places that the reader of articles did not know; nothing is said of failures."""
    desk, rows = state[name], current(name)
    for number, row in enumerate(rows):
        if row["precision"] == "unknown":
            row |= located(name, number, row)
    desk |= {"rows": rows, "notes": []}


def changed(name, key):
    """Take over what was typed into the table; a new film or place is looked up at once."""
    desk = state[name]
    desk["edits"] = dict(state[key]["edited_rows"])
    if any({"film", "place"} & set(edit) for edit in desk["edits"].values()):
        settle(name)


def settle(name, more=None):
    """Make the corrections the rows of a new table; `more` holds fields to set, by number."""
    desk, rows = state[name], current(name)
    desk["notes"] = []
    for number, (row, before) in enumerate(zip(rows, desk["rows"], strict=True)):
        if row["film"] != before["film"]:
            row |= known_film(row["film"])
        if row["place"] != before["place"] and row["place"]:
            row |= located(name, number, row)
        row |= (more or {}).get(number, {})
    desk |= {"rows": rows, "edits": {}, "turn": desk["turn"] + 1}


def known_film(title):
    """Franchise and year of a title, where the catalogue has one film of that name."""
    films = parts.data().catalogue.films
    wanted = fold(title or "")
    names = zip(films.index, films["title"], films["aliases"], strict=True)
    found = [film for film, *called in names if wanted in map(fold, (called[0], *called[1]))]
    if len(found) != 1:
        return {"franchise": None}
    film = films.loc[found[0]]
    year = None if film["year"] is None or film["year"] != film["year"] else int(film["year"])
    return {"film": film["title"], "franchise": film["franchise"], "year": year}


def context(row):
    """What is known of a corrected name: the film that it belongs to."""
    return Context(film=Film(row["film"] or "", row["franchise"], row["year"]))


def located(name, number, row):
    """Where a corrected name lies, as fields; asked for over the network where that is allowed."""
    verdict = kept.geocoder().explain(row["place"], context(row))
    if verdict.place:
        return fields_of(verdict.place)
    if settings().online:
        kept.waiting().add(row["place"], context(row))
        state[name]["asked"][number] = row["place"]
    else:
        state[name]["notes"].append(verdict.why)
    nowhere = dict.fromkeys(("country", "latitude", "longitude", "licence"))
    return nowhere | {"precision": "unknown"}


def fields_of(place):
    """A Place as the fields of a row."""
    said = f"{place.source} ({place.licence})" if place.source and place.licence else place.source
    values = {"place": place.name, "country": place.country, "precision": place.precision}
    return values | {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "licence": said or None,
    }


# --- the table


def table(name):
    """The rows to correct and to decide."""
    desk = state[name]
    key = f"{name}-table-{desk['turn']}"
    if desk["edits"] and key not in state:  # the table was out of sight: it starts anew
        settle(name)
        key = f"{name}-table-{desk['turn']}"
    columns = {
        "decision": st.column_config.SelectboxColumn("Decision", options=DECISIONS, required=True),
        "film": st.column_config.TextColumn("Film", max_chars=200),
        "year": st.column_config.NumberColumn("Year", format="%d", min_value=1888, max_value=2100),
        "role": st.column_config.SelectboxColumn("Role", options=ROLES, required=True),
        "place": st.column_config.TextColumn("Place", max_chars=200),
        "country": "Country",
        "precision": "Exact to",
        "certainty": st.column_config.SelectboxColumn(
            "How sure", options=CERTAINTIES, required=True
        ),
        "stands_for": st.column_config.TextColumn("Stands for", max_chars=200),
        "evidence": "The sentence that says so",
    }
    st.data_editor(
        [{column: row.get(column) for column in columns} for row in desk["rows"]],
        column_config=columns,
        column_order=(*SHOWN, "stands_for", "evidence"),
        disabled=("country", "precision", "evidence"),
        hide_index=True,
        key=key,
        on_change=changed,
        args=(name, key),
        placeholder="",
        alt="The records: decide and correct each",
    )


# --- the map, and the check of a place


def board(name):
    """The map of the records and, beneath it, the check of a place."""
    rows = current(name)
    chosen = state.get(f"{name}-check")
    chosen = chosen if chosen is not None and chosen < len(rows) else None
    candidates = namesakes(rows[chosen]) if chosen is not None else []
    spots = [place for place, _ in candidates if place.latitude is not None]
    if len(spots) > 1:
        pick_on_map(name, chosen, rows[chosen], candidates)
    else:
        kept_rows = [record(row) for row in whole(rows) if row["decision"] != "Reject"]
        shown.records(kept_rows, f"{name}-map")
    check(name, rows, chosen, candidates)
    if state[name]["asked"]:
        answers(name)
    for note in state[name]["notes"]:
        st.info(parts.plain(note))


def namesakes(row):
    """Every place that a row's name may mean, with what it is: the one in force first."""
    verdict = kept.geocoder().explain(row["place"] or "", context(row))
    found = [(c.place, c.why) for c in verdict.candidates]
    found += [(verdict.place, "")] if verdict.place else []
    entries = Gazetteer.open().lookup(row["place"] or "")
    found += [(place_of(e), ", ".join(filter(None, (e.kind, e.admin1)))) for e in entries]
    fields = {name: row[name] for name in ("country", "latitude", "longitude", "precision")}
    unique = [(Place(row["place"], **fields, source=row["licence"] or ""), "as it stands")]
    for place, why in found:
        if not any(_same(place, known) for known, _ in unique):
            unique.append((place, why))
    return unique[:MOST_CANDIDATES]


def _same(one, other):
    """Whether two Places are one: alike, and no further apart than they reach."""
    alike = (one.country, one.precision) == (other.country, other.precision)
    if not alike or None in (one.latitude, other.latitude):
        return alike
    return kilometres(one, other) <= max(SAME_KM, one.radius_km or 0)


def pick_on_map(name, number, row, candidates):
    """The candidates on the map, a click on one of which chooses it."""
    found = [
        replace(
            record(row),
            **{k: v for k, v in fields_of(place).items() if k != "licence"},
            role="filming",
            stands_for=None,
            evidence=why or place.precision,
        )
        for place, why in candidates
        if place.latitude is not None
    ]
    st.caption("Select a mark to say which place is meant, or choose it from the list below.")
    told, places = shown.records(found, f"{name}-pick-{state[name]['turn']}-{number}")
    at = (told or {}).get("place")
    if not isinstance(at, int) or not 0 <= at < len(places["name"]):
        return
    for place, _ in candidates:
        if (place.latitude, place.longitude) == (places["latitude"][at], places["longitude"][at]):
            if (row["latitude"], row["longitude"]) != (place.latitude, place.longitude):
                pick(name, number, place)
                st.rerun()
            return


def pick(name, number, place):
    """Say that a row's place is this one."""
    state[name]["asked"].pop(number, None)
    settle(name, {number: fields_of(place)})


def check(name, rows, chosen, candidates):
    """Which record's place to check, what it is called, and which of its namesakes is meant."""

    def title(number):
        return f"{rows[number]['place']} ({rows[number]['film']})"

    numbers = list(range(len(rows)))
    st.selectbox("Is a place wrong? Check it", numbers, index=None, format_func=title,
                 key=f"{name}-check", placeholder="Choose a record")  # fmt: skip
    if chosen is None:
        return
    here = f"{name}-{state[name]['turn']}-{chosen}"
    called, which = st.columns(2)
    key = f"{here}-name"
    called.text_input("What it is called", rows[chosen]["place"], key=key, max_chars=200,
                      on_change=rename, args=(name, chosen, key))  # fmt: skip
    imagined = Place(rows[chosen]["place"], None, None, None, "fictional")
    offered = [*candidates, (imagined, "it exists in the story alone")]
    which.selectbox("Which one is meant", range(len(offered)), key=f"{here}-which",
                    format_func=lambda at: _label(*offered[at]), on_change=choose,
                    args=(name, chosen, offered, f"{here}-which"))  # fmt: skip


def rename(name, number, key):
    state[name]["edits"].setdefault(number, {})["place"] = state[key].strip()
    settle(name)


def choose(name, number, offered, key):
    if state[key]:
        pick(name, number, offered[state[key]][0])


def _label(place, why):
    return ", ".join(filter(None, (place.name, why, place.country)))


@st.fragment(run_every=1.0)
def answers(name):
    """How far the geocoder is with the names that were corrected; the page goes on working."""
    asked = state[name]["asked"]
    items = [_item(number, place, name) for number, place in asked.items()]
    open_ = [item for item in items if item and item.state in OPEN]
    failed = [item for item in items if item and item.state == "failed"]
    progress = Progress(tuple(items), len(items) - len(open_) - len(failed), len(failed))
    st.progress(progress.share, text=parts.plain(progress.sentence()))
    if open_:
        return
    if failed:
        st.warning(parts.plain(failed[0].message))
        st.button("Ask again", key=f"{name}-again", on_click=lambda: kept.waiting().again())
    found = {n: item for n, item in zip(asked, items, strict=True) if item not in failed}
    for number, item in found.items():
        asked.pop(number)
        if item and item.place:
            settle(name, {number: fields_of(item.place)})
        else:
            state[name]["notes"].append("No place of that name is known to the geocoder.")
    if found:
        st.rerun()


def _item(number, place, name):
    """What is known of a name that was asked for, or None."""
    film = context(current(name)[number]).film
    items = kept.waiting().progress().items
    same = (i for i in items if fold(i.name) == fold(place) and i.context.film == film)
    return next(same, None)


# --- deciding


def save(name):
    """Put what was decided into the store; returns how many were kept and how many rejected.

    Raises CouldNotAsk where the store is out of reach; then nothing on the desk changes.
    """
    rows, store = whole(current(name)), kept.store()
    done = {}
    for status in ("accepted", "rejected"):
        decided = [row for row in rows if DECISIONS[row["decision"]] == status]
        for row in decided:
            _decide(store, row, status)
        done[status] = len(decided)
    return done["accepted"], done["rejected"]


def _decide(store, row, status):
    """A record from an article is added; one that waited may have become another fact."""
    if status == "rejected" and "id" in row:
        store.decide(row["id"], "rejected")
        return
    plain = {key: value for key, value in row.items() if key not in ("id", "decision")}
    store.add([plain], status=status)
    if "id" in row:
        before = store.records("waiting")
        if row["id"] in set(before["id"]):  # it was corrected into another fact
            store.decide(row["id"], "rejected")


def decided_in_words(name):
    """What a press of the button will do."""
    rows = [row["decision"] for row in whole(current(name))]
    return f"Save: keep {rows.count('Keep')}, reject {rows.count('Reject')}"
