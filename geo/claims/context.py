"""What is known about a sentence before its places get their roles."""

from dataclasses import dataclass, field

from geo.claims.cues import breaks, contrasts, cues
from geo.claims.pairs import find_pairs
from geo.claims.senses import of_sentence, tokens
from geo.claims.skeleton import Skeleton


@dataclass(slots=True)
class Context:
    """Sentence `number` of a text: its skeleton, what was found in it, and where it stands.

    `about` counts the phrases of the text that speak of filming, `passage` those of the paragraph
    up to here and half of what came before; `place` is where the sentence stands, 0 to 1; `beside`
    are the sentences before and after it and the headline, in small letters;
    `elsewhere` is what the other sentences say of its places, once all are known; `told` is what
    the network makes of the text, or None. `kinds` and `reached` hold what features.py has worked
    out for a group, `sums` what roles.py has and `doubts` what
    certainty.py has, as it is asked for several times.
    """

    number: int
    skeleton: Skeleton
    language: str
    text: str
    sentence: object
    about: int
    passage: int
    place: float
    has_film: bool
    beside: tuple = ("", "", "")
    cues: list = field(default_factory=list)
    contrasts: list = field(default_factory=list)
    breaks: list = field(default_factory=list)
    pairs: dict = field(default_factory=dict)
    tokens: list = field(default_factory=list)
    senses: list = field(default_factory=list)
    elsewhere: object = None
    told: object = None
    kinds: dict = field(default_factory=dict)
    reached: dict = field(default_factory=dict)
    sums: dict = field(default_factory=dict)
    doubts: dict = field(default_factory=dict)

    def __post_init__(self):
        line = self.skeleton.line
        self.cues = cues(line, self.language)
        self.contrasts = contrasts(line, self.language)
        self.breaks = breaks(line, self.language)
        self.tokens = tokens(line)
        self.senses = list(of_sentence(self.tokens, self.language))
        self.pairs = find_pairs(self.skeleton, self.text, self.language)
