"""The catalogue -> a static site: a page per franchise, film, place and setting, for any host.

    build(rows, catalogue, "out", address="https://example.org/") -> Report

pages.py says which pages there are, render.py draws one of them (HTML, map, picture), data.py
describes it for search engines, feeds.py lists them all. A page is written anew only when what it
shows has changed; the file `.doubletake.json` in the folder remembers what each was made of.
"""

import hashlib
import json
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from geo import assets, embed
from geo.errors import BadInput
from geo.export import export
from geo.site import feeds, render
from geo.site.pages import pages
from geo.tables import DATA

MANIFEST = ".doubletake.json"
LOCAL = "http://localhost:8000/"
AT_ONCE = 4  # pages that a process is handed at a time
MADE_BY = ("site", "picture", "embed.py", "words.py", "maps.py", "view.py", "web/alone.js")
DOWNLOADS = {"doubletake.csv": "csv", "doubletake.geojson": "geojson"}


@dataclass(frozen=True, slots=True)
class Report:
    """How many pages were written, kept as they were, and removed."""

    written: int
    kept: int
    removed: int


def build(rows, catalogue, out, address=LOCAL, progress=None, workers=None):
    """Write the site of `rows` (of view.table()) into the folder `out`; a Report.

    `address` is where the site will stand. `progress` wraps what is drawn and is told its `total`,
    as tqdm is. Raises BadInput where `out` cannot be written or holds something else.
    """
    out, address = Path(out), address.rstrip("/") + "/"
    rows = rows.reset_index(drop=True)
    before = _manifest(out)
    try:
        site = render.Site(rows, catalogue, str(out), address, _shared(out), pages(rows, catalogue))
        made = _making(site)
        wanted = {page.path: _hash(made + render.content(site, page)) for page in site.pages}
        stale = [page for page in site.pages if not _fresh(out, page, before, wanted)]
        drawn = _drawn(site, stale, workers)
        for _ in progress(drawn, total=len(stale)) if progress else drawn:
            pass
        _whole(site, out)
        removed = _remove(out, set(before) - set(wanted))
        (out / MANIFEST).write_text(json.dumps(wanted, indent=0), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{error.filename or out} cannot be written: {error.strerror}.") from error
    return Report(len(stale), len(site.pages) - len(stale), removed)


def _manifest(out):
    """What the pages in the folder were made of; refuses a folder that is not ours."""
    try:
        return json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        if out.is_dir() and any(out.iterdir()):
            raise BadInput(f"{out} holds other files: name an empty or a new folder.") from None
        return {}
    except (OSError, ValueError) as error:
        raise BadInput(f"{out / MANIFEST} cannot be read: empty the folder first.") from error


def _shared(out):
    """Write the files that all maps and pages share; their names."""
    files = embed.shared()
    style = (render.TEMPLATES / "site.css").read_bytes()
    files["style"] = assets.SHELF.put("site", "css", style)
    folder = out / "assets"
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*files["js"], *files["css"], files["world"], files["style"]):
        if not (folder / name).exists():
            (folder / name).write_bytes(assets.SHELF[name].body)
    return files


def _making(site):
    """A hash of everything besides its rows that a page is made of."""
    here = Path(__file__).parent.parent
    digest = hashlib.sha256(repr((site.address, site.files)).encode())
    paths = [here / name for name in MADE_BY] + [DATA / "basemap.json"]
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in {".py", ".html", ".css", ".js", ".json"}:
                digest.update(file.read_bytes())
    return digest.digest()


def _hash(data):
    return hashlib.sha256(data).hexdigest()[:32]


def _fresh(out, page, before, wanted):
    files = (out / page.path / name for name in render.FILES)
    return before.get(page.path) == wanted[page.path] and all(file.exists() for file in files)


def _drawn(site, stale, workers):
    """Draw pages, on as many processes as there are processors; yields each when it is done."""
    workers = min(workers or os.cpu_count() or 1, len(stale) // AT_ONCE or 1)
    if workers == 1:
        for page in stale:
            render.write(site, page)
            yield page
        return
    with ProcessPoolExecutor(workers, initializer=render.share, initargs=(site,)) as pool:
        yield from pool.map(render.shared_write, stale, chunksize=AT_ONCE)


def _whole(site, out):
    """The files that tell of all pages: lists, sitemap, feed, downloads."""
    for path, text in {**render.lists(site), **feeds.files(site)}.items():
        _put(out / path, text.encode("utf-8"))
    for name, kind in DOWNLOADS.items():
        _put(out / name, export(site.rows, site.catalogue, kind))


def _put(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


def _remove(out, paths):
    """Remove pages that are no more, and only the files that we wrote."""
    removed = 0
    for path in sorted(paths):
        folder = (out / path).resolve()
        if not path or out.resolve() not in folder.parents:
            continue
        for name in render.FILES:
            (folder / name).unlink(missing_ok=True)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        removed += 1
    return removed
