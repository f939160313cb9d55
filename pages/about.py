"""About the data: what it holds, how sure it is, whose it is, how to correct a row."""

from pathlib import Path

import streamlit as st

from geo import words
from geo.tables import TABLES
from pages import parts

data = parts.data()
st.title("About the data")
st.text(f"{words.headline(data.rows)}.")
films = data.catalogue.films
held = data.rows.groupby("franchise").agg(
    scenes=("scene", "size"),
    films=("film", "nunique"),
    countries=("filming_country", "nunique"),
    settings=("setting", "nunique"),
)
columns = {name: name.capitalize() for name in held.columns} | {"franchise": "Franchise or film"}
st.dataframe(
    held.sort_values("scenes", ascending=False).reset_index(),
    hide_index=True,
    column_config=columns,
    height=300,
)
if data.faults:
    st.warning(
        f"{words.count(len(data.faults), 'row')} of the catalogue cannot be read and "
        f"{'is' if len(data.faults) == 1 else 'are'} left out. `make check-data` tells what to do."
    )
    st.code("\n".join(map(str, data.faults)), language=None)
st.markdown((Path(__file__).parent / "about.md").read_text(encoding="utf-8"))
for column, name in zip(st.columns(len(TABLES)), TABLES, strict=True):
    path = parts.folder() / f"{name}.csv"
    if path.exists():
        column.download_button(f"{name}.csv", path.read_bytes(), f"{name}.csv", "text/csv")
