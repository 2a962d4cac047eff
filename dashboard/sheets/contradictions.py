"""Where the claims do not agree: who denies whom, and incidents of which different figures are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.frames import Frames, View, rows
from dashboard.pages import Page
from dashboard.selection import Selection
from dashboard.sheets import statements
from dashboard.sheets.statements import statement
from dashboard.symbols import NONE, palette
from dashboard.wording import Wording
from extraction.joining.incident import KIN, side

#: So many of each kind are shown, the weightiest.
LIMIT: Final = 30


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims that cannot all be true. ``kind`` is denial (one denies the other), rivals (two sides are said
    to have taken one place), held (taken, and the attack beaten off) or figures; ``weight`` orders within
    denials and rivals (0 to 1: the product of both confidences) and within figures (the gap in people)."""

    kind: str
    claims: tuple[str, ...]
    weight: float


def show(frames: Frames, seen: View, selection: Selection, words: Wording) -> None:
    """Pairs of claims in view that deny each other, then incidents whose figures differ."""
    colours = palette(selection.colours)

    def groups(found: list[Contradiction], pair: bool) -> list[dict[str, Any]]:
        return [
            {
                "name": _heading(frames, one, words),
                "note": note(frames, one, words),
                "pair": pair,
                "items": [
                    statement(frames, claim, colours, words)
                    for claim in rows(frames.claims.loc[list(one.claims)])
                ],
            }
            for one in found[:LIMIT]
        ]

    for name, found, pair in (
        ("pairs", opposed(frames, seen.claims), True),
        ("figures", differing(seen.claims), False),
    ):
        st.subheader(words(f"contradictions.{name}", n=words.number(len(found))), anchor=False)
        st.caption(words(f"contradictions.{name}_note"))
        if len(found) > LIMIT:
            st.caption(words("contradictions.cut", n=words.number(LIMIT)))
        if found:
            statements.show(f"contradictions.{name}", groups(found, pair), words)
        else:
            st.info(words("contradictions.none"))


def opposed(frames: Frames, claims: pd.DataFrame) -> list[Contradiction]:
    """Pairs of claims that deny each other, weightiest first; of two voices on one happening only the
    weightiest pair."""
    found: dict[tuple[Any, ...], Contradiction] = {}

    def add(kind: str, one: Any, other: Any) -> None:
        pair = Contradiction(kind, (one.claim_id, other.claim_id), float(one.confidence * other.confidence))
        voices = frozenset({(one.claimant, one.outlet), (other.claimant, other.outlet)})
        key = (kind, frozenset({one.incident_id, other.incident_id}), voices)
        if key not in found or pair.weight > found[key].weight:
            found[key] = pair

    contested = claims[claims["status"] == "contested"]
    denials: dict[str, list[Any]] = {}
    for denial in rows(contested[(contested["stance"] == "denied") & (contested["incident_id"] != "")]):
        denials.setdefault(denial.incident_id, []).append(denial)
    asserted = contested[contested["stance"] == "asserted"]
    for claim in rows(asserted[asserted["incident_id"].isin(list(denials))]):
        for denial in denials[claim.incident_id]:
            if _same_event(denial.event_type, claim.event_type):
                add("denial", claim, denial)
    for one, other, kind in _rivals(frames, contested):
        add(kind, one, other)
    return sorted(found.values(), key=lambda pair: (-pair.weight, pair.claims))


def _same_event(denied: str, asserted: str) -> bool:
    """Who denies an advance denies the takeover; who denies the takeover does not deny the advance."""
    return denied == asserted or KIN.get(asserted) == denied


def _rivals(frames: Frames, contested: pd.DataFrame) -> Iterable[tuple[Any, Any, str]]:
    """Takeovers of one place, on the same days, by two sides, or by a side whose attack was beaten off."""
    wanted = contested["event_type"].isin(["control_change", "repelled_attack"])
    told = contested[wanted & (contested["stance"] == "asserted") & (contested["actor_bloc"] != NONE)]
    by_place: dict[str, list[Any]] = {}
    for claim in rows(told[told["first"].notna()]):
        for place in frames.places_of.get(claim.claim_id, ()):
            by_place.setdefault(place, []).append(claim)
    for there in by_place.values():
        takeovers = [claim for claim in there if claim.event_type == "control_change"]
        for n, one in enumerate(takeovers):
            for other in takeovers[n + 1 :]:
                if side(one.actor_bloc) != side(other.actor_bloc) and _meet(one, other):
                    yield one, other, "rivals"
            for other in there:
                beaten = other.event_type == "repelled_attack"
                if beaten and side(one.actor_bloc) == side(other.actor_bloc) and _meet(one, other):
                    yield one, other, "held"


def _meet(one: Any, other: Any) -> bool:
    return bool(one.first <= other.last and other.first <= one.last)


def differing(claims: pd.DataFrame) -> list[Contradiction]:
    """Incidents of which two asserted figures of the dead or the wounded exclude each other, the widest gap
    (in people) first. "At least 46" excludes 40, but not 60."""
    told = claims[(claims["stance"] == "asserted") & (claims["incident_id"] != "")]
    told = told[told["killed_min"].notna() | told["wounded_min"].notna()]
    incidents = told.groupby("incident_id", sort=False)
    gaps = pd.concat(
        # From the lowest upper bound up to the highest lower bound: above 0, not all figures can be true.
        [incidents[f"{harm}_min"].max() - incidents[f"{harm}_max"].min() for harm in ("killed", "wounded")],
        axis=1,
    ).max(axis=1)
    gaps = gaps[gaps.fillna(0) > 0]
    members = told[told["incident_id"].isin(gaps.index)].groupby("incident_id", sort=False)["claim_id"]
    found = [Contradiction("figures", tuple(ids), float(gaps[incident])) for incident, ids in members]
    return sorted(found, key=lambda one: (-one.weight, one.claims))


def note(frames: Frames, one: Contradiction, words: Wording) -> str:
    """Why these claims stand together, in a sentence."""
    if one.kind != "figures":
        weight = words("number.share", n=words.number(round(one.weight * 100)))
        return words(f"contradictions.{one.kind}", weight=weight)
    claims = frames.claims.loc[list(one.claims)]
    parts = [
        f"{words(f'claim.{name}')}: {words('number.between', low=words.number(low), high=words.number(high))}"
        for name in ("killed", "wounded")
        for low, high in [_extremes(claims[f"{name}_min"], claims[f"{name}_max"])]
        if low != high
    ]
    return words("list.between").join([*parts, words("contradictions.gap", n=words.number(int(one.weight)))])


def _extremes(low: pd.Series, high: pd.Series) -> tuple[int, int]:
    figures = pd.concat([low, high]).dropna()
    return (int(figures.min()), int(figures.max())) if len(figures) else (0, 0)


def _heading(frames: Frames, one: Contradiction, words: Wording) -> str:
    claims = frames.claims.loc[list(one.claims)]
    names = frames.places["name_ar" if words.language == "ar" else "name_en"].to_dict()
    shared: list[str] = []
    for claim in one.claims:
        shared += [str(names[p] or frames.names[p]) for p in frames.places_of.get(claim, ())]
    where = words("list.between").join(list(dict.fromkeys(shared))[:3])
    event = words.code("event", str(claims["event_type"].iloc[0]))
    return words("list.between").join(
        filter(None, (event, where, words.days(claims["first"].min(), claims["last"].max())))
    )


PAGE: Final = Page("contradictions", show, order=30)
