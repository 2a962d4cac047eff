"""The dead and the wounded that are told of: low to high, each incident once, totals apart from their parts.

Claims of one happening can only be joined by its place and its day: a figure without either may be told
twice, and stands apart from the sums as totals do. A figure is what somebody says. "At least 46" has a lower
bound and no upper one; it counts as 46 wherever a sum needs a number, and the sum says "or more".
"""

import json
from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.frames import Frames, View, rows
from dashboard.pages import Page
from dashboard.selection import Selection
from dashboard.sheets import charts, grid, statements
from dashboard.sheets.statements import statement
from dashboard.symbols import NONE, palette
from dashboard.wording import Wording

HARMS: Final = ("killed", "wounded")

#: Why a figure is left out of the sums, in the order of the page.
REASONS: Final = ("totals", "denials", "unplaced", "undated", "nowhere")

#: Of the figures that stand apart so many are shown, the highest.
LIMIT: Final = 24

_HARM: Final = "casualties.harm"


def show(frames: Frames, seen: View, selection: Selection, words: Wording) -> None:
    """The casualties that the claims in view tell of."""
    told = figures(seen.claims)
    parts = told[~told["is_total"] & joined(told)]
    apart = left_out(seen.claims)
    incidents = per_incident(parts)
    _summary(incidents, len(told), sum(len(claims) for claims in apart.values()), words)
    if incidents.empty:
        st.info(words("casualties.none" if told.empty else "casualties.none_joined"))
    else:
        harm = st.segmented_control(
            words("casualties.harm"),
            HARMS,
            default=HARMS[0],
            format_func=lambda name: words(f"claim.{name}"),
            key=_HARM,
            label_visibility="collapsed",
        )
        _charts(parts, harm or HARMS[0], selection, words)
        _incidents(frames, incidents, selection, words)
        _voices(parts, words)
    _apart(frames, apart, selection, words)
    _shared(frames, parts, words)
    with st.expander(words("casualties.about"), icon=":material/info:"):
        for name in (
            "about_claims",
            "about_range",
            "about_best",
            "about_sides",
            "about_totals",
            "about_loose",
            "about_denials",
            "about_missing",
        ):
            st.caption(words(f"casualties.{name}"))


# --- figures: plain pandas


def figures(claims: pd.DataFrame) -> pd.DataFrame:
    """The asserted claims that tell a figure, with ``group``: the incident, or the claim if in none."""
    told = claims[claims["stance"] == "asserted"]
    told = told[_counting(told)]
    return told.assign(group=told["incident_id"].where(told["incident_id"] != "", told["claim_id"]))


def _counting(claims: pd.DataFrame) -> "pd.Series[bool]":
    return claims[[f"{harm}_{end}" for harm in HARMS for end in ("min", "max")]].notna().any(axis=1)


