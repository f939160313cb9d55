"""Which places a name cannot mean for the way it is spelt: letters that a country does not write.

Folded, "Sæbø" is also a village on the Ivory Coast, and "Chinchón" a town in Korea.
"""

import unicodedata

NORDIC = frozenset("NO SE DK FI IS FO GL AX SJ".split())
HOMES = {
    "å": NORDIC, "ø": NORDIC, "æ": NORDIC, "ð": NORDIC, "þ": NORDIC,
    "ñ": frozenset("ES MX AR CO CL PE UY EC BO CR CU DO GT PA PY VE HN NI SV PR PH US AD".split()),
    "ß": frozenset("DE AT LI LU BE IT".split()),
    "ł": frozenset({"PL"}), "ő": frozenset("HU RO RS SK".split()),
    "ř": frozenset({"CZ"}), "ů": frozenset({"CZ"}), "ě": frozenset({"CZ"}),
    "ğ": frozenset("TR AZ CY".split()),
    "ã": frozenset("PT BR AO MZ CV ST GW TL VN".split()),
}  # fmt: skip
# Here no language that is written in Latin letters puts accents on vowels.
PLAIN = frozenset("PH IN MY ID SG KE GH NG JM AU NZ ZA TH KR JP CN".split())
ACCENTED = frozenset("áéíóúàèìòùâêîôûäöü")
# Towns larger than this have names of their own in many languages: Moskva, Zürich.
LARGE = 150_000


def may_mean(surface, title, country, kind, population):
    """Whether a name as it is written may mean a place of that title in that country."""
    if surface.isascii() or kind not in ("town", "admin2", "admin3"):
        return True
    if kind == "town" and population > LARGE:
        return True
    small = unicodedata.normalize("NFC", surface.lower())
    if country in PLAIN and not ACCENTED.isdisjoint(small):
        return False
    if any(country not in HOMES[letter] for letter in small if letter in HOMES):
        return False
    return not _other_accents(small, unicodedata.normalize("NFC", title.lower()))


def _other_accents(one, other):
    """Whether two spellings of the same length have different accents on the same letter."""
    plain = "".join(c for c in other if c.isalnum() or c in " -")
    if len(plain) != len(one):
        return False
    pairs = [(a, b) for a, b in zip(one, plain, strict=True) if a != b]
    return any(_base(a) == _base(b) and a != _base(a) and b != _base(b) for a, b in pairs)


def _base(letter):
    return unicodedata.normalize("NFD", letter)[0]
