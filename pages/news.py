"""Read the news: an article goes in; what it says comes out, marked, on a map, to be kept."""

import re
from datetime import date
from html import escape
from pathlib import Path

import streamlit as st

from geo import export, feeds, listing, words
from geo.article import from_bytes, from_text
from geo.errors import BadAddress, BadArticle, CouldNotAsk, DoubletakeError
from geo.export import rows as export_rows
from geo.fetch import fetch
from geo.marked import Span, marked
from geo.reading import without_guesses
from geo.tables import DATA
from pages import desk, kept, parts

EXAMPLE = DATA / "example.txt"
FEED = re.compile(rb"<(rss|feed|rdf:RDF)\b")
FOUND, QUEUE = "found-desk", "queue-desk"  # the two desks: of the article, of what waits
MOST_WAITING = 50
state = st.session_state


def take(make):
    """Read what `make()` gives as an article, and keep the reading, or what was wrong with it."""
    state.update(article=None, reading=None, problem=None, saved=None, unsaved=None)
    try:
        state["article"] = make()
        state["reading"] = kept.reader().read(state["article"])
        records = without_guesses(state["reading"].records)
        desk.lay(FOUND, [r.as_dict() for r in records], "Keep")
        desk.place_unknown(FOUND)
        state[f"{FOUND}-check"] = None
    except DoubletakeError as error:
        state["problem"] = str(error)


def example():
    """Put the example into the box and read it."""
    state["text"] = EXAMPLE.read_text(encoding="utf-8")
    take(lambda: from_text(state["text"], "example"))


def paste():
    """The way in by pasting."""
    st.text_area("The article", key="text", height=200, placeholder="Paste a news article here.")
    with st.container(horizontal=True, vertical_alignment="center"):
        # What the box holds when the button is pressed: it may be newer than this drawing of it.
        pasted = (lambda: from_text(state.get("text", ""), "pasted"),)
        st.button("Read it", type="primary", on_click=take, args=pasted)
        st.button("Try an example", type="tertiary", on_click=example)


def upload():
    """The way in by a file."""
    kinds = ["txt", "md", "html", "htm"]
    file = st.file_uploader("A text, Markdown or HTML file of up to 5 MB", type=kinds, key="file")
    if file and state.get("uploaded") != file.file_id:
        state["uploaded"] = file.file_id
        take(lambda: from_bytes(file.getvalue(), file.name))


def address():
    """The way in by a web address: of an article, or of a feed of them."""
    st.text_input("The address of an article, or of a news feed", key="url", placeholder="https://")
    st.caption("It is fetched over the network, only if it is public. Without network, paste it.")
    st.button("Fetch it", type="primary", disabled=not state.get("url"), on_click=fetch_it)
    if state.get("feed"):
        choose_entry(*state["feed"])


def fetch_it():
    """Fetch the address: an article is read, the entries of a feed are offered."""
    state.update(feed=None, article=None, reading=None, problem=None, saved=None, unsaved=None)
    try:
        data, final, *_ = fetch(state["url"].strip())
        if FEED.search(data[:4096]):
            state["feed"] = feeds.entries(data)
        else:
            take(lambda: from_bytes(data, final))
    except DoubletakeError as error:
        state["problem"] = str(error)


def choose_entry(entries, publisher):
    """The entries of a feed, one of which is to be read."""
    if not entries:
        st.info("This feed has no entries with an address at the moment.")
        return
    called = parts.plain(publisher or "this feed")
    at = st.selectbox(
        f"{words.count(len(entries), 'entry', 'entries')} of {called}",
        range(len(entries)),
        format_func=lambda n: " · ".join(filter(None, (entries[n].title, entries[n].published))),
        key="entry",
    )
    chosen = (lambda: of_entry(entries[at], publisher),)
    st.button("Read this one", type="primary", on_click=take, args=chosen)


def of_entry(entry, publisher):
    """The Article of a feed's entry: its page, or else what the feed itself holds of it."""
    try:
        article = from_bytes(fetch(entry.address)[0], entry.address)
    except (BadAddress, BadArticle, CouldNotAsk):
        if not entry.text.strip():
            raise
        return feeds.told_by_feed(entry, publisher)
    return feeds.under_entry(article, entry, publisher)


def spans(article, reading):
    """What is marked in the article: films, places of the records, sentences that say so."""
    found = [Span(m.start, m.end, "film", m.film.title) for m in reading.films]
    for record in reading.records:
        found.append(Span(record.evidence_start, record.evidence_end, "evidence"))
        at = article.text.find(record.place_text, record.evidence_start, record.evidence_end)
        if at >= 0:
            found.append(Span(at, at + len(record.place_text), "place", record.place))
    return list(dict.fromkeys(found))


