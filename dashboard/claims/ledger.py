"""The lists of claims: those in view in order of time, and those that lack a place or a date."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final

import pandas as pd

from dashboard import session
from dashboard.component import declare
from dashboard.frames import Frames, rows, without_place_or_date
from dashboard.selection import Selection
from dashboard.symbols import NONE, events, palette
from dashboard.visit import visit
from dashboard.wording import Words

#: Rows of one page of a list.
PAGE: Final = 50

_component = declare("ledger")


def show(frames: Frames, claims: pd.DataFrame, selection: Selection, words: Words) -> None:
    """Claims as a table, in the order given."""
    _table(frames, "ledger", in_view(frames, claims, selection, words), claims.index, selection, words)


def show_lacking(frames: Frames, claims: pd.DataFrame, selection: Selection, words: Words) -> None:
    """The claims without a place or a date, each with the reason."""
    lacking = without_place_or_date(frames, claims)
    _table(frames, "lacking", reasons(frames, lacking, selection, words), lacking.index, selection, words)


def _table(
    frames: Frames,
    key: str,
    contents: Callable[[int], dict[str, Any]],
    ids: pd.Index,
    selection: Selection,
    words: Words,
) -> None:
    page_key, seen_key = f"{key}.page", f"{key}.seen"
    # A claim chosen elsewhere opens the page it stands on; after that the reader turns the pages.
    if selection.claim and visit().notes.get(seen_key) != selection.claim and selection.claim in ids:
        visit().notes[page_key] = ids.tolist().index(selection.claim) // PAGE
    visit().notes[seen_key] = selection.claim
    pages = max(1, -(-len(ids) // PAGE))
    page = min(visit().notes.get(page_key, 0), pages - 1)

    def hear(message: Mapping[str, Any]) -> None:
        match message:
            case {"claim": str(claim)}:
                visit().notes[seen_key] = claim
                session.choose_claim(frames, claim)
            case {"turn": int(step)}:
                visit().notes[page_key] = min(max(visit().notes.get(page_key, 0) + step, 0), pages - 1)

    content = contents(page)
    content["pages"] = {
        "text": words(
            "list.page",
            first=words.number(page * PAGE + 1),
            last=words.number(min((page + 1) * PAGE, len(ids))),
            total=words.number(len(ids)),
        ),
        "earlier": words("list.earlier") if page > 0 else "",
        "later": words("list.later") if page < pages - 1 else "",
        "many": pages > 1,
    }
    _component(key, content, hear)


def in_view(
    frames: Frames, claims: pd.DataFrame, selection: Selection, words: Words
) -> Callable[[int], dict[str, Any]]:
    """The table of the claims in view, page by page."""

    def contents(page: int) -> dict[str, Any]:
        part = claims.iloc[page * PAGE : (page + 1) * PAGE]
        colours = palette(selection.colours)
        names = frames.places["name_ar" if words.language == "ar" else "name_en"].to_dict()
        return {
            "direction": words.direction,
            "head": [
                words(f"list.{name}")
                for name in ("day", "event", "place", "actor", "claimant", "killed", "words", "outlet")
            ],
            "event_column": 1,
            "words_column": 6,
            "empty": words("list.none"),
            "rows": [
                {
                    **_row(claim, selection, colours, words),
                    "cells": [
                        words.days(claim.first, claim.last),
                        words.code("event", claim.event_type),
                        _where(frames, claim.claim_id, names, words),
                        words.group(claim.actor)
                        if claim.actor != NONE
                        else words.code("side", claim.actor_bloc),
                        words.claimant(claim.claimant, claim.outlet),
                        words.range(claim.killed_min, claim.killed_max),
                        claim.evidence,
                        words.outlet(claim.outlet),
                    ],
                }
                for claim in rows(part)
            ],
        }

    return contents


def reasons(
    frames: Frames, lacking: pd.DataFrame, selection: Selection, words: Words
) -> Callable[[int], dict[str, Any]]:
    """The table of what cannot be drawn, page by page."""

    def why(claim: Any) -> str:
        parts = []
        if claim.place_reason:
            parts.append(words.code("reason", claim.place_reason))
            if claim.place_detail:
                parts[-1] += f": {claim.place_detail}"
        if claim.date_reason:
            parts.append(words.code("reason", claim.date_reason))
        return words("list.clauses").join(parts)

    def contents(page: int) -> dict[str, Any]:
        part = lacking.iloc[page * PAGE : (page + 1) * PAGE]
        colours = palette(selection.colours)
        return {
            "direction": words.direction,
            "head": [
                words(f"list.{name}") for name in ("reason", "day", "event", "claimant", "words", "outlet")
            ],
            "event_column": 2,
            "words_column": 4,
            "empty": words("list.none_lacking"),
            "rows": [
                {
                    **_row(claim, selection, colours, words),
                    "cells": [
                        why(claim),
                        words.days(claim.first, claim.last),
                        words.code("event", claim.event_type),
                        words.claimant(claim.claimant, claim.outlet),
                        claim.evidence,
                        words.outlet(claim.outlet),
                    ],
                }
                for claim in rows(part)
            ],
        }

    return contents


def _row(claim: Any, selection: Selection, colours: dict[str, str], words: Words) -> dict[str, Any]:
    return {
        "id": claim.claim_id,
        "selected": claim.claim_id == selection.claim,
        "denied": words("claim.denied_label") if claim.stance == "denied" else "",
        "colour": colours.get(claim.actor_bloc, colours[NONE]),
        "glyph": events().get(claim.event_type, ""),
    }


def _where(frames: Frames, claim_id: str, names: Mapping[Hashable, str], words: Words) -> str:
    """The located places of a claim in one line, in the script of the language."""
    places = frames.places_of.get(claim_id, ())
    return words("list.between").join(names[p] or frames.names[p] for p in places) or words("list.unplaced")
