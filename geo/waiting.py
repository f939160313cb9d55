"""Names that wait for a geocoder's answer, asked one by one behind the scenes.

    queue = Waiting(geocoder)
    queue.add("Hobbiton", Context(online=True))
    queue.progress()        # what a page shows, as often as it likes

A page goes on working while a thread asks. What is found is known from then on to whoever asks
the geocoder, for it keeps its answers; what could not be asked stays in the list and can be tried
again. Threads end with the process.
"""

import threading
from collections import Counter, OrderedDict
from dataclasses import dataclass, replace

from geo.errors import AskLater, CouldNotAsk, Refused
from geo.model import Place
from geo.scope import Context
from geo.text import fold

PATIENCE = 60.0
TRIES = 5  # how often a name is asked for while the service asks for patience
OPEN = ("waiting", "asking")


@dataclass(frozen=True, slots=True)
class Item:
    """One name: `state` is waiting, asking, found, unknown or failed; `message` says why."""

    name: str
    context: Context
    state: str = "waiting"
    place: Place | None = None
    message: str = ""
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """The items in the order they came, and how many of them are through."""

    items: tuple[Item, ...]
    done: int
    failed: int

    @property
    def share(self):
        """How much is through, 0 to 1; 1 where there was nothing to do."""
        return (self.done + self.failed) / len(self.items) if self.items else 1.0

    def sentence(self):
        """The progress in words."""
        if not self.items:
            return "No place is waiting for an answer."
        words = f"{self.done} of {len(self.items)} places answered"
        return f"{words}, {self.failed} could not be asked." if self.failed else f"{words}."


class Waiting:
    """A list of names and the thread that works through it; one for a process is enough."""

    def __init__(self, geocoder):
        """`geocoder` as of geo/geocode.py."""
        self._geocoder, self._items = geocoder, OrderedDict()
        self._changed = threading.Condition()
        self._thread = None

    def add(self, name, context=None):
        """Put a name into the list; once is enough, however many ask for it."""
        context = replace(context or Context(), online=True, patience=PATIENCE)
        with self._changed:
            self._items.setdefault((fold(name), context), Item(name, context))
            self._work()

    def again(self):
        """Try once more all that could not be asked; returns how many they are."""
        with self._changed:
            failed = [key for key, item in self._items.items() if item.state == "failed"]
            for key in failed:
                self._items[key] = replace(self._items[key], state="waiting", message="", tries=0)
            self._work()
        return len(failed)

    def clear(self):
        """Forget what is through; what waits goes on waiting."""
        with self._changed:
            for key in [key for key, item in self._items.items() if item.state not in OPEN]:
                del self._items[key]

    def progress(self):
        """The Progress at this moment; never waits for a service."""
        with self._changed:
            items = tuple(self._items.values())
        states = Counter(item.state for item in items)
        return Progress(items, states["found"] + states["unknown"], states["failed"])

    def wait(self, seconds):
        """Wait until nothing is waiting any more, at most so long; whether that is so."""
        with self._changed:
            return self._changed.wait_for(lambda: self._next() is None, seconds)

    def _next(self):
        return next((key for key, item in self._items.items() if item.state in OPEN), None)

    def _work(self):
        """Have a thread running; called with the lock held, so that there is only one."""
        self._changed.notify_all()
        if self._thread is None and self._next() is not None:
            self._thread = threading.Thread(target=self._run, name="waiting", daemon=True)
            self._thread.start()

    def _run(self):
        while True:
            with self._changed:
                key = self._next()
                if key is None:
                    self._thread = None
                    return
                item = self._items[key] = replace(self._items[key], state="asking")
            answered = self._answered(item)
            with self._changed:
                self._items[key] = answered
                self._changed.notify_all()

    def _answered(self, item):
        item = replace(item, tries=item.tries + 1)
        try:
            place = self._geocoder.geocode(item.name, item.context)
        except AskLater as error:
            state = "waiting" if item.tries < TRIES and self._pause(error) else "failed"
            return replace(item, state=state, message=str(error))
        except (Refused, CouldNotAsk) as error:
            return replace(item, state="failed", message=str(error))
        except Exception as error:  # the list must not stop for one name
            return replace(item, state="failed", message=f"Something broke: {error!r}")
        return replace(item, state="found" if place else "unknown", place=place, message="")

    def _pause(self, error):
        """Wait as long as the service asks, at most PATIENCE; False where that is not enough."""
        if error.wait is not None and error.wait > PATIENCE:
            return False
        threading.Event().wait(min(error.wait or 1.0, PATIENCE))
        return True
