"""A claim as a card: who says it, who denies it, what, when, how many, and the very words."""

from pathlib import Path
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.claims.evidence import quotation
from dashboard.frames import Frames, View, at_place, rows
from dashboard.selection import Selection
from dashboard.symbols import NONE, events, palette
from dashboard.wording import Words

#: More cards than this are not sent at once.
LIMIT: Final = 60

#: Where nothing is chosen, so many of the latest claims in view are shown.
NEWEST: Final = 12

_KEY: Final = "cards"
_ASSETS: Final = Path(__file__).parents[1] / "assets"
_component = st.components.v2.component(
    "conflictmap.cards",
    css=(_ASSETS / "cards.css").read_text("utf-8"),
    js=(_ASSETS / "cards.js").read_text("utf-8"),
)


def show(frames: Frames, view: View, selection: Selection, words: Words) -> None:
    """The chosen place with its claims, or the chosen claim alone, or how to choose one."""

    def chosen() -> None:
        if claim := st.session_state[_KEY].get("claim"):
            session.choose_claim(frames, str(claim))

    _component(
        key=_KEY,
        data=panel(frames, view, selection, words),
        on_claim_change=chosen,
        on_close_change=session.close,
    )


def panel(frames: Frames, view: View, selection: Selection, words: Words) -> dict[str, Any]:
    """What the panel beside the map says; plain text throughout."""
    chosen = bool(selection.place or selection.claim)
    content: dict[str, Any] = {"direction": words.direction, "close": words("place.close") if chosen else ""}
    if selection.place:
        claims = at_place(frames, view, selection.place)
        if selection.claim in view.claims.index and selection.claim not in claims.index:
            claims = pd.concat([view.claims.loc[[selection.claim]], claims])
        content |= _head(frames, selection.place, words)
        content["counts"] = f"{words('place.in_view')}: {words.number(len(claims))}"
        content["note"] = words("place.none") if claims.empty else ""
    elif selection.claim in frames.claims.index:
        claims = frames.claims.loc[[selection.claim]]
        content |= {"name": words("place.only_claim"), "counts": "", "note": ""}
    else:
        claims = view.claims[view.claims["first"].notna()].iloc[: -NEWEST - 1 : -1]
        content |= {"name": words("place.newest"), "counts": "", "note": words("place.choose")}
    if len(claims) > LIMIT:
        content["note"] = words("place.more", n=words.number(LIMIT))
        ids = claims.index.tolist()
        position = ids.index(selection.claim) if selection.claim in ids else 0
        first = max(0, min(position - LIMIT // 2, len(claims) - LIMIT))
        claims = claims.iloc[first : first + LIMIT]
    colours = palette(selection.colours)
    content["cards"] = [card(frames, claim, selection, colours, words) for claim in rows(claims)]
    return content


def _head(frames: Frames, place_id: str, words: Words) -> dict[str, Any]:
    place: Any = frames.places.loc[place_id]
    admin1 = place["admin1_ar" if words.language == "ar" else "admin1"]
    named, other = ("name_ar", "name_en") if words.language == "ar" else ("name_en", "name_ar")
    sure = words("place.area") if place["area"] else ""
    if not place["area"] and place["radius_km"] >= 1:
        sure = words("place.radius", km=words.number(round(place["radius_km"])))
    return {
        "name": place[named] or place[other],
        "other": place[other] if place[named] else "",
        "kind": " · ".join(filter(None, (words.code("kind", place["kind"]), admin1))),
        "sure": sure,
    }


def card(
    frames: Frames, claim: Any, selection: Selection, colours: dict[str, str], words: Words
) -> dict[str, Any]:
    """One claim (a row of ``frames.claims``) in the words of a language."""
    denied = claim.stance == "denied"
    elsewhere = [frames.names[p] for p in frames.places_of.get(claim.claim_id, ()) if p != selection.place]
    facts = [
        (words("claim.killed"), words.range(claim.killed_min, claim.killed_max)),
        (words("claim.wounded"), words.range(claim.wounded_min, claim.wounded_max)),
    ]
    if not pd.isna(claim.strikes_min) or not pd.isna(claim.strikes_max):
        facts.append((words("claim.strikes"), words.range(claim.strikes_min, claim.strikes_max)))
    if claim.victims != NONE:
        facts.append((words("claim.victims"), words.code("side", claim.victims)))
    if claim.weapon != NONE:
        facts.append((words("claim.weapon"), words.code("weapon", claim.weapon)))
    return {
        "id": claim.claim_id,
        "selected": claim.claim_id == selection.claim,
        "select": words("claim.select"),
        "denied": denied,
        "label": words("claim.denied_label") if denied else "",
        "event": words.code("event", claim.event_type),
        "glyph": events().get(claim.event_type, ""),
        "colour": colours.get(claim.actor_bloc, colours[NONE]),
        "day": words.days(claim.first, claim.last),
        "basis": words.code("basis", claim.date_basis or NONE) if not pd.isna(claim.first) else "",
        "actor_label": words("list.actor"),
        "actor": _doer(claim.actor, claim.actor_bloc, words),
        "against": words("claim.against"),
        "target": ""
        if claim.target == claim.target_bloc == NONE
        else _doer(claim.target, claim.target_bloc, words),
        "voice_label": words("claim.denies") if denied else words("claim.says"),
        "voice": words.claimant(claim.claimant, claim.outlet),
        "denies_what": words("claim.denied_what") if denied else "",
        "relayed": words("claim.relayed_by", name=words.voice(claim.relayed_by)) if claim.relayed_by else "",
        "denied_by_label": words("claim.denied_by"),
        "denied_by": _deniers(frames, claim, words),
        "facts": [[name, value, value == words("number.untold")] for name, value in facts],
        "total": words("claim.total") if claim.is_total else "",
        "status": words.code("status", claim.status),
        "quote": _quote(frames, claim),
        "also_label": words("place.also_at" if selection.place else "place.at"),
        "also": elsewhere,
        "outlet": words.outlet(claim.outlet),
        "title": claim.title or words("claim.untitled"),
        "published": words("claim.published_unknown")
        if pd.isna(claim.published)
        else words("claim.published", day=words.day(claim.published)),
    }


def _quote(frames: Frames, claim: Any) -> list[list[str]]:
    """The sentence of a claim; its evidence alone where the text was forgotten since the claims were read."""
    text = frames.text(claim.doc_id)
    if not text:
        return [[claim.evidence, "said"]]
    spans = frames.spans.get(claim.claim_id, ())
    return [list(part) for part in quotation(text, claim.start, claim.end, spans)]


def _doer(group: str, side: str, words: Words) -> str:
    """The group, or its side where no group is named."""
    return words.code("side", side) if group == NONE else words.group(group)


def _deniers(frames: Frames, claim: Any, words: Words) -> list[str]:
    """Who denies an asserted claim: the voices of the denials of the same happening."""
    if claim.stance == "denied":
        return []
    happening = (claim.incident_id, claim.event_type)
    voices = (words.claimant(*denial) for denial in frames.deniers.get(happening, ()))
    return list(dict.fromkeys(voices))
