"""How likely a name is the title of a film: the sum of the weights of its signs.

The weights (weights.json) were fitted by logistic regression on articles and on tests/retold;
benchmarks/fit_films.py fits them on.
Those of apposed.py are too rare to be fitted, and are what a reader would expect of them.
"""

import json
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.json")


def score(signs):
    """The log odds that a name with these signs (of signs.py) is a title."""
    table = weights()
    return sum(table.get(sign, 0.0) for sign in ("", *signs))


@cache
def weights():
    """{sign: its weight}, of the file."""
    return json.loads(WEIGHTS.read_text("utf-8"))
