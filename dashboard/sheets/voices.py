"""Who says what: the voices against the sides they speak of, and how often each is borne out or denied."""

from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.frames import Frames, View
from dashboard.pages import PROFILE, Page
from dashboard.selection import Selection
from dashboard.sheets import charts, grid
from dashboard.symbols import NONE, SIDES
from dashboard.wording import Wording

#: So many voices are drawn, those with the most claims; the table below has all.
LIMIT: Final = 24

#: Height of a line of an axis label, in pixels: labels of several lines grow downwards.
_LINE: Final = 12

_STANCE: Final = "voices.stance"


def show(frames: Frames, seen: View, selection: Selection, words: Wording) -> None:
    """Voices against acting sides as a heat table, then every voice with its record."""
    if seen.claims.empty:
        st.info(words("list.none"))
        return
    st.subheader(words("voices.about_whom"), anchor=False)
    st.caption(words("voices.about_whom_note"))
    stance = st.segmented_control(
        words("filter.stances"),
        ("asserted", "denied"),
        default="asserted",
        format_func=lambda code: words.code("stance", code),
        key=_STANCE,
        label_visibility="collapsed",
    )
    spoken = against(seen.claims[seen.claims["stance"] == (stance or "asserted")])
    if spoken.empty:
        st.info(words("list.none"))
    else:
        with st.container(key="voices_heat"):
            st.altair_chart(
                heat(spoken, selection.colours, words), key="voices.heat", alt=words("voices.about_whom")
            )
    st.subheader(words("voices.record"), anchor=False)
    st.caption(words("voices.record_note"))
    table = records(frames, seen.claims)
    st.caption(words("voices.choose"))
    names = [words.claimant(*who) for who in table.index]
    listed = pd.DataFrame({"claimant": names, **table.to_dict("series")})
    listed.index = pd.Index([_about(*who) for who in table.index])
    grid.choose("voices.table", listed, "", words, lambda about: session.go(PROFILE, about))


def _about(claimant: str, outlet: str) -> str:
    """What the profile of a voice is about."""
    return f"voice:{claimant}" if claimant != NONE else f"outlet:{outlet}"


def _speaking(claims: pd.DataFrame) -> pd.DataFrame:
    """Each claim with who speaks: the claimant, or the outlet where it says it itself."""
    claimant = claims["claimant"].astype(str)
    return pd.DataFrame(
        {
            "claimant": claimant,
            "outlet": claims["outlet"].astype(str).where(claimant == NONE, ""),
            "side": charts.known(claims["actor_bloc"]),
            "denied": claims["stance"].astype(str) == "denied",
            "status": claims["status"].astype(str),
        },
        index=claims.index,
    )


def voice(claimant: str, outlet: str) -> tuple[str, str]:
    """Who speaks: the claimant, or the outlet where it says it itself; the other of the two is left empty."""
    return (claimant, outlet) if claimant == NONE else (claimant, "")


def against(claims: pd.DataFrame) -> pd.DataFrame:
    """How many claims each of the foremost voices makes of each acting side.

    Columns claimant, outlet, side, claims, total (of that voice) and share (the one by the other).
    """
    said = _speaking(claims)
    counted = said.groupby(["claimant", "outlet", "side"], sort=False).size().rename("claims").reset_index()
    if counted.empty:
        return counted.assign(total=[], share=[])
    total = counted.groupby(["claimant", "outlet"])["claims"].transform("sum")
    counted = counted.assign(share=counted["claims"] / total, total=total)
    foremost = counted.sort_values(
        ["total", "claimant", "outlet"], ascending=[False, True, True], kind="stable"
    )
    voices = foremost[["claimant", "outlet"]].drop_duplicates().head(LIMIT)
    return foremost.merge(voices, on=["claimant", "outlet"])


