"""A claim as a card: who says it, who denies it, what, when, how many, and the very words."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import zip_longest
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard import session
from dashboard.claims.evidence import quotation
from dashboard.component import declare
from dashboard.frames import (
    NEARBY_KM,
    Frames,
    View,
    at_place,
    find_places,
    further_names,
    lies_in,
    name_in,
    nearby,
    rows,
)
from dashboard.selection import Selection
from dashboard.sheets import menu
from dashboard.space import layers
from dashboard.symbols import NONE, events, palette
from dashboard.visit import visit
from dashboard.wording import Words
from extraction.control import Holding, Spell, spells

#: More cards than this are not sent at once.
LIMIT: Final = 60

#: Where nothing is chosen, so many of the latest claims in view are shown.
NEWEST: Final = 12

_KEY: Final = "cards"
_TYPED: Final = "cards.typed"
_component = declare("cards")


def show(frames: Frames, view: View, selection: Selection, words: Words) -> None:
    """The chosen place with its claims, or the chosen claim alone, or how to choose one; and a search."""
    typed = str(visit().notes.get(_TYPED, ""))

    def hear(message: Mapping[str, Any]) -> None:
        match message:
            case {"claim": str(claim)}:
                session.choose_claim(frames, claim)
            case {"place": str(place)} if place in frames.places.index:
                visit().notes[_TYPED] = ""
                session.choose_place(place)
            case {"find": str(text)}:
                visit().notes[_TYPED] = text[:100]
                found = [place for place in find_places(frames, text) if place in frames.places.index]
                if len(found) == 1:
                    visit().notes[_TYPED] = ""
                    session.choose_place(found[0])
            case {"article": str(claim)}:
                menu.open_article(claim)
            case {"close": True}:
                session.close()

    _component(_KEY, panel(frames, view, selection, words, typed), hear)


def panel(frames: Frames, view: View, selection: Selection, words: Words, typed: str = "") -> dict[str, Any]:
    """What the panel beside the map says; plain text throughout."""
    chosen = bool(selection.place or selection.claim)
    content: dict[str, Any] = {
        "direction": words.direction,
        "close": words("place.close") if chosen else "",
        "search": _search(frames, typed, words),
        "groups": {},
    }
    if selection.place:
        claims = at_place(frames, view, selection.place)
        content |= _head(frames, selection.place, words)
        content["counts"] = f"{words('place.in_view')}: {words.number(len(claims))}"
        content["note"] = words("place.none") if claims.empty else ""
        content["strip"] = _strip(frames, view, selection, words)
        content["dead"] = _dead(frames, claims, selection.place, words)
        content["nearby"] = _nearby(frames, view, selection.place, words)
        if selection.claim in view.claims.index and selection.claim not in claims.index:
            claims = pd.concat([view.claims.loc[[selection.claim]], claims])
        claims, content["groups"] = _grouped(claims, selection, words)
    elif selection.claim in frames.claims.index:
        claims = frames.claims.loc[[selection.claim]]
        placed = selection.claim in frames.places_of
        name = words("place.chosen_claim" if placed else "place.only_claim")
        content |= {"name": name, "counts": "", "note": ""}
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


def _search(frames: Frames, typed: str, words: Words) -> dict[str, Any]:
    found = [place for place in find_places(frames, typed) if place in frames.places.index] if typed else []
    return {
        "label": words("place.search"),
        "hint": words("filter.place_hint"),
        "typed": typed,
        "found": [[place, frames.names[place]] for place in found],
        "none": words("filter.unknown") if typed and not found else "",
    }


def _head(frames: Frames, place_id: str, words: Words) -> dict[str, Any]:
    place: Any = frames.places.loc[place_id]
    named, other = ("name_ar", "name_en") if words.language == "ar" else ("name_en", "name_ar")
    sure = words("place.area") if place["area"] else ""
    if not place["area"] and place["radius_km"] >= 1:
        sure = words("place.radius", km=words.number(round(place["radius_km"])))
    holders = [name_in(frames, holder, words.language) for holder in lies_in(frames, place_id)]
    admin1 = place["admin1_ar" if words.language == "ar" else "admin1"]
    known = (place[named], place[other])
    further = [name for name in further_names(frames, place_id) if name not in known][:8]
    return {
        "name": place[named] or place[other],
        "other": place[other] if place[named] else "",
        "kind": words.code("kind", place["kind"]),
        "within": " ‹ ".join(holders) or admin1,
        "further": f"{words('place.further')}: {words('list.between').join(further)}" if further else "",
        "sure": sure,
    }


def _strip(frames: Frames, view: View, selection: Selection, words: Words) -> dict[str, Any]:
    """Who is said to hold the place, over the days of the archive, by the claims that pass the filters."""
    first, last = frames.choices.first, frames.choices.last
    at = frames.places.index.get_loc(selection.place)
    here = np.zeros(len(frames.claims), dtype=bool)
    here[frames.placed.loc[frames.placed["place"] == at, "claim"].to_numpy()] = True
    held = layers.holdings(frames, view.passing & here).get(selection.place, ())
    colours = palette(selection.colours)
    spans = []
    if first is not None and last is not None:
        days = (last - first).days + 1
        for holding, after in zip_longest(held, held[1:]):
            end = after.since if after else last + timedelta(1)
            blocs = [colours[bloc] for bloc in holding.blocs]
            for spell in spells(holding, end):
                start, size = (spell.since - first).days / days, (spell.end - spell.since).days / days
                kind = f"{holding.status} aged" if spell.aged else holding.status
                said = _held(holding, spell, words)
                spans.append([round(100 * start, 2), round(100 * size, 2), blocs, kind, said])
    return {"label": words("place.control"), "spans": spans}


def _held(holding: Holding, spell: Spell, words: Words) -> str:
    """Who is said to hold the place in a spell, how sure that is, since when, and when it was last told."""
    sides = words("map.versus").join(words.code("side", bloc) for bloc in holding.blocs)
    told = words.day(holding.last_told(spell.end - timedelta(1)))
    last = words("place.told_last_aged" if spell.aged else "place.told_last", day=told)
    since = words("map.since", day=words.day(holding.since))
    said = (sides or words("place.nobody"), words.code("status", holding.status), since, last)
    return words("list.between").join(said)


def _dead(frames: Frames, claims: pd.DataFrame, place_id: str, words: Words) -> dict[str, Any]:
    """The dead told of the place in view: low to high, each voice with its figure; totals apart."""
    happenings = layers.dead(frames, frames.claims.index.isin(claims.index))
    # What has no date is joined with nothing: it may be the same dead told again, so it is not added.
    alone = [dead for dead in happenings if dead.places == (place_id,) and dead.first is not None]
    lines = [
        [words.claimant(claim.claimant, claim.outlet), words.range(claim.killed_min, claim.killed_max), ""]
        for dead in happenings
        for claim in rows(frames.claims.loc[list(dead.figures)])
    ]
    apart = {
        claim: words("claim.undated" if dead.places == (place_id,) else "place.dead_shared")
        for dead in happenings
        if dead not in alone
        for claim in dead.figures
    }
    figures = [claim for dead in happenings for claim in dead.figures]
    for line, claim in zip(lines, figures, strict=True):
        line[2] = apart.get(claim, "")
    totals = claims[claims["is_total"] & (claims["stance"] != "denied")]
    lines += [
        [words.claimant(claim.claimant, claim.outlet), words.range(claim.killed_min, claim.killed_max),
         words("place.dead_total")]
        for claim in rows(totals)
        if not (pd.isna(claim.killed_min) and pd.isna(claim.killed_max))
    ]  # fmt: skip
    high = None if any(dead.high is None for dead in alone) else sum(dead.high or 0 for dead in alone)
    least = sum(dead.low if dead.high is None else dead.high for dead in alone)
    said = ""
    if alone:
        low = sum(dead.low for dead in alone)
        said = words.range(low, high)
        if high is None and least > low:
            said = words("place.dead_open", low=words.number(low), high=words.number(least))
    return {"label": words("place.dead"), "range": said, "figures": lines}


def _nearby(frames: Frames, view: View, place_id: str, words: Words) -> dict[str, Any]:
    named = "name_ar" if words.language == "ar" else "name_en"
    names = frames.places[named].to_dict()
    near = nearby(frames, view, place_id)
    return {
        "label": words("place.nearby"),
        "none": "" if near else words("place.nearby_none", km=words.number(round(NEARBY_KM))),
        "places": [
            [
                place,
                names[place] or frames.names[place],
                words("place.km", km=words.number(max(1, round(km)))),
                words.number(claims),
            ]
            for place, km, claims in near
        ],
    }


def _grouped(
    claims: pd.DataFrame, selection: Selection, words: Words
) -> tuple[pd.DataFrame, dict[str, dict[str, Any]]]:
    """Claims in order of time, those of one happening together; for each that several tell, who says so and
    who denies it, each voice once with its figures.
    """
    happening = np.where(claims["incident_id"] == "", claims["claim_id"], claims["incident_id"])
    order = {key: n for n, key in enumerate(dict.fromkeys(happening.tolist()))}
    position = pd.Series(happening, index=claims.index).map(order)
    claims = claims.loc[position.sort_values(kind="stable").index]
    colours = palette(selection.colours)
    groups = {}
    for key, told in claims.groupby("incident_id", sort=False, observed=True):
        if not key or len(told) < 2:
            continue
        sides: dict[str, dict[str, list[Any]]] = {"place.says": {}, "place.denies": {}}
        for claim in rows(told):
            name = words.claimant(claim.claimant, claim.outlet)
            side = sides["place.denies" if claim.stance == "denied" else "place.says"]
            line = side.setdefault(name, [name, colours.get(claim.claimant_bloc, colours[NONE]), []])
            figure = words.range(claim.killed_min, claim.killed_max)
            if figure != words("number.untold") and figure not in line[2]:
                line[2].append(figure)
        groups[str(key)] = {
            "title": words("place.told", n=words.number(len(told))),
            "status": words.code("status", told["status"].iloc[0]),
            "day": words.days(told["first"].min(), told["last"].max()),
            "sides": [[words(side), list(voices.values())] for side, voices in sides.items()],
            "killed": words("claim.killed"),
        }
    return claims, groups


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
        "group": claim.incident_id,
        "selected": claim.claim_id == selection.claim,
        "select": words("claim.select"),
        "open": words("article.open"),
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
        "published": words.published(claim),
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
