"""The commands, each a module with `add(parser)` that sets `run(options)`.

A module is imported when its command is asked for: reading needs no drawing, help needs none.
"""

# Command -> (module, what it does).
COMMANDS = {
    "read": ("read", "read articles: records of who filmed what where"),
    "watch": ("watch", "poll news feeds; what is new waits for review"),
    "geocode": ("geocode", "find where places are"),
    "toponyms": ("toponyms", "find and place the place names of texts"),
    "picture": ("picture", "draw the map as PNG, SVG or PDF"),
    "export": ("export", "write scenes as CSV, GeoJSON, KML, GPX, My Maps"),
    "route": ("route", "order places for a visit, as GPX or KML"),
    "site": ("site", "write a static site of the catalogue"),
    "import": ("import_", "take filming places from open data"),
    "check-data": ("check_data", "check the catalogue, row by row"),
}