def left_out(claims: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The claims with a figure that is in no sum, by the first reason that holds of each.

    ``totals`` cover others, ``denials`` say that it was not so, ``nowhere`` have neither place nor day,
    ``unplaced`` no place, ``undated`` no day.
    """
    told = claims[_counting(claims)]
    reason = reasons(told)
    return {name: told[reason == name] for name in REASONS}


def reasons(told: pd.DataFrame) -> "pd.Series[str]":
    """Why the figure of each claim is in no sum, one of ``REASONS``; empty where it is in one."""
    denied, located, dated = told["stance"] != "asserted", told["located"], told["first"].notna()
    found = np.select(
        [denied, told["is_total"], ~located & ~dated, ~located, ~dated],
        ["denials", "totals", "nowhere", "unplaced", "undated"],
        default="",
    )
    return pd.Series(found, index=told.index)


def joined(told: pd.DataFrame) -> "pd.Series[bool]":
    """Whether what a claim tells is known by a place and a day, so that it is counted but once."""
    return told["located"] & told["first"].notna()


def ranges(told: pd.DataFrame, by: list[str], harm: str) -> pd.DataFrame:
    """The range of each group of figures: ``low`` and ``high``, the lowest and the highest figure told, and
    ``open``, whether the highest is only a lower bound. Groups without a figure for this harm are left out.
    """
    low, high = (
        pd.to_numeric(told[f"{harm}_{end}"], errors="coerce").astype(float) for end in ("min", "max")
    )
    table = (
        told[by]
        .astype(object)
        .assign(least=low, low=low.fillna(high), high=high, floor=low.where(high.isna()))
    )
    table = table[table["low"].notna()]
    found = table.groupby(by, sort=False, observed=True).agg(
        least=("least", "min"), low=("low", "min"), high=("high", "max"), floor=("floor", "max")
    )
    # "Up to 5" says nothing of the least: where nobody else does, it counts from 0.
    found["low"] = found["low"].where(found.pop("least").notna(), 0)
    found["open"] = found["floor"].notna() & ~(found["high"] > found["floor"])
    found["high"] = np.fmax(found["high"], found["floor"])
    return found.drop(columns="floor").astype({"low": int, "high": int})


def per_incident(parts: pd.DataFrame) -> pd.DataFrame:
    """One row an incident (index ``group``), in the order of the claims.

    Columns first (day), event_type and claim_id of its first claim, and for each harm ``_low`` (as ACLED
    counts), ``_best`` and ``_high`` (as UCDP does), and ``_open``.

    The best figure is the one that most voices give as the least, of several the lowest.
    """
    firsts = parts.drop_duplicates("group").set_index("group")
    table = firsts[["first", "event_type", "claim_id"]].copy()
    for harm in HARMS:
        found = ranges(parts, ["group"], harm)
        table[f"{harm}_low"] = found["low"].astype("Int64")
        table[f"{harm}_best"] = _most_told(parts, harm).astype("Int64")
        table[f"{harm}_high"] = found["high"].astype("Int64")
        table[f"{harm}_open"] = found["open"].astype("boolean")
    return table


def _most_told(parts: pd.DataFrame, harm: str) -> pd.Series:
    column = f"{harm}_min"
    told = parts[parts[column].notna()].drop_duplicates(["group", "claimant", "outlet", column])
    often = told.groupby(["group", column], sort=True).size().rename("voices").reset_index()
    best = often.sort_values(["voices", column], ascending=[False, True], kind="stable")
    return best.drop_duplicates("group").set_index("group")[column]


def by_side(parts: pd.DataFrame, harm: str) -> pd.DataFrame:
    """Ranges by incident and by who the victims are: columns first, group, victims, low, high, open.

    A figure that does not say whose dead it counts is left out where another of the incident does.
    """
    table = parts.assign(victims=charts.known(parts["victims"]))
    named = set(table.loc[(table["victims"] != NONE) & table[f"{harm}_min"].notna(), "group"])
    table = table[(table["victims"] != NONE) | ~table["group"].isin(named)]
    first = table.groupby("group")["first"].min()
    found = ranges(table, ["group", "victims"], harm).reset_index()
    return found.assign(first=found["group"].map(first))


def over_time(sides: pd.DataFrame) -> pd.DataFrame:
    """Sums over periods: start, stop, victims, low, high, open.

    An incident counts on its first day; one without a day is left out.
    """
    dated = sides[sides["first"].notna()]
    if dated.empty:
        return pd.DataFrame(columns=["start", "stop", "victims", "low", "high", "open"])
    period = charts.periods(dated["first"])
    summed = (
        dated.assign(start=period.dt.start_time, stop=period.dt.end_time.dt.ceil("D"))
        .groupby(["start", "stop", "victims"], sort=True)
        .agg(low=("low", "sum"), high=("high", "sum"), open=("open", "any"))
    )
    return summed.reset_index()


def by_voice(parts: pd.DataFrame) -> pd.DataFrame:
    """One row a voice (claimant; outlet where it speaks itself): its incidents with figures, and its sums."""
    speaking = parts.assign(
        claimant=parts["claimant"].astype(str),
        outlet=parts["outlet"].astype(str).where(parts["claimant"].astype(str) == NONE, ""),
    )
    by = ["claimant", "outlet"]
    table = speaking.groupby(by, sort=False).agg(incidents=("group", "nunique"))
    for harm in HARMS:
        each = ranges(speaking, [*by, "group"], harm)
        summed = each.groupby(level=[0, 1]).sum() if len(each) else pd.DataFrame(columns=["low", "high"])
        table[f"{harm}_low"], table[f"{harm}_high"] = summed["low"], summed["high"]
    counts = [f"{harm}_{end}" for harm in HARMS for end in ("low", "high")]
    table[counts] = table[counts].astype("Int64")
    return table.sort_values(["incidents", "killed_high"], ascending=False, kind="stable")


def summed(incidents: pd.DataFrame, harm: str, words: Wording) -> str:
    """From the lowest to the highest that is told of incidents (``per_incident``) together."""
    has = incidents[incidents[f"{harm}_low"].notna()] if len(incidents) else incidents
    if has.empty:
        return words("number.untold")
    low, high = int(has[f"{harm}_low"].sum()), int(has[f"{harm}_high"].sum())
    return figure(low, high, bool(has[f"{harm}_open"].any()), words)


# --- what is drawn


def figure(low: int, high: int, more: bool, words: Wording) -> str:
    """A sum as it is said: ``10–50``, ``46 or more``."""
    said = words.range(low, high)
    return words("casualties.or_more", n=said) if more else said


def _summary(incidents: pd.DataFrame, figures: int, apart: int, words: Wording) -> None:
    with st.container(horizontal=True, gap="medium", key="casualties_summary"):
        for harm in HARMS:
            has = incidents[incidents[f"{harm}_low"].notna()] if len(incidents) else incidents
            st.metric(
                words(f"claim.{harm}"),
                summed(incidents, harm, words),
                help=words("casualties.incidents", n=words.number(len(has))),
            )
        st.metric(words("casualties.figures"), words.number(figures))
        st.metric(words("casualties.left_out"), words.number(apart))
    st.caption(words("casualties.short"))


def _charts(parts: pd.DataFrame, harm: str, selection: Selection, words: Wording) -> None:
    sides = by_side(parts, harm)
    if sides.empty:
        st.caption(words("casualties.none"))
        return
    sums = sides.groupby("victims").agg(low=("low", "sum"), high=("high", "sum"), open=("open", "any"))
    order = sums.sort_values("high", ascending=False).index.tolist()
    st.subheader(words("casualties.by_side"), anchor=False)
    st.altair_chart(
        side_chart(sums, order, harm, selection.colours, words),
        key="casualties.sides",
        alt=words("casualties.by_side"),
    )
    periods = over_time(sides)
    if len(periods):
        st.subheader(words("casualties.over_time"), anchor=False)
        st.caption(words("casualties.scale", n=words.number(int(periods["high"].max()))))
        st.altair_chart(
            time_chart(periods, order, harm, selection.colours, words),
            key="casualties.time",
            alt=words("casualties.over_time"),
        )


def _named(table: pd.DataFrame, words: Wording) -> pd.DataFrame:
    """With the words for the side and the figure, for labels and tooltips."""
    return table.assign(
        name=[words.code("side", side) for side in table["victims"]],
        figure=[
            figure(low, high, more, words)
            for low, high, more in zip(table["low"], table["high"], table["open"], strict=True)
        ],
    )


def _colour(order: list[str], colours: str) -> alt.Color:
    shades = charts.colours(colours)
    known = [side for side in order if side in shades]
    return alt.Color(
        "victims:N", scale=alt.Scale(domain=known, range=[shades[side] for side in known]), legend=None
    )


def side_chart(sums: pd.DataFrame, order: list[str], harm: str, colours: str, words: Wording) -> charts.Chart:
    """A bar a side: full up to the lowest sum, pale from there to the highest, with the figures in words."""
    table = _named(sums.reset_index(), words)
    names = [words.code("side", side) for side in order]
    figures = {
        name: [charts.label(name, words), charts.label(figure, words)]
        for name, figure in zip(table["name"], table["figure"], strict=True)
    }
    axis = alt.Axis(
        orient=charts.beginning(words),
        labelExpr=charts.lines(figures),
        labelColor=charts.ink(),
        labelLimit=220,
        labelOffset=-6,
        labelOverlap=False,
        domain=False,
        ticks=False,
    )
    count = alt.X(
        "low:Q",
        axis=charts.number_axis(words, words(f"claim.{harm}")),
        scale=alt.Scale(
            domain=[0, max(1, int(sums["high"].max()))], nice=False, reverse=words.direction == "rtl"
        ),
    )
    base = alt.Chart(table).encode(
        y=alt.Y("name:N", sort=names, title=None, axis=axis),
        color=_colour(order, colours),
        tooltip=[
            alt.Tooltip("name:N", title=words("casualties.victims")),
            alt.Tooltip("figure:N", title=words(f"claim.{harm}")),
        ],
    )
    low = base.mark_bar(height=18, stroke=charts.ink(), strokeWidth=0.7).encode(x=count)
    high = base.mark_bar(
        height=18, fillOpacity=0.28, stroke=charts.ink(), strokeWidth=0.9, strokeDash=[3, 2]
    ).encode(x=count, x2="high:Q")
    return charts.plain(alt.layer(low, high).properties(height=alt.Step(36)))


def time_chart(
    periods: pd.DataFrame, order: list[str], harm: str, colours: str, words: Wording
) -> charts.Chart:
    """A row of bars for each side over one axis of time: full up to the low sum, pale up to the high one.

    All rows have one scale, that of the highest bar.
    """
    present = [side for side in order if side in set(periods["victims"])]
    table = _named(periods, words)
    table["when"] = [
        words.days(start, stop - pd.Timedelta(days=1))
        for start, stop in zip(table["start"], table["stop"], strict=True)
    ]
    row = table["victims"].map({side: len(present) - 1 - n for n, side in enumerate(present)})
    most = max(1, int(table["high"].max()))
    table = table.assign(
        base=row, full=row + 0.86 * table["low"] / most, pale=row + 0.86 * table["high"] / most
    )
    first, last = table["start"].min(), table["stop"].max()
    names = json.dumps([words.code("side", side) for side in reversed(present)], ensure_ascii=False)
    sides = alt.Axis(
        orient=charts.beginning(words),
        title=None,
        values=list(range(len(present))),
        labelExpr=f"{names}[datum.value]",
        labelBaseline="bottom",
        labelLimit=170,
        domain=False,
        ticks=False,
    )
    scale = alt.Scale(domain=[0, len(present)], nice=False)
    base = alt.Chart(table).encode(
        x=alt.X(
            "start:T",
            axis=charts.day_axis(words, (last - first).days),
            scale=alt.Scale(type="utc", domain=[int(day.timestamp() * 1000) for day in (first, last)]),
        ),
        x2="stop:T",
        color=_colour(order, colours),
        tooltip=[
            alt.Tooltip("when:N", title=words("list.day")),
            alt.Tooltip("name:N", title=words("casualties.victims")),
            alt.Tooltip("figure:N", title=words(f"claim.{harm}")),
        ],
    )
    low = base.mark_rect(stroke=charts.ink(), strokeWidth=0.5).encode(
        y=alt.Y("base:Q", axis=sides, scale=scale), y2="full:Q"
    )
    high = base.mark_rect(fillOpacity=0.28, stroke=charts.ink(), strokeWidth=0.5).encode(
        y=alt.Y("full:Q", axis=sides, scale=scale), y2="pale:Q"
    )
    return charts.plain(alt.layer(low, high).properties(height=48 * len(present) + 20))


def _incidents(frames: Frames, incidents: pd.DataFrame, selection: Selection, words: Wording) -> None:
    st.subheader(words("casualties.each"), anchor=False)
    st.caption(words("casualties.each_note"))
    names = frames.places["name_ar" if words.language == "ar" else "name_en"].to_dict()
    between = words("list.between")
    ranked = incidents.sort_values(["killed_high", "wounded_high"], ascending=False, na_position="last")
    ranked = ranked.set_index("claim_id", drop=False).rename_axis(None)
    table = pd.DataFrame(
        {
            "day": ranked["first"],
            "event": [words.code("event", code) for code in ranked["event_type"]],
            "place": [
                between.join(str(names[p] or frames.names[p]) for p in frames.places_of.get(claim, ()))
                for claim in ranked["claim_id"]
            ],
            **{f"{harm}_{end}": ranked[f"{harm}_{end}"] for harm in HARMS for end in ("low", "best", "high")},
            "open": [
                words("claims.yes") if more else ""
                for more in (ranked["killed_open"].fillna(False) | ranked["wounded_open"].fillna(False))
            ],
        },
        index=ranked.index,
    )
    grid.choose("casualties.incidents", table, selection.claim, words, session.open_claim)
    if selection.claim in frames.claims.index:
        incident = frames.claims.loc[selection.claim, "incident_id"]
        members = frames.claims[frames.claims["incident_id"] == incident] if incident else frames.claims.loc[
            [selection.claim]
        ]  # fmt: skip
        shades = palette(selection.colours)
        items = [statement(frames, claim, shades, words) for claim in rows(members)]
        group: dict[str, Any] = {
            "name": words("incidents.claims", n=words.number(len(items))),
            "items": items,
        }
        statements.show("casualties.claims", [group], words)


def _voices(parts: pd.DataFrame, words: Wording) -> None:
    st.subheader(words("casualties.by_voice"), anchor=False)
    st.caption(words("casualties.by_voice_note"))
    table = by_voice(parts).reset_index()
    said = [words.claimant(*voice) for voice in zip(table["claimant"], table["outlet"], strict=True)]
    counts = {column: table[column] for column in table if column not in ("claimant", "outlet")}
    grid.show("casualties.voices", pd.DataFrame({"claimant": said, **counts}), words)


def _apart(frames: Frames, apart: Mapping[str, pd.DataFrame], selection: Selection, words: Wording) -> None:
    """The figures that are in no sum, with the reason, their number and the claims."""
    st.subheader(words("casualties.left_out_title"), anchor=False)
    if not any(len(claims) for claims in apart.values()):
        st.caption(words("casualties.nothing_left_out"))
    shades = palette(selection.colours)
    for name, claims in apart.items():
        if claims.empty:
            continue
        said = words(
            "casualties.apart", reason=words(f"casualties.{name}"), n=words.count("claims", len(claims))
        )
        with st.expander(said, key=f"casualties.{name}.open"):
            st.caption(words(f"casualties.{name}_note"))
            if len(claims) > LIMIT:
                st.caption(words("casualties.cut", n=words.number(LIMIT)))
            ranked = claims.sort_values(["killed_min", "wounded_min"], ascending=False, na_position="last")
            items = [statement(frames, claim, shades, words) for claim in rows(ranked.head(LIMIT))]
            statements.show(f"casualties.{name}", [{"name": "", "items": items}], words)


def _shared(frames: Frames, parts: pd.DataFrame, words: Wording) -> None:
    """How many figures are told of several places together: counted once here, and at no place of the map."""
    several = sum(len(frames.places_of.get(claim, ())) > 1 for claim in parts.index)
    if several:
        st.caption(words("casualties.shared", n=words.count("claims", several)))


PAGE: Final = Page("casualties", show, order=40)
