"""How sure a sentence is of what it says about a place: confirmed, reported, questioned, denied.

What speaks for each is weighed (features below): the phrases of geo/phrases in the clause of the
place, in its sentence, in the sentences beside it and in the headline, the words around, and what
the network makes of the place. The weights (certainty.json) were fitted by logistic regression on
articles, tests/retold and tests/passages; benchmarks/fit_certainty.py fits them on.
"""

from functools import cache, lru_cache
from itertools import pairwise
from math import inf
from pathlib import Path

from geo.language import phrases
from geo.model import CERTAINTIES
from geo.text import Patterns, one_of
from geo.weighing import Weights, rounded

WEIGHTS = Path(__file__).with_name("certainty.json")
WEIGHED = Weights(WEIGHTS, CERTAINTIES)
MOST = 6  # log odds up to which the network is believed
# What is added to a sum where phrases alone say the first and the second is weighed: what they say
# plainly is not lightly overruled.
# A place that is denied and drawn is worse than one that is left out.
LEAN = {
    ("reported", "reported"): 2.0,
    ("denied", "denied"): 5.0,
    ("reported", "denied"): 2.4,
    ("confirmed", "denied"): 1.4,
}
WORDS, NEAR = 10, 3  # looked at on either side
BESIDE = 30  # characters between a place and "instead"
STEM, PHRASE = 7, 12  # letters by which a word, and a phrase, is known
PLACE = "\ue000"  # no letter of a word: a place or a film of a skeleton's line


@cache
def _patterns(language):
    words = phrases(language)["certainty"]
    fill = "|".join(phrases(language)["places"]["article"])
    return Patterns(
        {
            "reported": rf"\b(?:{'|'.join(words['reported'])})\b",
            "second_hand": rf"\b(?:{'|'.join(words['second_hand'])})\b",
            "granted": rf"\b(?:{'|'.join(words['granted'])})\b",
            "denied": rf"(?:{'|'.join(words['denied'])})\b",
            "here": rf"\b(?:{'|'.join(words['denied_here'])})\s(?:(?:{fill})\s)?$",
            "negated": rf"\b(?:{'|'.join(words['negated'])})\b[^:;.!?]*:\s",
            "instead before": rf"\b(?:{'|'.join(words['instead'])})\b[^.;!?]*$",
            "instead after": rf"[^.;,!?]*?\b(?:{'|'.join(words['instead'])})\s*(?=[.;,!?]|$)",
        }
    )


@cache
def _any_of(language):
    """{class: pattern of its phrases}: whether there is one is sooner known than which it is."""
    words = phrases(language)["certainty"]
    written = {kind: rf"\b(?:{one_of(words[kind])})\b" for kind in CERTAINTIES}
    written["denied"] = rf"(?:{one_of(words['denied'])})\b"  # some begin with what is no word
    return Patterns(written)


def certainty(context, group):
    """The certainty of what a Context says about a group of places."""
    return judged(context, group)[-1]


def judged(context, group):
    """(what phrases alone say about a group of places, {certainty: the sum of its weights}, what
    follows from both)."""
    if group.at not in context.doubts:
        simple = plainly(context, group.at)
        sums = WEIGHED.sums(doubts(context, group, simple))
        turned = simple == "confirmed" and turns(context, group.at)
        weighed = sums | {"denied": -inf} if turned else sums
        context.doubts[group.at] = simple, sums, judge(simple, weighed)
    return context.doubts[group.at]


def turns(context, at):
    """Whether a word of contrast parts a place from a denial before it: "not in X, but in Y", or it
    stands for the one that is denied: "the plan was dropped and they went to Y instead"."""
    line = context.skeleton.line
    start, _ = _clause(at, context.contrasts, len(line))
    denied = _patterns(context.language)["denied"]
    return bool(start and denied.search(line[:start])) or _is_instead(context, at)


def _is_instead(context, at):
    """Whether a place took that of one that is denied before it in its sentence, or stands behind
    the colon after what is not so: "the film never left the lot: it was shot at"."""
    line, known = context.skeleton.line, _patterns(context.language)
    negated = known["negated"].search(line, 0, at)
    _, end = _clause(at, context.contrasts, len(line))
    if negated and not known["denied"].search(line, negated.end(), end):
        return True
    left, right = line[max(0, at - BESIDE) : at], line[at + 1 : at + 1 + BESIDE]
    beside = known["instead before"].search(left) or known["instead after"].match(right)
    return bool(beside) and bool(known["denied"].search(line[:at]))


