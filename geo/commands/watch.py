"""`python -m geo watch`: news feeds, polled politely; new records wait for review."""

import sys
import time

from geo import bulk
from geo.errors import BadInput, DoubletakeError
from geo.feeds import Poller
from geo.reading import without_guesses
from geo.settings import settings
from geo.store import Store
from geo.words import count

LEAST_MINUTES = 5


def add(parser):
    """Add the arguments of the command to its argparse parser."""
    parser.add_argument(
        "feeds", nargs="+", help="addresses of RSS or Atom feeds, or a file of them"
    )
    parser.add_argument("--every", type=int, default=30, metavar="MINUTES", help="default: 30")
    parser.add_argument("--once", action="store_true", help="poll once and end")
    parser.set_defaults(run=run)


def run(options):
    """Poll until interrupted; returns 1 where a single poll failed for every feed."""
    if options.every < LEAST_MINUTES:
        raise BadInput(f"--every is {LEAST_MINUTES} minutes or more: feeds belong to others.")
    feeds = list(dict.fromkeys(address for given in options.feeds for address in _listed(given)))
    store = Store(settings().store)
    poller, reader = Poller(store), bulk.reader(settings().data)
    while True:
        failed = [feed for feed in feeds if not poll(feed, poller, reader, store)]
        if options.once:
            return int(len(failed) == len(feeds))
        time.sleep(options.every * 60)


def poll(feed, poller, reader, store):
    """Read what is new in one feed into the store; False where the feed could not be had."""
    articles = new = 0
    try:
        for article in poller.new_articles(feed):
            if isinstance(article, DoubletakeError):
                print(article, file=sys.stderr)
                continue
            articles += 1
            new += _read(article, reader, store)
    except DoubletakeError as error:
        print(f"{feed}: {error}", file=sys.stderr)
        return False
    told = f"{count(articles, 'new article')}, {count(new, 'new record')} to review"
    print(f"{feed}: {told}", flush=True)
    return True


def _read(article, reader, store):
    try:
        records = without_guesses(reader.read(article).records)
    except DoubletakeError as error:
        print(f"{article.source}: {error}", file=sys.stderr)
        return 0
    return store.add(record.as_dict() for record in records)


def _listed(given):
    if given.startswith(("http://", "https://")):
        return [given]
    try:
        with open(given, encoding="utf-8") as file:
            lines = (line.strip() for line in file)
            return [line for line in lines if line and not line.startswith("#")]
    except OSError as error:
        raise BadInput(f"{given} is neither an address nor a file that can be read.") from error
