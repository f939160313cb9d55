"""The commands, each a module with `add(subparsers)` that sets `run(options)`."""

from geo.commands import (
    check_data,
    export,
    geocode,
    import_,
    picture,
    read,
    route,
    site,
    toponyms,
    watch,
)

COMMANDS = (
    read,
    watch,
    geocode,
    toponyms,
    picture,
    export,
    route,
    site,
    import_,
    check_data,
)
