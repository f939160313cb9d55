"""The colours of a picture: those of the map, light and dark, and light without a sea.

Marks are of the palette of Okabe and Ito (2008), safe for colour-blind eyes.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as "#rrggbb"; `sea` is None where the picture has no background."""

    sea: str | None
    lake: str
    land: tuple[str, ...]
    coast: str
    border: str
    name: str
    paper: str
    text: str
    soft: str
    filming: str
    story: str
    ink: str
    line: str


LIGHT = Look(
    sea="#d5e3e8",
    lake="#d5e3e8",
    land=("#f6f1e6", "#f2ecdd", "#f7f2ea", "#f0ebe0", "#f4eee0"),
    coast="#b9c7cb",
    border="#cfc4ae",
    name="#857b67",
    paper="#fffdf8",
    text="#1c2a33",
    soft="#5c6870",
    filming="#0072b2",
    story="#c24e00",
    ink="#06283d",
    line="#3d4a55",
)
DARK = Look(
    sea="#12181e",
    lake="#12181e",
    land=("#262d33", "#2a3137", "#23292f", "#2d3439", "#282f34"),
    coast="#3d4a54",
    border="#414b53",
    name="#8a959d",
    paper="#1a2026",
    text="#e9eef1",
    soft="#a6b0b7",
    filming="#56b4e9",
    story="#f0a830",
    ink="#dff2ff",
    line="#c3ccd3",
)
LOOKS = {"light": LIGHT, "dark": DARK, "transparent": replace(LIGHT, sea=None)}
