"""Parts that several pages use: the catalogue, read once, and the map."""

import gc
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st
import streamlit.components.v1 as components
from streamlit_folium import st_folium

from geo import assets, catalogue, maps, view
from geo.additions import extend
from geo.settings import settings
from geo.tables import TABLES
from pages import kept

FONTS = Path(st.__file__).parent / "static" / "static" / "media"
HEIGHT = 640  # pixels; pages/style.css makes the big map as high as the window
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!<>~|$:])")


@dataclass(frozen=True)
class Data:
    """The catalogue as the pages use it: its frames, one row a scene, files for the browser.

    `films` is what each film is called in a filter, in order of release: {id: name}; `facets`
    answers which rows a view shows.
    """

    catalogue: catalogue.Catalogue
    rows: pd.DataFrame
    films: dict
    faults: tuple
    files: dict
    facets: view.Facets


def folder():
    """Where the catalogue lies: DOUBLETAKE_DATA, or data/."""
    return settings().data


def data():
    """The catalogue of folder() with what readers kept; read anew when either has changed."""
    stamps = tuple(
        path.stat().st_mtime_ns if path.exists() else 0
        for path in (folder() / f"{name}.csv" for name in TABLES)
    )
    return _read(str(folder()), stamps, kept.version())


@st.cache_resource(show_spinner=False, max_entries=2)
def _read(path, stamps, version):
    found, faults = catalogue.read(path)
    found = sound(found)
    if version:
        found = extend(found, kept.store().records("accepted"))
    rows = view.table(found)
    put = assets.SHELF.put
    files = {
        **assets.fixed(FONTS),
        "marks": put("catalogue", "json", maps.dumps(maps.columns(found, rows)).encode()),
        "texts": put("texts", "json", maps.dumps(maps.texts(found, rows)).encode()),
    }
    names, facets = _film_names(found.films), view.Facets(rows)
    # Streamlit looks for garbage after each script: not through all that stays, again and again.
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return Data(found, rows, names, tuple(faults), files, facets)


def _film_names(films):
    """Title and year, and of alike ones also the id."""
    films = films.sort_values(["year", "order"])
    names = films["title"] + films["year"].map(" ({})".format, na_action="ignore").fillna("")
    twice = names.duplicated(keep=False)
    names[twice] += " [" + names.index[twice] + "]"
    return names.to_dict()


def sound(found):
    """The catalogue without repeated ids and without scenes that lead nowhere."""
    films, places, scenes, sources = (
        frame[~frame.index.duplicated()]
        for frame in (found.films, found.places, found.scenes, found.sources)
    )
    ends = scenes["filming_place"].notna() | scenes["setting"].notna()
    for column in ("filming_place", "setting"):
        ends &= scenes[column].isna() | scenes[column].isin(places.index)
    scenes = scenes[ends & scenes["film"].isin(films.index)]
    return catalogue.Catalogue(films, places, scenes, sources)


def prefix():
    """The address of the map's files, relative to the frame that holds the map.

    Where the server has no routes of ours, Streamlit serves them as the files of a component.
    """
    if assets.SHELF.routed:
        return f"../../{assets.FOLDER}/"
    return f"../{_component().name}/"


@st.cache_resource(show_spinner=False)
def _component():
    path = tempfile.mkdtemp(prefix="doubletake-")
    return components.declare_component("doubletake_files", path=path)


def folium_map(start, files, group, key, height=HEIGHT):
    """Show a map in the page and return what the reader did on it, as our layer tells it."""
    if not assets.SHELF.routed:
        assets.write(_component().path)
    return st_folium(
        maps.base_map(prefix(), files, **start),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=group,
    )


def plain(text):
    """Text of the data for a label of Streamlit, which would read it as Markdown."""
    return MARKDOWN.sub(r"\\\1", str(text))
