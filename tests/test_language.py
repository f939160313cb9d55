from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BadArticle
from geo.language import READ, detect, name_language, phrases, sentences

SAMPLES = {
    "en": "The crew of the film was in the mountains for two weeks, and they have been seen there.",
    "de": "Der Film wurde in den Bergen gedreht, und das Team ist noch nicht zurück.",
    "fr": "Le film a été tourné dans les montagnes, et l'équipe est restée au village.",
    "es": "La película se rodó en las montañas y el equipo todavía está en el pueblo.",
    "no": "Filmen ble spilt inn i fjellet, og laget har ikke reist fra bygda etter det.",
}
OTHERS = {
    "Italian": "Il film è stato girato nelle montagne, ma la troupe non è più nel paese.",
    "Danish": "Filmen blev optaget i bjergene, og holdet er ikke rejst fra byen efter det, "
    "siger instruktøren, og nu skal der også optages mere ude ved havet.",
    "Swedish": "Filmen spelades in i bergen och laget har inte rest från byn, det är mycket.",
    "Portuguese": "O filme foi rodado nas montanhas, mas a equipe não está mais na vila.",
    "Dutch": "De film werd in de bergen opgenomen en het team is niet meer in het dorp.",
    "Greek": "Η ταινία γυρίστηκε στα βουνά το καλοκαίρι.",
    "Japanese": "この映画はノルウェーで撮影されました。",
}


@pytest.mark.parametrize("code", READ)
def test_languages_read(code):
    assert detect(SAMPLES[code]) == code
    assert phrases(code)


@pytest.mark.parametrize("name", OTHERS)
def test_other_languages_are_named(name):
    assert name_language(OTHERS[name]) == name
    with pytest.raises(BadArticle, match=name):
        detect(OTHERS[name])


def split(text, language="en"):
    return [text[s.start : s.end] for s in sentences(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Mr. Cruise flew to St. Moritz. He left.", "en", 2),
        ("J. J. Abrams shot it in the U.S. last year. It was long.", "en", 2),
        ("“We shot it there.” She smiled. “All of it!” he said.", "en", 3),
        ("Guardians Of The Galaxy Vol. 2 was shot in Atlanta.", "en", 1),
        ("It cost $1.5 million (approx. 1.2 of them abroad). Why? Nobody knows…", "en", 3),
        ("Die Dreharbeiten begannen am 5. Mai in Görlitz. Der Film startet 2026.", "de", 2),
        ("Das Schloss, z. B. die Kapelle, ist bekannt. Mehr nicht.", "de", 2),
        ("Innspillingen startet 12. august i Molde. Filmen kommer neste år.", "no", 2),
        ("¿Dónde se rodó? En Almería. ¡Claro!", "es", 3),
        ("« C'était beau. » Le film sort en mai.", "fr", 2),
    ],
)
def test_sentence_ends(text, language, count):
    assert len(split(text, language)) == count


def test_headings_and_lines_stand_alone():
    text = "Where it was shot\nIt rained. They left.\n\nLocations of “Fallout”\n\nEnd."
    found = list(sentences(text))
    assert [text[s.start : s.end] for s in found if s.heading] == [
        "Where it was shot",
        "Locations of “Fallout”",
    ]
    assert [s.paragraph for s in found] == [0, 1, 1, 2, 3]


def test_hard_wrapped_lines_are_joined():
    line = "The crew of the film went on to the next valley, where they stayed for some weeks"
    text = "\n".join([line, line, line, line, "and left.", "", "The end."])
    assert [s.count("\n") for s in split(text)] == [4, 0]


@given(st.text(alphabet=st.sampled_from("aB .!?\n“”\"'(5\t"), max_size=80))
def test_sentences_cover_everything_but_space(text):
    found = list(sentences(text))
    assert all(s.start < s.end and text[s.start : s.end].strip() for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    inside = sum(len(text[s.start : s.end].split()) for s in found)
    assert inside == len(text.split())
