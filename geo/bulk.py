"""Many sources -> the lines of their records, in order: one by one, or by Dask on many machines."""

from collections import deque
from functools import lru_cache
from itertools import islice

from geo import archive, tables
from geo.errors import BadArticle, BadInput
from geo.export import to_json_lines
from geo.gazetteer import Gazetteer
from geo.reading import Reader

BATCH = 100  # articles sent to a worker at once: seconds of its work, a megabyte on the wire
AHEAD = 3  # batches in flight for each worker, so that none waits and memory stays bounded


@lru_cache(maxsize=2)
def reader(data=tables.DATA, scenes=True):
    """The Reader of a catalogue's folder, made once a process."""
    wanted = ("films", "places") if scenes else ("films",)
    return Reader(tables.load(data, wanted), Gazetteer.open(), scenes)


def read_source(source, scenes=True, data=tables.DATA):
    """(name, JSON lines of its records, None), or (name, "", what is wrong) for one source."""
    try:
        article = archive.open_article(source)
        records = reader(data, scenes).read(article).records
    except BadArticle as error:
        return archive.name(source), "", str(error)
    return archive.name(source), to_json_lines(record.as_dict() for record in records), None


def one_by_one(sources, **options):
    """Yield read_source() of each source."""
    return (read_source(source, **options) for source in sources)


def with_dask(sources, scheduler=None, **options):
    """The same, in the same order, on a Dask cluster: a local one, or that of `scheduler`.

    The workers need Doubletake installed; files are read here and travel to them. Raises BadInput
    where Dask is not installed or the scheduler does not answer.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise BadInput("Dask is not installed: pip install distributed.") from error
    try:
        client = Client(scheduler, timeout="10s") if scheduler else Client(dashboard_address=None)
    except (OSError, ValueError) as error:
        raise BadInput(f"No Dask scheduler answers at {scheduler}.") from error
    with client:
        flying, batches = deque(), _batches(sources)
        room = AHEAD * max(1, len(client.scheduler_info()["workers"]))
        while True:
            for batch in islice(batches, room - len(flying)):
                flying.append(client.submit(_read_batch, batch, options, pure=False))
            if not flying:
                return
            yield from flying.popleft().result()


def _batches(sources):
    sources = map(archive.carried, sources)
    while batch := list(islice(sources, BATCH)):
        yield batch


def _read_batch(batch, options):
    return [read_source(source, **options) for source in batch]
