"""The commands, each a module with `add(subparsers)` that sets `run(options)`.

A module is imported when its command, or help, is asked for: reading needs no drawing.
"""

COMMANDS = {
    "read": "read",
    "watch": "watch",
    "geocode": "geocode",
    "toponyms": "toponyms",
    "picture": "picture",
    "export": "export",
    "route": "route",
    "site": "site",
    "import": "import_",
    "check-data": "check_data",
}
