"""Every claim in view as a sheet: sorted, gathered under heads with their sums, its rows picked for the map
and the files; a chosen row opens its evidence below.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import downloads, session
from dashboard.frames import Frames, View, rows
from dashboard.pages import MAP, Page
from dashboard.selection import MOST_PICKED, ORDERS, Selection
from dashboard.sheets import evidence, grid, heads
from dashboard.symbols import NONE
from dashboard.visit import visit
from dashboard.wording import Wording

#: Shown at first; the reader chooses among all of ``columns``.
OPENING: Final = (
    *("day", "event", "stance", "place", "actor", "claimant", "killed_min", "killed_max"),
    *("status", "confidence", "evidence"),
)

_KEY: Final = "claims.columns"
_BY: Final = "claims.by"
_FULL: Final = "claims.full"


def show(frames: Frames, seen: View, selection: Selection, words: Wording) -> None:
    """The sheet of the claims in view, and the evidence of the chosen one."""
    table = columns(frames, seen.claims, words)
    picked = seen.claims[seen.claims.index.isin(selection.picked)]
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
        downloads.show(frames, seen, words, picked)
    names = [name for name in table if name in (chosen or OPENING)]
    newest = ("day", selection.order == ORDERS[0])
    made = sheet(frames, seen.claims, picked, selection, words)
    grid.choose("claims.table", table[names], selection.claim, words, session.open_claim, newest, made)
    if selection.claim:
        evidence.show(frames, selection, words)
    elif len(table):
        st.caption(words("claims.choose"))


def sheet(
    frames: Frames, claims: pd.DataFrame, picked: pd.DataFrame, selection: Selection, words: Wording
) -> grid.Sheet:
    """What makes the table of some claims a sheet; ``picked`` are those of them that are picked."""
    notes = visit().notes
    by = str(notes.get(_BY, ""))
    headed = gathered(frames, claims, by)
    foot = [
        heads.line(frames, gathered(frames, some, ""), "", words, called=label)
        for some, label in ((claims, words("claims.in_view")), (picked, words("claims.picked")))
        if len(some)
    ]

    def hear(message: Mapping[str, Any]) -> None:
        match message:
            case {"by": str(wanted)} if wanted in ("", *heads.HEADS):
                notes[_BY] = wanted
            case {"only": bool(only)}:
                session.choose(only_picked=only and bool(session.kept().picked))
            case {"none": True}:
                notes[_FULL] = False
                session.choose(picked=(), only_picked=False)
            case {"map": True} if session.kept().picked:
                session.choose(only_picked=True, claim="", place="")
                session.go_home()
                session.go(MAP)

    return grid.Sheet(
        picked=frozenset(picked.index),
        on_pick=pick,
        by=by,
        heads=headed.head,
        line=lambda head: heads.line(frames, headed, head, words),
        foot=foot,
        bar=_bar(by, len(picked), selection, words),
        on_bar=hear,
    )


def gathered(frames: Frames, claims: pd.DataFrame, by: str) -> heads.Headed:
    """Some claims of the archive under heads."""
    return _gathered(frames, frames.claims.index.isin(claims.index).tobytes(), by)


# What is picked or turned to changes nothing of what is in view.
@lru_cache(maxsize=8)
def _gathered(frames: Frames, claims: bytes, by: str) -> heads.Headed:
    return heads.gather(frames, frames.claims[np.frombuffer(claims, dtype=bool)], by)


def pick(claims: Collection[str], on: bool) -> None:
    """Pick some claims, or leave them; where they would be more than ``MOST_PICKED`` none is taken, and the
    page says so.
    """
    before = session.kept()
    if on:
        after = tuple(dict.fromkeys((*before.picked, *claims)))
    else:
        left = set(claims)
        after = tuple(claim for claim in before.picked if claim not in left)
    visit().notes[_FULL] = len(after) > MOST_PICKED
    if len(after) <= MOST_PICKED:
        session.choose(picked=after, only_picked=before.only_picked and bool(after))


def _bar(by: str, picked: int, selection: Selection, words: Wording) -> dict[str, Any]:
    """What stands above the sheet."""
    hidden = len(selection.picked) - picked
    status = []
    if visit().notes.get(_FULL):
        status.append(words("claims.full", n=words.number(MOST_PICKED)))
    if picked:
        status.append(words.count("picked", picked))
    if hidden:
        status.append(words.count("picked_hidden", hidden))
    return {
        "by": by,
        "groupings": [[name, words(f"heads.by_{name or 'none'}")] for name in ("", *heads.HEADS)],
        "status": words("list.between").join(status),
        "full": bool(visit().notes.get(_FULL)),
        "any": bool(selection.picked),
        "only": selection.only_picked,
        "say": words.codes("sheet"),
    }


def columns(frames: Frames, claims: pd.DataFrame, words: Wording) -> pd.DataFrame:
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
        return [words.doer(group, side) for group, side in pairs]

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


PAGE: Final = Page("claims", show, order=10)
