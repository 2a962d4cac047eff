"""The panel beside the map: the claims in view, their places and happenings, or one place with its claims."""

from collections.abc import Collection, Mapping
from typing import Any, Final

import pandas as pd

from dashboard import session
from dashboard.claims import cards, place
from dashboard.component import declare
from dashboard.frames import Counts, Frames, View, at_place, rows, without_place_or_date
from dashboard.pages import PROFILE
from dashboard.selection import ORDERS, Selection
from dashboard.symbols import NONE, SIDES, events, palette
from dashboard.visit import visit
from dashboard.wording import Wording

#: Cards are sent so many at a time; the reader asks for more.
LIMIT: Final = 60

#: No longer list of places or happenings is sent.
PLACES: Final = 300

#: What the panel shows beside the map where no place is open: ``totals`` is where every claim has gone.
TABS: Final = ("claims", "places", "incidents", "fresh", "totals")

#: The note of a visit that holds the ids of the claims that are new to the browser, see ``sheets/news.py``.
FRESH: Final = "news.fresh"

_KEY: Final = "cards"
_TAB: Final = "cards.tab"
_MOST: Final = "cards.most"
_component = declare("cards")


def show(frames: Frames, view: View, selection: Selection, words: Wording) -> None:
    """The claims in view, or the chosen place with its claims, or the chosen claim alone."""
    notes = visit().notes
    # Another place, claim or order is read from its beginning.
    about = (selection.place, selection.order, notes.get(_TAB))
    if notes.get("cards.about") != about:
        notes["cards.about"], notes[_MOST] = about, LIMIT

    def hear(message: Mapping[str, Any]) -> None:
        match message:
            case {"claim": str(claim)}:
                session.choose_claim(frames, claim)
            case {"place": str(chosen)} if chosen in frames.places.index:
                session.choose_place(chosen)
            case {"about": str(about)}:
                session.go(PROFILE, about)
            case {"article": str(claim)}:
                session.open_article(claim)
            case {"tab": str(tab)} if tab in TABS:
                notes[_TAB] = tab
            case {"order": str(order)} if order in ORDERS:
                session.choose(order=order)
            case {"more": True}:
                notes[_MOST] = notes.get(_MOST, LIMIT) + LIMIT
            case {"close": True}:
                session.close()

    fresh = notes.get(FRESH, frozenset())
    if tab() == "fresh" and not fresh:
        open_tab(TABS[0])
    _component(_KEY, panel(frames, view, selection, words, tab(), notes.get(_MOST, LIMIT), fresh), hear)


def tab() -> str:
    """Which of ``TABS`` is open where no place is."""
    return str(visit().notes.get(_TAB, TABS[0]))


def open_tab(name: str) -> None:
    """Open one of ``TABS`` in the next run, and no place."""
    visit().notes[_TAB] = name
    session.close()


def panel(
    frames: Frames,
    view: View,
    selection: Selection,
    words: Wording,
    tab: str = TABS[0],
    most: int = LIMIT,
    fresh: Collection[str] = (),
) -> dict[str, Any]:
    """What the panel beside the map says; plain text throughout. Claims of ``fresh`` are marked as new."""
    content: dict[str, Any] = {
        "direction": words.direction,
        "language": words.language,
        "order": {
            "label": words("order.label"),
            "options": [[order, words(f"order.{order}")] for order in ORDERS],
            "chosen": selection.order,
        },
        "words": words.codes("card"),
        "groups": {},
        "days": {},
        "note": "",
        "more": "",
    }
    if selection.place:
        claims = in_order(at_place(frames, view, selection.place), selection.order)
        content |= place.head(frames, selection.place, words)
        content["close"] = words("place.close")
        content["everything"] = [f"place:{selection.place}", words("place.everything")]
        content["figures"] = place.numbers(claims, words)
        content["note"] = words("place.none") if claims.empty else ""
        content["strip"] = place.strip(frames, view, selection.place, selection, words)
        content["dead"] = place.dead(frames, claims, selection.place, words)
        content["nearby"] = place.nearby(frames, view, selection.place, words)
        if selection.claim in view.claims.index and selection.claim not in claims.index:
            claims = pd.concat([view.claims.loc[[selection.claim]], claims])
        claims, content["groups"] = place.grouped(claims, selection, words)
    elif selection.claim in frames.claims.index:
        claims = frames.claims.loc[[selection.claim]]
        placed = selection.claim in frames.places_of
        content["name"] = words("place.chosen_claim" if placed else "place.only_claim")
        content["close"] = words("place.close")
    else:
        new = view.claims[view.claims.index.isin(list(fresh))]
        content["tabs"], content["tab"] = _tabs(view, words, len(new) if fresh else None), tab
        claims = view.claims.iloc[:0]
        if tab == "places":
            content["places"] = _places(frames, view, selection, words)
        elif tab == "incidents":
            content["incidents"] = _incidents(frames, view, selection, words)
        elif tab == "totals":
            content["totals"] = totals(view.counts, words)
            lacking = without_place_or_date(frames, view.claims)
            content["reasons"] = {claim.claim_id: why(claim, words) for claim in rows(lacking)}
            content["lacking"] = words("list.lacking" if len(lacking) else "list.none_lacking")
            claims = in_order(frames.claims.loc[lacking.index], selection.order)
        else:
            listed = new if tab == "fresh" else view.claims
            claims = in_order(listed, selection.order)
            content["note"] = words("list.none") if claims.empty else ""
    if selection.claim in claims.index:
        most = max(most, claims.index.tolist().index(selection.claim) + 1)
    rest = len(claims) - most
    if rest > 0:
        content["more"] = words("card.more", n=words.number(min(rest, LIMIT)), rest=words.number(rest))
    colours = palette(selection.colours)
    shown = claims.iloc[:most]
    if content.get("tab") in ("claims", "fresh"):
        content["days"] = _days(claims, shown, words)
    content["cards"] = [
        cards.card(frames, claim, selection, colours, words) | {"fresh": claim.claim_id in fresh}
        for claim in rows(shown)
    ]
    return content


