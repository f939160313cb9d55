"""What can go wrong, as a tree. Catch the branch you can do something about.

    DoubletakeError
    ├── BadInput          what a user gave cannot be used; the message says what to do
    │   ├── BadArticle    empty, too large, not text, or in a language not read
    │   ├── BadAddress    an address that may not be fetched, or that gave no text
    │   └── BadTable      faults in rows of a CSV, all of them at once
    └── CouldNotAsk       a service did not answer: not the same as "no such place"
        ├── AskLater      it asked for patience (too many requests, overloaded)
        └── Refused       it will not answer us at all (forbidden, wrong key)

Each message is a sentence for the person in front of the screen.
"""


class DoubletakeError(Exception):
    """The root of the tree."""


class BadInput(DoubletakeError, ValueError):
    """What a user gave cannot be used."""


class BadArticle(BadInput):
    """An article is empty, too large, not text, or in a language that is not read."""


class BadAddress(BadInput):
    """An address may not be fetched, or gave nothing that can be read."""


class BadTable(BadInput):
    """Faults in rows of a table; `faults` holds every one of them."""

    def __init__(self, faults):
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class CouldNotAsk(DoubletakeError, OSError):
    """A service did not answer. Never remembered as an answer."""


class AskLater(CouldNotAsk):
    """A service asked for patience; `wait` is its own delay in seconds, or None."""

    def __init__(self, message, wait=None):
        self.wait = wait
        super().__init__(message)


class Refused(CouldNotAsk):
    """A service will not answer us at all."""
