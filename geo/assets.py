"""The files that the map needs in the browser, named by their content so that they never go stale.

Everything is read from installed packages and this checkout; nothing comes from the network.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from geo.tables import DATA

WEB = Path(__file__).with_name("web")
# In the order in which each uses the ones before it.
SCRIPTS = (
    *("world", "store", "colours", "cluster", "areas", "lines", "marks", "layer"),  # the map
    *("ui", "panel", "legend", "list", "search", "play", "foresee", "start"),  # around it
)
FOLDER = "doubletake"
TYPES = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "woff2": "font/woff2",
}


@dataclass(frozen=True)
class Asset:
    """A file as it is served: its name carries a hash of its content."""

    stem: str
    kind: str
    body: bytes

    @cached_property
    def name(self):
        return f"{self.stem}-{hashlib.sha256(self.body).hexdigest()[:16]}.{self.kind}"

    @cached_property
    def packed(self):
        """The body, gzipped."""
        return gzip.compress(self.body, 6, mtime=0)

    @property
    def media_type(self):
        return TYPES[self.kind]


class Shelf(dict):
    """The assets that may be served, by name. `routed` tells that the server has routes to them."""

    routed = False

    def put(self, stem, kind, body):
        """Add a file and return the name that it is served under."""
        asset = Asset(stem, kind, body)
        return self.setdefault(asset.name, asset).name


SHELF = Shelf()


@cache
def fixed(fonts=None):
    """The names of the scripts, styles and basemap, as maps.base_map() wants them.

    `fonts` is a folder that may hold Source Sans and Source Serif as .woff2; without them the
    browser's own fonts are used.
    """
    leaflet = files("xstatic.pkg.leaflet") / "data"
    scripts = [leaflet / "leaflet.js", *(WEB / f"{name}.js" for name in SCRIPTS)]
    script = "\n".join(path.read_text(encoding="utf-8") for path in scripts)
    script = script.replace("//# sourceMappingURL=leaflet.js.map", "")
    return {
        "js": [SHELF.put("map", "js", script.encode())],
        "css": [
            SHELF.put("leaflet", "css", (leaflet / "leaflet.css").read_bytes()),
            SHELF.put("map", "css", _style(fonts).encode()),
        ],
        "world": SHELF.put("basemap", "json", (DATA / "basemap.json").read_bytes()),
    }


def _style(fonts):
    """Our style, with the upright fonts of the page around the map where they are found."""
    style = (WEB / "map.css").read_text(encoding="utf-8")
    for stem in ("Sans", "Serif"):
        found = sorted(Path(fonts).glob(f"Source{stem}V*.woff2")) if fonts else []
        font = next((path for path in found if "Italic" not in path.name), None)
        name = SHELF.put(f"source-{stem.lower()}", "woff2", font.read_bytes()) if font else ""
        style = style.replace(f"FONT-{stem.upper()}", name)
    return style


def write(folder):
    """Write every asset as a file into `folder`, for a host that serves only files."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, asset in list(SHELF.items()):
        path = Path(folder) / name
        if not path.exists():
            partial = path.with_suffix(".partial")
            partial.write_bytes(asset.body)
            partial.replace(path)
