"""How long the static site of the shipped catalogue takes, whole and then unchanged.

    python benchmarks/site.py [SCENES]

Wall-clock seconds on all processors; the target is two minutes for the whole. With a number of
scenes, the site of so many of them.
"""

import sys
import tempfile
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tqdm import tqdm

from geo import catalogue, embed, site, view

TARGET = 120.0  # seconds


def main():
    found = catalogue.load()
    rows = view.table(found)
    rows = rows.iloc[: int(sys.argv[1])] if len(sys.argv) > 1 else rows
    with tempfile.TemporaryDirectory() as folder:
        took = []
        for _ in "12":
            start = time.perf_counter()
            bar = partial(tqdm, unit=" pages", disable=None)
            report = site.build(rows, found, Path(folder) / "site", progress=bar)
            took.append(time.perf_counter() - start)
            print(f"{report.written:6,} written {report.kept:6,} kept {took[-1]:8.1f} s")
    size = len(embed.single_file(found, rows).encode()) / 1e6
    print(f"The map in one file: {size:.2f} MB. Target: at most 1.5 MB.")
    met = took[0] <= TARGET and size <= 1.5
    print(f"Target: the whole site in {TARGET:g} s. {'Met' if met else 'MISSED'}.")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
