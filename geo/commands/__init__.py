"""The commands, each a module with `add(subparsers)` that sets `run(options)`."""

from geo.commands import check_data, import_, read

COMMANDS = (read, import_, check_data)
