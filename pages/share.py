"""Share: a finished picture of the view at once; then files, embeds, a route.

The page begins with what the map shows (its view is kept in the session), or with what its own
address asks for, so that a link to it restores the picture (chosen.py).
"""

import base64

import streamlit as st

from geo import embed, route, view, words
from geo.errors import BadInput, CouldNotAsk
from geo.export import MEDIA, export
from geo.export.mymaps import MOST
from geo.picture import LARGEST, SIZES, SMALLEST, Request, fonts, picture
from geo.picture.furniture import credited
from geo.picture.tiles import TileServer
from geo.settings import settings as setting
from geo.site.pages import slug
from pages import chosen, parts

state = st.session_state
SHAPES = {"blog": "Blog", "square": "Square", "story": "Story", "free": "Free"}
THEMES = {"light": "Light", "dark": "Dark", "transparent": "Transparent"}
MY_MAPS = (
    "In Google My Maps choose Import under a layer and this file; WKT says where things lie, Name "
    f"what they are called. A layer takes {MOST:,} rows and a file of 5 MB at most."
)
FILES = {
    "csv": ("CSV", "csv", None),
    "geojson": ("GeoJSON", "geojson", None),
    "kml": ("KML", "kml", None),
    "gpx": ("GPX", "gpx", None),
    "mymaps": ("Google My Maps", "mymaps.csv", MY_MAPS),
}
MEDIA_OF = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


def text(label, key, suggested, widget=st.text_input):
    """A text that begins as what is suggested, and again whenever the suggestion changes."""
    if state.get(f"{key}-suggested") != suggested:
        state[key] = state[f"{key}-suggested"] = suggested
    return widget(label, key=key)


def shape():
    """(width, height) in pixels."""
    kind = st.segmented_control("Size", list(SHAPES), default="blog", format_func=SHAPES.get,
                                key="share-size")  # fmt: skip
    if kind != "free":
        st.caption(f"{SIZES[kind or 'blog'][0]} × {SIZES[kind or 'blog'][1]} pixels")
        return SIZES[kind or "blog"]
    bounds = {"min_value": SMALLEST, "max_value": LARGEST, "step": 10}
    left, right = st.columns(2)
    width = left.number_input("Width in pixels", value=1600, key="share-width", **bounds)
    return width, right.number_input("Height in pixels", value=900, key="share-height", **bounds)


def wanted(seen, region, rows, address):
    """The Request of the picture, as the reader sets it."""
    shown = words.drawn(rows)
    part = f": {region.name}" if region else ""
    width, height = shape()
    scale = st.segmented_control("Sharpness", [1, 2], default=1, key="share-scale",
                                 format_func=lambda s: f"{s}×, {width * s} wide")  # fmt: skip
    theme = st.segmented_control("Colours", list(THEMES), default="light", key="share-theme",
                                 format_func=THEMES.get)  # fmt: skip
    return Request(
        width=width,
        height=height,
        scale=scale or 1,
        theme=theme or "light",
        title=text("Title", "share-title", words.title(shown) + part),
        subtitle=text("Subtitle", "share-subtitle", words.summary(rows)),
        alt=text("Alt text, for those who cannot see the picture", "share-alt",
                 words.alt_text(rows), st.text_area),
        address=address,
        centre=seen.centre,
        zoom=seen.zoom,
        bounds=region and region.bounds,
        lines="no-lines" not in seen.look,
        filming="no-filming" not in seen.look,
        story="no-story" not in seen.look,
    )  # fmt: skip


def streets():
    """The server of the street map that the reader wants under the picture, or None."""
    server = TileServer(setting())
    told = "Asks a server of map tiles over the network. Its credit stands in the picture."
    return server if st.toggle("Street map", key="share-streets", help=told) else None


@st.cache_data(show_spinner=False, max_entries=24)
def drawn(version, positions, request, kind, streets):
    """The picture's bytes; `version` names the state of the catalogue."""
    data = parts.data()
    server = TileServer(setting()) if streets else None
    return picture(data.rows.iloc[list(positions)], data.catalogue, request, kind, server)


def home():
    """The address of the map page, as others open it."""
    return (
        setting().home
        or (st.context.url or "http://localhost:8501").split("?")[0].rsplit("/", 1)[0] + "/"
    )


def files(data, rows, name, make):
    """Downloads: the picture in each format, the rows, the map in one file."""
    st.subheader("Download")
    with st.container(horizontal=True):
        for kind, media in MEDIA_OF.items():
            main = {"type": "primary"} if kind == "png" else {}
            st.download_button(kind.upper(), lambda kind=kind: make(kind), f"{name}.{kind}", media,
                               on_click="ignore", key=f"get-{kind}", **main)  # fmt: skip
        st.download_button(
            "Interactive map in one file",
            lambda: embed.single_file(data.catalogue, rows).encode(),
            f"{name}.html", "text/html", on_click="ignore", key="get-html",
            help="Opens without network and without a server; may be put on any web space.",
        )  # fmt: skip
    with st.container(horizontal=True):
        for kind, (label, ending, told) in FILES.items():
            st.download_button(
                label, lambda kind=kind: export(rows, data.catalogue, kind, words.title(rows)),
                f"{name}.{ending}", MEDIA[kind], on_click="ignore", key=f"get-{kind}",
                help=told,
            )  # fmt: skip
    st.caption("Every file names its sources and its licence, CC BY 4.0.")


