"""What an operator may set, by environment variables. Nothing has to be set.

    DOUBLETAKE_DATA               folder of the catalogue's tables; the project's data/
    DOUBLETAKE_FOLDER             folder to write to: store, answers of geocoders, their pace;
                                  ~/.local/share/doubletake (or under XDG_DATA_HOME)
    DOUBLETAKE_STORE              address of the store's database, postgresql://… or a file;
                                  store.sqlite in the folder above
    DOUBLETAKE_ONLINE             on, to let places be asked for over the network; off
    DOUBLETAKE_GEOCODER           nominatim, photon or pelias; nominatim
    DOUBLETAKE_GEOCODER_ADDRESS   its address; for nominatim and photon their public servers
    DOUBLETAKE_GEOCODER_KEY       a key, where a Pelias wants one
    DOUBLETAKE_GEOCODER_PAUSE     seconds between two questions to it; 1, and never less than
                                  that for the public servers
    DOUBLETAKE_LANGUAGE           language in which geocoders name places, ISO 639-1; en
    DOUBLETAKE_CONTACT            an address or mailbox, for services to reach who runs this
    DOUBLETAKE_USER_AGENT         the whole User-Agent, in place of ours
    DOUBLETAKE_HOME               address at which others open the map, for pictures and embeds
    DOUBLETAKE_TILES              address of map tiles with {z}, {x}, {y}, for pictures of which a
                                  reader wants streets; OpenStreetMap's
    DOUBLETAKE_TILES_CREDIT       who made them, for the foot of the picture

An installation that shares DOUBLETAKE_FOLDER shares its answers and its pace.
"""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from geo.errors import BadInput

DATA = Path(__file__).resolve().parent.parent / "data"
VERSION = "0.1"
PUBLIC = {
    "nominatim": "https://nominatim.openstreetmap.org",
    "photon": "https://photon.komoot.io",
}
GEOCODERS = ("nominatim", "photon", "pelias")
SLOWEST_ALLOWED = 3600.0
PUBLIC_PAUSE = 1.0  # operations.osmfoundation.org/policies/nominatim: at most one a second
TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
TILES_CREDIT = "© OpenStreetMap contributors"
SWITCH = {"on": True, "yes": True, "true": True, "1": True}
SWITCH |= {"off": False, "no": False, "false": False, "0": False, "": False}


@dataclass(frozen=True)
class Settings:
    """The settings in force; `pause` in seconds. The key is kept out of what is printed."""

    data: Path = DATA
    folder: Path = Path("~/.local/share/doubletake")
    store: str = ""
    online: bool = False
    geocoder: str = "nominatim"
    address: str = PUBLIC["nominatim"]
    key: str | None = field(default=None, repr=False)
    pause: float = PUBLIC_PAUSE
    language: str = "en"
    user_agent: str = f"Doubletake/{VERSION} (map of filming locations)"
    home: str = ""
    tiles: str = TILES
    tiles_credit: str = TILES_CREDIT


def settings(environment=None):
    """The settings of the environment (a mapping; os.environ by default).

    Raises BadInput, naming the variable, where a value cannot be used.
    """
    read = _Reader(os.environ if environment is None else environment)
    folder = read.path("FOLDER", _share(read.environment))
    geocoder = read.choice("GEOCODER", GEOCODERS)
    address = read.address("GEOCODER_ADDRESS", PUBLIC.get(geocoder, ""))
    return Settings(
        data=read.path("DATA", DATA),
        folder=folder,
        store=read.text("STORE", str(folder / "store.sqlite")),
        online=read.switch("ONLINE"),
        geocoder=geocoder,
        address=address,
        key=read.text("GEOCODER_KEY", None),
        pause=read.pause("GEOCODER_PAUSE", address),
        language=read.language("LANGUAGE", "en"),
        user_agent=read.user_agent(),
        home=read.home("HOME"),
        tiles=read.text("TILES", TILES),
        tiles_credit=read.text("TILES_CREDIT", TILES_CREDIT),
    )


def _share(environment):
    base = environment.get("XDG_DATA_HOME", "").strip() or "~/.local/share"
    return Path(base) / "doubletake"


class _Reader:
    """One variable after the other, each checked as its kind demands."""

    def __init__(self, environment):
        self.environment = environment

    def text(self, name, default):
        value = self.environment.get(f"DOUBLETAKE_{name}", "").strip()
        if any(ord(character) < 32 for character in value):
            raise _bad(name, "must not hold line breaks or control characters")
        return value or default

    def path(self, name, default):
        return Path(self.text(name, str(default))).expanduser()

    def switch(self, name):
        value = self.text(name, "").lower()
        if value not in SWITCH:
            raise _bad(name, "must be on or off")
        return SWITCH[value]

    def choice(self, name, options):
        value = self.text(name, options[0]).lower()
        if value not in options:
            raise _bad(name, f"must be one of: {', '.join(options)}")
        return value

    def address(self, name, default):
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise _bad(name, "must be an address such as https://nominatim.example.org")
        return value

    def home(self, name):
        return self.address(name, None) + "/" if self.text(name, "") else ""

    def pause(self, name, address):
        try:
            seconds = float(self.text(name, PUBLIC_PAUSE))
        except ValueError:
            seconds = -1.0
        if not 0 <= seconds <= SLOWEST_ALLOWED:
            raise _bad(name, f"must be a number of seconds from 0 to {SLOWEST_ALLOWED:.0f}")
        return max(seconds, PUBLIC_PAUSE) if is_public(address) else seconds

    def language(self, name, default):
        value = self.text(name, default).lower()
        if not re.fullmatch(r"[a-z]{2,3}", value):
            raise _bad(name, "must be the code of a language, such as en or de")
        return value

    def user_agent(self):
        contact = self.text("CONTACT", None)
        ours = Settings.user_agent
        ours = f"{ours[:-1]}; {contact})" if contact else ours
        value = self.text("USER_AGENT", ours)
        if not value.isascii():
            raise _bad("USER_AGENT or DOUBLETAKE_CONTACT", "must be plain ASCII")
        return value


def is_public(address):
    """Whether an address belongs to a server that OpenStreetMap or Komoot run for everybody."""
    host = (urlsplit(address).hostname or "").rstrip(".").lower()
    return host.endswith((".openstreetmap.org", ".komoot.io"))


def _bad(name, what):
    return BadInput(f"The setting DOUBLETAKE_{name} {what}.")
