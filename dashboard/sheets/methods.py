"""How the claims are read, what the codes mean, where it errs, and where the map's data come from."""

import html
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard.frames import Frames, View
from dashboard.pages import Page
from dashboard.selection import Selection
from dashboard.symbols import NONE, events
from dashboard.wording import Wording

#: Sources of the map: name, address, licence, and the key of what comes from there (gazetteer/README.md).
SOURCES: Final = (
    ("GeoNames", "https://www.geonames.org/", "CC BY 4.0", "geonames"),
    ("OurAirports", "https://ourairports.com/data/", "public domain", "ourairports"),
    ("OCHA", "https://data.humdata.org/dataset/cod-ab-syr", "CC BY 3.0 IGO", "ocha"),
    ("Who's On First", "https://whosonfirst.org/", "CC BY 4.0", "wof"),
    ("Natural Earth", "https://www.naturalearthdata.com/", "public domain", "outlines"),
)

_EVALUATE: Final = "conflictmap evaluate EXPORT ANSWERS"
_PARTS: Final = ("reading", "places", "dates", "voices", "numbers", "incidents")
_ERRORS: Final = (
    *("error_places", "error_unlisted", "error_scene", "error_abroad", "error_merged", "error_unread"),
    *("error_voices", "error_irony", "error_dates", "error_published", "error_totals", "error_named"),
)
#: The figures of ``conflictmap evaluate``, as benchmarks/figures.py wrote them.
FIGURES: Final = Path(__file__).parents[1] / "figures.toml"
_CSS: Final = Path(__file__).parents[1] / "assets" / "methods.css"


def show(frames: Frames, seen: View, selection: Selection, words: Wording) -> None:
    """The whole page is text of our own; of the archive it shows numbers alone."""
    del seen, selection
    st.html(_CSS)
    st.html(page(frames, words))


def page(frames: Frames, words: Wording) -> str:
    """The page as HTML."""
    parts = [
        *_section("how", words, (_paragraph(words(f"methods.{name}")) for name in _PARTS)),
        *_section("archive", words, [_table(figures(frames, words))]),
        *_section("errors", words, [_list(words(f"methods.{name}") for name in _ERRORS)]),
        *_section("measured", words, _measured(tomllib.loads(FIGURES.read_text("utf-8")), words)),
        *_section("codes", words, _codes(words)),
        *_section("sources", words, [_paragraph(words("methods.sources_text")), _sources(words)]),
    ]
    return f'<div class="cm-methods" dir="{words.direction}">{"".join(parts)}</div>'


def figures(frames: Frames, words: Wording) -> list[tuple[str, str]]:
    """What can be counted of the archive's reading: a name and a figure each."""
    claims = frames.claims
    all_claims = max(1, len(claims))

    def share(count: int, of: int = all_claims) -> str:
        part = words("number.share", n=words.number(round(100 * count / max(1, of))))
        return f"{words.number(count)} ({part})"

    bases = claims["date_basis"].astype(str).value_counts()
    found = [
        (words("methods.with_place"), share(int(claims["located"].sum()))),
        (words("methods.with_voice"), share(int((claims["claimant"].astype(str) != NONE).sum()))),
        (words("methods.with_actor"), share(int((claims["actor_bloc"].astype(str) != NONE).sum()))),
    ]
    found += [(words.code("basis", str(basis)), share(int(count))) for basis, count in bases.items()]
    unlisted = frames.mentions["method"] == "unresolved"
    found.append((words("methods.unlisted"), share(int(unlisted.sum()), len(frames.mentions))))
    if len(claims):
        middle = words("number.share", n=words.number(round(100 * float(claims["confidence"].median()))))
        found.append((words("methods.confidence"), middle))
    return found


