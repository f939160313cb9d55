"""From the click on a filter to the painted, correct map, in a real browser, as ratios of one run.

    python benchmarks/map.py                 the shipped catalogue, 1,000 and 10,000 scenes
    python benchmarks/map.py --sizes 100000  generated catalogues of these sizes instead
    python benchmarks/map.py --quick         without the tutorial way, which takes minutes

Measured against an empty Streamlit rerun (one filter, one line of text) and against the tutorial
way (a loop of folium.Marker through st_folium), both of the same server, browser and run. The
tutorial's scripts come from this machine, as ours do. Ratios hold better than milliseconds.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import generated  # noqa: E402

from geo import catalogue, view  # noqa: E402

TIMES, SLOW_TIMES = 9, 3
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

EMPTY = """
import streamlit as st
st.pills("How sure", ["Confirmed", "Reported"], selection_mode="multi", key="sure")
st.html(f"<p id='probe'>{st.session_state['sure']}</p>")
"""
BARE = """
import folium, streamlit as st, streamlit.components.v1 as components
from streamlit_folium import st_folium
import xstatic.pkg.leaflet as leaflet
files = components.declare_component("leaflet_files", path=leaflet.BASE_DIR)
fmap = folium.Map((20, 10), zoom_start=2, tiles=None)
# In the place of jQuery, of which folium's popups use one function.
query = "data:text/javascript,$=h=>{const t=document.createElement('template');"
query += "t.innerHTML=h.trim();return[t.content.firstChild]}"
fmap.default_js = [("leaflet", f"../{files.name}/leaflet.js"), ("jquery", query)]
fmap.default_css = [("leaflet", f"../{files.name}/leaflet.css")]
"""
MARKERS = (
    BARE
    + """
import sys
sys.path.insert(0, ROOT)
from geo import catalogue, view
sure = st.pills("How sure", ["Confirmed", "Reported"], selection_mode="multi")
@st.cache_resource
def load():
    found = catalogue.load(DATA)
    rows = view.table(found).join(found.places[["latitude", "longitude"]], on="filming_place")
    return rows.dropna(subset=["latitude"])
rows = load()
if sure:
    rows = rows[rows["certainty"].isin([s.lower() for s in sure])]
for row in rows.itertuples():
    point = (row.latitude, row.longitude)
    folium.Marker(point, popup=row.sentence, tooltip=row.title).add_to(fmap)
st_folium(fmap)
"""
)

# All three are watched from the page around the frame, one look a painted frame.
WATCH = """([probe, wanted]) => {
  window.painted = null;
  window.clicked = null;
  const note = () => (window.clicked = performance.now());
  addEventListener("pointerdown", note, {once: true, capture: true});
  const inner = () => document.querySelector("iframe")?.contentDocument;
  const probes = {
    text: () => document.querySelector("#probe")?.textContent,
    rows: () => inner()?.querySelector("#map_div")?.dataset.rows,
    markers: () => String(inner()?.querySelectorAll(".leaflet-marker-icon").length),
    panes: () => inner()?.querySelector("#map_div .leaflet-pane") && "yes",
  };
  const look = () => probes[probe]() === wanted
    ? requestAnimationFrame(() => (window.painted = performance.now()))
    : requestAnimationFrame(look);
  look();
}"""


def serve(script, data=None):
    """Start Streamlit on a free port; returns (address, process)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.fileWatcherType", "none"]
    environment = os.environ | ({"DOUBLETAKE_DATA": str(data)} if data else {})
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, **quiet)
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
            return address, process
        except OSError:
            time.sleep(0.25)
    raise SystemExit("The app did not start")


class Clicker:
    """A page with a filter to click, and how to see that its answer is painted."""

    def __init__(self, browser, address, probe, off, on, first):
        self.page = browser.new_page(viewport={"width": 1280, "height": 800})
        self.probe, self.wanted, self.times = probe, [on, off], []
        self.page.goto(address)
        self.settle(first or off)

    def settle(self, wanted):
        self.page.evaluate(WATCH, [self.probe, wanted])
        self.page.wait_for_function("window.painted", timeout=600_000)
        self.page.wait_for_timeout(1500)

    def click(self):
        """Turn the filter on or off; remembers the milliseconds until it is painted."""
        wanted = self.wanted[len(self.times) % 2]
        self.page.evaluate(WATCH, [self.probe, wanted])
        self.page.get_by_role("button", name="Confirmed").click()
        self.page.wait_for_function("window.painted", timeout=600_000)
        self.times.append(self.page.evaluate("window.painted - window.clicked"))
        self.page.wait_for_timeout(700)

    @property
    def median(self):
        return statistics.median(self.times)