def judge(simple, sums):
    """The certainty, given what phrases alone say and the sum of the weights for each class.

    Who asks, or speaks of a rumour, leaves nothing to weigh.
    """
    if simple == "questioned":
        return simple
    return max(CERTAINTIES, key=lambda name: sums[name] + LEAN.get((simple, name), 0.0))


def doubts(context, group, simple):
    """The features by which the certainty is judged, as a set; `simple` is what phrases say."""
    line, at = context.skeleton.line, group.at
    start, end = _clause(at, context.contrasts, len(line))
    clause = line[start:end]
    before, after, headline = context.beside
    found = {f"plainly {simple}", *_of_network(context, group)}
    parts = {"clause": clause, "sentence": line, "before": before, "after": after}
    for where, part in {**parts, "headline": headline}.items():
        found |= {f"{kind} in {where}" for kind in _kinds(part, context.language)}
    known = _patterns(context.language)
    for kind in {"reported", "denied"}.intersection(_kinds(clause, context.language)):
        found |= {f"{kind}: {match[0][:PHRASE]}" for match in known[kind].finditer(clause)}
    if _asks(line):
        found.add("question")
    if _asks(headline):
        found.add("headline asks")
    if context.sentence.heading:
        found.add("heading")
    return found | _words([token for token in context.tokens if start <= token[0] < end], at)


def _of_network(context, group):
    """What the network says of the first place of a group, as rounded log odds."""
    if context.told:
        told = context.told.certainty(group.spots[0].start, group.spots[0].end)
        for name, odds in zip(CERTAINTIES, told, strict=True):
            yield f"network: {name} {rounded(odds, MOST)}"


@lru_cache(maxsize=256)
def _kinds(part, language):
    """Of which of CERTAINTIES a sentence, or a part of one, has a phrase."""
    known = _any_of(language)
    return [kind for kind in CERTAINTIES if part and known[kind].search(part)]


def plainly(context, at):
    """What the phrases of a place's clause say by themselves.

    A phrase holds for its clause, up to a word of contrast ("but", "while"); a denial counts more
    than all, and what is confirmed more than its having been reported.
    """
    line, known = context.skeleton.line, _patterns(context.language)
    if known["here"].search(line[max(0, at - 50) : at]):
        return "denied"
    said = _kinds(_own_clause(context, at), context.language)
    if "denied" in said and not _is_instead(context, at):
        return "denied"
    if "questioned" in said or (_asks(line) and not known["granted"].match(line)):
        return "questioned"
    return "reported" if "reported" in said and "confirmed" not in said else "confirmed"


def is_doubted(context, at):
    """Whether a phrase of a place's clause doubts it, and not just a question mark."""
    return "questioned" in _kinds(_own_clause(context, at), context.language)


def is_second_hand(context, at):
    """Whether a phrase of a place's clause says that another says so."""
    known = _patterns(context.language)["second_hand"]
    return bool(known.search(_own_clause(context, at)))


def _own_clause(context, at):
    """The clause of a sentence in which position `at` lies."""
    line = context.skeleton.line
    return line[slice(*_clause(at, context.contrasts, len(line)))]


def _asks(line):
    return line.rstrip('"”»’) \n')[-1:] == "?"


def _clause(at, contrasts, length):
    start = max([c for c in contrasts if c <= at], default=0)
    return start, min([c for c in contrasts if c > at], default=length)


def _words(tokens, at):
    """The words of a clause, and which of them stand near position `at`, and in what order."""
    here = next((n for n, (start, _) in enumerate(tokens) if start >= at), len(tokens))
    words = [token[:STEM] if token < PLACE else "PLACE" for _, token in tokens]
    found = {f"word: {word}" for word in words}
    found |= {f"pair: {one} {two}" for one, two in pairwise(words)}
    sides = {"before": words[max(0, here - WORDS) : here][::-1], "after": words[here + 1 :][:WORDS]}
    for side, near in sides.items():
        found |= {f"{side}: {word}" for word in near}
        found |= {f"{side} {n}: {word}" for n, word in enumerate(near[:NEAR])}
    return found
