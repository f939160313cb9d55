"""Many readers at once: how long a filter change takes, and what a session costs in memory.

    python benchmarks/load.py                       50 sessions, 100,000 scenes, 60 seconds
    python benchmarks/load.py --profile FILE        and where the server's time goes (needs py-spy)

Each session speaks Streamlit's own protocol, as the browser does: it opens the page, and after a
pause for thought changes one filter, until the script has finished. Measured is that time. In turns
with it, a like crowd does the same to an app of one filter and one line of text. Servers and crowds
share this machine's cores with whatever else runs on it, which "work" hardly feels. "opened" is the
memory of a session that has seen its first page, "session" of one that has changed filters. Ends
with 1 where a page showed an error.
"""

import argparse
import asyncio
import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import generated  # noqa: E402
from map import EMPTY, serve  # noqa: E402

PATIENCE = 60  # seconds that one script may take before the run is given up
ROUNDS = 3  # the two crowds take turns
SPY = ("py-spy", "record", "-f", "raw", "-r", "50")
UNITS = dict.fromkeys(("first page", "median", "p95", "worst"), "s")
UNITS |= {"work": "ms of processor time a change"}
UNITS |= {"sent": "kB a script run", "server": "MB before they come"}
UNITS |= dict.fromkeys(("opened", "session"), "MB a session")
FINISHED = ForwardMsg.FINISHED_SUCCESSFULLY