def counts(folder):
    """(scenes, confirmed scenes, markers, confirmed markers) of a catalogue."""
    found = catalogue.load(folder)
    rows = view.table(found)
    sure = rows["certainty"] == "confirmed"
    placed = rows["filming_place"].map(found.places["latitude"]).notna()
    return len(rows), sure.sum(), placed.sum(), (placed & sure).sum()


def filters(browser, folder, empty, tutorial):
    """Milliseconds of one size: ours, the empty rerun, and the tutorial way (or None)."""
    rows, sure, markers, sure_markers = map(str, counts(folder))
    address, process = serve("app.py", folder)
    ours = Clicker(browser, address, "rows", rows, sure, None)
    rerun = Clicker(browser, empty, "text", "[]", "['Confirmed']", None)
    for _ in range(TIMES):
        ours.click()
        rerun.click()
    longest = frames(ours.page)
    process.terminate()
    slow = None
    if tutorial:
        script = Path(tempfile.mkdtemp()) / "markers.py"
        script.write_text(
            MARKERS.replace("ROOT", repr(str(ROOT))).replace("DATA", repr(str(folder)))
        )
        address, process = serve(script)
        slow = Clicker(browser, address, "markers", markers, sure_markers, None)
        for _ in range(SLOW_TIMES):
            slow.click()
        process.terminate()
    return ours.median, rerun.median, slow.median if slow else None, longest


def frames(page):
    """The longest task of the page's main thread while the map is panned and zoomed.

    In milliseconds of processor time, so that what else the machine does is not counted.
    """
    session, events, done = page.context.browser.new_browser_cdp_session(), [], []
    session.on("Tracing.dataCollected", lambda news: events.extend(news["value"]))
    session.on("Tracing.tracingComplete", lambda _: done.append(True))
    kept = {"includedCategories": ["toplevel"]}
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": kept})
    box = page.locator("iframe").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for turn in range(4):
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 90 - 45 * turn, y + 60, steps=12)
        page.mouse.up()
        page.mouse.wheel(0, -240 if turn < 2 else 240)
        page.wait_for_timeout(900)
    session.send("Tracing.end")
    while not done:
        page.wait_for_timeout(100)
    named = [event for event in events if event.get("name") == "thread_name"]
    main = {(e["pid"], e["tid"]) for e in named if e["args"]["name"] == "CrRendererMain"}
    tasks = (e for e in events if e.get("ph") == "X" and (e["pid"], e["tid"]) in main)
    return max(task.get("tdur", 0) for task in tasks) / 1000


def first_visit(browser, address, probe, wanted):
    """Milliseconds from the address to the painted map, in a fresh profile; median of five."""
    times = []
    for _ in range(5):
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        begun = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.evaluate(WATCH, [probe, wanted])
        page.wait_for_function("window.painted", timeout=120_000)
        times.append(1000 * (time.perf_counter() - begun))
        page.context.close()
    return statistics.median(times)


def visits(browser, folder, scratch):
    """First visit to our map and to an empty st_folium map, in milliseconds."""
    script = scratch / "bare.py"
    script.write_text(BARE + "st_folium(fmap)\n")
    (ours, one), (bare, two) = serve("app.py", folder), serve(script)
    warm = browser.new_page()
    warm.goto(ours)
    warm.wait_for_selector("iframe", timeout=120_000)
    warm.wait_for_timeout(3000)
    warm.close()
    rows = str(counts(folder)[0])
    found = first_visit(browser, ours, "rows", rows), first_visit(browser, bare, "panes", "yes")
    one.terminate()
    two.terminate()
    return found


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000])
    options.add_argument("--quick", action="store_true", help="without the tutorial way")
    options = options.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="doubletake-benchmark-"))
    folders = {"shipped": catalogue.DATA}
    folders |= {f"{n:,}": generated.write(scratch / str(n), n) for n in options.sizes}
    (scratch / "empty.py").write_text(EMPTY)
    empty, process = serve(scratch / "empty.py")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        print(f"{'scenes':>8} {'filter ms':>10} {'empty rerun':>12} {'ratio':>6}"
              f" {'marker loop':>12} {'times faster':>13} {'longest task':>13}")  # fmt: skip
        for name, folder in folders.items():
            loop = (
                name == "1,000" and not options.quick
            )  # the shipped one would take a minute a click
            ours, rerun, slow, task = filters(browser, folder, empty, loop)
            slow = f"{slow:12.0f} {slow / ours:13.1f}" if slow else f"{'-':>12} {'-':>13}"
            print(f"{name:>8} {ours:10.0f} {rerun:12.0f} {ours / rerun:6.2f} {slow} {task:13.0f}")
        largest = list(folders)[-1]
        ours, bare = visits(browser, folders[largest], scratch)
        print(f"first visit at {largest}: {ours:.0f} ms; an empty st_folium map {bare:.0f} ms;"
              f" ratio {ours / bare:.2f}")  # fmt: skip
    process.terminate()
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
