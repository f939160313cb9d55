"""Toponyms -> the places they mean: the choice between places of the same name."""

from dataclasses import replace

from geo.gazetteer import Gazetteer, place_of
from geo.text import fold


def resolve(toponyms, text, gazetteer=None, near=None, extra_names=None):
    """The Toponyms with their places; a name that nothing is known of keeps None.

    `near` is a Place or Entry that the text is about; `extra_names` maps folded names to tuples
    of Entry, which outrank the gazetteer's.
    """
    gazetteer = gazetteer or Gazetteer.open()
    return [replace(t, place=chosen(t.text, gazetteer, extra_names or {})) for t in toponyms]


def chosen(name, gazetteer, extra_names):
    entries = extra_names.get(fold(name)) or gazetteer.lookup(name)
    entry = entries[0] if entries else gazetteer.demonym(name)
    return place_of(entry) if entry else None
