"""A network that reads a text once and says what each name in it may be.

    told = Network().read(text, sentences, language, toponyms, KnownTitles(catalogue_names))
    told.title(start, end)           # log odds that this is a film's title
    told.look_at_titles(spans)       # the same for many at once, before they are asked for
    told.role(start, end)            # log odds that this place is one of filming, of story
    told.certainty(start, end)       # log odds that this is confirmed, reported, questioned, denied

What it says is one sign among others: geo/films and geo/claims weigh it with what phrases and names
tell. tokens.py makes numbers of a text, pieces.py of the parts of its words, encoder.py reads each
with those around it, layers.py with the whole text, told.py answers. benchmarks/fit_network.py fits
the weights.
"""

from geo.network.layers import Network
from geo.network.tokens import KnownTitles

__all__ = ["KnownTitles", "Network"]
