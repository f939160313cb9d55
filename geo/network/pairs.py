"""How two names of a text lie to each other, in numbers: a place and a title, or a setting; a word
and a name to which it may refer.

The network weighs each pair by what it makes of both, and by this. The sums stand in told.py for
names and in layers.py for words.
"""

import numpy as np

KINDS = ("belongs", "stands")  # a place with the title of its film, with what it stands for
APART = (1, 2, 4, 8, 16, 32, 64, 128)  # tokens
# sentences and paragraphs apart, other names between, from which on it makes no difference
FAR, NEAR, OTHERS = 4, 2, 3
LIES = {
    "apart": 2 * (len(APART) + 1),
    "sentences": 2 * FAR + 1,
    "paragraphs": 2 * (2 * NEAR + 1),
    "between": 2 * (OTHERS + 1),
}


def lies(tokens, places, others):
    """{name of a table: (places, others) rows in it} of how names of some Tokens lie to each other.

    `places` and `others` are (n, 2) spans of tokens, the latter in order.
    """
    first, last = (column[:, None] for column in places.T)
    begins, ends = others.T
    after = (begins >= first).astype(int)
    gap = np.where(after, begins - last, first - ends)
    apart = np.searchsorted(APART, np.maximum(gap, 0))
    sentences = _steps(tokens.sentence, first, begins, FAR)
    paragraphs = _steps(tokens.paragraph, first, begins, NEAR)
    heading = tokens.heading[begins].astype(int)
    rank = np.searchsorted(begins, first[:, 0])[:, None]
    at = np.arange(len(others))
    passed = np.searchsorted(begins, last[:, 0])[:, None]
    between = np.clip(np.where(after, at - passed, rank - 1 - at), 0, OTHERS)
    return {
        "apart": 2 * apart + after,
        "sentences": sentences,
        "paragraphs": 2 * paragraphs + heading,
        "between": 2 * between + after,
    }


WAYS = {"apart": LIES["apart"], "sentences": LIES["sentences"]}


def ways(tokens, here, there):
    """{name of a table: (here, there) rows in it} of how some tokens lie to others."""
    here, there = here[:, None], there[None]
    apart = np.searchsorted(APART, np.abs(there - here))
    return {
        "apart": 2 * apart + (there >= here),
        "sentences": _steps(tokens.sentence, here, there, FAR),
    }


def _steps(numbers, here, there, most):
    return np.clip(numbers[there] - numbers[here], -most, most) + most
