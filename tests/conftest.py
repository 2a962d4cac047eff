"""What several tests need: the reference folder and a browser, or a reason to skip."""

import os
import shutil
from pathlib import Path

import pytest

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder with the reference texts, answers and lists; it is no part of the project."""
    folder = os.environ.get("CONFLICTMAP_REFERENCE")
    if not folder:
        pytest.skip("CONFLICTMAP_REFERENCE does not name the folder with the reference texts")
    return Path(folder)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium: $CHROMIUM, or the first one on the PATH.

    Where CONFLICTMAP_REQUIRE_BROWSER is set, having none is a failure and no skip.
    """
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found:
        return found
    missing = "no Chromium found: install the package chromium, or set CHROMIUM to its path"
    if os.environ.get("CONFLICTMAP_REQUIRE_BROWSER"):
        pytest.fail(missing)
    pytest.skip(missing)
