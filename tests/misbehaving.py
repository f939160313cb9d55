"""A geocoder on loopback that misbehaves as told, and counts who came when.

with misbehaving("503", "good") as server:   # the last manner stays
    ask(server.address)
server.arrivals   # seconds, by the server's own clock
server.asked      # (path with query, headers) of each request
"""

import json
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PREIKESTOLEN = {
    "osm_type": "node", "osm_id": 1, "lat": "58.9864", "lon": "6.1904", "class": "natural",
    "type": "cliff", "place_rank": 22, "importance": 0.4, "name": "Pulpit Rock",
    "display_name": "Pulpit Rock, Rogaland, Norway", "namedetails": {"name": "Preikestolen"},
    "address": {"country": "Norway", "country_code": "no"},
    "boundingbox": ["58.9863", "58.9865", "6.1903", "6.1905"],
}  # fmt: skip
ELSEWHERE = PREIKESTOLEN | {
    "name": "Preston", "namedetails": {"name": "Preston"}, "osm_id": 2, "lat": "53.76",
    "lon": "-2.70", "address": {"country_code": "gb"}, "class": "place", "type": "city",
}  # fmt: skip
HTML = b"<!doctype html><title>Maintenance</title><h1>We will be back</h1>"
JSON, WEB = "application/json", "text/html"


def _json(*rows):
    return 200, {"Content-Type": JSON}, json.dumps(rows).encode()


MANNERS = {
    "good": _json(PREIKESTOLEN),
    "empty": _json(),
    "wrong place": _json(ELSEWHERE),
    "null point": _json(PREIKESTOLEN | {"lat": None, "lon": None}),
    "nan point": _json(PREIKESTOLEN | {"lat": "nan"}),
    "no point": _json({k: v for k, v in PREIKESTOLEN.items() if k not in ("lat", "lon")}),
    "zero point": _json(PREIKESTOLEN | {"lat": "0", "lon": "0"}),
    "far point": _json(PREIKESTOLEN | {"lat": "158.9"}),
    "numbers": _json(1, 2, 3),
    "object": (200, {"Content-Type": JSON}, b'{"places": "none of your business"}'),
    "429": (429, {"Content-Type": WEB}, HTML),
    "429 for 1 s": (429, {"Content-Type": WEB, "Retry-After": "1"}, HTML),
    "429 for 999 s": (429, {"Content-Type": WEB, "Retry-After": "999"}, HTML),
    "403": (403, {"Content-Type": WEB}, HTML),
    "401": (401, {"Content-Type": WEB}, HTML),
    "500": (500, {"Content-Type": WEB}, HTML),
    "503": (503, {"Content-Type": WEB}, HTML),
    "503 for 1 s": (503, {"Content-Type": WEB, "Retry-After": "1"}, HTML),
    "html": (200, {"Content-Type": WEB}, HTML),
    "broken json": (200, {"Content-Type": JSON}, b'[{"lat": "58.9864", "lon'),
    "bytes": (200, {"Content-Type": JSON}, b"\xff\xfe\x00\x00"),
    "huge": (200, {"Content-Type": JSON}, b" " * 5_000_000 + b"[]"),
    "redirect": (302, {"Location": "/elsewhere"}, b""),
}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        manner = self.server.next_manner(self.path, dict(self.headers))
        if manner == "slow":
            self.server.stopped.wait(30)
            self.close_connection = True
        elif manner == "hangs up":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif manner == "drips":
            self._drip()
        elif manner == "cut off":
            self._send(200, {"Content-Type": JSON, "Content-Length": "999"}, b"[")
            self.close_connection = True
        else:
            self._send(*MANNERS[manner])

    def _send(self, status, headers, body):
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self):
        """A byte now and then, so that no single read of the client takes long."""
        self._send(200, {"Content-Type": JSON, "Content-Length": "999"}, b"")
        while not self.server.stopped.wait(0.1):
            try:
                self.wfile.write(b" ")
            except OSError:
                break
        self.close_connection = True

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except OSError:  # the client has had enough
            self.close_connection = True

    def log_message(self, *_):
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, manners):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.manners, self.lock, self.stopped = list(manners), threading.Lock(), threading.Event()
        self.arrivals, self.asked = [], []
        self.address = f"http://127.0.0.1:{self.server_address[1]}"

    def next_manner(self, path, headers):
        with self.lock:
            self.arrivals.append(time.monotonic())
            self.asked.append((path, headers))
            return self.manners.pop(0) if len(self.manners) > 1 else self.manners[0]


@contextmanager
def misbehaving(*manners):
    """A server that answers each request in the next of these manners, the last one for good."""
    server = _Server(manners)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()


def closed_address():
    """An address of loopback where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"
