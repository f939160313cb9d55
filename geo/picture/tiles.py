"""A server of map tiles, asked only on request and within OpenStreetMap's tile usage policy.

    operations.osmfoundation.org/policies/tiles

What the policy asks for, and what is done: a User-Agent that names the application
(geo/settings.py); tiles kept as long as the server says and seven days at least (tilecache.py); two
connections at most, by all processes of an installation together (geo/ratelimit.py); no bulk
download: MOST_TILES a picture, none nearer than zoom DEEPEST, none ahead of need; the credit in
the picture.
"""

import io
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from PIL import Image, UnidentifiedImageError

from geo.errors import AskLater, BadAddress, BadInput, CouldNotAsk
from geo.fetch import fetch, is_public
from geo.picture.tilecache import Tile, TileCache, until
from geo.ratelimit import Turnstile
from geo.settings import TILES

MOST_TILES = 40
DEEPEST = 16  # the policy forbids areas of zoom 17 and nearer for later use
CONNECTIONS = 2
SECONDS = 10.0  # for a tile
PATIENCE = 30.0  # seconds that a picture waits while another one asks the same server
MAX_BYTES = 500_000
SIDES = (256, 512)  # pixels of a tile
INSTEAD = "The picture can be drawn with Doubletake’s own map instead, which needs no network."


class TileServer:
    """The server that the settings name. Nothing is asked before tiles() is called."""

    def __init__(self, settings, clock=time.time):
        """`settings` as of geo/settings.py. Raises BadInput for an address without its marks."""
        self.credit, self._template, self._clock = settings.tiles_credit, settings.tiles, clock
        parts = urlsplit(self._template)
        marks = all(mark in self._template for mark in ("{z}", "{x}", "{y}"))
        if not marks or parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadInput(
                "The setting DOUBLETAKE_TILES must be an address with {z}, {x} and {y}, such as "
                "https://tiles.example.org/{z}/{x}/{y}.png."
            )
        self._host, self._agent = parts.hostname, settings.user_agent
        self._allowed = is_public if self._template == TILES else _any
        self._cache = TileCache(settings.folder / "tiles.sqlite", clock)
        where = f"{parts.scheme}://{parts.netloc}"
        self._turnstile = Turnstile(settings.folder / "pace", where, pause=0.0)

    def tiles(self, places):
        """{(z, x, y): image} of all `places`, as Pillow's RGBA images, all of one size.

        Raises BadInput for more than MOST_TILES or nearer than DEEPEST; CouldNotAsk, with what to
        do instead, where the server does not give them.
        """
        places = list(dict.fromkeys(places))
        if len(places) > MOST_TILES or any(z > DEEPEST for z, _, _ in places):
            raise BadInput(f"A picture has at most {MOST_TILES} map tiles, to zoom {DEEPEST}.")
        known = {place: self._cache.get(self._address(place)) for place in places}
        missing = [place for place, tile in known.items() if not self._fresh(tile)]
        if missing:
            known |= self._asked({place: known[place] for place in missing})
        return {place: self._image(tile.body) for place, tile in known.items()}

    def _address(self, place):
        address = self._template
        for mark, number in zip(("{z}", "{x}", "{y}"), place, strict=True):
            address = address.replace(mark, str(number))
        return address

    def _fresh(self, tile):
        return tile is not None and tile.until > self._clock()

    def _asked(self, wanted):
        """{place: Tile} of those wanted; where the server is silent, all stale ones will do."""
        try:
            with self._turnstile.turn(PATIENCE), ThreadPoolExecutor(CONNECTIONS) as pool:
                asked = {p: pool.submit(self._ask, p, old) for p, old in wanted.items()}
                try:
                    return {place: answer.result() for place, answer in asked.items()}
                finally:
                    pool.shutdown(cancel_futures=True)
        except CouldNotAsk as error:
            if all(wanted.values()):
                return wanted
            raise _told(error, f"{error} {INSTEAD}") from error

    def _ask(self, place, old):
        """One tile over the network, kept; an old one that has not changed is kept on."""
        address, headers = self._address(place), {"User-Agent": self._agent}
        if old and old.etag:
            headers["If-None-Match"] = old.etag
        how = {"allowed": self._allowed, "kinds": ("image/",), "most": MAX_BYTES}
        try:
            body, _, told, status = fetch(address, headers, seconds=SECONDS, **how)
        except AskLater as error:
            raise AskLater(f"{self._host} is busy and gave no map.", error.wait) from error
        except BadAddress as error:
            raise CouldNotAsk(f"{self._host} gave no map tiles: {error}") from error
        except CouldNotAsk as error:
            raise CouldNotAsk(f"{self._host} gave no map tiles. Is there a network?") from error
        body = old.body if status == 304 and old else body
        self._image(body)
        told = {name.lower(): value for name, value in told.items()}
        tile = Tile(body, told.get("etag", ""), until(told, self._clock()))
        self._cache.keep(address, tile)
        return tile

    def _image(self, body):
        try:
            with Image.open(io.BytesIO(body)) as image:
                if image.size[0] in SIDES and image.size[0] == image.size[1]:
                    return image.convert("RGBA")
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
            pass
        raise CouldNotAsk(f"{self._host} sent something that is no map tile.")


def _told(error, message):
    """The same kind of error, with what to do instead."""
    wait = {"wait": error.wait} if isinstance(error, AskLater) else {}
    return type(error)(message, **wait)


def _any(address):
    """The operator's own server may stand anywhere."""
    return True
