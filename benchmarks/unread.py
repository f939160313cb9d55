"""Texts that the network has not read: on them what it says is weighed, in two steps.

    is_left_out("retold/en-o-01/3")     # whether places, roles, films and titles are weighed on it
    is_later("retold/en-zl-01/3")       # whether facts are
    is_read("retold/en-o-01/1")         # whether fit_network.py has it read
    is_new("retold/en-zd-01/3")         # whether it does so for the first time when it goes on

fit_network.py leaves out one of so many retold texts, by its name. What sentences say is weighed on
those; what follows from it for a whole text on texts that came later, for to what it was fitted on
a weighing fits too well (stacked generalisation, Wolpert 1992).
"""

import re
from zlib import crc32

ONE_OF = 16
NEW = re.compile(r"retold/(?:en-z[c-k]|de-[mn]|fr-[op]|es-[no]|no-[mn])-")
LATER = re.compile(r"retold/(?:en-z(?:[l-y]|z[a-z]?)|de-[o-z]|fr-[q-z]|es-[p-z]|no-[o-z])-")


def is_left_out(name):
    """Whether fit_network.py passes a text over, by the text's name, though it came before."""
    return name.startswith("retold/") and not is_later(name) and crc32(name.encode()) % ONE_OF == 0


def is_later(name):
    """Whether a text came after the network that is shipped was fitted."""
    return LATER.match(name) is not None


def is_read(name):
    """Whether fit_network.py has the network read a text."""
    return not is_left_out(name) and not is_later(name)


def is_new(name):
    """Whether the network read a text in its last fitting for the first time."""
    return NEW.match(name) is not None
