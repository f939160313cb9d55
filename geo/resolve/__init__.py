"""Toponyms -> the places they mean: the choice between places of the same name."""

from geo.resolve.resolver import Resolver, read_toponyms, resolve

__all__ = ["Resolver", "read_toponyms", "resolve"]
