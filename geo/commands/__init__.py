"""The commands, each a module with `add(subparsers)` that sets `run(options)`."""

from geo.commands import check_data, import_

COMMANDS = (import_, check_data)
