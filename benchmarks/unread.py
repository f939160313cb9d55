"""Texts that the network has not read: on them what it says is weighed.

    is_unread("retold/en-o-01/3")       # of passages.py

fit_network.py leaves out one of so many retold texts, by its name; those that came later have not
been read either.
"""

import re
from zlib import crc32

ONE_OF = 16
LATER = re.compile(r"retold/none")


def is_left_out(name):
    """Whether fit_network.py passes a text over, by the text's name."""
    return name.startswith("retold/") and crc32(name.encode()) % ONE_OF == 0


def is_unread(name):
    """Whether the network that is shipped has not read a text."""
    return is_left_out(name) or LATER.match(name) is not None
