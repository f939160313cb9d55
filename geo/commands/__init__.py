"""The commands, each a module with `add(subparsers)` that sets `run(options)`."""

from geo.commands import check_data, export, geocode, import_, picture, read, route, watch

COMMANDS = (read, watch, geocode, picture, export, route, import_, check_data)
