"""What speaks for and against a role of a group of places, as a list of readable features.

A phrase reaches for the places near it. What it costs to reach one is a point for each word in
between, more for each clause and each other place. The features say what kind of phrase reaches
the group from which side at what cost, what kind of name it is, and what the passage is about;
what the words around speak of (senses.py) and how the name stands among them (frame.py).
"""

import re

from geo.claims.beside import is_in, is_located
from geo.claims.cues import KINDS, after, places_between, words_between
from geo.claims.frame import describe_frame
from geo.claims.senses import around
from geo.claims.skeleton import ANY_PLACE, only_orients
from geo.weighing import rounded

CONTRAST, BREAK, PLACE, COMMA = 9, 3, 2, 2
SURE = 8  # cost at which a phrase about filming needs no weighing
SURE_AFTER = 5  # the same for one that stands behind it
INITIALS = 3  # letters: U.S., UK
SET_IN = 6  # cost at which a phrase that a story is set in a place needs no weighing
COPULA = re.compile(
    r"\b(?:is|was|are|were|lies?|stands?|belongs to|liegt|steht|ist|está|están|est|se trouve|ligger"
    r"|er)"
    r"\s(?:[^\W\d]+\s){0,4}(?:the |der |das |den |dem |la |le |el )?$"
)
ALONE = re.compile(rf"[\W\d_]*{ANY_PLACE}(?:[\W\d_]|{ANY_PLACE})*")
STEPS = ((3, "at once"), (7, "near"), (13, "far"), (24, "farther"))
FAR = STEPS[2][0]
MOST = 6  # log odds up to which the network is believed
SPEAKS_OF_STORY = re.compile(r"near (?:before|after)|wide |fictional: True").match


def describe(context, index):
    """The features of group `index` of a Context."""
    group = context.skeleton.groups[index]
    spot = group.spots[0]
    found = [*_of_name(context, group, spot), *_of_text(context, index, spot)]
    found += _of_network(context, group)
    found += _of_phrases(context, group, spot.kind)
    found += [*_of_words(context, group, spot.kind), f"plain: {plain(context, index)}"]
    found.append(f"a story is spoken of: {any(map(SPEAKS_OF_STORY, found))}")
    if context.elsewhere:
        found += context.elsewhere.describe(context.sentence.start, index)
    return found


def _of_name(context, group, spot):
    located = is_located(context.text, spot, context.language)
    yield f"name: {spot.kind}"
    yield f"located: {located}"
    yield f"name: {spot.kind}, located: {located}"
    yield f"precision: {spot.place.precision if spot.place else None}"
    yield f"adjective: {spot.adjective}"
    yield f"fictional: {spot.fictional or bool(spot.place and spot.place.precision == 'fictional')}"
    if len(group.spots) > 1:
        yield "listed"
    if group.coarse:
        yield "lies in"
    if is_followed(context, group):
        yield "followed by what it is otherwise"


def is_followed(context, group):
    """Whether what stands right after the name says that it is no filming place."""
    return bool(after(context.language).match(context.skeleton.line, group.at + 1))


def _of_network(context, group):
    """What the network says of the group's places, as rounded log odds of the likeliest."""
    if not context.told:
        return
    told = [context.told.role(spot.start, spot.end) for spot in group.spots]
    filming, story = map(max, zip(*told, strict=True))
    yield f"network: filming {rounded(filming, MOST)}"
    yield f"network: story {rounded(story, MOST)}"
    best = max(context.told.place(spot.start, spot.end) for spot in group.spots)
    yield f"network: place {rounded(best, MOST)}"
    yield f"name: {group.spots[0].kind}, network: place {best > 0}"


def _of_text(context, index, spot):
    sentence = context.sentence
    yield f"about filming: {min(context.about // 2, 4)}"
    yield f"passage: {min(context.passage, 4)}"
    yield f"film named: {context.has_film}"
    if sentence.heading:
        yield "heading"
    if spot.start - sentence.start < 6:
        yield "first"
    if sentence.end - spot.end < 3:
        yield "last"
    if spot.text.isupper() and len(spot.text) > INITIALS:
        yield f"in capitals, heading: {bool(sentence.heading)}"
    if context.place > 0.85:
        yield "end of the text"
    if is_alone(context):
        yield "alone"
    if COPULA.search(context.skeleton.line[: context.skeleton.groups[index].at]):
        yield "is in"


