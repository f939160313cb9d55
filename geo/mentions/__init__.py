"""Text -> place names and where they stand, not yet which places they mean."""

from geo.mentions.reader import Reader, find_toponyms

__all__ = ["Reader", "find_toponyms"]
