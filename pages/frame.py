"""What all pages share: their names, the navigation above them, the look."""

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

PAGES = (
    ("explore.py", "Map", ":material/map:"),
    ("film.py", "Films", ":material/movie:"),
    ("doubles.py", "Doubles", ":material/compare_arrows:"),
    ("near.py", "Near me", ":material/near_me:"),
    ("news.py", "Read the news", ":material/newspaper:"),
    ("share.py", "Share", ":material/ios_share:"),
    ("about.py", "About the data", ":material/info:"),
)

st.set_page_config(page_title="Doubletake", page_icon=ROOT / "pages" / "mark.svg", layout="wide")
st.html(ROOT / "pages" / "style.css")
pages = [
    st.Page(ROOT / "pages" / file, title=title, icon=icon, default=file == "explore.py")
    for file, title, icon in PAGES
    if (ROOT / "pages" / file).exists()
]
if st.context.is_embedded:  # ?embed=true: the map in a frame of somebody else's page
    st.html(ROOT / "pages" / "embed.css")
else:
    st.logo(ROOT / "pages" / "mark.svg", size="large")
page = st.navigation(pages, position="hidden" if st.context.is_embedded else "top")
st.session_state["arrived"] = st.session_state.get("page") != page.title
st.session_state["page"] = page.title
page.run()
