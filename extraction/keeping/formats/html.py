"""Pages of the web as they were saved: the article without what stands around it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Final

from extraction.keeping.formats.format import Article, Format, Source, Unreadable, decoded, whole

#: Where a page says in what its letters are, in its beginning (bytes).
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HEAD: Final = 4096
#: An article of so many characters is taken for one; of a shorter one the whole page would be.
_SHORT: Final = 50


def _read(source: Source) -> Iterator[Article]:
    import trafilatura
    from trafilatura.settings import DEFAULT_CONFIG

    settings = deepcopy(DEFAULT_CONFIG)
    settings.set("DEFAULT", "min_extracted_size", str(_SHORT))
    found = trafilatura.bare_extraction(
        _letters(whole(source), source.name),
        include_comments=False,
        config=settings,
        with_metadata=True,
        # A day that some sentence names is no day of publication.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or isinstance(found, dict) or not found.text:
        raise Unreadable("no article is found on this page; save its text as .txt")
    facts = {"title": found.title, "published": found.date, "outlet": found.sitename, "url": found.url}
    yield Article(found.text, {name: value for name, value in facts.items() if value})


def _letters(page: bytes, name: str) -> str:
    """The letters of a page: in UTF-8, else in what it says itself, else in what they are likely in."""
    told = _CHARSET.search(page[:_HEAD])
    with suppress(UnicodeDecodeError, LookupError):
        try:
            return page.decode()
        except UnicodeDecodeError:
            if told:
                return page.decode(told[1].decode())
    return decoded(page, name)


FORMAT: Final = Format(
    "html",
    "a page as it was saved; its article is found, menus and the like are left out",
    endings=(".html", ".htm", ".xhtml"),
    read=_read,
    needs=("trafilatura",),
)
