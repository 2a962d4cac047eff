"""What is new: told to an open page when the archive has gained something, and to whoever comes back."""

from datetime import date
from pathlib import Path

import dashboard_world as world
import pytest
from dashboard_visit import PATIENCE, Visit
from playwright.sync_api import Browser, expect

from dashboard import frames as room
from dashboard.sheets import news
from extraction.keeping.archive import Archive
from extraction.records import Reading


def put(archive: Archive, name: str, words: str) -> None:
    """One more text with one claim about Qara."""
    document = world.document(name, words, date(2016, 5, 9), title=f"title {name}")
    qara = world.mention(document, "قارة", "p-qara", name_en="Qara", lat=34.155, lon=36.743)
    archive.put([Reading(document, (qara,), (world.claim(f"c-{name}", document, words, (qara,)),))])


def frames_of(archive: Archive) -> room.Frames:
    return room.build(archive.frames(), archive.version, archive.text, {})


def test_what_an_archive_has_gained_are_the_claims_it_had_not(tmp_path: Path) -> None:
    archive = world.small(tmp_path / "a.sqlite")
    before = frames_of(archive)
    put(archive, "later", "قصف على قارة أمس")
    after = frames_of(archive)
    assert news.gained(before, after) == {"c-later"}
    assert news.gained(after, after) == frozenset()


def test_a_text_has_another_number_once_it_says_something_else(tmp_path: Path) -> None:
    archive = world.small(tmp_path / "a.sqlite")
    before = set(news.numbers(frames_of(archive)))
    assert len(before) == len(archive.documents())
    put(archive, "later", "قصف على قارة أمس")
    first = set(news.numbers(frames_of(archive)))
    put(archive, "later", "قصف على قارة اليوم")
    second = set(news.numbers(frames_of(archive)))
    assert before < first
    assert before < second
    assert first != second


@pytest.mark.browser
def test_an_open_page_says_what_is_new_and_shows_it_and_a_browser_that_returns_is_told(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "archive.sqlite"
    archive = world.small(path)
    with world.serving(path) as address, browser.new_context(locale="en-GB") as context:
        context.set_default_timeout(PATIENCE)
        first = Visit(context.new_page(), address).open()
        pill = first.page.locator(".news .pill")
        first.page.locator("article.card").first.wait_for()
        expect(pill).to_have_count(0)
        put(archive, "later", "قصف على قارة أمس")
        expect(pill).to_contain_text("1 new claim")
        pill.get_by_role("button", name="Show").click()
        expect(first.page.locator("article.card")).to_have_count(1)
        expect(first.page.locator("article.card.fresh")).to_contain_text("أمس")
        first.page.wait_for_function(  # the browser remembers what it was shown
            "n => Object.values(localStorage).some((seen) => seen.split(' ').length === n)",
            arg=len(archive.documents()),
        )
        first.page.close()
        put(archive, "last", "قصف على قارة اليوم")
        second = Visit(context.new_page(), address).open()
        expect(second.page.locator(".news .pill")).to_contain_text("1 new claim since you last looked")
        second.page.locator(".news .show").click()
        expect(second.page.locator("article.card.fresh")).to_contain_text("اليوم")
        expect(second.page.locator("article.card")).to_have_count(1)
        expect(second.page.locator(".news .pill")).to_have_count(0)
        second.unharmed()
    archive.close()
