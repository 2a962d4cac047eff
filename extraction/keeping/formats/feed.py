"""RSS and Atom as they were saved: an entry is an article."""

import hashlib
import io
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from extraction.keeping.formats.format import Article, Format, Source, Unreadable, whole
from extraction.keeping.formats.packed import check_entities

#: A longer feed is none (bytes).
_LIMIT: Final = 50 << 20
#: What begins a line of its own.
_BLOCKS: Final = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "table"}
)


def _read(source: Source) -> Iterator[Article]:
    import feedparser

    data = whole(source, _LIMIT)
    check_entities(data)
    feed = feedparser.parse(io.BytesIO(data))
    if not feed.version:
        raise Unreadable("no feed: neither RSS nor Atom")
    for entry in feed.entries:
        facts = {
            "title": entry.get("title"),
            "published": _day(entry),
            "outlet": entry.get("source", {}).get("title") or feed.feed.get("title"),
            "url": entry.get("link"),
        }
        told = {name: value for name, value in facts.items() if value}
        yield Article(_text(entry), told, _name(entry))


def _name(entry: Any) -> str:
    """What an entry is called whatever others stand beside it: made of its id, or else its address."""
    told = entry.get("id") or entry.get("link") or entry.get("title", "")
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _day(entry: Any) -> str:
    """The day on which an entry came out, on the clock of who wrote it."""
    written = str(entry.get("published") or entry.get("updated") or "")
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(written).date().isoformat()
        except ValueError:
            continue
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}" if parsed else written


def _text(entry: Any) -> str:
    """The longest that an entry tells, without its marks."""
    told = [*(part.get("value", "") for part in entry.get("content", ())), entry.get("summary", "")]
    return max((_plain(html) for html in told), key=len)


def _plain(html: str) -> str:
    import lxml.html

    if not html.strip():
        return ""
    parts: list[str] = []
    for element in lxml.html.fragment_fromstring(html, create_parent="div").iter():
        if element.tag in _BLOCKS:
            parts.append("\n")
        if isinstance(element.tag, str) and element.tag not in ("script", "style"):
            parts.append(element.text or "")
        if element.tag in _BLOCKS and element.tag != "br" and element.tail:
            parts.append("\n")
        parts.append(element.tail or "")
    lines = (" ".join(line.split()) for line in "".join(parts).splitlines())
    return "\n".join(filter(None, lines))


FORMAT: Final = Format(
    "feed",
    reads="RSS or Atom as it was saved, an entry an article",
    endings=(".rss", ".atom", ".xml"),
    read=_read,
    several=True,
    reads_with=("feedparser", "lxml"),
)
