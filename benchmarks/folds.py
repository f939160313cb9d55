"""Networks that have not seen a text, for weighing what the network says.

    reader.network = unseen(name)       # of an article, or a passage ("en-a-01/3")

`python benchmarks/fit_network.py --folds .cache/folds` fits them.
"""

from functools import cache
from pathlib import Path
from zlib import crc32

from geo.network import Network

FOLDER = Path(__file__).resolve().parent.parent / ".cache" / "folds"
FOLDS = 3


class Nothing:
    """Stands for a network where none is wanted."""

    def read(self, *_):
        """Nothing is made of any text."""
        return None


def fold_of(name):
    """Which fold leaves a text out: by its name."""
    return crc32(name.rstrip("+").encode()) % FOLDS


@cache
def _network(number):
    path = FOLDER / f"{number}.npz"
    if not path.exists():
        raise SystemExit(f"{path} is missing: run benchmarks/fit_network.py --folds {FOLDER}")
    return Network(path)


def unseen(name):
    """The Network that was fitted without a text. Exits where it is missing."""
    return _network(fold_of(name))
