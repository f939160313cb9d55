"""Fit the weights by which place names are found and told apart, and measure what they reach.

    python benchmarks/fit_toponyms.py [--corpora DIR] [--only-measure]

Reads GeoVirus, TR-News and LGL (../shared/corpora; GPL-3 research data, never copied), fits on
every other document of each (the 1st, 3rd, 5th ...) and prints the figures of both halves: those
of the other half are the ones to quote. Writes geo/mentions/weights.json and
geo/resolve/weights.json. Needs scipy beside the app's own packages.

Finding: logistic regression over the named features of geo/mentions/features.py, then a second one
over the scores of the other mentions of a name, on scores that its own document had no part in.
Placing: softmax regression over the evidence of geo/resolve/evidence.py; a candidate is right
within 161 km of the annotated point. `WEIGHT` is what a toponym of each corpus counts: less in the
larger ones, so that none of them decides alone.

The second set of weights for placing, for film news, is fitted on the same documents, on the
articles of tests/articles that are not held out (right within the tolerance of the gold record) and
on the places of each film of the catalogue as one list of names (right within 20 km, or within half
the reach of an area).
"""

import argparse
import gzip
import json
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from geo import tables  # noqa: E402
from geo.article import from_file  # noqa: E402
from geo.catalogue import load  # noqa: E402
from geo.mentions import reader as mentions  # noqa: E402
from geo.model import Toponym  # noqa: E402
from geo.reading import Reader  # noqa: E402
from geo.resolve import resolver as places  # noqa: E402
from geo.resolve.evidence import BASE, CONTEXT, Evidence, km  # noqa: E402
from geo.text import fold  # noqa: E402

ARTICLES = ROOT / "tests" / "articles"
CORPORA = ROOT.parent / "shared" / "corpora"
WEIGHT = {"geovirus": 2.5, "trnews": 1.8, "lgl": 0.8}
PLACE_WEIGHT = {"geovirus": 1.0, "trnews": 1.5, "lgl": 0.6}
FILM_CORPORA = {"geovirus": 0.4, "trnews": 0.6, "lgl": 0.1}
FILM_WEIGHT = {"articles": 2.0, "catalogue": 1.5}
FOLDS, NEAR_KM = 4, 161.0
# These weights are set, not fitted: no document says what the caller knows of it, and too few are
# in another language than English.
SET = {"near": 4.0, "at home": 1.5}


def documents(folder, name, half):
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][half::2]


# --- finding -------------------------------------------------------------------------------


def logistic(rows, names, truth, weight, penalty):
    """Weights by name, "" being the constant; `rows` are lists of (name, value)."""
    column = {name: i for i, name in enumerate(names)}
    data = [(r, column[n], v) for r, row in enumerate(rows) for n, v in row]
    r, c, v = zip(*data, strict=True)
    table = csr_matrix((v, (r, c)), shape=(len(rows), len(names)))
    truth, weight = np.asarray(truth, float), np.asarray(weight, float)

    def loss(w):
        score = table @ w[:-1] + w[-1]
        cost = weight @ (np.logaddexp(0, score) - truth * score) + penalty * w[:-1] @ w[:-1] / 2
        error = weight * (1 / (1 + np.exp(-score)) - truth)
        return cost, np.append(table.T @ error + penalty * w[:-1], error.sum())

    best = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B").x
    found = {name: round(float(w), 2) for name, w in zip([*names, ""], best, strict=True)}
    return dict(sorted(found.items()))


def judged(folder, half):
    """[(corpus, number, candidates, gold spans)] of one half."""
    reader = mentions.Reader()
    for name in WEIGHT:
        for number, row in enumerate(documents(folder, name, half)):
            gold = {(t["start"], t["end"]) for t in row["toponyms"]}
            yield name, number, reader.judged(row["text"]), gold


def fit_first(docs):
    rows, truth, weight = [], [], []
    for name, _, candidates, gold in docs:
        rows += [[(feature, 1.0) for feature in set(c.features)] for c in candidates]
        truth += [(c.start, c.end) in gold for c in candidates]
        weight += [WEIGHT[name]] * len(candidates)
    names = sorted({feature for row in rows for feature, _ in row})
    return logistic(rows, names, truth, weight, penalty=3.0)


