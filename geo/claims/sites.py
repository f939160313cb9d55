"""Names whose form says that they are places': "Bamburgh Castle", "château de Fénelon"."""

import re
from functools import cache, lru_cache

from geo.claims.beside import before, without_beginning
from geo.claims.spot import Spot
from geo.language import phrases
from geo.mentions.lexicon import is_a
from geo.text import Patterns

CAP = r"[A-ZÀ-ÖØ-Þ0-9][^\W_]*(?:[’'-][^\W_]+)*\.?"
LINKS = "of|the|de|la|las|los|le|les|du|des|del|di|da|den|der|a|al|el"
JOIN = rf"(?:\s(?:{LINKS})){{1,2}}\s|\s"
JOIN_OR_AND = rf"(?:\s(?:{LINKS}|y|et|og|and|und|&)){{1,2}}\s|\s"
WORD = r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[’'-][^\W\d_]+)*"
NAME = rf"(?:{WORD})(?:(?:{JOIN})(?:{WORD}))*"
# Between a word for a kind of place and the name of one: "rue de l'Abreuvoir", "Cala di Volpe".
LINK = (
    r"(?:(?:of|von|de|du|des|del|d[eo]s?|d[ao]s?|di|della|dei|delle|van|aan|u)\s)?"
    r"(?:(?:the|la|las|los|le|les|el|den|der)\s)?(?:[ldLD][’'])?"
)
# "Sainte-Lucie-de-Tallano", "Stratford-upon-Avon": names of villages in half of Europe.
HYPHENATED = (
    r"\b[A-ZÀ-Þ][^\W\d_]+(?:-[A-ZÀ-Þ][^\W\d_]+)*"
    r"(?:-(?:de|du|des|la|le|les|lès|lez|sur|sous|en|et|aux|au|upon|on|over|the|by|under|in|am|an|im"
    r"|ob|bei))+"
    r"-(?:[ld][’'])?[A-ZÀ-Þ][^\W\d_]+(?:-[A-ZÀ-Þ][^\W\d_]+)*"
)
LETTERS = re.compile(r"[^\W\d_]+")
REMEMBERED = 65536  # words


def sites(text, sentence, language):
    """The Spots of a sentence that are places by their form, overlapping ones included."""
    known, found = _known(language), []
    line = text[sentence.start : sentence.end]
    likely, forms = _likely(line, language), _forms(language)
    for name in forms.written if likely else ():
        for match in forms[name].finditer(line) if name in likely else ():
            start, end = match.start() + sentence.start, match.end() + sentence.start
            listed = known["listed"].match(text, start, end)
            if listed:
                found.append(Spot(start, listed.end(1), listed[1], "N"))
                start = listed.end()
            if name != "small" or text[start].isupper():
                start = without_beginning(text, start, end, language)
            if start is not None and not _is_other(text, start, end, language):
                found.append(Spot(start, end, text[start:end], "N"))
    return found


def _likely(line, language):
    """The names of the forms that some word of a line may be part of: most lines have none, and
    cost no search."""
    ordinary = _of_no_form(language)
    likely = {"hyphenated"} if "-" in line else set()
    for word in {*LETTERS.findall(line)} - ordinary:
        hinted = _hinted(language, word)
        likely |= hinted
        if not hinted and len(ordinary) < REMEMBERED:
            ordinary.add(word)
    return likely


@lru_cache(maxsize=REMEMBERED)
def _hinted(language, word):
    """The names of the forms that a word may be part of."""
    hints = _hints(language)
    return frozenset(name for name in hints.written if hints[name].fullmatch(word))


@cache
def _of_no_form(language):
    """Words that were looked at, and may be part of no form."""
    return set()


@lru_cache(maxsize=65536)
def is_never(name, language, exact=False):
    """Whether a name is listed as one that is never a place's, or begins with such a name."""
    return bool(_known(language)["exact" if exact else "never"].fullmatch(name))


def _is_other(text, start, end, language):
    """Whether a name that has the form of a place's is a company's or a person's."""
    known, name = _known(language), text[start:end]
    if known["exact"].fullmatch(name) or known["firm"].match(text, end):
        return True
    if known["studio"].search(name) and known["never"].fullmatch(name):
        return True
    left, words = text[max(0, start - 24) : start], name.split()
    if words[-1][0].islower():
        return bool(before(language)["some"].search(left))
    if len(words) != 2 or not (
        is_a(words[0].lower(), "first_names") or known["surname"].fullmatch(words[1])
    ):
        return False
    near = before(language)
    return not (near["strict"].search(left) or near["determined"].search(left))


@cache
def _known(language):
    """The names that are no place's, and others that bear on the forms."""
    words = phrases(language)["places"]
    after, never = "|".join(words["head_after"]), "|".join(words["never"])
    return Patterns(
        {
            "exact": rf"(?i:{never})",
            "never": rf"(?i:(?:{never})(?:\s.*)?)",
            "firm": rf"\s(?:{'|'.join(words['firms'])})\b",
            "surname": rf"(?i:{'|'.join(words['surnames']) or '(?!)'})",
            "studio": r"(?i:studios?)$",
            "listed": rf"(.+?\s(?i:{after}))\s(?:{'|'.join(words['and'][:1])})\s"
            r"(?=[A-ZÀ-Þ]\w+\s\w)",
        }
    )


@cache
def _forms(language):
    """The forms that a language knows."""
    words = phrases(language)["places"]
    before, lower, kinds, compound, after = (
        "|".join(words[name]) or "(?!)"
        for name in ("head_before", "head_lower", "head_kind", "compound", "head_after")
    )
    small = "|".join(_either_case(words["head_small"])) or "(?!)"
    begin, head = (
        rf"(?<![\w’'])(?<!\d[.,])(?:{CAP})",
        rf"\s(?=[A-ZÀ-Þ])(?!St\.?\s[A-Z])(?i:{after})\b",
    )
    return Patterns(
        {
            "after": rf"{begin}(?:(?:’s|'s)?(?:{JOIN_OR_AND})(?:{CAP})){{0,4}}?(?:’s|'s)?{head}"
            rf"(?:(?:\s{CAP}){{0,2}}?{head})*(?:\sof\s(?:the\s)?{NAME})?",
            "before": rf"\b(?:{before})\s{LINK}(?:{NAME})",
            "small": rf"\b(?:{small})\s{LINK}{NAME}",
            "lower": rf"{begin}(?:\s{CAP}){{0,2}}\s(?:(?:{kinds})\s)?(?:{lower})\b",
            "compound": rf"\b[A-ZÀ-ÖØ-Þ][^\W\d_-]*(?:{compound})\b",
            "hyphenated": HYPHENATED,
        }
    )


def _either_case(heads):
    return [*heads, *(head[0].upper() + head[1:] for head in heads)]


@cache
def _hints(language):
    """The words without which a form cannot stand in a sentence."""
    words = phrases(language)["places"]

    def one(name, at):
        heads = _either_case(words[name]) if name == "head_small" else words[name]
        return "|".join(re.split(r"\\s| ", head)[at] for head in heads) or "(?!)"

    compound = "|".join(words["compound"]).replace("-", "") or "(?!)"
    return Patterns(
        {
            "after": rf"(?=[A-ZÀ-Þ])(?i:{one('head_after', -1)})",
            "before": rf"(?:{one('head_before', 0)})".replace(r"\.?", ""),
            "small": one("head_small", 0),
            "lower": one("head_lower", -1),
            "compound": rf"[^\W\d_]*(?:{compound})",
        }
    )
