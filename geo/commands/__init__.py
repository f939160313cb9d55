"""The commands, each a module with `add(subparsers)` that sets `run(options)`."""

from geo.commands import check_data, geocode, import_, picture, read, watch

COMMANDS = (read, watch, geocode, picture, import_, check_data)
