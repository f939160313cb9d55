"""What the pages share of reading and keeping: the reader, and the store of records."""

import streamlit as st

from geo.bulk import reader as made
from geo.errors import CouldNotAsk
from geo.settings import settings
from geo.store import Store


def reader():
    """The reader of articles, made once for all sessions."""
    with st.spinner("Opening the gazetteer"):
        return made(settings().data)


def store():
    """The store of accepted records. Raises CouldNotAsk where it is out of reach."""
    return _store(settings().store)


@st.cache_resource(show_spinner=False, max_entries=2)
def _store(address):
    return Store(address)


def version():
    """What the store holds, as a value that changes with it; None where it is out of reach."""
    try:
        return store().version()
    except CouldNotAsk:
        return None
