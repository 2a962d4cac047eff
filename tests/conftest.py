"""What several tests need: the reference folder and a browser, or a reason to skip; made-up records."""

import hashlib
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import dashboard_world as world
import pytest
from dashboard_visit import PATIENCE, Visit
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from extraction import cli
from extraction.records import Claim, ClaimPlace, Cue, Document, Incident, Mention, Reading

# A test asserts what is right, never how long it took: machines differ, and speed is measured in benchmarks/.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Chromium's own address bar, whose pages would be loaded beside each of ours.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AimEnabled",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long runs are for ``make soak``: where -m does not name them, they stand aside."""
    if "soak" in config.option.markexpr:
        return
    long = [item for item in items if item.get_closest_marker("soak")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder with the reference texts, answers and lists; it is no part of the project."""
    folder = os.environ.get("CONFLICTMAP_REFERENCE")
    if not folder:
        pytest.skip("CONFLICTMAP_REFERENCE does not name the folder with the reference texts")
    return Path(folder)


@pytest.fixture
def new_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user has a home and a data folder with nothing in them."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def conflictmap(new_user: None) -> Iterator[Callable[..., int]]:
    """The command; it sets the root logger up for itself, which the next test finds as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield lambda *arguments: cli.main([str(argument) for argument in arguments])
    root.handlers[:], root.level = handlers, level


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


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=_QUIET) as launched,
    ):
        yield launched


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Starts the dashboard on an archive of ``dashboard_world``, once each; gives its address."""
    with ExitStack() as running:

        @cache
        def start(name: str) -> str:
            archive = tmp_path_factory.mktemp(name) / "archive.sqlite"
            getattr(world, name)(archive).close()
            return running.enter_context(world.serving(archive))

        yield start


@pytest.fixture
def visit(browser: Browser, served: Callable[[str], str]) -> Iterator[Callable[..., Visit]]:
    """Opens a page of a made-up archive; at the end nothing may have gone outside, run or failed."""
    opened: list[Visit] = []

    def start(
        name: str, path: str = "", width: int = 1440, height: int = 1000, theme: str = "light"
    ) -> Visit:
        page = browser.new_page(
            viewport={"width": width, "height": height},
            locale="en-GB",
            color_scheme=theme,  # type: ignore[arg-type]
        )
        page.set_default_timeout(PATIENCE)
        opened.append(Visit(page, served(name)))
        return opened[-1].open(path)

    yield start
    for visited in opened:
        visited.unharmed()
        visited.page.close()


_DOCUMENT = Document(
    doc_id="a",
    text="قال ناشطون إن عشرة قتلوا في قصف على قارة.",
    published=date(2013, 11, 20),
    published_basis="given",
    outlet="sample",
    title="عنوان",
    language="ar",
    sha256="",
)
_MENTION = Mention(
    doc_id="a",
    start=36,
    end=40,
    surface="قارة",
    place_id="qara",
    name_ar="قارة",
    name_en="Qara",
    kind="town",
    admin1="Rural Damascus",
    lat=34.155,
    lon=36.743,
    radius_km=2.0,
    score=0.9,
    method="exact",
    reason="the only place of that name",
)
_CLAIM = Claim(
    claim_id="a:1",
    doc_id="a",
    start=14,
    end=40,
    evidence=_DOCUMENT.text[14:40],
    outlet="sample",
    published=date(2013, 11, 20),
    event_type="shelling",
    stance="asserted",
    actor="",
    actor_bloc="government",
    target="",
    target_bloc="",
    claimant="activists",
    relayed_by="",
    date_start=date(2013, 11, 19),
    date_end=date(2013, 11, 20),
    date_basis="default",
    killed_min=10,
    killed_max=None,
    wounded_min=None,
    wounded_max=None,
    victims="civilians",
    strikes_min=None,
    strikes_max=None,
    weapon="",
    is_total=False,
    confidence=0.75,
    places=(ClaimPlace("qara", 34.155, 36.743, 36, 40), ClaimPlace("", None, None, 36, 40)),
    cues=(Cue("trigger", 28, 31, "noun"), Cue("killed", 14, 23)),
)


class Made:
    """Records for tests of what is done with records, whatever reads them."""

    incident = Incident(
        "i1", "shelling", date(2013, 11, 19), None, ("qara", "adra"), "claimed", 10, None, None, None, 1, 1
    )

    @staticmethod
    def document(doc_id: str = "a", text: str = _DOCUMENT.text) -> Document:
        return replace(_DOCUMENT, doc_id=doc_id, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())

    @staticmethod
    def reading(document: Document | None = None) -> Reading:
        """One mention of Qara and one claim about it, whatever the text says."""
        document = document or Made.document()
        doc_id = document.doc_id
        claim = replace(_CLAIM, doc_id=doc_id, claim_id=f"{doc_id}:1", outlet=document.outlet)
        return Reading(document, (replace(_MENTION, doc_id=doc_id),), (claim,))


@pytest.fixture(scope="session")
def made() -> type[Made]:
    return Made
