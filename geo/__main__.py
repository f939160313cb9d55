"""The command line: `python -m geo COMMAND`. One file a command in geo/commands/."""

import argparse
import sys
from importlib import import_module

from geo.commands import COMMANDS
from geo.errors import DoubletakeError


def main(arguments=None):
    """Run one command; the exit status is 0, or 1 where the input or a service failed."""
    parser = argparse.ArgumentParser(
        prog="python -m geo",
        description="Film news in, sourced filming places and story settings out.",
    )
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    given = sys.argv[1:] if arguments is None else arguments
    for command, (module, does) in COMMANDS.items():
        own = subparsers.add_parser(command, help=does)
        if [command] == given[:1]:
            import_module(f"geo.commands.{module}").add(own)
    options = parser.parse_args(given)
    try:
        return options.run(options) or 0
    except DoubletakeError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output, such as `head`, has had enough
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