def show(article, reading):
    """The reading: a line that sums it up, the article, the map, the records."""
    records = reading.records
    films = words.count(len({r.film for r in records}), "film")
    found = f"{words.count(len(records), 'record')} of {films}" if records else "Nothing found"
    st.html(f'<h2 class="dt-h2" aria-live="polite">{found}</h2>')
    for note in reading.notes:
        st.info(parts.plain(note))
    text, chart = st.columns([1, 1], gap="medium")
    with text:
        read = marked(article.text, spans(article, reading))
        label = 'role="region" aria-label="The article" tabindex="0"'
        st.html(f'<div class="dt-article" {label}>{read}</div>')
    if not records:
        return
    with chart:
        desk.board(FOUND)
        told = (words.told(desk.record(row)) for row in desk.whole(desk.current(FOUND)))
        said = "".join(f"<li>{escape(sentence)}</li>" for sentence in told)
        st.html(f'<ul class="dt-told">{said}</ul>')
    desk.table(FOUND)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(desk.decided_in_words(FOUND), type="primary", on_click=save, args=(FOUND,))
        plain = [desk.record(row).as_dict() for row in desk.whole(desk.current(FOUND))]
        for row in plain:
            del row["stands_for_chance"]  # a person has looked at it
        name = "doubletake-records"
        st.download_button("Download JSON lines", export.to_json_lines(plain), f"{name}.jsonl")
        st.download_button("Download CSV", export.to_csv(plain), f"{name}.csv", "text/csv")
    tell()


def tell():
    """What came of saving, beside the button that saves."""
    if state.get("unsaved"):
        st.error(parts.plain(state["unsaved"]))
    if state.get("saved"):
        st.success(state["saved"])


def save(name):
    """Put the decisions of a desk into the store, and say so."""
    state.update(unsaved=None, saved=None)
    try:
        accepted, rejected = desk.save(name)
    except DoubletakeError:
        state["unsaved"] = kept.OUT_OF_REACH
        return
    said = f"{words.count(accepted, 'record')} kept, {rejected} rejected."
    state["saved"] = f"{said} What is kept is on the map now, marked as from the news."
    if name == QUEUE:
        lay_waiting()


def lay_waiting():
    """Put what waits for review on its desk."""
    desk.lay(QUEUE, state["waiting"][:MOST_WAITING], "Later")
    state[f"{QUEUE}-check"] = None


def review():
    """The way in through feeds that were watched: what they brought, to accept or reject."""
    waiting = state["waiting"]
    if not waiting:
        tell()
        st.info(
            "Nothing waits for review. `python -m geo watch FEEDS` reads news feeds by itself, "
            "and what it finds is offered here."
        )
        return
    on_desk = {row["id"] for row in state.get(QUEUE, {}).get("rows", [])}
    if not on_desk & {row["id"] for row in waiting}:  # else others' news would undo corrections
        lay_waiting()
    if len(waiting) > MOST_WAITING:
        st.caption(f"The first {MOST_WAITING} of {len(waiting):,}; the others follow.")
    text, chart = st.columns([1, 1], gap="medium")
    with chart:
        desk.board(QUEUE)
    with text:
        found = listing.records(map(desk.record, desk.current(QUEUE)))
        label = 'role="region" aria-label="What waits for review" tabindex="0"'
        st.html(f'<div class="dt-article" {label}>{found}</div>')
    desk.table(QUEUE)
    st.button(desk.decided_in_words(QUEUE), type="primary", on_click=save, args=(QUEUE,))
    tell()


@st.cache_data(show_spinner=False, max_entries=2)
def exported(version, day):
    """The accepted records as rows for the catalogue, zipped; made once for each state of them."""
    found = parts.sound(parts.catalogue.read(parts.folder())[0])
    return export_rows.to_zip(found, kept.store().records("accepted"))


def collected():
    """What was kept so far, and the way from there into the catalogue."""
    number = len(kept.held("accepted"))
    with st.expander(f"Kept so far: {words.count(number, 'record')}"):
        st.page_link("about.py", label="By which rule a kept fact is sure, or disputed")
        if number:
            st.page_link("explore.py", label="See them on the map")
            rows = exported(kept.version(), date.today())
            name = "doubletake-rows.zip"
            label = "Download as rows for the catalogue"
            st.download_button(label, rows, name, "application/zip")


def waiting():
    """How many records wait for review."""
    state["waiting"] = kept.held("waiting")
    return len(state["waiting"])


st.html(Path(__file__).with_name("news.css"))
st.title("Read the news")
number = waiting()
WAYS = {"paste": "Paste", "upload": "Upload", "address": "Address or feed"}
WAYS["review"] = f"Waiting for review · {number:,}"
way = st.segmented_control(
    "Give an article", list(WAYS), default="paste", format_func=WAYS.get, key="way"
)
{"upload": upload, "address": address, "review": review}.get(way, paste)()
if state.get("problem"):
    st.error(parts.plain(state["problem"]))
if state.get("reading") and way != "review":
    show(state["article"], state["reading"])
collected()