def records(frames: Frames, claims: pd.DataFrame) -> pd.DataFrame:
    """One row a voice (index claimant and outlet), the one with the most claims first: ``claims``, of these
    ``denials``; and of what it asserts the shares (0 to 1) that are ``corroborated``, ``contested`` and
    ``denied_by_others``. All but the first two are empty for a voice that asserts nothing."""
    said = _speaking(claims)
    happenings = zip(claims["incident_id"], claims["event_type"].astype(str), strict=True)
    voices = zip(said["claimant"], said["outlet"], strict=True)
    said["disputed"] = [
        any(voice(*denial) != who for denial in frames.deniers.get(happening, ()))
        for happening, who in zip(happenings, voices, strict=True)
    ]
    by = ["claimant", "outlet"]
    table = said.groupby(by, sort=False).agg(claims=("side", "size"), denials=("denied", "sum"))
    asserted = said[~said["denied"]].assign(
        corroborated=lambda t: t["status"] == "corroborated", contested=lambda t: t["status"] == "contested"
    )
    shares = asserted.groupby(by, sort=False).agg(
        corroborated=("corroborated", "mean"),
        contested=("contested", "mean"),
        denied_by_others=("disputed", "mean"),
    )
    return table.join(shares).sort_values("claims", ascending=False, kind="stable")


def heat(spoken: pd.DataFrame, colours: str, words: Wording) -> charts.Chart:
    """A cell for each voice and side: the number in words, the colour of the side, deeper with its share."""
    sides = {side: words.code("side", side) for side in SIDES if side in set(spoken["side"])}
    heads = list(sides.values())
    stacked = charts.stacked(heads)
    voices = [
        charts.label(words.claimant(*voice), words)
        for voice in zip(spoken["claimant"], spoken["outlet"], strict=True)
    ]
    table = spoken.assign(
        voice=voices,
        rank=pd.factorize(pd.Series(voices))[0],
        name=[sides[side] for side in spoken["side"]],
        number=[words.number(n) for n in spoken["claims"]],
        part=[words("number.share", n=words.number(round(share * 100))) for share in spoken["share"]],
    )
    shades = charts.colours(colours)
    base = alt.Chart(table).encode(
        x=alt.X(
            "name:N",
            sort=heads[::-1] if words.direction == "rtl" else heads,
            scale=alt.Scale(paddingInner=0.03),
            title=None,
            axis=alt.Axis(
                orient="top",
                labelAngle=0,
                labelExpr=charts.lines(stacked),
                labelPadding=_LINE * (max(map(len, stacked.values())) - 1) + 4,
                labelLimit=150,
                labelOverlap=False,
                domain=False,
                ticks=False,
            ),
        ),
        y=alt.Y(
            "voice:N",
            # By a number, not by a list of names: Vega would read these as part of its program.
            sort=alt.EncodingSortField("rank", order="ascending"),
            scale=alt.Scale(paddingInner=0.14),
            title=None,
            axis=alt.Axis(
                orient=charts.beginning(words), labelLimit=260, labelOverlap=False, domain=False, ticks=False
            ),
        ),
        tooltip=[
            alt.Tooltip("voice:N", title=words("list.claimant")),
            alt.Tooltip("name:N", title=words("filter.sides")),
            alt.Tooltip("number:N", title=words("time.claims")),
            alt.Tooltip("part:N", title=words("voices.share")),
        ],
    )
    cells = base.mark_rect(cornerRadius=3, stroke=charts.ink(), strokeOpacity=0.4).encode(
        color=alt.Color(
            "side:N", scale=alt.Scale(domain=list(sides), range=[shades[side] for side in sides]), legend=None
        ),
        fillOpacity=alt.FillOpacity(
            "share:Q", scale=alt.Scale(domain=[0, 1], range=[0.08, 0.5]), legend=None
        ),
    )
    numbers = base.mark_text(fontWeight=600, fontSize=13, color=charts.ink()).encode(text="number:N")
    return charts.plain(alt.layer(cells, numbers).properties(height=alt.Step(27)))


PAGE: Final = Page("voices", show, order=50)
