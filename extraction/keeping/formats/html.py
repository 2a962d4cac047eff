"""Pages: read, the article of one that was saved; written, one file with a map that needs no network."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from datetime import date
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Final

import xstatic.pkg.leaflet

from extraction.keeping.contents import Contents
from extraction.keeping.formats.format import Article, Format, Source, Unreadable, decoded, whole
from extraction.keeping.points import points, told
from extraction.lexicon.titles import english
from gazetteer.outlines import built_in

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


_PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>$what</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; \
style-src 'unsafe-inline'; img-src data:">
<style>$styles</style></head><body>
<header><h1>$what</h1><p>$notice</p></header>
<main id="map" aria-label="map"></main><section id="list" aria-label="claims"></section>
<div id="time"><svg role="group" aria-label="days"></svg>
<div id="span"><output></output><output></output></div></div>
<footer></footer>
<script id="data" type="application/json">$data</script><script>$scripts</script></body></html>
"""
_EPOCH: Final = date(1970, 1, 1)


def _write(contents: Contents, path: Path) -> None:
    """Everything that the page needs stands in it: map, script, outlines and claims."""
    leaflet, here = Path(xstatic.pkg.leaflet.BASE_DIR), Path(__file__).with_name("page")
    styles = re.sub(r"url\([^)]*\)", "none", (leaflet / "leaflet.css").read_text("utf-8"))
    page = Template(_PAGE).substitute(
        what=escape(contents.about["what"]),
        notice=escape(contents.about["notice"]),
        styles=styles + (here / "page.css").read_text("utf-8"),
        # Nothing within it can end the script that it stands in.
        data=json.dumps(_data(contents), ensure_ascii=False).replace("<", "\\u003c"),
        scripts="\n".join(
            (folder / name).read_text("utf-8")
            for folder, name in ((leaflet, "leaflet.js"), (here, "page.js"))
        ),
    )
    path.write_text(page, encoding="utf-8")


def _data(contents: Contents) -> dict[str, object]:
    at = points(contents.frames["claim_places"])
    places = {place.place_id: place for found in at.values() for place in found}
    numbers = {place_id: number for number, place_id in enumerate(places)}
    return {
        "about": contents.about,
        "outlines": [
            [[[lat, lon] for lon, lat in ring] for ring in rings] for rings in built_in().rings.values()
        ],
        "places": [{"ar": p.name_ar, "en": p.name_en, "lat": p.lat, "lon": p.lon} for p in places.values()],
        "claims": [
            _claim(claim, [numbers[place.place_id] for place in at.get(claim["claim_id"], ())])
            for claim in told(contents)
        ],
    }


def _claim(claim: Mapping[str, Any], places: list[int]) -> dict[str, object]:
    """A claim as the page's script takes it: days as numbers, codes in words."""
    first = _day(claim["date_start"])
    return {
        "id": claim["claim_id"],
        "from": first,
        "to": _day(claim["date_end"]) or first,
        "places": places,
        "where": claim["place_names"] or "",
        "what": claim["event_type"].replace("_", " "),
        "denied": claim["stance"] == "denied",
        "who": _name(claim["claimant"]),
        "by": _name(claim["actor"] or claim["actor_bloc"]),
        "on": _name(claim["target"] or claim["target_bloc"]),
        "words": claim["evidence"],
        "dead": _figures(claim["killed_min"], claim["killed_max"], claim["is_total"]),
        "outlet": claim["outlet"] or "",
        "title": claim["title"] or "",
        "published": claim["published"] or "",
        "url": claim["url"] or "",
    }


def _day(written: str | None) -> int | None:
    return (date.fromisoformat(written) - _EPOCH).days if written else None


def _name(code: str | None) -> str:
    return english().get(code or "", (code or "").replace("_", " "))


def _figures(least: int | None, most: int | None, total: bool) -> str:
    """A figure in words; "" where none is told."""
    if least is None and most is None:
        return ""
    if most is None:
        told = f"at least {least}"
    elif least is None:
        told = f"at most {most}"
    else:
        told = str(least) if least == most else f"{least} to {most}"
    return f"{told}, a total that covers others" if total else told


FORMAT: Final = Format(
    "html",
    reads="a page as it was saved; its article is found",
    writes="one file with map and timeline that needs no network",
    endings=(".html", ".htm", ".xhtml"),
    read=_read,
    files={"claims.html": _write},
    reads_with=("trafilatura",),
)
