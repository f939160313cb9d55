"""Write geo/films/wellknown.keys, by which well-known titles are found.

    python data/build_titles.py

To be run after a change to geo/films/wellknown.txt; geo/films/wellknown.py says what is in both.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from geo.films.wellknown import KEYS, made

if __name__ == "__main__":
    KEYS.write_text(made(), "utf-8")
