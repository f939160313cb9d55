"""Weights of features for each of a few classes, and the sums of them that decide between these.

weights = Weights(Path("weights.json"), ("none", "filming", "story"))
weights.sums(["name: T", "first"])       # {"none": 0.3, "filming": 1.2, "story": -0.8}

Weights are added as whole thousandths: quicker than fractions, and the same in any order. Trees
weigh numbers that mean little one by one (gradient boosting, Friedman 2001):

Trees(Path("facts.onnx")).odds([(0.3, 1, -2.1)])     # [log odds]
"""

import json
from functools import cached_property

import numpy as np
import onnxruntime

PARTS = 1000  # of a weight
SURE = 1e-6  # chance below which nothing is told apart


def rounded(odds, most):
    """Log odds as a whole number from -most to most, to be named in a feature."""
    return round(max(-most, min(most, odds)))


def log_odds(chances):
    """The log odds of chances, a number or an array."""
    kept = np.clip(chances, SURE, 1 - SURE)
    return np.log(kept / (1 - kept))


class Weights:
    """The weights of a file {class: {feature: weight}}, read when they are first asked for."""

    def __init__(self, path, classes):
        self.path, self.classes = path, classes

    @cached_property
    def table(self):
        """{feature: its weight for each class, in thousandths}; "" is what every example has."""
        listed = json.loads(self.path.read_text("utf-8"))
        known = {"", *(feature for name in self.classes for feature in listed[name])}
        return {f: [round(listed[n].get(f, 0) * PARTS) for n in self.classes] for f in known}

    def sums(self, features):
        """{class: the sum of the weights of some features}, whatever order they come in."""
        table = self.table
        told = filter(None, map(table.get, ("", *features)))
        sums = map(sum, zip(*told, strict=True))
        return {name: total / PARTS for name, total in zip(self.classes, sums, strict=True)}

    def odds(self, features):
        """The log odds of the second of two classes."""
        sums = self.sums(features)
        first, second = self.classes
        return sums[second] - sums[first]


def session(path):
    """What ONNX Runtime computes a file's model with, on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Texts are of many sizes: what is kept for the next of a size would only grow.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    return onnxruntime.InferenceSession(path, options, ["CPUExecutionProvider"])


class Trees:
    """The trees of a file, which is read when they are first asked."""

    def __init__(self, path):
        self.path = path

    @cached_property
    def _session(self):
        return session(self.path)

    def sums(self, signs):
        """(examples, classes): log odds of a class, or what is exponential in the chances of
        several, by the rows of signs of some examples."""
        return self._session.run(["sums"], {"signs": np.array(signs, np.float32)})[0]

    def odds(self, signs):
        """The log odds of each of some examples, by its row of signs."""
        return self.sums(signs)[:, 0].tolist() if signs else []
