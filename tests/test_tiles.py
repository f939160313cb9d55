"""Street maps under pictures: asked politely, kept, laid where they belong, and only on request."""

import io
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from geo import __main__ as command
from geo import catalogue, view
from geo.errors import AskLater, BadInput, CouldNotAsk
from geo.picture import Request, picture
from geo.picture.streets import cover, streets
from geo.picture.tilecache import LEAST, LONGEST, Tile, TileCache, until
from geo.picture.tiles import CONNECTIONS, DEEPEST, MOST_TILES, TileServer
from geo.picture.window import around
from geo.settings import settings

DAY = 86_400


class Clock:
    """The time of day, moved by hand."""

    def __init__(self):
        self.now = time.time()

    def __call__(self):
        return self.now


@pytest.fixture
def server():
    """A tile server on this machine whose tiles have the colour of their numbers."""
    with serving() as running:
        yield running


@contextmanager
def serving():
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.asked, running.at_once, running.most, running.kind = [], 0, 0, "tile"
    running.lock, running.delay = threading.Lock(), 0.0
    running.template = f"http://127.0.0.1:{running.server_port}/{{z}}/{{x}}/{{y}}.png"
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.shutdown()
        running.server_close()
        thread.join(10)


def colour(z, x, y):
    return (x * 37 + z * 11) % 256, (y * 53 + z) % 256, (x * y * 7 + 40) % 256


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        with self.server.lock:
            self.server.asked.append((self.path, dict(self.headers)))
            self.server.at_once += 1
            self.server.most = max(self.server.most, self.server.at_once)
        time.sleep(self.server.delay)
        try:
            self._answer(*getattr(self, f"_{self.server.kind}")())
        finally:
            with self.server.lock:
                self.server.at_once -= 1

    def _answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"a"')
        self.send_header("Cache-Control", "max-age=60")
        self.end_headers()
        self.wfile.write(body)

    def _tile(self):
        if self.headers.get("If-None-Match") == '"a"':
            return 304, "image/png", b""
        numbers = (int(part.split(".")[0]) for part in self.path.strip("/").split("/"))
        file = io.BytesIO()
        Image.new("RGB", (256, 256), colour(*numbers)).save(file, "PNG")
        return 200, "image/png", file.getvalue()

    def _page(self):
        return 200, "text/html", b"<p>Sign in to this network"

    def _strip(self):
        file = io.BytesIO()
        Image.new("RGB", (3, 900)).save(file, "PNG")
        return 200, "image/png", file.getvalue()

    def _forbidden(self):
        return 403, "image/png", b""

    def _busy(self):
        return 429, "text/plain", b""

    def log_message(self, *_):
        pass


def tile_server(template, folder, clock=time.time, **more):
    given = {"DOUBLETAKE_TILES": template, "DOUBLETAKE_FOLDER": str(folder),
             "DOUBLETAKE_CONTACT": "maps@example.org", **more}  # fmt: skip
    return TileServer(settings(given), clock)


def test_tiles_lie_where_the_projection_has_them(server, tmp_path):
    window = around(59.0, 8.0, 6.3, 700, 400)
    raster = streets(window, 1, tile_server(server.template, tmp_path))
    with Image.open(io.BytesIO(raster.png)) as image:
        for latitude, longitude in ((59.0, 8.0), (60.1, 5.6), (58.2, 10.9)):
            x, y = window.spot(latitude, longitude)
            at = ((x - raster.x) / raster.width * image.width,
                  (y - raster.y) / raster.height * image.height)  # fmt: skip
            zoom, _ = cover(window, 1)
            assert image.getpixel(tuple(map(int, at))) == colour(
                zoom, *slippy(latitude, longitude, zoom)
            )


def slippy(latitude, longitude, zoom):
    """The tile of a point, by mercantile's formula rather than by ours."""
    from math import floor, log, pi, radians, sin

    x, s = longitude / 360 + 0.5, sin(radians(latitude))
    return floor(x * 2**zoom), floor((0.5 - 0.25 * log((1 + s) / (1 - s)) / pi) * 2**zoom)


