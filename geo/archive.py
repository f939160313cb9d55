"""Many articles at once: a folder or a JSON Lines file, read in order, resumed where it stopped."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

from geo.article import MAX_BYTES, from_bytes, from_file, from_text
from geo.errors import BadArticle, BadInput

ENDINGS = (".txt", ".md", ".html", ".htm")
LINES = (".jsonl", ".jsonl.gz", ".ndjson")
FIELDS = ("title", "publisher", "published")


def is_archive(path):
    """Whether a path (str) is a folder or a JSON Lines file rather than one article."""
    return Path(path).is_dir() or str(path).endswith(LINES)


def sources(path):
    """The archive's articles, unread: paths of files, or lines of JSON, as a list or iterator."""
    if Path(path).is_dir():
        files = sorted(p for p in Path(path).rglob("*") if p.suffix.lower() in ENDINGS)
        if not files:
            raise BadInput(f"{path} holds no file that ends in {', '.join(ENDINGS)}.")
        return files
    return _lines(path)


def _lines(path):
    opener = gzip.open if str(path).endswith(".gz") else open
    try:
        with opener(path, "rt", encoding="utf-8", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield f"{path}:{number}", line
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from error


def name(source):
    """What a source is called: its path, or its file and line."""
    return str(source) if isinstance(source, Path) else source[0]


def carried(source):
    """The source as something that can be read on another machine: its name and its bytes."""
    if not isinstance(source, Path):
        return source
    try:
        with source.open("rb") as file:
            return str(source), file.read(MAX_BYTES + 1)
    except OSError:
        return source


def open_article(source):
    """The Article of one source. Raises BadArticle, which names it."""
    if isinstance(source, Path):
        return replace(from_file(source), source=str(source))
    where, line = source
    if isinstance(line, bytes):
        return from_bytes(line, where)
    try:
        row = json.loads(line)
        text, address = row["text"], row.get("url") or row.get("id") or where
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadArticle(f'{where} is not JSON with a "text". Give one object a line.') from error
    article = from_text(str(text), str(address))
    said = {field: str(row[field]) for field in FIELDS if row.get(field)}
    return replace(article, **said)


class Progress:
    """Which articles of an archive are done: a file beside the output, safe against a kill.

    Each line holds the output's length in bytes after an article, and the article's name; what the
    output holds beyond the last such length was cut off in the middle, and is written anew.
    """

    def __init__(self, output):
        self._output, self._path = Path(output), Path(f"{output}.done")
        lines = self._path.read_text(encoding="utf-8").splitlines(True) if self.resumes() else []
        whole = [line.rstrip("\n").split("\t", 1) for line in lines if line.endswith("\n")]
        self.done = {article for _, article in whole}
        with open(self._output, "ab") as file:
            file.truncate(int(whole[-1][0]) if whole else 0)
        text = "".join(f"{length}\t{article}\n" for length, article in whole)
        self._path.write_text(text, encoding="utf-8")

    def resumes(self):
        """Whether an earlier run left something to go on from."""
        return self._path.exists() and self._output.exists()

    def write(self, article, lines):
        """Append the output of one article (text) and note that it is done."""
        with open(self._output, "ab") as file:
            file.write(lines.encode("utf-8"))
            length = file.tell()
        with open(self._path, "a", encoding="utf-8") as file:
            file.write(f"{length}\t{article}\n")

    def finish(self):
        """The whole archive is done: only the output stays."""
        self._path.unlink(missing_ok=True)
