"""Open the map in the browser."""

import argparse
from importlib import import_module
from typing import Final

from extraction.cli.command import Command


def _run(arguments: argparse.Namespace) -> int:
    """Named here only: the dashboard stands above this package, and no other command loads it."""
    words = ["--port", str(arguments.port), "--address", arguments.address, "--host", arguments.host]
    if arguments.archive:
        words += ["--archive", arguments.archive]
    return int(import_module("dashboard.__main__").main(words))


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=_port, default=8501, metavar="N", help="the port to serve on (default: 8501)"
    )
    parser.add_argument(
        "--address",
        default="127.0.0.1",
        metavar="IP",
        help="the address to serve on (default: 127.0.0.1, this machine alone)",
    )
    parser.add_argument(
        "--host",
        default="",
        metavar="NAME",
        help="a further name under which the map is read, as in the browser; NAME:PORT behind a proxy",
    )


COMMAND: Final = Command(
    "dashboard",
    "open the map in the browser",
    "Serves the map on this machine alone until Ctrl+C. To be read from other machines, it needs an "
    "address that these reach (--address 0.0.0.0: all that this machine has) and the name by which they "
    "call it; whoever reaches it can then read the whole archive, without a password and unencrypted.",
    "conflictmap dashboard --port 8600",
    run=_run,
    arguments=_arguments,
)