def embeds(request, png, name, query, credit):
    """Code to copy into a page, and how it will look there."""
    st.subheader("Put it into a page")
    kind = st.segmented_control("What", ["Picture", "Live map"], default="Picture",
                                key="share-embed")  # fmt: skip
    wide = st.segmented_control("Shown as in", ["A blog’s column", "A phone"], key="share-wide",
                                default="A blog’s column")  # fmt: skip
    width = embed.PHONE if wide == "A phone" else embed.COLUMN
    size = request.width, request.height
    if kind == "Live map":
        address = embed.live(home(), query)
        st.code(
            embed.iframe(address, request.title or "Doubletake"), language="html", wrap_lines=True
        )
        st.iframe(address, width=width, height=480, alt="How the live map will look")
        return
    told = request.alt or request.title, request.title, credit
    st.code(embed.figure(f"{name}.png", *told, size), language="html", wrap_lines=True)
    st.caption(f"Upload {name}.png beside your page, and correct its address if it lies elsewhere.")
    source = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    shown = page(embed.figure(source, *told, size))
    # A frame grows to what it shows and never shrinks: each width has a frame of its own.
    column, phone = st.empty(), st.empty()
    slot = phone if wide == "A phone" else column
    slot.iframe(shown, width=width, alt="How the picture will look in a page")


def page(body):
    """A preview's own page: a plain column of text, as blogs have it."""
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Preview</title>'
        "<style>body { margin: 0; background: #fff; color: #222; font: 16px/1.5 Georgia, serif; }"
        f"figure {{ margin: 0 !important; }}</style>{body}</html>"
    )


def ordered(data, rows, name):
    """A route through places of the view."""
    st.subheader("Visit the places")
    stops = route.stops(data.catalogue.places.loc[rows["filming_place"].dropna().unique()])
    names = {stop.identity: stop.name for stop in stops}
    state["share-stops"] = [stop for stop in state.get("share-stops", []) if stop in names]
    picked = st.multiselect("Stops", list(names), format_func=names.get, key="share-stops",
                            placeholder="Choose places", max_selections=route.MOST)  # fmt: skip
    closed = st.checkbox("Come back to the first", key="share-closed")
    if len(picked) < 2:
        st.caption("Choose two places or more: the shortest order is found for you.")
        return
    found = route.route([stop for stop in stops if stop.identity in picked], closed=closed)
    legs = (None, *found.legs)
    told = [{"Stop": s.name, "From the stop before, in km": f"{leg:,.1f}" if leg else ""}
            for s, leg in zip(found.way, legs, strict=True)]  # fmt: skip
    st.dataframe(told, hide_index=True)
    st.text(f"{found.kilometres:,.0f} km as the crow flies.")
    with st.container(horizontal=True):
        for kind, write in (("gpx", route.to_gpx), ("kml", route.to_kml)):
            st.download_button(f"Route as {kind.upper()}", write(found, words.title(rows)),
                               f"{name}-route.{kind}", MEDIA[kind], on_click="ignore")  # fmt: skip
        opened = route.links(found)
        for what, address in [link for link in opened if link[0].startswith("Google")]:
            st.link_button(f"Open in {what}", address)
    with st.expander("Each leg in OpenStreetMap"):
        for what, address in [link for link in opened if not link[0].startswith("Google")]:
            st.link_button(parts.plain(what), address, type="tertiary")


data = parts.data()
chosen.arrive(data.rows)
st.title("Share")
shown, settings = st.columns([2, 1], gap="large")
with settings:
    choice = chosen.choose(data)
seen, rows = choice.view, data.rows.iloc[list(choice.positions)]
query = view.to_query(seen)
if query != {key: st.query_params.get_all(key) for key in st.query_params}:
    st.query_params.from_dict(query)
if rows.empty:
    shown.info("No scenes match. Choose another film or franchise.")
    st.stop()
name = f"doubletake-{slug(words.title(rows))}"[:60]
with settings:
    try:
        request = wanted(seen, choice.region, rows, embed.address(home(), choice.query))
        server = streets()
    except BadInput as error:
        st.error(str(error))
        st.stop()
version = data.files["marks"], data.files["texts"]
with shown:
    try:
        png = drawn(version, choice.positions, request, "png", server is not None)
    except CouldNotAsk as error:
        st.warning(f"{error} So it is here.")
        server, png = None, drawn(version, choice.positions, request, "png", False)
    st.image(png, alt=request.alt, width="stretch" if request.width >= request.height else 460)
    if lacking := fonts.missing(request.title + request.subtitle):
        st.caption(
            f"The picture’s typeface has no {parts.plain(lacking)}: write it in Latin letters."
        )
    st.iframe(embed.copy_button(png, request.alt), height=48, alt="Copy the picture")
    files(data, rows, name, lambda kind: drawn(version, choice.positions, request, kind,
                                               server is not None))  # fmt: skip
    embeds(request, png, name, choice.query, credited(server))
ordered(data, rows, name)
