"""How long the static site of the shipped catalogue takes, whole and then unchanged.

    python benchmarks/site.py [SCENES]

Each page has three parts: a picture, a map and the page around them. The time of the whole is set
beside that of its parts in the same run, on a sample of pages. The target, two minutes for the
whole on two processors, is judged by processor time, which other work on the machine changes
little; wall-clock time and the machine's load are printed beside it. With a number of scenes, the
site of so many of them.
"""

import os
import random
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tqdm import tqdm

from geo import catalogue, embed, site, view, words
from geo.picture import Request, picture
from geo.site import render

TARGET, PROCESSORS = 120.0, 2  # seconds of each
SAMPLE = 150  # pages


def processor():
    """Seconds of processor time of this process and of those that it has waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def parts(folder, rows, found):
    """Milliseconds of processor time a page, of the whole page and of each of its parts."""
    files = site._shared(folder)
    shown = render.Site(rows, found, str(folder), site.LOCAL, files, site.pages(rows, found))
    sample = random.Random(1).sample(shown.pages, min(SAMPLE, len(shown.pages)))
    chosen = {page: rows.iloc[list(page.rows)] for page in sample}

    def drawn(page):
        size, told = render._size(page), words.headline(chosen[page])
        picture(chosen[page], found, Request(*size, title=page.title, subtitle=told))

    def mapped(page):
        embed.map_page(found, chosen[page], page.title, "../", files)

    def described(page):
        alt = words.alt_text(chosen[page])
        render._html(shown, page, chosen[page], words.headline(chosen[page]), alt)

    took = {}
    for name, make in (
        ("the whole page", partial(render.write, shown)),
        ("its picture alone", drawn),
        ("its map alone", mapped),
        ("its HTML alone", described),
    ):
        make(sample[0])
        start = time.process_time()
        for page in sample:
            make(page)
        took[name] = 1000 * (time.process_time() - start) / len(sample)
    return took


def main():
    found = catalogue.load()
    rows = view.table(found)
    rows = rows.iloc[: int(sys.argv[1])] if len(sys.argv) > 1 else rows
    with tempfile.TemporaryDirectory() as folder:
        took = parts(Path(folder), rows, found)
    for name, spent in took.items():
        print(f"{name:18} {spent:6.1f} ms of a processor  {spent / took['the whole page']:5.0%}")
    built = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in "12":
            start, before = time.perf_counter(), processor()
            bar = partial(tqdm, unit=" pages", disable=None)
            report = site.build(rows, found, Path(folder) / "site", progress=bar)
            built.append(processor() - before)
            print(f"{report.written:6,} written {report.kept:6,} kept {built[-1]:7.1f} s of "
                  f"processors, {time.perf_counter() - start:.1f} s by the clock")  # fmt: skip
    busy = os.getloadavg()[1] / (os.cpu_count() or 1)
    print(f"Unchanged: {built[1] / built[0]:.1%} of the first time. Load a processor: {busy:.1f}.")
    size = len(embed.single_file(found, rows).encode()) / 1e6
    print(f"The map in one file: {size:.2f} MB. Target: at most 1.5 MB.")
    alone = built[0] / PROCESSORS
    met = alone <= TARGET and size <= 1.5
    print(f"On {PROCESSORS} processors of its own: {alone:.0f} s. Target: {TARGET:g} s. "
          f"{'Met' if met else 'MISSED'}.")  # fmt: skip
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
