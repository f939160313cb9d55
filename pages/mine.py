"""My films: a list of the reader's own narrows the map. It lives in this visit and nowhere else."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo import myfilms, words
from geo.errors import BadInput

HELP = (
    "On Letterboxd: Settings, Data, Export your data. On IMDb: your ratings or a list, Export."
    " The zip, or one CSV of it."
)
state = st.session_state


def within(rows):
    """Which rows belong to the reader's films, as a boolean array; None without a list."""
    mine = state.get("mine")
    return None if mine is None else rows["film"].isin(mine.films).to_numpy()


def forget():
    """Show all films again."""
    state["mine"] = state["mine_fault"] = None


def chooser(films):
    """A list to give, what it matched, a way back; `films` is the frame of the catalogue."""
    mine, key = state.get("mine"), f"mine_file_{state.get('mine_turn', 0)}"
    with st.expander("My films", expanded=bool(mine or state.get("mine_fault"))):
        if mine:
            listed = words.count(mine.total, "film")
            st.text(f"{mine.matched:,} of the {listed} on your list found in the catalogue.")
            st.button("Show all films again", on_click=forget, key="mine_forget")
        if state.get("mine_fault"):
            st.error(state["mine_fault"])
        options = {"type": ["zip", "csv"], "help": HELP, "key": key}
        options |= {"on_change": _take, "args": (key, films)}
        st.file_uploader("Your list from Letterboxd or IMDb", **options)
        st.caption("Only here, in this visit: the file is not kept.")


def _take(key, films):
    """Read what was given, and let go of the file at once."""
    given = state.get(key)
    if given is None:
        return
    forget()
    try:
        mine = myfilms.match(myfilms.read(given.name, given.getvalue()), films)
        if mine.films:
            state["mine"] = mine
        else:
            listed = words.count(mine.total, "film")
            state["mine_fault"] = f"The catalogue has none of the {listed} on this list."
    except BadInput as fault:
        state["mine_fault"] = str(fault)
    finally:
        context = get_script_run_ctx()
        context.uploaded_file_mgr.remove_file(context.session_id, given.file_id)
        state["mine_turn"] = state.get("mine_turn", 0) + 1  # a new, empty widget
