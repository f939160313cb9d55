"""What others put into their own pages: a figure, the live map in a frame, a map in one file.

Everything here is HTML, and every text in it is escaped. The rows of a map travel packed, as
base64, whose alphabet no tag or script can be written in; the browser shows them by textContent.
"""

import base64
import gzip
import hashlib
import json
import re
from html import escape
from urllib.parse import urlencode

import numpy as np

from geo import assets, maps, words
from geo.catalogue import Catalogue

TILES = "https://tile.openstreetmap.org"  # the one address the map may ask, and only on request
COLUMN, PHONE = 720, 390  # pixels: the width of a blog's column, and of a phone
FONT_FACE = re.compile(r"@font-face \{[^}]*\}\n?")
EMPTY_ICON = "data:,"  # so that no browser asks the host for one


def figure(source, alt, caption="", credit="", size=(1200, 630)):
    """HTML of a picture with its alt text, caption and credit, as wide as the column allows.

    `source` is the picture's address or file name, `size` its pixels.
    """
    parts = [escape(text) for text in (caption, credit) if text]
    told = " ".join([*parts[:1], *(f'<small style="display:block">{p}</small>' for p in parts[1:])])
    return (
        '<figure style="margin:1.5em 0">\n'
        f'  <img src="{escape(source)}" alt="{escape(alt)}" width="{int(size[0])}" '
        f'height="{int(size[1])}" style="max-width:100%;height:auto" loading="lazy">\n'
        + (f"  <figcaption>{told}</figcaption>\n" if told else "")
        + "</figure>"
    )


def iframe(source, title, height=480):
    """HTML of a frame that holds a page: the live map, or a map in one file."""
    return (
        f'<iframe src="{escape(source)}" title="{escape(title)}" width="{COLUMN}" '
        f'height="{int(height)}" style="width:100%;border:0" loading="lazy" allowfullscreen>'
        "</iframe>"
    )


