"""What the pages share of reading and keeping: the reader, and the store of records."""

import streamlit as st

from geo.bulk import reader as made
from geo.settings import settings
from geo.store import Store


@st.cache_resource(show_spinner="Opening the gazetteer")
def reader():
    """The reader of articles, made once for all sessions."""
    return made(settings().data)


@st.cache_resource(show_spinner=False)
def store():
    """The store of accepted records. Raises CouldNotAsk where it is out of reach."""
    return Store(settings().store)
