"""The list of names that wait: shown while it works, and nothing lost from it."""

import threading

import pytest

from geo import waiting
from geo.errors import AskLater, CouldNotAsk, Refused
from geo.model import Place
from geo.waiting import Waiting

ROCK = Place("Pulpit Rock", "NO", 58.9864, 6.1904, "site", 0.5)
SECONDS = 30  # a limit for a broken list, not a measure


class Service:
    """A geocoder that answers what it is told, once it is let."""

    def __init__(self, answers, let=True):
        self.answers, self.asked, self.gate = answers, [], threading.Event()
        if let:
            self.gate.set()

    def geocode(self, name, context):
        self.asked.append((name, context.online))
        assert self.gate.wait(SECONDS)
        answer = self.answers[name]
        answer = answer.pop(0) if isinstance(answer, list) else answer
        if isinstance(answer, Exception):
            raise answer
        return answer


def states(queue):
    return {item.name: item.state for item in queue.progress().items}


def test_a_page_sees_progress_while_a_service_takes_its_time():
    service = Service({"Pulpit Rock": ROCK, "Atlantis": None}, let=False)
    queue = Waiting(service)
    queue.add("Pulpit Rock")
    queue.add("Atlantis")
    assert set(states(queue).values()) <= {"waiting", "asking"}
    assert queue.progress().share == 0
    service.gate.set()
    assert queue.wait(SECONDS)
    assert states(queue) == {"Pulpit Rock": "found", "Atlantis": "unknown"}
    assert queue.progress().share == 1
    assert queue.progress().items[0].place == ROCK
    assert "2 of 2" in queue.progress().sentence()


def test_what_waits_is_asked_online():
    service = Service({"Atlantis": None})
    queue = Waiting(service)
    queue.add("Atlantis")
    assert queue.wait(SECONDS)
    assert service.asked == [("Atlantis", True)]


def test_a_name_is_asked_once_however_many_want_it():
    service = Service({"Atlantis": None})
    queue = Waiting(service)
    threads = [threading.Thread(target=queue.add, args=("Atlantis",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert queue.wait(SECONDS)
    assert len(service.asked) == 1


@pytest.mark.parametrize("error", [CouldNotAsk("no"), Refused("no"), AskLater("no", 9999)])
def test_a_failure_stays_and_can_be_tried_again(error):
    service = Service({"Pulpit Rock": [error, ROCK]})
    queue = Waiting(service)
    queue.add("Pulpit Rock")
    assert queue.wait(SECONDS)
    assert states(queue) == {"Pulpit Rock": "failed"}
    assert "1 could not be asked" in queue.progress().sentence()
    assert queue.again() == 1
    assert queue.wait(SECONDS)
    assert states(queue) == {"Pulpit Rock": "found"}


def test_a_service_that_asks_for_patience_is_asked_again():
    queue = Waiting(Service({"Pulpit Rock": [AskLater("later", 0.01), AskLater("x", 0.01), ROCK]}))
    queue.add("Pulpit Rock")
    assert queue.wait(SECONDS)
    assert states(queue) == {"Pulpit Rock": "found"}


def test_patience_ends(monkeypatch):
    monkeypatch.setattr(waiting, "TRIES", 2)
    service = Service({"Pulpit Rock": AskLater("later", 0.01)})
    queue = Waiting(service)
    queue.add("Pulpit Rock")
    assert queue.wait(SECONDS)
    assert states(queue) == {"Pulpit Rock": "failed"} and len(service.asked) == 2


def test_one_that_breaks_does_not_stop_the_rest():
    queue = Waiting(Service({"Bad": RuntimeError("bug"), "Pulpit Rock": ROCK}))
    queue.add("Bad")
    queue.add("Pulpit Rock")
    assert queue.wait(SECONDS)
    assert states(queue) == {"Bad": "failed", "Pulpit Rock": "found"}


def test_clear_forgets_what_is_through():
    queue = Waiting(Service({"Pulpit Rock": ROCK}))
    queue.add("Pulpit Rock")
    assert queue.wait(SECONDS)
    queue.clear()
    assert queue.progress().items == () and queue.progress().share == 1
