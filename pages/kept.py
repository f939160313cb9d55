"""What the pages share of reading and keeping: the reader, the geocoder, the store of records."""

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from geo import tables
from geo.errors import CouldNotAsk
from geo.gazetteer import Gazetteer
from geo.geocode import Geocoder
from geo.reading import Reader
from geo.settings import settings
from geo.store import Store
from geo.waiting import Waiting

OUT_OF_REACH = (
    "The store of records is out of reach, so nothing was saved. Everything stays on this page: "
    "try again in a while, or download the records."
)


def reader():
    """The reader of articles, made once for all sessions."""
    with st.spinner("Opening the gazetteer"):
        return _reader(str(settings().data))


@st.cache_resource(show_spinner=False, max_entries=2)
def _reader(folder):
    # Rows at fault are left out here, as on every page, rather than forbid all reading.
    return Reader(tables.read(folder)[0], Gazetteer.open())


@st.cache_resource(show_spinner=False, max_entries=2)
def _geocoder(given):
    return Geocoder.open(given)


def geocoder():
    """The geocoder by the settings, one for all sessions."""
    return _geocoder(settings())


@st.cache_resource(show_spinner=False, max_entries=2)
def _waiting(given):
    return Waiting(_geocoder(given))


def waiting():
    """The names that wait for an answer over the network, one list for all sessions."""
    return _waiting(settings())


def store():
    """The store of accepted records. Raises CouldNotAsk where it is out of reach."""
    try:
        return _store(settings().store)
    except (OSError, ImportError, SQLAlchemyError) as error:
        raise CouldNotAsk(OUT_OF_REACH) from error


@st.cache_resource(show_spinner=False, max_entries=2)
def _store(address):
    return Store(address)


def version():
    """What the store holds, as a value that changes with it; None where it is out of reach."""
    try:
        return store().version()
    except CouldNotAsk:
        return None


def held(status):
    """The records of a status as dicts with None for what is missing; [] out of reach."""
    try:
        frame = store().records(status)
    except CouldNotAsk:
        return []
    rows = frame.astype("object").where(frame.notna(), None).to_dict("records")
    whole = ("id", "year", "evidence_start", "evidence_end")
    return [row | {k: int(row[k]) for k in whole if row[k] is not None} for row in rows]
