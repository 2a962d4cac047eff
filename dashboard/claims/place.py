"""What the panel says of a place: its names, who is said to hold it, its dead, happenings and neighbours."""

from datetime import timedelta
from itertools import zip_longest
from typing import Any

import numpy as np
import pandas as pd

from dashboard.frames import (
    NEARBY_KM,
    Frames,
    View,
    facts,
    further_names,
    lies_in,
    name_in,
    rows,
)
from dashboard.frames import (
    nearby as near_to,
)
from dashboard.layers import casualties, control
from dashboard.selection import Selection
from dashboard.symbols import NONE, palette
from dashboard.wording import Wording
from extraction.joining.control import Holding, Spell, spells


def head(frames: Frames, place_id: str, words: Wording, most: int | None = 8) -> dict[str, Any]:
    """Its names, at most so many of the further ones, its kind, what it lies in, how sure its point is."""
    place = facts(frames, place_id)
    named, other = ("name_ar", "name_en") if words.language == "ar" else ("name_en", "name_ar")
    sure = words("place.area") if place["area"] else ""
    if not place["area"] and place["radius_km"] >= 1:
        sure = words("place.radius", km=words.number(round(place["radius_km"])))
    holders = [name_in(frames, holder, words.language) for holder in lies_in(frames, place_id)]
    admin1 = place["admin1_ar" if words.language == "ar" else "admin1"]
    known = (place[named], place[other])
    further = [name for name in further_names(frames, place_id) if name not in known][:most]
    return {
        "name": place[named] or place[other],
        "other": place[other] if place[named] else "",
        "kind": words.code("kind", place["kind"]),
        "within": " ‹ ".join(holders) or admin1,
        "further": f"{words('place.further')}: {words('list.between').join(further)}" if further else "",
        "sure": sure,
    }


def strip(frames: Frames, view: View, place_id: str, selection: Selection, words: Wording) -> dict[str, Any]:
    """Who is said to hold the place, over the days of the archive, by the claims that pass the filters."""
    first, last = frames.choices.first, frames.choices.last
    at = frames.places.index.get_loc(place_id)
    here = np.zeros(len(frames.claims), dtype=bool)
    here[frames.placed.loc[frames.placed["place"] == at, "claim"].to_numpy()] = True
    held = control.holdings(frames, view.passing & here).get(place_id, ())
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


def _held(holding: Holding, spell: Spell, words: Wording) -> str:
    """Who is said to hold the place in a spell, how sure that is, since when, and when it was last told."""
    sides = words("map.versus").join(words.code("side", bloc) for bloc in holding.blocs)
    told = words.day(holding.last_told(spell.end - timedelta(1)))
    last = words("place.told_last_aged" if spell.aged else "place.told_last", day=told)
    since = words("map.since", day=words.day(holding.since))
    said = (sides or words("place.nobody"), words.code("status", holding.status), since, last)
    return words("list.between").join(said)


def dead(frames: Frames, claims: pd.DataFrame, place_id: str, words: Wording) -> dict[str, Any]:
    """The dead told of the place in view: low to high, each voice with its figure; totals apart."""
    happenings = casualties.dead(frames, frames.claims.index.isin(claims.index))
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
    said = ""
    if alone:
        low, high = (sum(dead.told.low or 0 for dead in alone), sum(dead.told.high for dead in alone))
        more = any(dead.told.open for dead in alone)
        said = words.range(low, None if more else high)
        if more and high > low:
            said = words("place.dead_open", low=words.number(low), high=words.number(high))
    return {"label": words("place.dead"), "range": said, "figures": lines}


def numbers(claims: pd.DataFrame, words: Wording) -> list[str]:
    """How much is told by some claims: claims, voices, happenings."""
    voices = len({words.claimant(*said) for said in zip(claims["claimant"], claims["outlet"], strict=True)})
    incidents = claims["incident_id"].where(claims["incident_id"] != "", claims["claim_id"]).nunique()
    counted = {"claims": len(claims), "voices": voices, "incidents": int(incidents)}
    return [words.count(what, n) for what, n in counted.items()]


def nearby(frames: Frames, view: View, place_id: str, words: Wording) -> dict[str, Any]:
    named = "name_ar" if words.language == "ar" else "name_en"
    names = frames.places[named].to_dict()
    near = near_to(frames, view.placed, place_id)
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


def grouped(
    claims: pd.DataFrame, selection: Selection, words: Wording
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
            told_one = figure != words("number.untold") and claim.stance != "denied"
            if told_one and figure not in line[2]:
                line[2].append(figure)
        groups[str(key)] = {
            "title": words("place.told", n=words.count("claims", len(told))),
            "status": words.code("status", told["status"].iloc[0]),
            "day": words.days(told["first"].min(), told["last"].max()),
            "sides": [[words(side), list(voices.values())] for side, voices in sides.items()],
            "killed": words("claim.killed"),
        }
    return claims, groups
