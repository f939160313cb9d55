"""The commands, each a module with `add(subparsers)` that sets `run(options)`."""

from geo.commands import check_data, read, toponyms

COMMANDS = (read, toponyms, check_data)
