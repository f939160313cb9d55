"""The real app on a free port, and a real browser that can reach nothing else."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
CASUAL = {"width": 1280, "height": 800}


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(address, process, log):
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"The app did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """Start the app over a folder of data; returns its address. Stopped at the end."""
    running = []

    def _serve(data=None, script="app.py", base=""):
        port, log = _free_port(), tmp_path_factory.mktemp("server") / "log.txt"
        command = [sys.executable, "-m", "streamlit", "run", script]
        command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
        command += ["--server.baseUrlPath", base, "--server.fileWatcherType", "none"]
        environment = os.environ | ({"DOUBLETAKE_DATA": str(data)} if data else {})
        environment["DOUBLETAKE_FOLDER"] = str(tmp_path_factory.mktemp("share"))
        with log.open("w") as out:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
            )
        running.append(process)
        address = f"http://127.0.0.1:{port}{base}"
        _answers(address, process, log)
        return address

    yield _serve
    for process in running:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def app(serve):
    """The address of the app over the catalogue that is shipped."""
    return serve()


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        message = "Chromium is not installed (on Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Open an address in a fresh profile, the network cut off; returns a Visit."""
    contexts = []

    def _visit(address, viewport=CASUAL, **options):
        context = chromium.new_context(viewport=viewport, reduced_motion="reduce", **options)
        contexts.append(context)
        return Visit(context, address)

    yield _visit
    for context in contexts:
        context.close()


class Visit:
    """A page of the app, with what went wrong on it and where it tried to go."""

    def __init__(self, context, address):
        self.outside, self.errors = [], []
        self.home = f"http://{urlsplit(address).netloc}/"
        context.route("**/*", self._gate)
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.errors.append("dialog"), dialog.dismiss()))
        self.page.goto(address)

    def _gate(self, route):
        if route.request.url.startswith((self.home, "data:", "blob:")):
            return route.continue_()
        self.outside.append(route.request.url)
        return route.abort()

    @property
    def frame(self):
        """The frame of the map, once all its files are there and it is painted."""
        self.page.locator("iframe").wait_for(timeout=60_000)
        frame = self.page.locator("iframe").element_handle().content_frame()
        frame.wait_for_selector("#map_div[data-ready]", timeout=60_000)
        frame.evaluate("window.doubletake.ready")
        return frame

    def drawn(self):
        """What the layer says that it has drawn, as a dict of str."""
        return self.frame.evaluate("({...document.getElementById('map_div').dataset})")

    def until(self, **wanted):
        """Wait until the layer has drawn these numbers; fails with what it has drawn instead."""
        probe = "w => Object.entries(w).every(([k, v]) => map_div.getContainer().dataset[k] == v)"
        try:
            self.frame.wait_for_function(probe, arg=wanted, timeout=20_000)
        except Exception as error:
            pytest.fail(f"Wanted {wanted}, drawn {self.drawn()}: {error}")

    def settled(self, part):
        """Wait until the address holds `part`."""
        self.page.wait_for_url(lambda url: part in url, timeout=20_000)
        return self.page.url
