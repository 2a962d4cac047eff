"""What profiles are made of: counts, tables, days, and the claims themselves; plain text throughout.

A name that has a profile of its own is told with it: ``about`` is one of ``Choices.profiles``, or empty.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, cast

import pandas as pd

from dashboard.claims.panel import in_order
from dashboard.frames import Frames, placed_of, rows
from dashboard.sayline import span
from dashboard.selection import Selection
from dashboard.sheets import charts, voices
from dashboard.sheets.statements import statement
from dashboard.symbols import NONE, SIDES, palette
from dashboard.wording import Wording

#: No table has more lines, and no more claims are printed; the rest is counted.
LINES: Final = 8
PRINTED: Final = 12

Block = dict[str, Any]


class Named(NamedTuple):
    """A line of a tally: a name, how often it is told, and what it looks like."""

    text: str
    claims: int
    about: str = ""
    colour: str = ""
    glyph: str = ""
    note: str = ""


def tally(title: str, named: Sequence[Named], words: Wording, note: str = "") -> Block:
    """Names with how many claims each has, those with the most first as they are given."""
    most = max((one.claims for one in named), default=1)
    lines = [
        {**one._asdict(), "claims": words.number(one.claims), "share": round(one.claims / most, 3)}
        for one in named[:LINES]
    ]
    return {"kind": "tally", "title": title, "note": note, "lines": lines, "rest": _rest(len(named), words)}


def table(
    title: str, columns: Sequence[str], lines: Sequence[Sequence[Any]], words: Wording, note: str = ""
) -> Block:
    """Lines whose first cell is a text and what it is ``about``, the others figures or words."""
    return {
        "kind": "table",
        "title": title,
        "note": note,
        "columns": [words(f"column.{name}") for name in columns],
        "lines": [[list(line[0]), *line[1:]] for line in lines[:LINES]],
        "rest": _rest(len(lines), words),
    }


def _rest(lines: int, words: Wording) -> str:
    return words("profile.rest", n=words.number(lines - LINES)) if lines > LINES else ""


def by_event(claims: pd.DataFrame, title: str, words: Wording) -> Block:
    """Of each type of event how many claims there are, how many of them denials, how many borne out by others
    and how many contested.
    """
    asserted, status = claims["stance"] != "denied", claims["status"].where(claims["stance"] != "denied")
    counts = pd.DataFrame(
        {
            "claims": 1,
            "denials": (~asserted).astype(int),
            "corroborated": (status == "corroborated").astype(int),
            "contested": (status == "contested").astype(int),
        },
        index=claims.index,
    )
    found = counts.groupby(claims["event_type"].astype(str)).sum()
    found = found.sort_values("claims", ascending=False, kind="stable")
    lines = [
        [(words.code("event", str(event)), ""), *_counted(told, words)]
        for event, told in zip(found.index, found.to_numpy().tolist(), strict=True)
    ]
    return table(title, ("event", "claims", "denials_among", "corroborated", "contested"), lines, words)


def _counted(numbers: Iterable[int], words: Wording) -> list[str]:
    return [words.number(n) if n else "" for n in numbers]


def by_side(claims: pd.DataFrame, column: str, title: str, selection: Selection, words: Wording) -> Block:
    """The sides in a column of claims."""
    colours = palette(selection.colours)
    named = [
        Named(words.code("side", side), n, f"side:{side}" if side != NONE else "", colours.get(side, ""))
        for side, n in counted(claims[column])
    ]
    return tally(title, named, words)


def by_group(claims: pd.DataFrame, column: str, title: str, words: Wording) -> Block:
    """The groups in a column of claims; those that name none are left out."""
    named = [
        Named(words.group(group), n, f"group:{group}")
        for group, n in counted(claims[column])
        if group != NONE
    ]
    return tally(title, named, words)


def by_place(
    frames: Frames, claims: pd.DataFrame, title: str, words: Wording, among: Collection[str] | None = None
) -> Block:
    """The places that claims name, all or those among some."""
    positions = placed_of(frames, claims)["place"].value_counts()
    called, kinds = frames.called[words.language], frames.places["kind"].to_dict()
    places = zip(frames.places.index[positions.index], positions.tolist(), strict=True)
    named = [
        Named(called[place], n, f"place:{place}", note=words.code("kind", kinds[place]))
        for place, n in places
        if among is None or place in among
    ]
    return tally(title, named, words)


def by_voice(frames: Frames, claims: pd.DataFrame, title: str, words: Wording) -> Block:
    """Who says it and who denies it, and how often others bear each of them out, or deny it."""
    lines = []
    for who, told in voices.records(frames, claims).iterrows():
        shares = [_share(told[name], words) for name in ("corroborated", "contested", "denied_by_others")]
        counts = _counted((int(told["claims"]), int(told["denials"])), words)
        lines.append([voice_named(*cast(tuple[str, str], who), words), *counts, *shares])
    columns = ("claimant", "claims", "denials", "corroborated", "contested", "denied_by_others")
    return table(title, columns, lines, words)


def _share(share: float, words: Wording) -> str:
    return "" if pd.isna(share) or not share else words("number.share", n=words.number(round(share * 100)))


def voice_named(claimant: str, outlet: str, words: Wording) -> tuple[str, str]:
    """The name of who says it, and what it is ``about``."""
    if claimant != NONE:
        return words.claimant(claimant, outlet), f"voice:{claimant}"
    return words.claimant(claimant, outlet), f"outlet:{outlet}" if outlet not in ("", NONE) else ""


def counted(codes: "pd.Series[Any]") -> list[tuple[str, int]]:
    """The codes of a column, the most frequent first."""
    found = codes.astype(str).replace("", NONE).value_counts()
    return [(str(code), int(n)) for code, n in found.items() if n]


# --- who answers whom


class Answers(NamedTuple):
    """How many of some claims other voices deny, tell as well, or assert where these deny; by voice."""

    denied_by: Counter[tuple[str, str]]
    told_by: Counter[tuple[str, str]]
    denies: Counter[tuple[str, str]]


def answers(frames: Frames, claims: pd.DataFrame, mine: Callable[[Any], bool]) -> Answers:
    """What others say of the happenings that claims tell; ``mine`` knows a claim of the same voice."""
    told = frames.claims[frames.claims["incident_id"].isin(set(claims["incident_id"]) - {""})]
    asserted: dict[tuple[str, str], set[tuple[str, str]]] = {}
    own: set[tuple[str, str]] = set()
    for claim in rows(told):
        who = voices.voice(claim.claimant, claim.outlet)
        if mine(claim):
            own.add(who)
        elif claim.stance != "denied":
            asserted.setdefault((claim.incident_id, claim.event_type), set()).add(who)
    found = Answers(Counter(), Counter(), Counter())
    for claim in rows(claims):
        happening = (claim.incident_id, claim.event_type)
        if claim.stance == "denied":
            found.denies.update(asserted.get(happening, ()))
            continue
        found.told_by.update(asserted.get(happening, ()))
        deniers = {voices.voice(*denial) for denial in frames.deniers.get(happening, ())}
        found.denied_by.update(deniers - own)
    return found


def answered(found: Answers, words: Wording) -> list[Block]:
    """The answers of others as tallies."""
    blocks = []
    for name, of in found._asdict().items():
        named = []
        for (claimant, outlet), n in sorted(of.items(), key=lambda pair: (-pair[1], pair[0])):
            text, about = voice_named(claimant, outlet, words)
            named.append(Named(text, n, about))
        blocks.append(tally(words(f"profile.{name}"), named, words))
    return blocks


# --- days, and the claims themselves


def days(claims: pd.DataFrame, selection: Selection, words: Wording) -> dict[str, Any]:
    """How many claims begin in each day, week or month, by acting side; those without a day are counted."""
    dated = claims[claims["first"].notna()]
    content: dict[str, Any] = {"title": words("profile.days"), "bars": [], "undated": ""}
    if undated := len(claims) - len(dated):
        content["undated"] = words.count("undated", undated)
    if dated.empty:
        return content
    colours = palette(selection.colours)
    period = charts.periods(dated["first"])
    side = charts.known(dated["actor_bloc"])
    counts = dated.groupby([period.rename("period"), side.rename("side")]).size().unstack(fill_value=0)
    every = pd.period_range(period.min(), period.max(), freq=counts.index.freq)  # type: ignore[attr-defined]
    at: Any
    for at, told in counts.reindex(every, fill_value=0).to_dict("index").items():
        parts = [[colours[code], int(told[code])] for code in SIDES if told.get(code, 0)]
        total = sum(int(n) for n in told.values())
        said = words(
            "profile.of_days",
            days=span(at.start_time.date(), at.end_time.date(), words),
            claims=words.count("claims", total),
        )
        content["bars"].append([said, total, parts])
    most = max(content["bars"], key=lambda bar: bar[1])
    first, last = dated["first"].min(), dated["first"].max()
    content["ends"] = [words.day(first), words.day(last) if last != first else ""]
    content["most"] = words("profile.most", said=most[0])
    return content


def listed(
    frames: Frames, claims: pd.DataFrame, selection: Selection, most: int, words: Wording
) -> dict[str, Any]:
    """The claims with their words, in the chosen order of time; so many, and how many more there are."""
    colours = palette(selection.colours)
    ordered = in_order(claims, selection.order)
    rest, beyond = len(claims) - most, len(claims) - PRINTED
    return {
        "title": words("profile.claims", n=words.number(len(claims))),
        "items": [statement(frames, claim, colours, words) for claim in rows(ordered.iloc[:most])],
        "more": words("card.more", n=words.number(min(rest, most)), rest=words.number(rest))
        if rest > 0
        else "",
        "printed": PRINTED,
        "beyond": words("profile.not_printed", claims=words.count("claims", beyond)) if beyond > 0 else "",
    }


def some(blocks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The blocks that say anything."""
    return [block for block in blocks if block["lines"]]