def in_order(claims: pd.DataFrame, order: str) -> pd.DataFrame:
    """Claims that are in order of time, in the order of time that is chosen; undated ones last."""
    if order == ORDERS[1]:
        return claims
    dated = claims["first"].notna().to_numpy()
    return pd.concat([claims[dated].iloc[::-1], claims[~dated]])


def _tabs(view: View, words: Wording, new: int | None) -> list[list[str]]:
    incidents = view.claims["incident_id"]
    numbers = {
        "claims": view.counts.shown,
        "places": view.counts.places + view.counts.areas,
        "incidents": incidents[incidents != ""].nunique(),
    }
    if new is not None:
        numbers["fresh"] = new
    return [
        [name, words(f"card.tab_{name}"), words.number(numbers[name]) if name in numbers else ""]
        for name in TABS
        if name != "fresh" or name in numbers
    ]


def _days(claims: pd.DataFrame, shown: pd.DataFrame, words: Wording) -> dict[str, list[str]]:
    """Of each first day of a claim that is shown, its name and how many claims begin on it."""
    begun = claims["first"].value_counts()
    days = {
        str(day.date()): [words.weekday(day.date()), words.count("claims", int(begun[day]))]
        for day in shown["first"].dropna().unique()
    }
    undated = int(claims["first"].isna().sum())
    return days | {"": [words("claim.undated"), words.count("claims", undated)]}


def _places(frames: Frames, view: View, selection: Selection, words: Wording) -> list[list[Any]]:
    """The places of the claims in view, those of the most claims first: id, name, name in the other script,
    number of claims, share of each side with its colour.
    """
    named, other = ("name_ar", "name_en") if words.language == "ar" else ("name_en", "name_ar")
    colours = palette(selection.colours)
    table = view.placed.groupby(["place", "side"]).size().unstack(fill_value=0)
    table = table.loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index].iloc[:PLACES]
    shades = [colours[SIDES[int(str(side))]] for side in table.columns]
    found = []
    for at, sides in zip(table.index, table.to_numpy(), strict=True):
        found_at: Any = frames.places.iloc[at]
        total = int(sides.sum())
        bar = [[shade, int(n) / total] for shade, n in zip(shades, sides, strict=True) if n]
        name = found_at[named] or found_at[other]
        found.append(
            [str(found_at.name), name, found_at[other] if found_at[named] else "", words.number(total), bar]
        )
    return found


def _incidents(frames: Frames, view: View, selection: Selection, words: Wording) -> list[dict[str, Any]]:
    """The happenings that the claims in view tell of, in the chosen order of time."""
    claims = view.claims[view.claims["incident_id"] != ""]
    firsts = in_order(claims.drop_duplicates("incident_id"), selection.order).iloc[:PLACES]
    colours = palette(selection.colours)
    names = frames.places["name_ar" if words.language == "ar" else "name_en"].to_dict()
    found = []
    for claim in rows(firsts):
        incident: Any = frames.incidents.loc[claim.incident_id]
        found.append(
            {
                "id": claim.claim_id,
                "event": words.code("event", incident["event_type"]),
                "glyph": events().get(incident["event_type"], ""),
                "colour": colours.get(claim.actor_bloc, colours[NONE]),
                "places": words("list.between").join(
                    str(names.get(p) or frames.names.get(p, p)) for p in incident["places"]
                ),
                "day": words.days(incident["first"], incident["last"]),
                "claims": words.count("claims", int(incident["claims"])),
                "status": str(incident["status"]),
                "sure": words.code("sure", incident["status"]),
            }
        )
    return found


def totals(counts: Counts, words: Wording) -> list[list[Any]]:
    """Where every claim of the archive has gone: the word, how many, and whether it is hidden."""
    shown = ["mapped", *(["unmarked"] if counts.unmarked else []), "unplaced"]
    hidden = ["filtered", "outside", "undated_hidden"]
    names = [*((name, False) for name in shown), *((name, True) for name in hidden), ("total", False)]
    return [[name, words(f"count.{name}"), words.number(getattr(counts, name)), away] for name, away in names]


def why(claim: Any, words: Wording) -> str:
    """Why a claim (a row of ``without_place_or_date``) has no place or no day."""
    parts = []
    if claim.place_reason:
        detail = f": {claim.place_detail}" if claim.place_detail else ""
        parts.append(words.code("reason", claim.place_reason) + detail)
    if claim.date_reason:
        parts.append(words.code("reason", claim.date_reason))
    return words("list.clauses").join(parts)
