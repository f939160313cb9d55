"""Which language a text is in, and where its sentences begin and end.

    language = detect(text)              # "en", or BadArticle naming the language
    for sentence in sentences(text, language): ...

The language is the one whose commonest words the text uses most: enough to tell five languages
apart and to name the neighbours that they are confused with. What each language says about
filming stands in geo/phrases/LANGUAGE.toml, read by `phrases`.
"""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.errors import BadArticle

PHRASES = Path(__file__).resolve().parent / "phrases"
READ = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "no": "Norwegian",
}
# The commonest words of each language, less those that its neighbours share in equal measure.
COMMON = {
    "English": "the and of to in was were is that with for on from has had his which who their "
    "been this are by but they will an it at as not be have would when where after",
    "German": "der die das und ist nicht ein eine einen einem dem den des mit auf für von im zu "
    "wurde wurden sich auch als wird bei nach aus wie war oder über zum zur sind hat es aber "
    "gedreht spielt dreharbeiten",
    "French": "le la les des et est du une dans pour qui que en au aux sur pas par ne ce cette son "
    "sont avec été il elle ont mais plus ou se sa ses leur où d l qu a un "
    "tourné tournage",
    "Spanish": "el la los las que del y una en un con por para fue es se su sus lo como más pero "
    "al son también este esta donde entre ha han muy sin sobre cuando de está "
    "película rodó rodaje",
    "Norwegian": "og er det som på av til ikke har med for en et den ble blir fra men om å var "
    "også seg vil skal etter ved sin sitt hadde over noe ikkje eit ein frå vart blei dei så når nå "
    "mye hvor opp spilt inn",
    "Danish": "og er det som på af til ikke har med for en et den blev bliver fra men om at "
    "var også sig vil skal efter ved sin sit havde over noget så når nu meget hvor op ud blevet "
    "siger mellem uden mod",
    "Swedish": "och är det som på av till inte har med för en ett den blev blir från men om att "
    "var också sig vill ska efter vid sin sitt hade över något så när nu mycket där upp ut jag",
    "Dutch": "de het een en van is niet dat die in op te met voor zijn aan er werd ook als bij "
    "door naar maar wordt deze uit nog over tot werden om hij dan zich hebben heeft wat",
    "Italian": "il di che la e un una è per non del della dei nel sono con le gli si da al alla "
    "anche più come i lo ma questo stato dal nella delle ha suo degli",
    "Portuguese": "o a os as de que e do da em um uma para com não foi no na dos das por mais ao é "
    "são se como mas pelo pela também seu sua ou foram quando nos nas até",
    "Polish": "i w na z do się nie to jest że o jak po za od przez był została był były oraz dla "
    "ale tym które który jego",
    "Czech": "a v na se je že to s z do o k i ve pro byl byla jako by ale jeho které který také po "
    "si jsou při od",
    "Finnish": "ja on ei se että oli hän mutta kun myös kuin ovat ole tai mukaan joka jossa sen "
    "hänen elokuvan kuvattiin",
    "Hungarian": "a az és hogy nem is egy ez volt de meg csak mint van már még el lesz ki azt",
    "Romanian": "și în de la a fost cu pe care este din nu un o să pentru mai ale au al sunt lui",
    "Turkish": "ve bir bu da de için ile olarak olan çok en daha gibi kadar sonra ancak",
    "Indonesian": "yang dan di dari ini untuk dengan pada dalam itu tidak adalah akan juga",
}
SCRIPTS = (
    ("Greek", re.compile(r"[Ͱ-Ͽ]")),
    ("Russian or another language in Cyrillic letters", re.compile(r"[Ѐ-ӿ]")),
    ("Hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("Arabic or a related language", re.compile(r"[\u0600-\u06ff]")),
    ("an Indian language", re.compile(r"[\u0900-\u0dff]")),
    ("Thai", re.compile(r"[\u0e00-\u0e7f]")),
    ("Japanese", re.compile(r"[\u3040-\u30ff]")),
    ("Korean", re.compile(r"[\uac00-\ud7af]")),
    ("Chinese", re.compile(r"[\u4e00-\u9fff]")),
)
FOREIGN = re.compile("[\u0370-\u1fff\u3040-\u9fff\uac00-\ud7af]")  # a letter of any of them
WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 20_000  # characters: far more than the decision needs
_LANGUAGES_OF = {}
for _name, _words in COMMON.items():
    for _word in set(_words.split()):
        _LANGUAGES_OF.setdefault(_word, []).append(_name)


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text[start:end]`; `paragraph` counts from 0; a heading is a short line without a stop."""

    start: int
    end: int
    paragraph: int
    heading: bool = False


def detect(text):
    """The ISO 639-1 code of the text's language. Raises BadArticle where it is not one of READ.

    A text too short to show its language counts as English.
    """
    name = name_language(text)
    for code, known in READ.items():
        if name == known:
            return code
    raise BadArticle(
        f"This text seems to be {name}, which is not read yet. "
        f"Doubletake reads {', '.join(list(READ.values())[:-1])} and {list(READ.values())[-1]}."
    )


def name_language(text):
    """The English name of the language that the text seems to be in."""
    sample = text[:SAMPLE]
    if FOREIGN.search(sample) and (script := _script(sample)):
        return script
    votes = Counter()
    common = filter(_LANGUAGES_OF.__contains__, WORD.findall(sample.lower()))
    for word, times in Counter(common).items():
        for name in _LANGUAGES_OF[word]:
            votes[name] += times / len(_LANGUAGES_OF[word]) ** 0.5
    best = max(COMMON, key=lambda name: votes[name])
    return best if votes[best] else "English"


def _script(sample):
    """Of which of SCRIPTS a good part of the letters are, or None."""
    letters = sum(map(str.isalpha, sample))
    return next((n for n, s in SCRIPTS if len(s.findall(sample)) > letters * 0.3), None)


@cache
def phrases(language):
    """What the language says about films and filming: the tables of geo/phrases/LANGUAGE.toml."""
    with open(PHRASES / f"{language}.toml", "rb") as file:
        return tomllib.load(file)


@cache
def ordinary(language):
    """Words that are no name though a sentence may open with them, in small letters."""
    return frozenset(COMMON[READ[language]].split()) | frozenset(
        phrases(language)["places"]["ordinary"]
    )


_SHORT = (
    "mr mrs ms dr st bros prof sr jr rev gen col lt sgt capt vs etc inc ltd co no nos vol pp ca "
    "approx feat dept est mt ft ave blvd rd u.s u.k u.n d.c l.a n.y e.g i.e a.m p.m a.k.a "
    "z.b d.h u.a bzw ca evtl ggf inkl nr bspw sog usw str hl tel jh "
    "mm mme mlle env p.ex cf av sra sras srta sres dña ud ee.uu pág "
    "kl bl.a f.eks dvs osv mfl m.m pga iflg ref jan feb aug sept sep oct nov dec"
)
_ABBREVIATIONS = frozenset(_SHORT.split())
_STOP = re.compile(r"[.!?…]+(?:[\"”’»›“)\]]+|\s[»›])?(?=\s)")
_BEGINNING = re.compile(r"\s+[\"“”„‘’'«‹»(\[¿¡*_–—-]*\s?(?:[^\W\d_]|\d)")
_LAST_WORD = re.compile(r"[^\s(\"“„«‘]+$")
_BREAK = re.compile(r"\n[ \t\r]*(?:\n[ \t\r]*)+|\n")
_MONTHS = re.compile(
    r"\s+(?:janu|febr|märz|april|mai\b|juni|juli|august|septem|o[kc]tob|novem|de[zs]em|jahr|"
    r"century|staffel|sesong|film|kapittel|teil)",
    re.IGNORECASE,
)


def sentences(text, language="en"):
    """Yield every Sentence of the text in order; none is empty or reaches over a blank line."""
    for number, (start, end) in enumerate(_paragraphs(text)):
        yield from _split(text, start, end, number, language)


def _paragraphs(text):
    """Yield (start, end) of the lines, or of the blocks of lines where they are hard-wrapped."""
    wrapped, start = _is_wrapped(text), 0
    for gap in [*_BREAK.finditer(text), None]:
        if gap and wrapped and gap[0].count("\n") == 1 and gap.start() - _line(text, gap) > 45:
            continue
        end = gap.start() if gap else len(text)
        block = text[start:end]
        if block.strip():
            yield start + len(block) - len(block.lstrip()), start + len(block.rstrip())
        start = gap.end() if gap else end


def _line(text, gap):
    return text.rfind("\n", 0, gap.start()) + 1


def _is_wrapped(text):
    """Whether lines were broken at a margin: most lines are long, and none is very long."""
    lengths = [len(line) for line in text[:SAMPLE].split("\n") if line.strip()]
    full = [length for length in lengths if length > 55]
    return bool(full) and max(lengths) <= 110 and len(full) >= 0.5 * len(lengths) and len(full) > 3


def _split(text, start, end, paragraph, language):
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if _ends_sentence(text, begin, stop, end, language):
            yield Sentence(begin, stop.end(), paragraph)
            begin = stop.end() + len(text[stop.end() : end]) - len(text[stop.end() : end].lstrip())
    if begin < end:
        yield Sentence(begin, end, paragraph, begin == start and _is_heading(text[start:end]))


def _is_heading(line):
    return len(line) < 140 and line.rstrip('"”»“’)')[-1:] not in ".!?…:;,"


def _ends_sentence(text, begin, stop, end, language):
    following = _BEGINNING.match(text, stop.end(), end)
    if not following:
        return stop.end() >= end
    first = following[0][-1]
    if first.islower():
        return False
    if text[stop.start()] != "." or stop.end() - stop.start() > 1:
        return True
    last = _LAST_WORD.search(text, begin, stop.start())
    return not last or not _is_abbreviated(last[0], text, stop, language)


def _is_abbreviated(word, text, stop, language):
    """Whether the full stop belongs to the word before it: Mr., J., U.S., 5. (Mai)."""
    if word.isdigit():
        ordinal = language in {"de", "no"} and len(word) < 3
        return ordinal and bool(_MONTHS.match(text, stop.end()))
    if len(word) == 1 and word.isalpha():
        return word != "I" and (word.isupper() or text[stop.end() + 2 : stop.end() + 3] == ".")
    return word.lower() in _ABBREVIATIONS or bool(re.fullmatch(r"(?:[A-Z]\.-?)+[A-Z]", word))
