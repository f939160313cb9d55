"""A generated catalogue of any size: `python benchmarks/generated.py 10000 FOLDER`.

The same size always gives the same rows. Places cluster as filming does: around a few hundred
hubs, with a tenth known as areas only and some settings fictional.
"""

import csv
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo.tables import TABLES  # noqa: E402

FIRST = "North South Silent Golden Iron Paper Hidden Broken Crimson Last Distant Hollow".split()
SECOND = "Harbour Mirror River Station Garden Empire Winter Lantern Island Voyage Signal".split()
SURE = ("confirmed",) * 12 + ("reported",) * 5 + ("questioned",) * 2 + ("denied",)


def write(folder, scenes, seed=7):
    """Write films, places, scenes and sources as CSV into `folder`; returns the folder."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(f"{seed}-{scenes}")
    films, places = list(_films(dice, max(8, scenes // 10))), list(_places(dice, scenes // 3 + 30))
    sources = [_source(number) for number in range(max(4, scenes // 50))]
    rows = [_scene(dice, number, films, places, sources) for number in range(scenes)]
    for name, table in zip(TABLES, (films, places, rows, sources), strict=True):
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            out = csv.DictWriter(file, TABLES[name], restval="")
            out.writeheader()
            out.writerows(table)
    return folder


def _films(dice, count):
    for number in range(count):
        saga = number // 4
        name = f"{FIRST[saga % 12]} {SECOND[saga // 12 % 11]}"
        if saga >= 132:
            name += f" {saga // 132 + 1}"
        year = 1950 + (saga * 7 + number % 4 * 3) % 76
        yield {
            "film": f"film-{number}",
            "title": f"{name}: Part {number % 4 + 1}",
            "kind": "series" if dice.random() < 0.1 else "film",
            "franchise": name,
            "order": number % 4 + 1,
            "year": year,
        }


def _places(dice, count):
    hubs = [(dice.uniform(-45, 65), dice.uniform(-125, 150)) for _ in range(max(6, count // 60))]
    codes = "US GB FR DE IT ES NO IN JP NZ AU BR MX ZA MA".split()
    for number in range(count):
        hub = dice.randrange(len(hubs))
        (south, west), spread = hubs[hub], dice.choice((0.2, 1, 3))
        kind = dice.choices(("site", "town", "region", "country", "fictional"), (45, 35, 9, 3, 8))[
            0
        ]
        row = {"place": f"place-{number}", "name": f"{dice.choice(SECOND)} {number}"}
        row |= {"precision": kind, "country": codes[hub % len(codes)]}
        if kind != "fictional":
            row["latitude"] = round(max(-80, min(80, dice.gauss(south, spread))), 5)
            row["longitude"] = round(max(-180, min(180, dice.gauss(west, spread))), 5)
            row["radius_km"] = {"site": 1, "town": 5, "region": 80, "country": 350}[kind]
            row["point_from"] = "generated"
        yield row


def _scene(dice, number, films, places, sources):
    film = films[number % len(films)]
    place, setting = dice.choice(places), dice.choice(places)
    filming = "" if place["precision"] == "fictional" or dice.random() < 0.12 else place["place"]
    told = setting["place"] if not filming or dice.random() < 0.5 else ""
    names = place["name"], setting["name"]
    return {
        "scene": f"scene-{number}",
        "film": film["film"],
        "filming_place": filming,
        "setting": told,
        "certainty": dice.choice(SURE),
        "sentence": f"Scene {number} of {film['title']} was made at {names[0]} near {names[1]}.",
        "sources": sources[number % len(sources)]["source"],
    }


def _source(number):
    return {
        "source": f"source-{number}",
        "url": f"https://example.org/page/{number}",
        "title": f"Page {number}",
        "publisher": "Example Times",
        "published": f"{2000 + number % 25}",
        "language": "en",
        "read_on": "2026-01-01",
    }


if __name__ == "__main__":
    print(write(sys.argv[2], int(sys.argv[1])))