class Session:
    """One reader's connection: what its widgets hold, and what each filter change took."""

    def __init__(self, address, dice):
        self.address, self.dice = address.replace("http", "ws") + "/_stcore/stream", dice
        self.filters, self.values, self.sliders, self.times = {}, {}, {}, []
        self.query, self.page, self.bytes, self.errors, self.socket = "", "", 0, 0, None

    async def open(self):
        """Connect, and return the seconds that the whole first page took."""
        self.socket = await websockets.connect(
            self.address, subprotocols=["streamlit"], max_size=None, compression=None
        )
        return await self.rerun()

    async def rerun(self):
        """Send what the widgets hold; return the seconds until the script has finished."""
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_script_hash = self.query, self.page
        for widget, held in self.values.items():
            sent = state.widget_states.widgets.add(id=widget)
            numbers = widget in self.sliders
            (sent.double_array_value if numbers else sent.string_array_value).data.extend(held)
        begun = time.perf_counter()
        await self.socket.send(asked.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self.take(await self.socket.recv()):
                pass
        return time.perf_counter() - begun

    def take(self, packet):
        """Note what the server says; true once the script has finished."""
        self.bytes += len(packet)
        told = ForwardMsg.FromString(packet)
        kind = told.WhichOneof("type")
        if kind == "new_session":
            self.page = told.new_session.page_script_hash
        elif kind == "page_info_changed":
            self.query = told.page_info_changed.query_string
        elif kind == "delta":
            self.note(told.delta.new_element)
        return kind == "script_finished" and told.script_finished == FINISHED

    def note(self, element):
        """Remember a filter's options as they read now, for they tell their counts, and its value.

        A browser sends the values of all widgets, also of those that nobody has touched.
        """
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.errors += 1
        if kind not in ("multiselect", "button_group", "slider"):
            return
        widget = getattr(element, kind)
        if kind == "slider":
            self.sliders[widget.id] = widget.min, widget.max
            told = widget.value
        else:
            options = [getattr(option, "content", option) for option in widget.options]
            self.filters[widget.id], told = options, widget.raw_values
        if widget.set_value or widget.id not in self.values:
            default = widget.default if kind == "slider" else ()
            self.values[widget.id] = list(told if widget.set_value else default)

    async def change(self):
        """Choose one option of a filter or clear it; move both ends of a slider."""
        open_to = [name for name in self.filters if self.filters[name] or self.values[name]]
        widget = self.dice.choice([*open_to, *self.sliders])
        if span := self.sliders.get(widget):
            ends = self.dice.randint(*map(int, span)), self.dice.randint(*map(int, span))
            self.values[widget] = sorted(map(float, ends))
        else:
            held = self.values[widget]
            self.values[widget] = [] if held else [self.dice.choice(self.filters[widget])]
        self.times.append(await self.rerun())

    async def read(self, until, think):
        """Look, think, change a filter, and look again."""
        while True:
            pause = self.dice.uniform(0.5, 1.5) * think
            if time.monotonic() + pause > until:
                return
            await asyncio.sleep(pause)
            await self.change()


def memory(process):
    """Resident memory of the server, in megabytes (10^6 bytes)."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise SystemExit("The server has ended")


def worked(process):
    """Seconds of processor time that the server has taken."""
    user, system = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")")[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class Crowd:
    """The sessions of one server, and what they measured."""

    def __init__(self, script, options, data=None):
        self.address, self.process = serve(script, data)
        self.options, self.first = options, Session(self.address, random.Random("first"))
        self.sessions = [
            Session(self.address, random.Random(number)) for number in range(options.sessions)
        ]

    async def open(self):
        """One session reads the catalogue, once for all; then the others open, one by one."""
        await self.first.open()
        await self.first.change()
        self.before = memory(self.process)
        self.pages = [await session.open() for session in self.sessions]
        self.opened, self.begun = memory(self.process), worked(self.process)

    async def read(self):
        """All sessions read for one round."""
        until = time.monotonic() + self.options.seconds / ROUNDS
        await asyncio.gather(*(s.read(until, self.options.think) for s in self.sessions))

    def measured(self):
        """What it took, as {name: figure}."""
        times = sorted(t for session in self.sessions for t in session.times)
        sent = sum(session.bytes for session in self.sessions)
        after, count = memory(self.process), len(self.sessions)
        return {
            "first page": statistics.median(self.pages),
            "changes": len(times),
            "median": statistics.median(times),
            "p95": times[min(len(times) - 1, int(0.95 * len(times)))],
            "worst": times[-1],
            "work": 1000 * (worked(self.process) - self.begun) / len(times),
            "sent": sent / (len(times) + count) / 1000,
            "server": self.before,
            "opened": (self.opened - self.before) / count,
            "session": (after - self.before) / count,
            "errors": sum(session.errors for session in self.sessions),
        }

    async def close(self):
        """Take leave, and stop the server."""
        for session in (self.first, *self.sessions):
            if session.socket:
                await session.socket.close()
        self.process.terminate()
        self.process.wait(10)


async def measure(ours, bare, profile):
    """Send both crowds to their servers, in turns, so that what else runs here troubles both."""
    spy = None
    try:
        for crowd in (ours, bare):
            await crowd.open()
        if profile:
            spy = await asyncio.create_subprocess_exec(
                *SPY, "-o", profile, "-p", str(ours.process.pid)
            )
        for _ in range(ROUNDS):
            for crowd in (ours, bare):
                await crowd.read()
        if spy:
            spy.send_signal(signal.SIGINT)  # it writes what it has seen
            await spy.wait()
        return ours.measured(), bare.measured()
    finally:
        for crowd in (ours, bare):
            await crowd.close()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sessions", type=int, default=50)
    options.add_argument("--scenes", type=int, default=100_000)
    options.add_argument("--seconds", type=int, default=60, help="how long each crowd reads")
    options.add_argument("--think", type=float, default=5, help="seconds between two changes")
    options.add_argument("--profile", help="write the server's stacks into this file (py-spy)")
    options = options.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="doubletake-load-"))
    try:
        folder = generated.write(scratch / "data", options.scenes)
        empty = scratch / "empty.py"
        empty.write_text(EMPTY)
        crowds = Crowd("app.py", options, folder), Crowd(empty, options)
        ours, bare = asyncio.run(measure(*crowds, options.profile))
    finally:
        shutil.rmtree(scratch)
    report(ours, bare, options)
    sys.exit(1 if ours["errors"] else 0)


def report(ours, bare, options):
    """Print both and their ratio."""
    print(f"{options.sessions} sessions, {options.scenes:,} scenes, a change about every"
          f" {options.think:g} s, for {options.seconds} s")  # fmt: skip
    print(f"{'':10} {'ours':>10} {'empty app':>10} {'ratio':>8}")
    for name, value in ours.items():
        ratio = f"{value / bare[name]:8.1f}" if bare[name] > 0 else f"{'-':>8}"
        digits = 0 if name in {"changes", "errors"} else 3
        print(f"{name:10} {value:10,.{digits}f} {bare[name]:10,.{digits}f} {ratio}"
              f"  {UNITS.get(name, '')}")  # fmt: skip


if __name__ == "__main__":
    main()
