"""Start the dashboard: ``python -m dashboard --archive FILE --port N``.

The app finds the archive in the variable CONFLICTMAP_ARCHIVE.
"""

import argparse
import errno
import ipaddress
import logging
import os
import re
import socket
import sys
from collections.abc import Sequence

from dashboard import ARCHIVE, server
from extraction.keeping.archive import Archive, ArchiveError, absolute, default_path

_LOG = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Serve the map of an archive until Ctrl+C. Returns 2 where there is no archive or the port is taken."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(message)s")
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    parser.add_argument(
        "--archive", metavar="FILE_OR_URL", help="default: your own archive in your data folder"
    )
    parser.add_argument("--port", type=int, default=8501, metavar="N")
    parser.add_argument("--address", default=server.LOOPBACK, metavar="IP")
    parser.add_argument("--host", default="", metavar="NAME")
    arguments = parser.parse_args(argv)
    where = absolute(arguments.archive or default_path())
    if not arguments.archive:
        _LOG.info("archive: %s", where)
    try:
        wide = _wide(arguments.address, arguments.host)
        Archive(where, create=False).close()
        listening = _listen(arguments.address, arguments.port)
    except (ArchiveError, OSError, ValueError) as error:
        _LOG.error("conflictmap: %s", error)
        return 2
    if wide:
        _LOG.warning(
            "Whoever reaches port %d of this machine can read this whole archive, without a password and "
            "unencrypted. It answers to the name %s alone.",
            arguments.port,
            arguments.host,
        )
    os.environ[ARCHIVE] = where
    with listening:
        server.serve(listening, arguments.host)
    return 0


def _wide(address: str, host: str) -> bool:
    """Whether other machines are to be served. Raises ``ValueError``, with what to do."""
    try:
        loopback = ipaddress.ip_address(address).is_loopback
    except ValueError:
        raise ValueError(f"--address {address} is no address of this machine, as 0.0.0.0 is") from None
    if host and not re.fullmatch(r"(\w[\w.-]*|\[[0-9a-fA-F:]+\])(:\d{1,5})?", host, re.ASCII):
        raise ValueError(f"--host {host} is no name: give it as in the browser's address, as map.example.org")
    if not loopback and not host:
        raise ValueError(
            f"--address {address} serves other machines, and needs the name by which these call this one: "
            "--host NAME (or its address, as in the browser)"
        )
    return not loopback


def _listen(address: str, port: int) -> socket.socket:
    """Raises ``OSError``, with what to do, where nothing can listen there."""
    try:
        return server.listen(address, port)
    except (OSError, OverflowError) as error:
        busy = getattr(error, "errno", None) == errno.EADDRINUSE
        reason = "is in use" if busy else f"cannot be opened at {address} ({error})"
        raise OSError(f"port {port} {reason}; choose another: --port N, or make run PORT=N") from error


if __name__ == "__main__":
    sys.exit(main())