def score(docs, weights):
    for _, _, candidates, _ in docs:
        for c in candidates:
            c.score = weights[""] + sum(weights.get(feature, 0.0) for feature in c.features)


def fit_agreement(docs):
    """The second regression, on scores by weights fitted without the document's fold."""
    for part in range(FOLDS):
        held = [d for d in docs if d[1] % FOLDS == part]
        score(held, fit_first([d for d in docs if d[1] % FOLDS != part]))
    rows, truth, weight = [], [], []
    for name, _, candidates, gold in docs:
        by_name = {}
        for c in candidates:
            by_name.setdefault(c.name, []).append(c)
        for same in by_name.values():
            for row in mentions.agreement_rows([c.score for c in same]):
                rows.append(list(zip(mentions.AGREEMENT, row, strict=True)))
            truth += [(c.start, c.end) in gold for c in same]
            weight += [WEIGHT[name]] * len(same)
    return logistic(rows, list(mentions.AGREEMENT), truth, weight, penalty=0.1)


# --- placing -------------------------------------------------------------------------------


def problems(folder, half, weights, domain):
    """[(evidence, right, weight)]: `right` marks candidates near their annotated points, `weight`
    is what each name of the document counts; `domain` is what the evidence is for."""
    grouper = places.Resolver().grouper()
    for name in weights:
        for row in documents(folder, name, half):
            gold = sorted(row["toponyms"], key=lambda t: t["start"])
            spans = [(t["start"], t["end"]) for t in gold]
            toponyms = [Toponym(s, e, row["text"][s:e]) for s, e in spans]
            points = [(t["latitude"], t["longitude"], NEAR_KM) for t in gold]
            yield from problem(grouper, toponyms, row["text"], points, weights[name], domain)


def problem(grouper, toponyms, text, points, weight, domain="film"):
    groups = grouper.groups(toponyms)
    if groups:
        unnamed = places.UNNAMED[domain]
        evidence = Evidence(groups, toponyms, text, grouper, unnamed=unnamed)
        right, counts = near_gold(evidence, points)
        yield evidence, right, weight * np.sqrt(counts)


def problems_of_articles(weight):
    """The same for the articles that are not held out; only the names of gold records count."""
    reader, resolver = Reader(tables.load(), scenes=False), places.Resolver()
    held = set((ARTICLES / "HELD_OUT.txt").read_text().split())
    for path in sorted(set(ARTICLES.glob("*.json"))):
        if path.stem not in held:
            text, _, language, _, toponyms, _ = reader.prepare(from_file(path.with_suffix(".txt")))
            known = points_by_name(json.loads(path.read_text(encoding="utf-8")))
            points = [known.get(fold(t.text), (None, None, None)) for t in toponyms]
            grouper = resolver.grouper(language)
            yield from problem(grouper, toponyms, text, points, weight)


def points_by_name(records):
    """Folded name -> (latitude, longitude, tolerance in km) of the places of gold records."""
    found = {}
    for record in records:
        place = record["place_resolved"]
        if place:
            point = (place["lat"], place["lon"], record["tolerance_km"])
            found[fold(record["place_text"])] = point
            found.setdefault(fold(record["place_text"].split(", ")[0]), point)
    return found


def problems_of_catalogue(weight):
    """The same for the towns, regions and countries of each film of the catalogue."""
    catalogue, grouper = load(ROOT / "data"), places.Resolver().grouper()
    rows = catalogue.places
    for _, scenes in catalogue.scenes.groupby("film", sort=False):
        names = dict.fromkeys([*scenes["filming_place"], *scenes["setting"]])
        known = [rows.loc[n] for n in names if n in rows.index]
        known = [r for r in known if r["precision"] in ("town", "region", "country")]
        text, toponyms, points = "", [], []
        for row in known:
            name = row["name"].split(", ")[0]
            toponyms.append(Toponym(len(text), len(text) + len(name), name))
            points.append((row["latitude"], row["longitude"], max(20, row["radius_km"] / 2)))
            text += name + " and "
        yield from problem(grouper, toponyms, text, points, weight)


