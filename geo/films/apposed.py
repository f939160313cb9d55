"""What is said of a title right after it, as of few other names: "X, from the novel by Y".

    apposed(text, span)          # {"apposed: source"}

What a work is taken from, when it comes out and "as the film is called" are evidence where the
name has no mark and no word for film beside it.
"""

import re

REACH = 110  # characters looked at after a name
CLOSED = r"[\"”“»’›«*_)]*(?:\s?[(\[](?:19|20)\d\d[)\]])?[\"”“»’›«*_)]*"
BOOK = (
    r"(?:novels?|books?|(?:short\s)?stor(?:y|ies)|memoirs?|play|comics?|bestsellers?|Romans?|"
    r"Buch(?:es)?|Bestsellers?|Novelle|roman|livre|récit|nouvelle|novela|libro|relato|bok(?:a|en)?|"
    r"romanen)"
)
KINDS = {
    "source": r",?\s(?:[^,.;!?\n]{0,40}\s)?(?:after|from|on|nach|d[’']après|de|del|en|"
    rf"etter|på)\s(?:(?!\bon\b)[\w’'-]+\s){{0,3}}{BOOK}\b",
    "out": r",?\s(?:which|die|der|das|qui|que|som)\s(?:[\w+-]+\s){0,3}?(?:begins|opens|airs|"
    r"premieres?d?|starts|shows?|screens|streams|läuft|startet|sort|se estrena|har premiere)\b",
    "named": r",\s(?:so (?:der|heißt)|comme s[’']intitule|as (?:it|the \w+) is called)",
}
PATTERNS = {f"apposed: {kind}": re.compile(CLOSED + pattern) for kind, pattern in KINDS.items()}
SIGNS = frozenset(PATTERNS)


def apposed(text, span):
    """The kinds of what follows a name at once, within its line."""
    right = text[span.end : span.end + REACH].split("\n", 1)[0]
    return {sign for sign, pattern in PATTERNS.items() if pattern.match(right)}
