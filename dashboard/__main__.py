"""Start the dashboard: ``python -m dashboard --archive FILE --port N``.

Streamlit reads its settings from ``.streamlit`` in the folder where it is started, so it is started in the
project's own, from wherever this was called. The app finds the archive in the variable CONFLICTMAP_ARCHIVE.
"""

import argparse
import errno
import logging
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from streamlit.web.cli import main as streamlit

from extraction.archive import Archive, ArchiveError, absolute, default_path

_LOG = logging.getLogger(__name__)

_ROOT: Final = Path(__file__).resolve().parent.parent
#: As in .streamlit/config.toml: nobody but this machine is served.
_ADDRESS: Final = "127.0.0.1"


def main(argv: Sequence[str] | None = None) -> int:
    """Serve the map of an archive until Ctrl+C. Returns 2 where there is no archive or the port is taken."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(message)s")
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    parser.add_argument(
        "--archive", metavar="FILE_OR_URL", help="default: your own archive in your data folder"
    )
    parser.add_argument("--port", type=int, default=8501, metavar="N")
    arguments = parser.parse_args(argv)
    where = absolute(arguments.archive or default_path())
    if not arguments.archive:
        _LOG.info("archive: %s", where)
    try:
        Archive(where, create=False).close()
        _check_port(arguments.port)
    except (ArchiveError, OSError) as error:
        _LOG.error("conflictmap: %s", error)
        return 2
    os.environ["CONFLICTMAP_ARCHIVE"] = where
    os.chdir(_ROOT)
    return int(
        streamlit(["run", "dashboard/app.py", f"--server.port={arguments.port}"], standalone_mode=False) or 0
    )


def _check_port(port: int) -> None:
    """Raises ``OSError``, with what to do, where nothing can listen on ``port``."""
    with socket.socket() as probe:
        if os.name == "posix":  # else a port that was let go of just now would count as taken
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_ADDRESS, port))
        except (OSError, OverflowError) as error:
            busy = getattr(error, "errno", None) == errno.EADDRINUSE
            reason = "is in use" if busy else f"cannot be opened ({error})"
            raise OSError(f"port {port} {reason}; choose another: --port N, or make run PORT=N") from error


if __name__ == "__main__":
    sys.exit(main())
