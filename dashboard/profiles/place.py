"""Everything said of a place and of what lies in it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.claims import place
from dashboard.frames import (
    NEARBY_KM,
    Frames,
    View,
    facts,
    in_place,
    lies_in,
    name_in,
    nearby,
    placed_of,
    rows,
)
from dashboard.profiles import blocks
from dashboard.profiles.blocks import LINES, Block, Named
from dashboard.profiles.sketch import Spot, sketch, touching
from dashboard.selection import Selection
from dashboard.sheets import casualties
from dashboard.wording import Wording


def claims(frames: Frames, seen: View, place_id: str) -> pd.DataFrame:
    """The claims in view that name the place or what lies in it."""
    return in_place(frames, seen.claims, place_id)


def content(
    frames: Frames, seen: View, told: pd.DataFrame, place_id: str, selection: Selection, words: Wording
) -> dict[str, Any]:
    """What the page says of it beside its claims; ``told`` are these."""
    known = facts(frames, place_id)
    head = place.head(frames, place_id, words, most=None)
    parents = [[name_in(frames, one, words.language), f"place:{one}"] for one in lies_in(frames, place_id)]
    at = "" if known["area"] else _point(known, words)
    inside = set(frames.inside.loc[frames.inside["ancestor"] == place_id, "place_id"])
    near = _near(frames, seen, place_id, inside, bool(known["area"]))
    own = frames.places.index.isin([place_id]).any()
    apart = _apart(frames, told, inside)
    return {
        "name": head["name"],
        "other": head["other"],
        "kind": head["kind"],
        "parents": parents,
        "lines": [line for line in (at, head["sure"], head["further"]) if line],
        "sketch": sketch(
            place_id, _spots(frames, told, place_id, inside, near, words), bool(known["area"]), words
        ),
        "strip": place.strip(frames, seen, place_id, selection, words) if own else None,
        "numbers": _numbers(told, apart, words),
        "blocks": blocks.some(
            [
                blocks.by_event(told, words("profile.events"), words),
                blocks.by_side(told, "actor_bloc", words("profile.actors"), selection, words),
                blocks.by_voice(frames, told, words("profile.voices"), words),
                _figures(told, apart, words),
                blocks.by_place(frames, told, words("profile.inside"), words, inside - {place_id}),
                _nearby(frames, near, words),
            ]
        ),
    }


def _point(known: Any, words: Wording) -> str:
    """Latitude and longitude, no finer than they are known."""
    places = 2 if known["radius_km"] >= 1 else 3
    lat, lon = (words.decimal(abs(known[axis]), places) for axis in ("lat", "lon"))
    north, east = ("north" if known["lat"] >= 0 else "south", "east" if known["lon"] >= 0 else "west")
    return words("list.between").join((words(f"profile.{north}", n=lat), words(f"profile.{east}", n=lon)))


# --- neighbours


def _near(
    frames: Frames, seen: View, place_id: str, inside: set[str], area: bool
) -> Sequence[tuple[str, float | None, int]]:
    """What lies near and is no part of it: id, distance in km, claims in view. Of a governorate those that it
    borders on, without a distance; of another area, which has no point to be near to, nothing.
    """
    if area:
        held = [
            (one, len(in_place(frames, seen.claims, one)))
            for one in touching(place_id)
            if one in frames.names
        ]
        return [(one, None, n) for one, n in sorted(held, key=lambda pair: -pair[1])]
    found = nearby(frames, placed_of(frames, seen.claims), place_id, most=LINES + len(inside))
    return [(one, km, n) for one, km, n in found if one not in inside][:LINES]


def _nearby(frames: Frames, near: Sequence[tuple[str, float | None, int]], words: Wording) -> Block:
    named = [
        Named(
            name_in(frames, one, words.language),
            n,
            f"place:{one}",
            note="" if km is None else words("place.km", km=words.number(max(1, round(km)))),
        )
        for one, km, n in near
    ]
    title = words("profile.nearby", km=words.number(round(NEARBY_KM)))
    if near and near[0][1] is None:
        title = words("profile.borders")
    return blocks.tally(title, named, words)


def _spots(
    frames: Frames,
    told: pd.DataFrame,
    place_id: str,
    inside: set[str],
    near: Sequence[tuple[str, float | None, int]],
    words: Wording,
) -> list[Spot]:
    """The place, what is told of in it, the most first, and its neighbours."""

    def spot(kind: str, one: str) -> Spot:
        known = facts(frames, one)
        name = name_in(frames, one, words.language)
        return Spot(kind, name, float(known["lat"]), float(known["lon"]), float(known["radius_km"]))

    counts = placed_of(frames, told)["place"].value_counts()
    within = [str(frames.places.index[at]) for at in counts.index]
    within = [one for one in within if one in inside - {place_id} and not frames.places["area"][one]]
    around = [one for one, km, _ in near if km is not None]
    return [
        spot("self", place_id),
        *(spot("inside", one) for one in within),
        *(spot("near", one) for one in around),
    ]


# --- the dead and the wounded


def _apart(frames: Frames, told: pd.DataFrame, inside: set[str]) -> dict[str, str]:
    """The claims with a figure that is in no sum of the place, by the key of the reason."""
    reasons: dict[str, str] = {}
    for name, apart in casualties.left_out(told).items():
        reasons |= dict.fromkeys(apart.index, name)
    figures = casualties.figures(told)
    for _, group in figures.groupby("group"):
        named = {one for claim in group.index for one in frames.places_of.get(claim, ())}
        if not named <= inside:
            for claim in group.index:
                reasons.setdefault(claim, "shared")
    return reasons


def _numbers(told: pd.DataFrame, apart: Mapping[str, str], words: Wording) -> list[list[str]]:
    """How much is told; and the dead and wounded, low to high, but for the figures that stand apart."""
    figures = casualties.figures(told)
    incidents = casualties.per_incident(figures[~figures.index.isin(list(apart))])
    found = [[one, ""] for one in place.numbers(told, words)]
    for harm in casualties.HARMS:
        if len(incidents) and incidents[f"{harm}_low"].notna().any():
            found.append([words(f"claim.{harm}"), casualties.summed(incidents, harm, words)])
    return found


def _figures(told: pd.DataFrame, apart: Mapping[str, str], words: Wording) -> Block:
    """Each figure with who gives it; why one that is in no sum stands apart."""
    counts = [f"{harm}_{end}" for harm in casualties.HARMS for end in ("min", "max")]
    with_figure = told[told[counts].notna().any(axis=1)]
    lines: list[list[Any]] = []
    for claim in rows(with_figure.sort_values("first", kind="stable", na_position="last")):
        denied = claim.stance == "denied"
        pattern = "{figure}" if not denied else words("claim.denied_figure")
        ranges = [
            "" if pd.isna(low) and pd.isna(high) else pattern.replace("{figure}", words.range(low, high))
            for low, high in (
                (claim.killed_min, claim.killed_max),
                (claim.wounded_min, claim.wounded_max),
            )
        ]
        reason = apart.get(claim.claim_id, "")
        lines.append(
            [
                blocks.voice_named(claim.claimant, claim.outlet, words),
                words.days(claim.first, claim.last),
                *ranges,
                words(f"profile.apart_{reason}") if reason else "",
            ]
        )
    columns = ("claimant", "day", "killed", "wounded", "apart")
    return blocks.table(words("profile.figures"), columns, lines, words, words("profile.figures_note"))