def near_gold(evidence, points):
    """Which candidates are right, and how many annotated mentions each group has; `points` are
    (latitude, longitude, tolerance in km), or None for the latitude, of each toponym."""
    right, counts = np.zeros(len(evidence.owner)), np.zeros(len(evidence.groups))
    for number, group in enumerate(evidence.groups):
        rows = evidence.rows_of(number)
        for latitude, longitude, near_km in (points[m] for m in group.mentions):
            if latitude is not None:
                at = np.radians([latitude, longitude])
                lat, lon = evidence.columns["latitude"][rows], evidence.columns["longitude"][rows]
                right[rows] += km(*at, lat, lon) <= near_km
                counts[number] += 1
    return right, counts


def softmax_fit(tables, start=None, penalty=2e-4):
    """Weights of a softmax regression over [(table, evidence, right, weight)]."""
    rows, owner, truth, weight = [], [], [], []
    for table, evidence, right, counts in tables:
        for number, (first, size) in enumerate(zip(evidence.starts, evidence.sizes, strict=True)):
            good = right[first : first + size] > 0
            if good.any() and not good.all():
                owner += [len(weight)] * size
                rows.append(table[first : first + size])
                truth.append(good)
                weight.append(counts[number])
    table, truth = np.vstack(rows), np.concatenate(truth).astype(float)
    owner, weight = np.array(owner), np.array(weight)
    starts = np.flatnonzero(np.diff(owner, prepend=-1))

    def loss(w):
        scores = table @ w
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        whole = np.add.reduceat(powers, starts)
        good = np.maximum(np.add.reduceat(powers * truth, starts), 1e-12)
        slope = table.T @ (weight[owner] * (powers / whole[owner] - powers * truth / good[owner]))
        cost = -(weight * np.log(good / whole)).sum() + penalty * len(starts) * w @ w
        return cost, slope + 2 * penalty * len(starts) * w

    start = np.zeros(table.shape[1]) if start is None else start
    return minimize(loss, start, jac=True, method="L-BFGS-B").x


def fit_places(found):
    """The weights of both choices, fitted on problems."""
    first = softmax_fit([(e.base, e, right, weight) for e, right, weight in found])

    def with_context(scores):
        return [np.hstack([e.base, e.context(e.softmax(scores(e, i)))])
                for i, (e, _, _) in enumerate(found)]  # fmt: skip

    def fit(tables, start=None):
        return softmax_fit([(t, *f) for t, f in zip(tables, found, strict=True)], start)

    tables = with_context(lambda e, i: e.base @ first)
    second = fit(tables)
    second = fit(with_context(lambda e, i: tables[i] @ second), second)
    for name, set_weight in SET.items():
        first[BASE.index(name)] = second[BASE.index(name)] = set_weight
    return {
        "first": dict(zip(BASE, np.round(first, 2).tolist(), strict=True)),
        "second": dict(zip(BASE + CONTEXT, np.round(second, 2).tolist(), strict=True)),
    }


def measure(folder):
    sys.path.insert(0, str(folder.parent / "scoring"))
    from score_toponyms import score as scored

    for name in WEIGHT:
        for half, label in ((0, "tuned on"), (1, "untouched")):
            rows = documents(folder, name, half)
            found = places.read_toponyms(row["text"] for row in rows)
            gold = {row["id"]: row for row in rows}
            answers = {row["id"]: {"toponyms": t} for row, t in zip(rows, found, strict=True)}
            figures = scored(gold, answers)
            print(f"{name:9} {label:10}", json.dumps(figures))


def fit_domains(folder):
    news = list(problems(folder, 0, PLACE_WEIGHT, "news"))
    for evidence, _, _ in news:  # the rest says as much in news, which tell of the town next door
        evidence.base[:, [BASE.index("seat"), BASE.index("outshone")]] = 0
    film = [
        *problems(folder, 0, FILM_CORPORA, "film"),
        *problems_of_articles(FILM_WEIGHT["articles"]),
        *problems_of_catalogue(FILM_WEIGHT["catalogue"]),
    ]
    write(places.WEIGHTS, {"news": fit_places(news), "film": fit_places(film)})


def write(path, weights):
    text = json.dumps(weights, indent=1, ensure_ascii=False, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpora", default=CORPORA, type=Path)
    parser.add_argument("--only-measure", action="store_true")
    options = parser.parse_args()
    if not options.only_measure:
        docs = list(judged(options.corpora, 0))
        write(mentions.WEIGHTS, {"agreement": fit_agreement(docs), "first": fit_first(docs)})
        fit_domains(options.corpora)
    measure(options.corpora)


if __name__ == "__main__":
    main()
