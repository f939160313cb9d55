"""Fits the trees that weigh what a whole text says of a film and a place: geo/claims/facts.onnx.

    python benchmarks/fit_facts.py [--write]

Gradient boosting over the signs of geo/claims/facts.py, one example for each film, place and role
of a text that anything speaks for, on retold texts that nothing else was fitted on (unread.py).
Prints how many of the marked films of places, with their roles, are found by what sentences say
alone, by the trees that are there, and by such as were fitted without the text (folds); writes the
trees only with --write. Needs scikit-learn (BSD) and onnx (Apache-2.0).
"""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
import onnx
from fit_claims import asked_to_write, films_of, prepared
from onnx import TensorProto, helper
from passages import passages
from sklearn.ensemble import HistGradientBoostingClassifier
from unread import is_later

from geo import tables
from geo.claims import Sentences
from geo.claims.facts import ENOUGH, FILE, TREES, Facts
from geo.claims.spot import overlaps
from geo.reading import Reader
from geo.text import fold

FOLDS = 4
ROLES = {"p": ("filming",), "s": ("story",), "b": ("filming", "story")}
TREE = {
    "max_iter": 200, "learning_rate": 0.05, "max_leaf_nodes": 16, "min_samples_leaf": 60,
    "l2_regularization": 5.0, "random_state": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A fact of a text: its signs, whether sentences alone claim it, what the trees that are there
    make of it, and which of the marked ones it is."""

    signs: tuple
    claimed: bool
    odds: float
    right: frozenset


def of_passage(passage):
    """(the marked facts of a passage, its Examples): a fact is (film's number, name, role)."""
    marked = {
        (film, fold(passage.text[mark.start : mark.end]), role)
        for mark in passage.marks
        if mark.kind != "f" and mark.certainty != "denied"
        for role in ROLES.get(mark.kind, ())
        for film in mark.films
    }
    told = prepared(_reader, passage)
    if told[3].main is None:
        return marked, []
    sentences = Sentences(*told)
    claims = sentences.apart()
    facts = Facts(sentences.contexts.values(), sentences.belonging, sentences.told, claims)
    found, numbers = facts.weighed(), films_of(passage, told[3])
    weighed = TREES.odds(found) if FILE.exists() else [0.0] * len(found)
    return marked, [
        Example(
            fact.signs,
            facts.claimed.get(fact.key, "denied") != "denied",
            odds,
            _right(passage, fact, facts.places[fact.place], numbers.get(fact.film, ())),
        )
        for fact, odds in zip(found, weighed, strict=True)
    ]


def _right(passage, fact, listed, numbers):
    """Which marked facts a fact is, wherever its place is Said."""
    spans = [(said.spot.start, said.spot.end) for said in listed]
    return frozenset(
        (film, fold(passage.text[mark.start : mark.end]), fact.role)
        for mark in passage.marks
        if fact.role in ROLES.get(mark.kind, ()) and mark.certainty != "denied"
        if overlaps(mark, spans)
        for film in mark.films
        if film in numbers
    )


def score(texts, chosen):
    """F1 over the marked facts; `chosen` says of each Example whether it is claimed."""
    right = others = gold = 0
    for marked, examples in texts:
        hits = [example.right for example in examples if next(chosen)]
        right += len(frozenset().union(*hits))
        others += sum(not hit for hit in hits)
        gold += len(marked)
    f1 = 2 * right / (right + others + gold)
    return f"F1 {f1:.4f}: {right} of {gold} right, {others} others"


def fitted(signs, labels):
    """Trees for rows of signs."""
    return HistGradientBoostingClassifier(**TREE).fit(signs, labels)


def crossed(texts):
    """The log odds of each Example, by trees that were fitted without its text."""
    fold_of = np.array([n % FOLDS for n, (_, listed) in enumerate(texts) for _ in listed])
    signs, labels = _rows(texts)
    odds = np.zeros(len(labels))
    for number in range(FOLDS):
        out = fold_of == number
        trees = fitted(signs[~out], labels[~out])
        odds[out] = trees.decision_function(signs[out])
    return odds


def _rows(texts):
    listed = [example for _, examples in texts for example in examples]
    signs = np.array([example.signs for example in listed], np.float32)
    return signs, np.array([bool(example.right) for example in listed])


def written(trees):
    """Trees as a model of ONNX: "signs" (facts, signs) -> "odds" (facts, 1)."""
    nodes = [predictor.nodes for (predictor,) in trees._predictors]
    tree = np.concatenate([np.full(len(one), n) for n, one in enumerate(nodes)])
    number = np.concatenate([np.arange(len(one)) for one in nodes])
    nodes = np.concatenate(nodes)
    leaf = nodes["is_leaf"] == 1
    attributes = {
        "nodes_treeids": tree,
        "nodes_nodeids": number,
        "nodes_featureids": nodes["feature_idx"].astype(int),
        "nodes_values": np.where(leaf, 0, nodes["num_threshold"]).astype(np.float32),
        "nodes_modes": np.where(leaf, "LEAF", "BRANCH_LEQ"),
        "nodes_truenodeids": nodes["left"].astype(int),
        "nodes_falsenodeids": nodes["right"].astype(int),
        "target_treeids": tree[leaf],
        "target_nodeids": number[leaf],
        "target_ids": np.zeros(leaf.sum(), int),
        "target_weights": nodes["value"][leaf].astype(np.float32),
        "base_values": trees._baseline_prediction.ravel().astype(np.float32),
    }
    node = helper.make_node(
        "TreeEnsembleRegressor", ["signs"], ["odds"], domain="ai.onnx.ml",
        n_targets=1,
        **{name: values.tolist() for name, values in attributes.items()},
    )  # fmt: skip
    signs = helper.make_tensor_value_info("signs", TensorProto.FLOAT, [None, trees.n_features_in_])
    odds = helper.make_tensor_value_info("odds", TensorProto.FLOAT, [None, 1])
    graph = helper.make_graph([node], "facts", [signs], [odds])
    versions = [helper.make_opsetid("", 21), helper.make_opsetid("ai.onnx.ml", 3)]
    return helper.make_model(graph, opset_imports=versions, ir_version=10)


def main():
    """Fit, print, and write where asked to."""
    global _reader
    write = asked_to_write(__doc__)
    _reader = Reader(tables.read()[0], scenes=False)
    listed = [passage for passage in passages() if is_later(passage.name)]
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        texts = [*pool.map(of_passage, listed, chunksize=16)]
    every = [example for _, examples in texts for example in examples]
    print(f"{len(texts)} texts, {len(every)} facts")
    print("sentences alone:", score(texts, iter(e.claimed for e in every)))
    print("as they are:", score(texts, iter(e.odds > ENOUGH for e in every)))
    print("fitted without the text:", score(texts, iter(crossed(texts) > ENOUGH)))
    if write:
        signs, labels = _rows(texts)
        onnx.save(written(fitted(signs, labels)), FILE)


if __name__ == "__main__":
    main()