COPY = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Copy</title>
<style>body { margin: 0; font: 16px/1.5 "Source Sans", system-ui, sans-serif; }
button { font: inherit; min-height: 40px; padding: 4px 14px; border-radius: 8px; cursor: pointer;
border: 1px solid #8b8577; background: #fffdf8; color: #1c2a33; }
span { margin-left: 10px; color: #5c6870; }
@media (prefers-color-scheme: dark) { span { color: #a6b0b7; } }</style>
<button type="button">Copy picture and alt text</button><span role="status"></span>
<script type="application/json" id="told">%s</script>
<script>
const { png, alt } = JSON.parse(document.getElementById("told").textContent);
const status = document.querySelector("span");
document.querySelector("button").addEventListener("click", async () => {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const image = document.createElement("img");
  image.src = "data:image/png;base64," + png;
  image.alt = alt;
  try {
    await navigator.clipboard.write([new ClipboardItem({
      "image/png": new Blob([bytes], { type: "image/png" }),
      "text/html": new Blob([image.outerHTML], { type: "text/html" }),
      "text/plain": new Blob([alt], { type: "text/plain" }),
    })]);
    status.textContent = "Copied.";
  } catch (error) {
    status.textContent = "This browser does not let a page copy pictures: download it instead.";
  }
});
</script></html>"""


def copy_button(png, alt):
    """A page with one button that copies PNG bytes, and with them the alt text, as HTML too."""
    return COPY % _inert(json.dumps({"png": base64.b64encode(png).decode(), "alt": alt}))


def live(home, query):
    """The address of the live map without what is around it, in the view of `query`.

    `home` is the address of the map, `query` {name: list of str} as of view.to_query().
    """
    return address(home, {"embed": ["true"], **query})


def address(home, query):
    """The address that restores a view."""
    asked = urlencode(query, doseq=True, safe=":,!'()/")  # so that people can read it
    return home.split("?")[0] + (f"?{asked}" if asked else "")


def narrowed(catalogue, rows):
    """The catalogue with the films, places and sources of `rows` alone."""
    ends = [*rows["filming_place"], *rows["setting"]]
    cited = [s for column in ("sources", "disputed_by") for ids in rows[column] for s in ids]
    return Catalogue(
        _of(catalogue.films, rows["film"].tolist()),
        _of(catalogue.places, ends),
        _of(catalogue.scenes, rows["scene"].tolist()),
        _of(catalogue.sources, cited),
    )


def _of(frame, wanted):
    """The rows of a frame whose ids are wanted, in the frame's own order."""
    index = frame.index
    return frame.iloc[sorted(index.get_loc(one) for one in set(wanted) if one in index)]


def single_file(catalogue, rows, title=None):
    """One HTML file of the interactive map of `rows`: it needs no server and no network."""
    files = assets.fixed()
    body = assets.SHELF
    styles = [body[name].body.decode() for name in files["css"]]
    scripts = [body[name].body.decode() for name in files["js"]] + [_alone()]
    head = "".join(f"<style>{_no_fonts(style)}</style>\n" for style in styles)
    foot = _packed("world", body[files["world"]].body)
    foot += "".join(f"<script>{_inline(script)}</script>\n" for script in scripts)
    allowed = " ".join(f"'sha256-{_hash(_inline(script))}'" for script in scripts)
    return _page(catalogue, rows, title, head, foot, allowed, "world", None)


def map_page(catalogue, rows, title=None, prefix="../", files=None, alt=None):
    """The same as a page of a site, whose `files` (of shared()) lie at the address `prefix`."""
    files = files or shared()
    head = "".join(f'<link rel="stylesheet" href="{prefix}{n}">\n' for n in files["css"])
    foot = "".join(f'<script src="{prefix}{n}"></script>\n' for n in files["js"])
    return _page(catalogue, rows, title, head, foot, "'self'", prefix + files["world"], alt)


def shared():
    """The names of the files that map_page() needs; assets.SHELF holds them."""
    files = assets.fixed()
    alone = assets.SHELF.put("alone", "js", _alone().encode())
    css = []
    for name in files["css"]:
        style = _no_fonts(assets.SHELF[name].body.decode())
        css.append(assets.SHELF.put(f"still-{name.split('-')[0]}", "css", style.encode()))
    return {"js": [*files["js"], alone], "css": css, "world": files["world"]}


def _page(catalogue, rows, title, head, foot, allowed, world, alt):
    title = words.title(rows) if title is None else title
    few = narrowed(catalogue, rows)
    payload = {**maps.columns(few, rows), **maps.texts(few, rows)}
    fit = _bounds(few.places)
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: {TILES}; connect-src 'self'; base-uri 'none'; form-action 'none'"
    )
    options = {"world": world, "fit": fit, "view": None}
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(title)}</title>\n<link rel="icon" href="{EMPTY_ICON}">\n{head}'
        "<style>:root { --background-color: #ffffff; }\n"
        "@media (prefers-color-scheme: dark) { :root { --background-color: #14191e; } }</style>\n"
        '</head>\n<body>\n<div id="map_div"></div>\n'
        f"<noscript>{escape(alt or words.alt_text(rows))}</noscript>\n"
        f'<script type="application/json" id="options">{_inert(maps.dumps(options))}</script>\n'
        f"{_packed('scenes', maps.dumps(payload).encode())}{foot}</body>\n</html>\n"
    )


def _bounds(places):
    """((south, west), (north, east)) of places in degrees, as maps.bounds() has them of rows."""
    points = places[["latitude", "longitude"]].to_numpy(dtype=float)
    points = points[~np.isnan(points).any(axis=1)]
    if not len(points):
        return maps.WORLD
    return tuple(points.min(axis=0).tolist()), tuple(points.max(axis=0).tolist())


def _packed(name, data):
    text = base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()
    return f'<script type="application/octet-stream" id="{name}">{text}</script>\n'


def _inert(text):
    """JSON that no tag can begin in."""
    return text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")


def _inline(script):
    """A script as it may stand in a page: nothing in it closes or hides its own element."""
    return script.replace("</script", r"<\/script").replace("<!--", r"<\!--")


def _hash(script):
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _no_fonts(style):
    """A style without fonts of its own, which a page by itself does not carry."""
    return FONT_FACE.sub("", style)


def _alone():
    return (assets.WEB / "alone.js").read_text(encoding="utf-8")