@given(
    st.floats(-80, 80), st.floats(-180, 180), st.floats(0, 19),
    st.sampled_from([(1200, 630), (1080, 1920), (4000, 4000), (200, 4000)]),
    st.sampled_from([1, 2, 3]),
)  # fmt: skip
def test_a_picture_needs_few_tiles_and_they_cover_it(latitude, longitude, zoom, size, scale):
    window = around(latitude, longitude, zoom, *size)
    z, (west, north, east, south) = cover(window, scale)
    count = 2**z
    assert 0 <= z <= DEEPEST
    assert min(east - west, count) * (south - north) <= MOST_TILES
    assert west <= window.left * count and east >= (window.left + window.wide) * count
    assert north <= max(window.top * count, 0)
    assert south >= min((window.top + window.high) * count, count)


def test_the_server_is_asked_politely_and_once(server, tmp_path):
    server.delay, window = 0.02, around(59.0, 8.0, 6.3, 900, 600)
    streets(window, 1, tile_server(server.template, tmp_path))
    paths = [path for path, _ in server.asked]
    assert 8 <= len(paths) == len(set(paths)) <= MOST_TILES
    assert all("Doubletake" in h["User-Agent"] and "maps@example.org" in h["User-Agent"]
               for _, h in server.asked)  # fmt: skip
    assert not any("no-cache" in str(headers) for _, headers in server.asked)
    assert server.most <= CONNECTIONS
    streets(window, 1, tile_server(server.template, tmp_path))
    assert len(server.asked) == len(paths), "what was had is kept"


def test_a_tile_is_asked_for_again_after_a_week_and_kept_on_where_unchanged(server, tmp_path):
    clock = Clock()
    asking = tile_server(server.template, tmp_path, clock)
    first = asking.tiles([(3, 4, 2)])[3, 4, 2].tobytes()
    clock.now += 6.9 * DAY
    asking.tiles([(3, 4, 2)])
    assert len(server.asked) == 1, "seven days at least, though the server said a minute"
    clock.now += 0.2 * DAY
    assert asking.tiles([(3, 4, 2)])[3, 4, 2].tobytes() == first
    assert server.asked[1][1]["If-None-Match"] == '"a"'
    asking.tiles([(3, 4, 2)])
    assert len(server.asked) == 2


def test_stale_tiles_will_do_where_the_server_is_silent(server, tmp_path):
    clock = Clock()
    asking = tile_server(server.template, tmp_path, clock)
    asking.tiles([(3, 4, 2)])
    clock.now += 30 * DAY
    server.kind = "forbidden"
    assert asking.tiles([(3, 4, 2)])
    with pytest.raises(CouldNotAsk):
        asking.tiles([(3, 4, 2), (3, 4, 3)])


@pytest.mark.parametrize("kind", ["page", "strip", "forbidden", "busy"])
def test_what_is_no_tile_is_said_and_not_kept(server, tmp_path, kind):
    server.kind = kind
    asking = tile_server(server.template, tmp_path)
    with pytest.raises(AskLater if kind == "busy" else CouldNotAsk, match="own map instead"):
        asking.tiles([(1, 0, 0)])
    assert TileCache(tmp_path / "tiles.sqlite").get(asking._address((1, 0, 0))) is None


def test_no_more_tiles_and_no_nearer_than_the_policy_has_it(server, tmp_path):
    asking = tile_server(server.template, tmp_path)
    with pytest.raises(BadInput):
        asking.tiles((6, x, 0) for x in range(MOST_TILES + 1))
    with pytest.raises(BadInput):
        asking.tiles([(DEEPEST + 1, 0, 0)])
    assert not server.asked


def test_openstreetmap_is_asked_at_public_addresses_alone(monkeypatch, tmp_path):
    here = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 443))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [here])
    asking = TileServer(settings({"DOUBLETAKE_FOLDER": str(tmp_path)}))
    with pytest.raises(CouldNotAsk, match="not on the public internet"):
        asking.tiles([(0, 0, 0)])
    assert asking.credit == "© OpenStreetMap contributors"


