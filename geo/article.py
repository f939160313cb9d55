"""A text, file or page -> Article: decoded, bounded, and cut down to what a reader reads."""

import re
from dataclasses import replace
from pathlib import Path

from geo.errors import BadArticle
from geo.model import Article

MAX_BYTES = 5_000_000
BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
FORMATS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip file or office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"{\\rtf": "a rich-text document",
}
HTML = re.compile(r"<(!doctype html|html|head|body|article|div|p)\b", re.IGNORECASE)
SOURCE_LINE = re.compile(r"(source:\s*)?https?://\S+", re.IGNORECASE)
LONGEST_TITLE = 200  # characters; a longer first line is a paragraph


def from_file(path):
    """The article in a text, Markdown or HTML file. Raises BadArticle, saying what to do."""
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadArticle(_too_large(path.name))
        return from_bytes(path.read_bytes(), path.name)
    except OSError as error:
        raise BadArticle(f"{path.name} cannot be opened: {error.strerror or error}.") from error


def from_bytes(data, source=""):
    """The article in the bytes of a file or page. Raises BadArticle, saying what to do."""
    name = source or "The text"
    if len(data) > MAX_BYTES:
        raise BadArticle(_too_large(name))
    for magic, kind in FORMATS.items():
        if data.startswith(magic):
            raise BadArticle(f"{name} is {kind}, not text. Copy its text out and paste that.")
    if HTML.search(data[:4096].decode("ascii", "ignore")):
        return _from_html(data, source)
    return from_text(_decoded(data, name), source)


def from_text(text, source=""):
    """The article that a pasted text is; pasted HTML is cut down to its article."""
    if len(text) > MAX_BYTES:
        raise BadArticle(_too_large(source or "The text"))
    if HTML.match(text.lstrip()[:200]):
        return _from_html(text.encode("utf-8", "replace"), source)
    return _checked(Article(text=text.replace("\r\n", "\n").replace("\r", "\n"), source=source))


def _from_html(data, source):
    import trafilatura  # read here: it takes its time, and plain text does without it

    try:
        page = trafilatura.bare_extraction(data, with_metadata=True, include_comments=False)
    except (ValueError, TypeError, LookupError):
        page = None
    if page is None or not page.text:
        raise BadArticle(
            f"No article was found in {source or 'this page'}. Copy its text and paste that."
        )
    title = f"{page.title}\n\n" if page.title and page.title not in page.text[:400] else ""
    return _checked(
        Article(
            text=title + page.text,
            source=source,
            title=page.title,
            publisher=page.sitename,
            published=page.date,
        )
    )


def _decoded(data, name):
    encoding = next((e for bom, e in BOMS.items() if data.startswith(bom)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadArticle(
            f"{name} is not UTF-8 text (byte {error.start + 1:,} makes no letter). "
            "Save it as UTF-8, or paste its text."
        ) from error


def _checked(article):
    name = article.source or "The text"
    if not article.text.strip():
        raise BadArticle(f"{name} is empty. Give an article of a sentence or more.")
    if sum(ord(c) < 32 and c not in "\n\t\f" for c in article.text[:4096]) > 8:
        raise BadArticle(f"{name} is not text. Give a .txt, .md or .html file.")
    if not any(c.isalpha() for c in article.text):
        raise BadArticle(f"{name} holds no words. Give an article of a sentence or more.")
    return article if article.title else replace(article, title=_headline(article.text))


def _headline(text):
    """The first line that is short enough for a headline and is no address, or None."""
    lines = (line.strip(" #*\t\ufeff") for line in text.splitlines())
    first = next((line for line in lines if line and not SOURCE_LINE.fullmatch(line)), "")
    return first if 0 < len(first) <= LONGEST_TITLE else None


def _too_large(name):
    return f"{name} is larger than {MAX_BYTES // 1_000_000} MB. Give the text of one article."
