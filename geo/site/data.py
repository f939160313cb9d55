"""What a page tells machines: schema.org as JSON-LD, and the same for lists of links."""

import json
from urllib.parse import urlsplit

import pandas as pd

from geo import words
from geo.export.ends import TERMS


def dumps(described):
    """JSON-LD that may stand in a page: no tag or entity can begin in it."""
    text = json.dumps(described, ensure_ascii=False, allow_nan=False)
    return text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")


def describe(page, rows, catalogue, picture):
    """The schema.org description of a page as a dict.

    `picture` is (the page's address ending in /, its alt text, its (width, height) in pixels).
    """
    address, alt, (width, height) = picture
    about = {
        "franchises": _franchise,
        "films": _film,
        "places": _place,
        "settings": _place,
    }.get(page.kind, _dataset)(page, rows, catalogue)
    image = {
        "@type": "ImageObject",
        "url": f"{address}picture.png",
        "width": width,
        "height": height,
        "caption": alt,
        "license": TERMS,
        "creditText": "Doubletake contributors",
    }
    return {"@context": "https://schema.org", **about, "url": address, "image": image}


def _franchise(page, rows, catalogue):
    films = catalogue.films.loc[rows["film"].astype("object").unique()]
    parts = [_work(film) for _, film in films.iterrows()]
    return {"@type": "CreativeWorkSeries", "name": page.name, "hasPart": parts}


def _film(page, rows, catalogue):
    work = _work(catalogue.films.loc[page.key])
    sure = rows[rows["certainty"] != "denied"]
    for name, column in (("locationCreated", "filming_place"), ("contentLocation", "setting")):
        ids = [place for place in sure[column].dropna().unique() if place in catalogue.places.index]
        if ids:
            work[name] = [_spot(catalogue.places.loc[place]) for place in ids]
    return work


def _work(film):
    work = {"@type": "TVSeries" if film["kind"] == "series" else "Movie", "name": film["title"]}
    if pd.notna(film["year"]):
        work["dateCreated"] = str(film["year"])
    if film["original_title"]:
        work["alternateName"] = film["original_title"]
    return work


def _place(page, rows, catalogue):
    return _spot(catalogue.places.loc[page.key])


def _spot(place):
    spot = {"@type": "Place", "name": place["name"]}
    if pd.notna(place["latitude"]):
        point = {"latitude": float(place["latitude"]), "longitude": float(place["longitude"])}
        spot["geo"] = {"@type": "GeoCoordinates", **point}
    if place["country"]:
        spot["address"] = {"@type": "PostalAddress", "addressCountry": place["country"]}
    return spot


def _dataset(page, rows, catalogue):
    return {
        "@type": "Dataset",
        "name": "Doubletake: where films were really shot",
        "description": words.summary(rows),
        "license": TERMS,
        "creator": {"@type": "Organization", "name": "Doubletake contributors"},
    }


def followed(address):
    """The address if it is one of the web, else None: nothing else may become a link."""
    try:
        parts = urlsplit(str(address))
    except ValueError:
        return None
    return str(address) if parts.scheme in {"http", "https"} and parts.netloc else None
