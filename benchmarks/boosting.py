"""Trees by gradient boosting, fitted by scikit-learn (BSD) and written for ONNX Runtime.

    sums = crossed(texts)          # of each row of signs, by trees fitted without its text
    save(path, texts)              # trees fitted on all; joined=True: with those that are there

`texts` is a list of texts, each a list of (signs, the class). What is written takes "signs"
(examples, signs) and gives "sums": (examples, 1) log odds, or (examples, classes) where there are
more than two. Needs onnx (Apache-2.0).
"""

import numpy as np
import onnx
from onnx import TensorProto, helper
from sklearn.ensemble import HistGradientBoostingClassifier

FOLDS = 4
TIMES = 4  # forests that are fitted and averaged, as each looks at other signs
TREES = {
    "max_iter": 300, "learning_rate": 0.04, "max_leaf_nodes": 20, "min_samples_leaf": 80,
    "l2_regularization": 5.0, "max_features": 0.3,
}  # fmt: skip


def crossed(texts, **how):
    """The sums of each example of all texts in turn, by trees that were fitted without its text:
    these are dealt into FOLDS."""
    fold = np.array([number % FOLDS for number, text in enumerate(texts) for _ in text])
    signs, labels = _rows(texts)
    parts = []
    for number in range(FOLDS):
        out = fold == number
        forests = _fitted(signs[~out], labels[~out], how)
        sums = np.mean([forest.decision_function(signs[out]) for forest in forests], 0)
        parts.append((np.flatnonzero(out), sums))
    order = np.concatenate([at for at, _ in parts])
    return np.concatenate([sums for _, sums in parts])[np.argsort(order)]


def save(path, texts, joined=False, **how):
    """Fit trees on all texts and write them, or where they are `joined` the mean of their sums and
    those of the trees that are there; `how` is of TREES."""
    made = _written(_fitted(*_rows(texts), how))
    onnx.save(_mean(onnx.load(path), made) if joined else made, path)


def _fitted(signs, labels, how):
    forests = (HistGradientBoostingClassifier(random_state=n, **TREES | how) for n in range(TIMES))
    return [forest.fit(signs, labels) for forest in forests]


def _rows(texts):
    listed = [example for text in texts for example in text]
    signs, labels = zip(*listed, strict=True)
    return np.array(signs, np.float32), np.array(labels)


def _mean(model, other):
    """A model whose sums are the mean of those of two."""
    (one,), (two,) = model.graph.node, other.graph.node
    told = [{a.name: helper.get_attribute_value(a) for a in node.attribute} for node in (one, two)]
    mean, added = dict(told[0]), told[1]
    beyond = max(mean["nodes_treeids"]) + 1
    for name in ("nodes_treeids", "target_treeids"):
        added[name] = [tree + beyond for tree in added[name]]
    for name in [name for name in mean if name.startswith(("nodes_", "target_"))]:
        mean[name] = [*mean[name], *added[name]]
    mean["target_weights"] = [weight / 2 for weight in mean["target_weights"]]
    mean["base_values"] = [
        sum(pair) / 2 for pair in zip(*(t["base_values"] for t in told), strict=True)
    ]
    made = helper.make_node(one.op_type, [*one.input], [*one.output], domain=one.domain, **mean)
    model.graph.node.remove(one)
    model.graph.node.append(made)
    return model


def _written(forests):
    """The mean of some forests as a model of ONNX."""
    grown = [one for trees in forests for step in trees._predictors for one in enumerate(step)]
    base = np.mean([trees._baseline_prediction.ravel() for trees in forests], 0)
    nodes = [predictor.nodes for _, predictor in grown]
    target = np.concatenate([np.full(len(one.nodes), n) for n, one in grown])
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
        "target_ids": target[leaf],
        "target_weights": (nodes["value"][leaf] / len(forests)).astype(np.float32),
        "base_values": base.astype(np.float32),
    }
    node = helper.make_node(
        "TreeEnsembleRegressor", ["signs"], ["sums"], domain="ai.onnx.ml",
        n_targets=int(target.max()) + 1,
        **{name: values.tolist() for name, values in attributes.items()},
    )  # fmt: skip
    signs = helper.make_tensor_value_info(
        "signs", TensorProto.FLOAT, [None, forests[0].n_features_in_]
    )
    sums = helper.make_tensor_value_info("sums", TensorProto.FLOAT, [None, int(target.max()) + 1])
    graph = helper.make_graph([node], "trees", [signs], [sums])
    versions = [helper.make_opsetid("", 21), helper.make_opsetid("ai.onnx.ml", 3)]
    return helper.make_model(graph, opset_imports=versions, ir_version=10)
