"""Addresses: only public ones are asked, every redirect is checked, every refusal says why."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from geo import fetch as room
from geo.errors import AskLater, BadAddress, CouldNotAsk
from geo.fetch import fetch, is_public


class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        getattr(self, self.path.split("?")[0].strip("/").replace("-", "_"))()

    def send(self, body=b"", status=200, kind="text/html", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def page(self):
        self.send(b"<p>" + self.headers["Host"].encode() + b"</p>")

    def agent(self):
        self.send(self.headers["User-Agent"].encode())

    def redirect(self):
        self.send(status=302, Location="/page")

    def inward(self):
        self.send(status=302, Location="http://169.254.169.254/latest/meta-data")

    def loop(self):
        self.send(status=302, Location="/loop")

    def large(self):
        self.send(b"x" * (room.MAX_BYTES + 1))

    def film(self):
        self.send(b"\x00", kind="video/mp4")

    def broken(self):
        self.send(b"no", status=500)

    def busy(self):
        self.send(status=429, **{"Retry-After": "7"})

    def drip(self):
        self.send(b"x")
        for _ in range(100):
            if self.server.done.wait(0.05):
                return
            self.wfile.write(b"x")
            self.wfile.flush()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.done = threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.done.set()
    server.shutdown()


def here(address):
    return address == "127.0.0.1"


def test_it_says_who_asks_and_where_to_complain(site, monkeypatch):
    monkeypatch.setenv("DOUBLETAKE_CONTACT", "fans@example.org")
    data, *_ = room.fetch(f"{site}/agent", allowed=here)
    assert data.startswith(b"Doubletake/") and b"fans@example.org" in data


def test_a_page_is_fetched_and_redirects_are_followed(site):
    body, address, _, status = fetch(f"{site}/redirect", allowed=here)
    assert (address, status) == (f"{site}/page", 200)
    assert site.removeprefix("http://").encode() in body


@pytest.mark.parametrize(
    ("path", "error", "says"),
    [
        ("inward", BadAddress, "not on the public internet"),
        ("loop", BadAddress, "redirects more than"),
        ("large", BadAddress, "larger than 5 MB"),
        ("film", BadAddress, "video/mp4"),
        ("broken", CouldNotAsk, "500"),
    ],
)
def test_refusals_say_why(site, path, error, says):
    with pytest.raises(error, match=says):
        fetch(f"{site}/{path}", allowed=here)


def test_a_busy_server_says_how_long_to_wait(site):
    with pytest.raises(AskLater) as caught:
        fetch(f"{site}/busy", allowed=here)
    assert caught.value.wait == 7


def test_a_page_that_drips_is_given_up(site, monkeypatch):
    monkeypatch.setattr(room, "SECONDS", 0.4)
    with pytest.raises(CouldNotAsk, match="too long"):
        fetch(f"{site}/drip", allowed=here)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/a",
        "gopher://example.org",
        "javascript:alert(1)",
        "example.org",
        "https://",
        "http://user:secret@example.org/",
        "http://example.org:99999/",
        "http://localhost/",
        "http://127.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
    ],
)
def test_addresses_that_are_not_public_are_never_asked(url):
    with pytest.raises(BadAddress):
        fetch(url)


@pytest.mark.parametrize("ip", ["10.0.0.1", "192.168.1.1", "100.64.0.1", "fd00::1", "224.0.0.1"])
def test_private_shared_and_multicast_networks_are_not_public(ip):
    assert not is_public(ip)


def test_public_networks_are_public():
    assert is_public("93.184.216.34") and is_public("2606:2800:220:1:248:1893:25c8:1946")