def _measured(measured: Mapping[str, Any], words: Wording) -> Iterable[str]:
    """How right the reading was found to be, and on what; ``measured`` is what FIGURES holds."""

    def share(of: Mapping[str, int]) -> str:
        return _share(of["right"], of["of"], words)

    passages = {name: words.number(n) for name, n in measured["passages"].items()}
    yield _paragraph(
        words(
            "methods.measured_text",
            texts=words.number(measured["texts"]),
            day=words.day(measured["measured"]),
        )
    )
    yield _paragraph(words("methods.measured_passages", **passages))
    named = {words(f"methods.{name}"): measured["found"][name] for name in ("mentions", "markers")}
    named |= {words.code("event", code): tally for code, tally in measured["markers"].items()}
    yield _table(
        [(name, *_tally(tally, words)) for name, tally in named.items()],
        [words(f"methods.{name}") for name in ("found", "precision", "recall", "right", "false", "missed")],
    )
    entries = measured["places"] | measured["claims"]
    yield _table(
        [(words.code("measure", name), share(right)) for name, right in entries.items()],
        [words("methods.shares"), words("methods.right")],
    )
    bands = {
        words("number.share", n=words.number(round(100 * float(band)))): right
        for band, right in measured["confidence"].items()
    }
    yield _table(
        [(words("methods.from", n=band), share(right)) for band, right in bands.items()],
        [words("methods.by_confidence"), words("methods.right")],
    )
    yield _paragraph(words("methods.measured_forbidden", n=words.number(measured["forbidden"])))
    yield _paragraph(words("methods.measured_own"))
    yield f"<pre>{_EVALUATE}</pre>"


def _tally(tally: Mapping[str, int], words: Wording) -> list[str]:
    right, false, missed = (tally[name] for name in ("right", "false", "missed"))
    shares = (_percent(right, right + false, words), _percent(right, right + missed, words))
    return [*shares, *map(words.number, (right, false, missed))]


def _share(right: int, of: int, words: Wording) -> str:
    said = words("methods.of", right=words.number(right), of=words.number(of))
    return f"{said} ({_percent(right, of, words)})"


def _percent(part: int, of: int, words: Wording) -> str:
    return words("number.share", n=words.number(round(100 * part / of))) if of else ""


def _section(name: str, words: Wording, contents: Iterable[str]) -> list[str]:
    return [f"<section><h2>{html.escape(words(f'methods.{name}'))}</h2>", *contents, "</section>"]


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"


def _list(texts: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{html.escape(text)}</li>' for text in texts)}</ul>"


def _table(entries: Iterable[Sequence[str]], head: Sequence[str] = ()) -> str:
    top = "".join(f'<th scope="col">{html.escape(text)}</th>' for text in head)
    lines = "".join(
        f'<tr><th scope="row">{html.escape(first)}</th>'
        f"{''.join(f'<td>{html.escape(text)}</td>' for text in rest)}</tr>"
        for first, *rest in entries
    )
    return f"<table>{f'<thead><tr>{top}</tr></thead>' if top else ''}<tbody>{lines}</tbody></table>"


def _codes(words: Wording) -> Iterable[str]:
    """Event types, statuses and stances with what they mean and the code of the exported archive."""
    head = [words("methods.name"), words("methods.meaning"), words("methods.code")]
    for section, codes in (
        ("event", tuple(events())),
        ("status", ("claimed", "corroborated", "contested")),
        ("stance", ("asserted", "denied")),
    ):
        yield f"<h3>{html.escape(words(f'methods.codes_{section}'))}</h3>"
        entries = [(words.code(section, code), words(f"meaning.{section}_{code}"), code) for code in codes]
        yield _table(entries, head)


def _sources(words: Wording) -> str:
    head = "".join(
        f'<th scope="col">{html.escape(words(f"methods.{name}"))}</th>'
        for name in ("name", "what", "licence")
    )
    lines = "".join(
        f'<tr><th scope="row"><a href="{address}" rel="noreferrer">{html.escape(name)}</a></th>'
        f'<td>{html.escape(words(f"methods.from_{what}"))}</td><td dir="ltr">{licence}</td></tr>'
        for name, address, licence, what in SOURCES
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


PAGE: Final = Page("methods", show, order=70, timed=lambda _: False)
