"""Sums that several layers of the network make, over rows of float32.

`weights` is {name: float32 array}; a layer's are NAME.weight and NAME.bias.
"""

import numpy as np

LEAST = 1e-5  # is added to a variance


def gelu(x):
    """The Gaussian error linear unit, by its usual approximation (Hendrycks and Gimpel 2016)."""
    inner = x * x
    inner *= 0.044715 * 0.7978845608
    inner += 0.7978845608
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= 0.5
    return inner


def line(rows, weights, name):
    """The linear layer of a name."""
    rows = rows @ weights[f"{name}.weight"].T
    rows += weights[f"{name}.bias"]
    return rows


def normal(h, weights, name):
    """Layer normalisation (Ba et al. 2016) of a name."""
    h = h - mean(h)
    squares = np.einsum("ij,ij->i", h, h)[:, None] / np.float32(h.shape[1])
    h /= np.sqrt(squares + np.float32(LEAST))
    h *= weights[f"{name}.weight"]
    h += weights[f"{name}.bias"]
    return h


def mean(h):
    """The mean of each row, as a column."""
    return h @ np.full((h.shape[1], 1), 1 / h.shape[1], np.float32)


def spread(h):
    """The standard deviation of each row, as a column."""
    squares = np.einsum("ij,ij->i", h, h)[:, None] / h.shape[1]
    return np.sqrt(np.maximum(squares - mean(h) ** 2, 0) + LEAST)


def softmax(rows):
    """The chances of each column."""
    told = np.exp(rows - rows.max(0))
    return told / told.sum(0)
