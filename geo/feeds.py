"""RSS and Atom feeds -> articles: polled politely, each article once.

Polite means: robots.txt is obeyed, ETag and Last-Modified are sent back so that an unchanged feed
costs its server nothing, the program names itself, and no host is asked twice within PAUSE seconds.
"""

import time
from dataclasses import dataclass, replace
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import feedparser

from geo.article import from_bytes, from_text
from geo.errors import BadAddress, BadArticle, CouldNotAsk
from geo.fetch import fetch
from geo.settings import settings

PAUSE = 5.0  # seconds between two questions to the same host
MOST_ENTRIES = 200  # of one feed at one time


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: `text` is what the feed itself holds of the article, as HTML."""

    address: str
    title: str
    published: str | None
    text: str


def entries(data):
    """The entries of a feed (bytes), and its title. Raises BadArticle where it is no feed."""
    feed = feedparser.parse(data)
    if not feed.version:
        raise BadArticle("This is neither RSS nor Atom. Give the address of a news feed.")
    found = [_entry(item) for item in feed.entries[:MOST_ENTRIES]]
    return [entry for entry in found if entry.address], feed.feed.get("title")


def _entry(item):
    day = item.get("published_parsed") or item.get("updated_parsed")
    content = next((part.value for part in item.get("content", [])), item.get("summary", ""))
    link = item.get("link", "")
    return Entry(
        address=link if urlsplit(link).scheme in ("http", "https") else "",
        title=item.get("title", ""),
        published=time.strftime("%Y-%m-%d", day) if day else None,
        text=content,
    )


def told_by_feed(entry, publisher):
    """The Article of what the feed itself holds of an entry. Raises BadArticle for none."""
    text = f"<html><body><article>{entry.text}</article></body></html>"
    return under_entry(from_text(text), entry, publisher)


def under_entry(article, entry, publisher):
    """The Article with the address, title and date that its feed gives it."""
    return replace(
        article,
        source=entry.address,
        title=entry.title or article.title,
        publisher=article.publisher or publisher,
        published=entry.published or article.published,
    )


class Poller:
    """Asks for feeds and their articles, politely. `ask` fetches as geo.fetch.fetch does."""

    def __init__(self, store, ask=fetch, pause=PAUSE, sleep=time.sleep, clock=time.monotonic):
        self._store, self._ask = store, ask
        self._pause, self._sleep, self._clock = pause, sleep, clock
        self._asked, self._robots = {}, {}

    def new_articles(self, feed):
        """Yield the Articles of `feed` (an address) that were not read before, oldest first.

        An article that cannot be fetched is yielded as the error, and tried again next time.
        Raises CouldNotAsk or BadAddress where the feed itself cannot be had.
        """
        known = self._store.polled(feed) or {}
        asked = {"If-None-Match": known.get("etag"), "If-Modified-Since": known.get("modified")}
        data, _, answer, status = self._get(feed, {k: v for k, v in asked.items() if v})
        if status == 304:
            return
        found, publisher = entries(data)
        complete = True
        for entry in reversed(found):
            if self._store.polled(entry.address):
                continue
            try:
                article = self._article(entry, publisher)
            except (BadAddress, BadArticle, CouldNotAsk) as error:
                complete = complete and not isinstance(error, CouldNotAsk)
                yield error
                continue
            yield article
            self._store.remember_poll(entry.address)
        if complete:  # else the next poll must see the feed again, to try what failed
            answer = {name.lower(): value for name, value in answer.items()}
            self._store.remember_poll(feed, answer.get("etag"), answer.get("last-modified"))

    def _article(self, entry, publisher):
        data, address, _, _ = self._get(entry.address)
        try:
            return under_entry(from_bytes(data, address), entry, publisher)
        except BadArticle:
            return told_by_feed(entry, publisher)

    def _get(self, address, headers=None):
        if not self._allowed(address):
            raise BadAddress(f"{urlsplit(address).hostname} asks programs not to read {address}.")
        return self._politely(address, headers)

    def _politely(self, address, headers=None):
        host = urlsplit(address).netloc
        wait = self._asked.get(host, -self._pause) + self._pause - self._clock()
        if wait > 0:
            self._sleep(wait)
        try:
            return self._ask(address, headers)
        finally:
            self._asked[host] = self._clock()

    def _allowed(self, address):
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = rules = RobotFileParser()
            try:
                data, *_ = self._politely(f"{site}/robots.txt")
                rules.parse(data.decode("utf-8", "replace").splitlines())
            except BadAddress:
                raise
            except CouldNotAsk:  # no robots.txt, or none that can be had: nothing is forbidden
                rules.allow_all = True
        return self._robots[site].can_fetch(settings().user_agent, address)