@pytest.mark.parametrize(
    "template", ["tiles", "https://x.example/{z}/{x}.png", "file:///{z}{x}{y}"]
)
def test_an_address_without_its_marks_is_refused(tmp_path, template):
    with pytest.raises(BadInput, match="DOUBLETAKE_TILES"):
        tile_server(template, tmp_path)


@pytest.mark.parametrize(
    ("headers", "days"),
    [
        ({}, 7),
        ({"Cache-Control": "max-age=60"}, 7),
        ({"cache-control": "public, max-age=864000"}, 10),
        ({"Cache-Control": "max-age=1728000", "Age": "864000"}, 10),
        ({"Expires": "Thu, 01 Jan 1970 00:20:00 GMT"}, 7),
        ({"Expires": "Mon, 12 Jan 1970 00:00:00 GMT"}, 11),
        ({"Expires": "soon"}, 7),
        ({"Cache-Control": "max-age=999999999"}, 90),
    ],
)
def test_tiles_are_kept_as_long_as_the_server_says(headers, days):
    assert until(headers, 0.0) == days * DAY
    assert LEAST <= until(headers, 0.0) <= LONGEST


def test_the_file_of_tiles_stays_bounded_and_survives_what_is_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr("geo.picture.tilecache.MOST", 3)
    clock = Clock()
    cache = TileCache(tmp_path / "tiles.sqlite", clock)
    for number in range(5):
        clock.now += 1
        cache.keep(str(number), Tile(b"x", "", 0.0))
    assert [cache.get(str(n)) is not None for n in range(5)] == [False, False, True, True, True]
    (tmp_path / "bad.sqlite").write_text("no database")
    bad = TileCache(tmp_path / "bad.sqlite")
    bad.keep("a", Tile(b"x", "", 0.0))
    assert bad.get("a") is None


@pytest.fixture
def small(write):
    found = catalogue.load(write())
    return view.table(found), found


def test_a_picture_with_streets_credits_them_and_no_other_map(small, server, tmp_path):
    asking = tile_server(server.template, tmp_path, DOUBLETAKE_TILES_CREDIT="© Somebody & Co")
    made = {
        kind: picture(*small, Request(640, 400), kind, asking) for kind in ("png", "svg", "pdf")
    }
    with Image.open(io.BytesIO(made["png"])) as image:
        assert "© Somebody &amp; Co" in image.info["XML:com.adobe.xmp"]
        assert len(image.convert("RGB").getcolors(1 << 20)) > 10
    svg = made["svg"].decode()
    assert "map: © Somebody &amp; Co" in svg and "Natural Earth" not in svg
    assert svg.count("<image ") == 1 and made["pdf"].startswith(b"%PDF-")
    again = picture(*small, Request(640, 400), "png", asking)
    assert again == made["png"]


def test_without_being_asked_for_no_picture_asks_anybody(small, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", None)
    monkeypatch.setattr(socket, "getaddrinfo", None)
    assert b"Natural Earth" in picture(*small, Request(), "svg")


def test_the_command_draws_streets_or_says_why_not(tmp_path, monkeypatch, capsys, write):
    monkeypatch.setenv("DOUBLETAKE_DATA", str(write()))
    out = tmp_path / "a.png"
    with serving() as server:
        monkeypatch.setenv("DOUBLETAKE_TILES", server.template)
        assert command.main(["picture", str(out), "--size", "300x300", "--tiles", "osm"]) == 0
        assert server.asked and out.stat().st_size > 1000
        out.unlink()
        assert command.main(["picture", str(out), "--size", "900x300"]) == 0
        asked = len(server.asked)
    out.unlink()
    monkeypatch.setenv("DOUBLETAKE_FOLDER", str(tmp_path / "other"))
    assert command.main(["picture", str(out), "--size", "300x300", "--tiles", "osm"]) == 1
    assert "own map instead" in capsys.readouterr().err and not out.exists()
    assert len(server.asked) == asked
