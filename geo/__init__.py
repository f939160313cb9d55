"""Doubletake: film news in, sourced filming places and story settings out.

The flow, which is also the order in which rooms may import each other (tests/test_rooms.py):

    article    a text, file, page or feed           article, fetch, feeds, archive -> Article
    mentions   the names of places and films in it  mentions, films, language -> Toponyms
    resolve    which place a name means             gazetteer, resolve -> Places
    network    what each name may be                network -> Told
    claims     filmed there or set there, how sure  claims -> Claims
    reading    all of it together                   reading, bulk -> Records
    geocode    one name, online where allowed       geocode, online, answers -> Place
    catalogue  the CSV files, checked               tables, catalogue, checks -> frames
    store      what readers keep, joined to it      store, additions, imports
    view       filters and their address            view, doubles -> rows
    maps       map, pictures, files, static site    maps, picture, export, site

`geo/` knows nothing of Streamlit: app.py and pages/ draw what it gives. `python -m geo` is the same
from the command line (commands/).
"""
