"""Read the news: an article goes in; what it says comes out, marked, on a map, to be kept."""

from html import escape
from pathlib import Path

import streamlit as st

from geo import export, maps, words
from geo.article import from_bytes, from_text
from geo.catalogue import DATA
from geo.errors import DoubletakeError
from geo.fetch import fetch
from geo.marked import Span, marked
from geo.model import CERTAINTIES, ROLES, Record
from pages import kept, parts

WAYS = {"Paste": "paste", "Upload": "upload", "Address": "address"}
EXAMPLE = DATA / "example.txt"
SHOWN = ("film", "year", "role", "place", "country", "certainty", "stands_for", "evidence")
state = st.session_state


def take(make):
    """Read what `make()` gives as an article, and keep the reading, or what was wrong with it."""
    state.update(article=None, reading=None, problem=None, kept=None)
    try:
        state["article"] = make()
        state["reading"] = kept.reader().read(state["article"])
    except DoubletakeError as error:
        state["problem"] = str(error)


def example():
    """Put the example into the box and read it."""
    state["text"] = EXAMPLE.read_text(encoding="utf-8")
    take(lambda: from_text(state["text"], "example"))


def paste():
    """The way in by pasting."""
    st.text_area("The article", key="text", height=220, placeholder="Paste a news article here.")
    text = state.get("text", "")
    with st.container(horizontal=True, vertical_alignment="center"):
        pasted = (lambda: from_text(text, "pasted"),)
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
    """The way in by a web address."""
    url = st.text_input("The address of the article", key="url", placeholder="https://")
    st.caption("It is fetched over the network, only if it is public. Without network, paste it.")

    def fetched():
        with st.spinner("Fetching the article"):
            data, final, *_ = fetch(url)
        return from_bytes(data, final)

    if st.button("Fetch and read it", type="primary", disabled=not url):
        take(fetched)


def spans(article, reading):
    """What is marked in the article: films, places of the records, sentences that say so."""
    found = [Span(m.start, m.end, "film", m.film.title) for m in reading.films]
    for record in reading.records:
        found.append(Span(record.evidence_start, record.evidence_end, "evidence"))
        at = article.text.find(record.place_text, record.evidence_start, record.evidence_end)
        if at >= 0:
            found.append(Span(at, at + len(record.place_text), "place", record.place))
    return list(dict.fromkeys(found))


def table(records):
    """The records to correct and tick; the corrected rows, as dicts with `keep`."""
    rows = [{"keep": True, **record.as_dict()} for record in records]
    columns = {
        "keep": st.column_config.CheckboxColumn("Keep", help="Ticked records are kept"),
        "film": "Film",
        "year": st.column_config.NumberColumn("Year", format="%d", min_value=1888),
        "role": st.column_config.SelectboxColumn("Role", options=ROLES, required=True),
        "place": "Place",
        "country": "Country",
        "certainty": st.column_config.SelectboxColumn(
            "How sure", options=CERTAINTIES, required=True
        ),
        "stands_for": "Stands for",
        "evidence": "The sentence that says so",
    }
    return st.data_editor(
        rows,
        column_config=columns,
        column_order=("keep", *SHOWN),
        disabled=("evidence",),
        hide_index=True,
        key=f"records-{hash(tuple(records))}",
    )


def corrected(rows):
    """The rows as Records again; a row without film or place is left out."""
    found = []
    for row in rows:
        values = {name: row[name] for name in Record.__slots__}
        if values["film"] and values["place"]:
            found.append(Record(**values))
    return found


def keep(rows):
    """Put the ticked rows into the store, and the others aside."""
    try:
        new = kept.store().add(
            [r.as_dict() for r in corrected(r for r in rows if r["keep"])], status="accepted"
        )
        kept.store().add(
            [r.as_dict() for r in corrected(r for r in rows if not r["keep"])], status="rejected"
        )
        state["kept"] = f"{words.count(new, 'new record')} kept. They are on the map now."
    except DoubletakeError as error:
        state["problem"] = str(error)


def show(article, reading):
    """The reading: a line that sums it up, the article, the map, the records."""
    records = reading.records
    films = words.count(len({r.film for r in records}), "film")
    found = words.count(len(records), "record")
    st.html(
        f'<h2 aria-live="polite">{found} of {films}</h2>' if records else "<h2>Nothing found</h2>"
    )
    for note in reading.notes:
        st.info(parts.plain(note))
    text, chart = st.columns([1, 1], gap="medium")
    with text:
        st.html(f'<div class="dt-article">{marked(article.text, spans(article, reading))}</div>')
    if not records:
        return
    with chart:
        parts.draw(maps.of_records(records), key="news-map")
        said = "".join(f"<li>{escape(words.told(record))}</li>" for record in records)
        st.html(f'<ul class="dt-told">{said}</ul>')
    rows = table(records)
    name = "doubletake-records"
    save, lines, csv = st.columns(3)
    save.button("Keep the ticked records", type="primary", on_click=keep, args=(rows,))
    plain = [record.as_dict() for record in corrected(rows)]
    lines.download_button("Download JSON lines", export.to_json_lines(plain), f"{name}.jsonl")
    csv.download_button("Download CSV", export.to_csv(plain), f"{name}.csv", "text/csv")


st.html(Path(__file__).with_name("news.css"))
st.title("Read the news")
way = st.segmented_control("Give an article", list(WAYS), default="Paste", key="way") or "Paste"
{"paste": paste, "upload": upload, "address": address}[WAYS[way]]()
if state.get("problem"):
    st.error(parts.plain(state["problem"]))
if state.get("kept"):
    st.success(state["kept"])
if state.get("reading"):
    show(state["article"], state["reading"])
