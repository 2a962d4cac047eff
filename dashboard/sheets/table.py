"""Every claim in view as one sortable table; a chosen row opens its evidence below."""

from collections.abc import Callable, Iterable
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard import downloads, session
from dashboard.frames import Frames, View, rows
from dashboard.pages import Page
from dashboard.selection import ORDERS, Selection
from dashboard.sheets import evidence, grid
from dashboard.symbols import NONE
from dashboard.wording import Words

#: Shown at first; the reader chooses among all of ``columns``.
OPENING: Final = (
    *("day", "event", "stance", "place", "actor", "claimant", "killed_min", "killed_max"),
    *("status", "confidence", "evidence"),
)

_KEY: Final = "claims.columns"


def show(frames: Frames, seen: View, selection: Selection, words: Words) -> None:
    """The table of the claims in view, and the evidence of the chosen one."""
    table = columns(frames, seen.claims, words)
    with st.container(key="above_table", horizontal=True):
        with st.popover(words("claims.columns"), icon=":material/view_column:"):
            chosen = st.pills(
                words("claims.columns"),
                list(table),
                default=list(OPENING),
                selection_mode="multi",
                format_func=lambda name: words(f"column.{name}"),
                key=_KEY,
                label_visibility="collapsed",
            )
        downloads.show(frames, seen, words)
    names = [name for name in table if name in (chosen or OPENING)]
    newest = ("day", selection.order == ORDERS[0])
    grid.choose("claims.table", table[names], selection.claim, words, session.open_claim, newest)
    if selection.claim:
        evidence.show(frames, selection, words)
    elif len(table):
        st.caption(words("claims.choose"))


def columns(frames: Frames, claims: pd.DataFrame, words: Words) -> pd.DataFrame:
    """One row a claim, in the words of a language; days, counts and shares stay what they are."""
    names = frames.places["name_ar" if words.language == "ar" else "name_en"].to_dict()
    between = words("list.between")

    def where(claim: str) -> str:
        return between.join(names[p] or frames.names[p] for p in frames.places_of.get(claim, ()))

    def said(column: str, word: Callable[[str], str]) -> list[str]:
        """The words for a column of codes, each code looked up once."""
        known = {code: word(str(code)) for code in claims[column].unique()}
        return [known[code] for code in claims[column]]

    def section(name: str) -> Callable[[str], str]:
        return lambda code: "" if code == NONE else words.code(name, code)

    def doers(who: str) -> Iterable[str]:
        pairs = zip(claims[who], claims[f"{who}_bloc"], strict=True)
        return [_doer(group, side, words) for group, side in pairs]

    publication = {claim.doc_id: words.publication(claim) for claim in rows(claims.drop_duplicates("doc_id"))}
    table: dict[str, Any] = {
        "day": claims["first"],
        "until": claims["last"],
        "event": said("event_type", section("event")),
        "stance": said("stance", section("stance")),
        "place": [where(claim) for claim in claims.index],
        "actor": doers("actor"),
        "side": said("actor_bloc", section("side")),
        "target": doers("target"),
        "claimant": [
            words.claimant(*said_by) for said_by in zip(claims["claimant"], claims["outlet"], strict=True)
        ],
        "relayed_by": said("relayed_by", lambda code: words.voice(code) if code else ""),
        # What is denied is not told: its figures stand in the article alone.
        **{
            name: claims[name].where(claims["stance"] != "denied")
            for name in ("killed_min", "killed_max", "wounded_min", "wounded_max")
        },
        "victims": said("victims", section("side")),
        "weapon": said("weapon", section("weapon")),
        "total": [words("claims.yes") if total else "" for total in claims["is_total"]],
        "status": said("status", section("status")),
        "confidence": claims["confidence"],
        "evidence": claims["evidence"],
        "outlet": said("outlet", words.outlet),
        "published": claims["published"],
        "publication": [publication[doc_id] for doc_id in claims["doc_id"]],
        "title": claims["title"],
    }
    return pd.DataFrame(table, index=claims.index)


def _doer(group: str, side: str, words: Words) -> str:
    if group != NONE:
        return words.group(group)
    return "" if side == NONE else words.code("side", side)


PAGE: Final = Page("claims", show, order=10)