def _of_phrases(context, group, kind):
    costs = {}
    for cost, side, name in reached(context, group):
        if (side, name) == ("after", "other"):
            continue
        if cost <= STEPS[-1][0]:
            key = (name, side)
            costs[key] = min(cost, costs.get(key, 99))
    for (name, side), cost in costs.items():
        step = next(word for limit, word in STEPS if cost <= limit)
        yield f"{name} {side} {step}"
        yield f"{name} {side}"
    for name in KINDS:
        if not any(key[0] == name for key in costs):
            yield f"no {name}"
    if costs:
        (name, side), cost = min(costs.items(), key=lambda pair: pair[1])
        yield f"nearest: {name} {side}"
        yield f"nearest: {name}, name: {kind}"
        yield f"nearest: {name} {side} {next(word for limit, word in STEPS if cost <= limit)}"


def _of_words(context, group, kind):
    line, language = context.skeleton.line, context.language
    yield from context.senses
    yield from around(context.tokens, group.at, language)
    cost, side, cue = min(reached(context, group), default=(FAR + 1, "", ""))
    nearest = (cue, side) if cost <= FAR else ("none", "")
    yield from describe_frame(line, group.at, kind, language, nearest)


def plain(context, index):
    """What a phrase right beside the group says it is, or "open"."""
    if index not in context.kinds:
        context.kinds[index] = _plain(context, index)
    return context.kinds[index]


def _plain(context, index):
    groups = context.skeleton.groups
    if index in context.pairs:
        return "pair, filming"
    if all(spot.fictional for spot in groups[index].spots):
        return "fictional"
    if index in context.pairs.values():
        return "pair, story"
    if is_set_in(context, index):
        return "set in"
    if only_orients(context.skeleton, index, context.language):
        return "orients"
    return "shot in" if is_shot_in(context, index) else "open"


def is_alone(context):
    """Whether the sentence is a place's name and nothing else, as in a list."""
    return bool(ALONE.fullmatch(context.skeleton.line))


def reached(context, group):
    """[(what it costs a phrase to reach the group, side on which it stands, kind of phrase)]."""
    if group.at not in context.reached:
        context.reached[group.at] = [_reach(context, group, cue) for cue in context.cues]
    return context.reached[group.at]


def _reach(context, group, cue):
    line, at = context.skeleton.line, group.at
    side, start, end = ("before", cue.end, at) if cue.end <= at else ("after", at + 1, cue.start)
    cost = words_between(line, start, end) + PLACE * places_between(line, start, end)
    cost += COMMA * line.count(",", start, end)
    cost += CONTRAST * sum(start <= b < end for b in context.contrasts)
    cost += BREAK * sum(start <= b < end for b in context.breaks)
    return cost, side, cue.kind


def is_shot_in(context, index):
    """Whether a phrase about filming stands before the group, and nothing is nearer."""
    group = context.skeleton.groups[index]
    spot = group.spots[0]
    known = is_in if spot.kind == "U" else is_located
    if not known(context.text, spot, context.language):
        return False
    costs = [r for r in reached(context, group) if r[1:] != ("after", "other")]
    near = min((r for r in costs if r[1] == "before"), default=None)
    if near and near[2] == "strong" and near[0] <= SURE:
        return True
    best = min(costs, default=None)
    return (
        is_in(context.text, spot, context.language)
        and bool(best)
        and best[2] == "strong"
        and best[0] <= SURE_AFTER
    )


def is_set_in(context, index):
    """Whether a phrase that the story plays there stands right before the group."""
    group = context.skeleton.groups[index]
    near = [(cost, kind) for cost, side, kind in reached(context, group) if side == "before"]
    if not near or min(near)[1] != "near" or min(near)[0] > SET_IN:
        return False
    spot = group.spots[0]
    return spot.kind != "U" or is_in(context.text, spot, context.language)
