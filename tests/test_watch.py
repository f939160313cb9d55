"""Watching feeds: what is new waits for review, once; one bad article stops nothing."""

import pytest

from geo import bulk
from geo.commands import watch
from geo.errors import CouldNotAsk
from geo.feeds import Poller
from geo.store import Store

FEED = b"""<rss version="2.0"><channel><title>The Paper</title>%s</channel></rss>"""
ITEM = "<item><title>%s</title><link>https://a.example/%s</link></item>"
PAGE = "<html><body><article><h1>%s</h1><p>%s</p></article></body></html>"
TEXT = (
    "The finale of “Mission: Impossible – Fallout” takes place in Kashmir in the film, but it was"
    " shot in Norway, the director said on the set of the film this week."
)


@pytest.fixture
def world(tmp_path):
    """A store, and a function that polls a feed of these {name: page} with the real reader."""
    store = Store(tmp_path / "store.sqlite")

    def _poll(pages):
        items = "".join(ITEM % (name, name) for name in pages).encode()
        answers = {"https://a.example/feed": FEED % items}
        answers |= {f"https://a.example/{name}": page.encode() for name, page in pages.items()}

        def ask(address, headers=None):
            if address not in answers:
                raise CouldNotAsk(f"{address}: 404")
            return answers[address], address, {}, 200

        poller = Poller(store, ask=ask, pause=0)
        return watch.poll("https://a.example/feed", poller, bulk.reader(), store)

    return store, _poll


def test_new_records_wait_for_review_and_come_once(world, capsys):
    store, poll = world
    pages = {"fallout": PAGE % ("Fallout", TEXT), "bad": PAGE % ("12", "34 56")}
    assert poll(pages) and poll(pages)
    waiting = store.records("waiting")
    assert ("Norway", "filming") in set(zip(waiting["place"], waiting["role"], strict=True))
    assert set(waiting["source"]) == {"https://a.example/fallout"}
    assert waiting["fact"].is_unique
    assert "0 new articles" in capsys.readouterr().out.splitlines()[-1]


def test_a_feed_that_cannot_be_had_is_said_and_not_forgotten(world, capsys):
    store, _ = world

    def ask(address, headers=None):
        raise CouldNotAsk("down")

    poller = Poller(store, ask=ask, pause=0)
    assert not watch.poll("https://b.example/feed", poller, None, store)
    assert "https://b.example/feed: " in capsys.readouterr().err


def test_addresses_may_stand_in_a_file(tmp_path):
    (tmp_path / "feeds.txt").write_text("# news\nhttps://a.example/feed\n\n")
    assert watch._listed(str(tmp_path / "feeds.txt")) == ["https://a.example/feed"]
