"""An article with what was found in it marked, as HTML in which all text is escaped."""

from dataclasses import dataclass
from html import escape

KINDS = {"film": "film", "place": "place", "evidence": "sentence that says so"}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a text; `kind` is one of KINDS, `label` a tooltip."""

    start: int
    end: int
    kind: str
    label: str = ""


def marked(text, spans):
    """`text` as paragraphs of HTML with every span in a <mark>, evidence around the others.

    Spans may nest; where two cross, the later one is cut at the end of the earlier.
    """
    parts, position, open_ends = [], 0, []

    def advance(to):
        nonlocal position
        while open_ends and open_ends[-1] <= to:
            end = open_ends.pop()
            parts.append(_text(text[position:end]) + "</mark>")
            position = end
        parts.append(_text(text[position:to]))
        position = to

    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        advance(span.start)
        end = min([span.end, *open_ends])
        if end > span.start:
            parts.append(_opening(span))
            open_ends.append(end)
    advance(len(text))
    return f'<p class="article">{"".join(parts)}</p>'


def _opening(span):
    title = escape(f"{KINDS[span.kind]}: {span.label}" if span.label else KINDS[span.kind])
    return f'<mark class="{span.kind}" title="{title}">'


def _text(text):
    return escape(text).replace("\n", "<br>")
