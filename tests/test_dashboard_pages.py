"""What the pages beside the map say, without a browser."""

import csv
import io
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import parse_qs

import dashboard_world as world
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard import downloads, pages, wording
from dashboard import frames as room
from dashboard.claims import panel
from dashboard.claims.evidence import ROLES, article
from dashboard.frames import Frames, View, of, rows, view
from dashboard.selection import MOST_PICKED, Selection
from dashboard.sheets import (
    articles,
    casualties,
    contradictions,
    evidence,
    grid,
    heads,
    incidents,
    methods,
    statements,
    table,
    voices,
)
from dashboard.symbols import palette
from dashboard.visit import _here
from extraction.keeping.archive import Archive
from extraction.keeping.document import read_folder
from extraction.pipeline import read
from extraction.reading.claim import GUESSES
from extraction.records import Document, Reading
from gazetteer import reasons, sources

ROOT = Path(room.__file__).parents[1]
APP = str(ROOT / "dashboard" / "app.py")
ENGLISH, ARABIC = wording.load("en"), wording.load("ar")


class Held(NamedTuple):
    """An archive in memory, and all of it in view."""

    frames: Frames
    seen: View


def held(archive: Archive) -> Held:
    frames = room.build(archive.frames(), archive.version, archive.text, sources.load().places)
    return Held(frames, view(frames, Selection()))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Held:
    return held(world.told(tmp_path_factory.mktemp("told") / "a.sqlite"))


# --- the article and its evidence


@given(
    st.text(st.sampled_from("اب .\nx"), max_size=120),
    st.tuples(st.integers(0, 130), st.integers(0, 130)),
    st.lists(
        st.tuples(st.integers(-3, 130), st.integers(0, 130), st.sampled_from([*ROLES, "odd"])), max_size=6
    ),
    st.lists(st.tuples(st.integers(0, 130), st.integers(0, 130), st.sampled_from(["c1", "c2"])), max_size=4),
)
def test_an_article_is_shown_whole_and_every_word_with_a_role_is_marked(
    text: str,
    said: tuple[int, int],
    roles: list[tuple[int, int, str]],
    others: list[tuple[int, int, str]],
) -> None:
    pieces = article(text, said, roles, others)
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        here = {role for a, b, role in roles if a <= at < b and role in ROLES}
        assert piece.role in here or (not here and not piece.role)
        assert piece.said == (said[0] <= at < said[1])
        assert bool(piece.other) == any(a <= at < b for a, b, _ in others)
        at += len(piece.text)


def test_the_evidence_names_each_fact_with_its_words(told: Held) -> None:
    shown = evidence.told(told.frames, Selection(claim="t-46"), ENGLISH)
    marked = {text: role for text, role, said, _ in shown["pieces"] if role}
    assert marked["غارة"] == "trigger"
    assert marked["46 شخصا على الأقل"] == "killed"
    assert marked["قال المرصد"] == "claimant"
    assert marked["أمس"] == "date"
    assert marked["نصيب"] == "place"
    facts = {fact["role"]: fact for fact in shown["facts"]}
    assert facts["killed"]["value"] == "at least 46, Civilians"
    assert facts["killed"]["words"] == "46 شخصا على الأقل"
    assert facts["wounded"]["value"] == "not told"
    assert "counted from the day of publication" in facts["date"]["value"]
    assert [role for role, _ in shown["legend"]][-2:] == ["said", "other"]


def test_the_evidence_says_why_this_place_and_what_lowered_the_confidence(told: Held) -> None:
    shown = evidence.told(told.frames, Selection(claim="t-46"), ENGLISH)
    (place,) = shown["places"]
    assert place["because"] == ["the likeliest of 2 of this name", "announced by a word for Town"]
    assert place["score"] == "sure by 60%"
    assert shown["doubts"] == [ENGLISH("doubt.place_unsure"), ENGLISH("doubt.no_actor")]
    arabic = evidence.told(told.frames, Selection(claim="t-46"), ARABIC)
    assert arabic["places"][0]["because"][0] == "الأرجح من أماكن بهذا الاسم عددها ٢"


def test_a_denial_of_what_was_told_before_is_not_said_to_lack_place_and_actor(told: Held) -> None:
    (took,) = rows(told.frames.claims.loc[["t-took"]])
    only = pd.DataFrame({"role": ["negation"], "rule": ["denied that"]})
    named = pd.DataFrame({"score": [1.0]})
    assert evidence.doubts(took, only, named) == ()


def test_the_evidence_lists_the_other_claims_of_the_happening_and_of_the_article(told: Held) -> None:
    shown = evidence.told(told.frames, Selection(claim="t-46"), ENGLISH)
    assert {claim["id"] for claim in shown["incident"]} == {"t-10", "t-50"}
    assert [claim["id"] for claim in shown["siblings"]] == ["t-hurt"]
    alone = evidence.told(told.frames, Selection(claim="t-hurt"), ENGLISH)
    assert alone["incident"] == []


def test_namesakes_are_named_with_their_governorates(told: Held) -> None:
    known = sources.load().places
    names: dict[str, list[str]] = {}
    for place in known.values():
        names.setdefault(place.name_ar, []).append(place.id)
    several = next(ids for ids in names.values() if len(ids) > 1)
    assert 1 <= len(evidence.namesakes(several[0], told.frames, ENGLISH)) <= 6
    assert evidence.namesakes("no such place", told.frames, ENGLISH) == []


#: Reasons of a geocoded list, which no article has.
_OF_LISTS = {"name", "like", "with", "rivals"}


def test_every_reason_and_rule_of_the_reading_has_its_words(told: Held) -> None:
    """What the gazetteer and the rules write into the archive is said in the words of the page."""
    gazetteer = sources.load()
    documents = [item for item in read_folder(ROOT / "samples") if isinstance(item, Document)]
    plain = {
        "trigger_trigger",
        "actor_clause",
        "place_behind",
        "date_relative",
        "date_weekday",
        "date_explicit",
    }
    untold = set()
    for reading in (read(document, gazetteer) for document in documents):
        for mention in reading.mentions:
            untold |= {reason.code for reason in reasons.read(mention.reason)} - set(reasons.codes())
        for claim in reading.claims:
            used = {f"{cue.role}_{cue.rule.replace(' ', '_')}" for cue in claim.cues if cue.rule}
            untold |= used - plain - set(ENGLISH.codes("rule"))
            untold |= {cue.role for cue in claim.cues} - set(ENGLISH.codes("role"))
    untold |= set(reasons.codes()) - _OF_LISTS - set(ENGLISH.codes("because"))
    untold |= {"place_unsure", *GUESSES} - set(ENGLISH.codes("doubt"))
    assert untold == set(), "words/*.toml lack a reason, rule, role or doubt"


def test_an_inferred_day_of_publication_is_said_to_be_so_wherever_it_stands(tmp_path: Path) -> None:
    text = "سيطر مقاتلون على قارة أمس."
    inferred = replace(
        world.document("one", text, date(2013, 11, 20)),
        published_basis="inferred",
        published_first=date(2013, 11, 19),
        published_last=date(2013, 11, 21),
        published_reason="The army takes Qara (2013-11-19)",
    )
    archive = Archive(tmp_path / "a.sqlite")
    archive.put([Reading(inferred, (), (world.claim("c", inferred, "سيطر مقاتلون على قارة أمس"),))])
    shown = held(archive)
    days = ENGLISH("publication.inferred", days="19–21 November 2013")
    said = f"Published 20 November 2013 ({days})"
    chosen = Selection(claim="c")
    (card,) = panel.panel(shown.frames, shown.seen, chosen, ENGLISH)["cards"]
    evident = evidence.told(shown.frames, chosen, ENGLISH)
    assert card["published"] == evident["published"] == said
    assert evident["facts"][-1]["how"] == "The army takes Qara (2013-11-19)"
    assert table.columns(shown.frames, shown.seen.claims, ENGLISH).loc["c", "publication"] == days
    assert articles.articles(shown.seen.claims, ENGLISH).loc["one", "publication"] == days
    file = downloads.csv(shown.frames, shown.seen).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(file))
    told = [row[f"published{what}"] for what in ("", "_basis", "_first", "_last")]
    assert told == ["2013-11-20", "inferred", "2013-11-19", "2013-11-21"]


# --- tables


def test_the_table_of_claims_keeps_days_and_numbers_as_such(told: Held) -> None:
    shown = table.columns(told.frames, told.seen.claims, ENGLISH)
    assert list(shown.index) == list(told.seen.claims.index)
    assert pd.api.types.is_datetime64_any_dtype(shown["day"])
    assert shown.loc["t-46", "killed_min"] == 46
    assert pd.isna(shown.loc["t-46", "killed_max"])
    assert shown.loc["t-46", "place"] == "Nasib"
    assert shown.loc["t-total", "total"] == "yes"
    assert set(table.OPENING) <= set(shown)
    assert all(ENGLISH(f"column.{name}") for name in shown)


def test_the_table_of_incidents_has_those_with_claims_in_view(told: Held) -> None:
    shown = incidents.columns(told.frames, told.seen.claims, ENGLISH)
    assert list(shown.index) == ["i-strike", "i-total", "i-rival", "i-took"]
    assert list(shown["total"]) == ["", "yes", "", ""]
    only = told.frames.claims.loc[["t-took"]]
    assert list(incidents.columns(told.frames, only, ENGLISH).index) == ["i-took"]
    items = incidents.told(told.frames, "i-took", Selection(), ENGLISH)["items"]
    assert [(item["id"], bool(item["denied"])) for item in items] == [("t-took", False), ("t-denied", True)]


def test_articles_are_listed_latest_first_with_their_claims(told: Held) -> None:
    shown = articles.articles(told.seen.claims, ENGLISH)
    assert set(shown.index[:2]) == {"five", "six"}
    assert shown.loc["six", "claims"] == 2
    assert shown.loc["one", "title"] == "غارة على نصيب"
    assert shown.loc["two", "title"] == "No title"


def test_records_of_one_key_are_found_and_none_of_another(told: Held) -> None:
    assert next(cue.role for cue in rows(of(told.frames.cues, "t-46"))) == "claimant"
    assert len(of(told.frames.cues, "t-4")) == 0
    assert len(of(told.frames.mentions, "six")) == 1


# --- contradictions


def test_denials_and_rival_takeovers_are_paired(told: Held) -> None:
    found = contradictions.opposed(told.frames, told.seen.claims)
    assert {(one.kind, frozenset(one.claims)) for one in found} == {
        ("denial", frozenset({"t-took", "t-denied"})),
        ("rivals", frozenset({"t-took", "t-rival"})),
    }
    assert all(0 < one.weight <= 1 for one in found)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)


def test_a_denial_counts_against_its_own_kind_of_event(told: Held) -> None:
    assert contradictions._same_event("control_change", "control_change")
    assert contradictions._same_event("advance", "control_change"), "not entered, so not taken"
    assert not contradictions._same_event("control_change", "advance"), "not taken, but attacked"


def test_figures_that_exclude_each_other_are_found_with_their_gap(told: Held) -> None:
    (one,) = contradictions.differing(told.seen.claims)
    assert set(one.claims) == {"t-46", "t-10", "t-50"}
    assert one.weight == 40, "10 at most against 50 at least"
    assert contradictions.note(told.frames, one, ENGLISH) == "Killed: 10–50, a gap of 40"
    without = told.seen.claims.drop(index="t-10")
    assert contradictions.differing(without) == [], "50 is at least 46"


# --- casualties


def test_an_incident_has_a_low_a_best_and_a_high_figure(told: Held) -> None:
    figures = casualties.figures(told.seen.claims)
    table = casualties.per_incident(figures[~figures["is_total"]])
    strike = table.loc["i-strike"]
    assert (strike["killed_low"], strike["killed_best"], strike["killed_high"]) == (10, 10, 50)
    assert not strike["killed_open"], "50 is above the open 46"
    assert pd.isna(strike["wounded_low"])
    assert table.loc["t-hurt", "wounded_high"] == 5, "a claim of no incident counts by itself"


def test_totals_are_apart_and_denials_tell_no_figures(told: Held) -> None:
    figures = casualties.figures(told.seen.claims)
    assert set(figures.index[figures["is_total"]]) == {"t-total"}
    parts = figures[~figures["is_total"]]
    for harm in casualties.HARMS:
        assert casualties.ranges(parts, ["group"], harm)["high"].max() < 75
    assert "t-denied" not in figures.index


def test_a_figure_without_place_or_day_is_in_no_sum(told: Held, start: Callable[..., AppTest]) -> None:
    figures = casualties.figures(told.seen.claims)
    assert set(figures.index[~casualties.joined(figures)]) == {"t-hurt"}, "its article names no place for it"
    app = start("casualties")
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown[ENGLISH("claim.wounded")] == ENGLISH("number.untold")
    assert shown[ENGLISH("claim.killed")] == "10–50"
    assert shown[ENGLISH("casualties.left_out")] == "2"
    assert [expander.label for expander in app.expander][:2] == [
        "Totals that cover others: 1 claim",
        "Without a known place: 1 claim",
    ]
    listed = [group["items"] for shown in bidi(app, "statements") for group in shown["groups"]]
    assert [{item["id"] for item in items} for items in listed] == [{"t-total"}, {"t-hurt"}]


def test_what_is_left_out_of_the_sums_has_its_reason(told: Held) -> None:
    claims = told.seen.claims
    denial = claims.index == "t-10"
    changed = claims.assign(stance=claims["stance"].astype(str).where(~denial, "denied"))
    apart = casualties.left_out(changed)
    assert {name: list(told.index) for name, told in apart.items() if len(told)} == {
        "totals": ["t-total"],
        "denials": ["t-10"],
        "unplaced": ["t-hurt"],
    }
    counted = casualties.figures(changed)
    counted = counted[~counted["is_total"] & casualties.joined(counted)]
    with_figure = changed[changed["killed_min"].notna() | changed["wounded_min"].notna()]
    assert len(counted) + sum(map(len, apart.values())) == len(with_figure), "each in one place"
    undated = changed.assign(first=pd.NaT)
    assert set(casualties.left_out(undated)["undated"].index) == {"t-46", "t-50"}
    assert set(casualties.left_out(undated)["nowhere"].index) == {"t-hurt"}


def test_a_denied_figure_is_not_shown_as_if_it_were_told(told: Held) -> None:
    claims = told.seen.claims
    denied = claims[claims.index == "t-10"].assign(stance="denied")
    (claim,) = rows(denied)
    assert statements.statement(told.frames, claim, palette("safe"), ENGLISH)["figures"] == [
        "Killed: 10 (denied)"
    ]
    assert pd.isna(table.columns(told.frames, denied, ENGLISH)["killed_min"].iloc[0])


def claims_of(figures: list[tuple[str, str, int | None, int | None, str]]) -> pd.DataFrame:
    """Claims made up of group, victims, killed_min, killed_max and claimant."""
    table = pd.DataFrame(figures, columns=["group", "victims", "killed_min", "killed_max", "claimant"])
    counts = {name: table[name].astype("Int64") for name in ("killed_min", "killed_max")}
    return table.assign(
        **counts,
        outlet="x",
        first=pd.Timestamp("2015-05-02"),
        event_type="clash",
        claim_id=[f"c{n}" for n in range(len(table))],
        wounded_min=pd.array([None] * len(table), dtype="Int64"),
        wounded_max=pd.array([None] * len(table), dtype="Int64"),
    )


counts = st.one_of(st.none(), st.integers(0, 200))
told_figures = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.sampled_from(["civilians", "none"]), counts, counts, st.sampled_from("xyz")
    ),
    min_size=1,
    max_size=12,
).map(lambda all_told: [(g, v, *sorted_range(low, high), who) for g, v, low, high, who in all_told])


def sorted_range(low: int | None, high: int | None) -> tuple[int | None, int | None]:
    return (min(low, high), max(low, high)) if low is not None and high is not None else (low, high)


@given(told_figures)
def test_every_figure_told_lies_in_its_range(figures: list[tuple[Any, ...]]) -> None:
    parts = claims_of(figures)
    found = casualties.ranges(parts, ["group"], "killed")
    for group, _, low, high, _ in figures:
        if low is None and high is None:
            continue
        told = found.loc[group]
        assert told["low"] <= told["high"]
        assert told["low"] <= (low if low is not None else high)
        assert (high if high is not None else low) <= told["high"]
        if high is None and low == told["high"]:
            best = [h for g, _, _, h, _ in figures if g == group and h is not None]
            assert told["open"] or max(best) > low
    table = casualties.per_incident(parts)
    whole = table.dropna(subset=["killed_best"])
    assert (whole["killed_low"] <= whole["killed_best"]).all()
    assert (whole["killed_best"] <= whole["killed_high"]).all()


@given(told_figures)
def test_periods_add_up_to_the_sides(figures: list[tuple[Any, ...]]) -> None:
    sides = casualties.by_side(claims_of(figures), "killed")
    periods = casualties.over_time(sides)
    for end in ("low", "high"):
        assert periods[end].sum() == sides[end].sum()


def test_a_figure_that_names_no_victims_is_not_counted_beside_one_that_does() -> None:
    parts = claims_of([("a", "civilians", 10, 10, "x"), ("a", "none", 12, 12, "y"), ("b", "none", 3, 3, "x")])
    sides = casualties.by_side(parts, "killed")
    assert dict(zip(sides["victims"], sides["high"], strict=True)) == {"civilians": 10, "none": 3}


def test_figures_by_voice_take_each_incident_once(told: Held) -> None:
    figures = casualties.figures(told.seen.claims)
    table = casualties.by_voice(pd.concat([figures[~figures["is_total"]]] * 2))
    assert table.loc[("sana", ""), "killed_high"] == 10
    assert table.loc[("none", "Alpha"), "wounded_high"] == 5
    assert table.loc[("sohr", ""), "incidents"] == 1


@pytest.mark.parametrize("words", [ENGLISH, ARABIC], ids=["en", "ar"])
def test_charts_are_in_the_colours_of_the_map_and_fetch_nothing(told: Held, words: wording.Wording) -> None:
    figures = casualties.figures(told.seen.claims)
    sides = casualties.by_side(figures[~figures["is_total"]], "killed")
    order = ["civilians", "opposition"]
    sums = sides.groupby("victims").agg(low=("low", "sum"), high=("high", "sum"), open=("open", "any"))
    drawn = [
        casualties.side_chart(sums, order, "killed", "safe", words),
        casualties.time_chart(casualties.over_time(sides), order, "killed", "safe", words),
        voices.heat(voices.against(told.seen.claims), "safe", words),
    ]
    for chart in drawn:
        specification = chart.to_dict()
        specification.pop("$schema")
        text = json.dumps(specification, ensure_ascii=False)
        assert "http" not in text
        assert "#009E73" in text, "the opposition's colour on the map"
        assert words("side.opposition") in text
        begins = "right" if words.direction == "rtl" else "left"
        assert f'"orient": "{begins}"' in text, "names stand where the lines of the page begin"


# --- claims under heads


HEADED = st.lists(
    st.fixed_dictionaries(
        {
            "incident_id": st.sampled_from(["", "i1", "i2", "i3"]),
            "stance": st.sampled_from(["asserted", "asserted", "denied"]),
            "is_total": st.sampled_from([False, False, True]),
            "places": st.sampled_from([(), ("p1",), ("p1",), ("p2",), ("p1", "p2")]),
            "first": st.sampled_from([None, "2015-05-01", "2015-05-02", "2015-06-01"]),
            "actor_bloc": st.sampled_from(["none", "government", "russia"]),
            "actor": st.sampled_from(["none", "syrian_army", "hezbollah"]),
            "claimant": st.sampled_from(["none", "sana", "sohr"]),
            "killed": st.tuples(counts, counts).map(lambda pair: sorted_range(*pair)),
            "wounded": st.tuples(counts, counts).map(lambda pair: sorted_range(*pair)),
        }
    ),
    min_size=1,
    max_size=12,
)


def archive_of(drawn: list[dict[str, Any]]) -> tuple[Any, pd.DataFrame]:
    """What ``heads.gather`` needs of an archive, and its claims."""
    table = pd.DataFrame(drawn, index=[f"c{n}" for n in range(len(drawn))])
    for harm in casualties.HARMS:
        for end, values in zip(("min", "max"), zip(*table[harm], strict=True), strict=True):
            table[f"{harm}_{end}"] = pd.array(list(values), dtype="Int64")
    table = table.assign(
        claim_id=table.index,
        outlet="x",
        first=pd.to_datetime(table["first"]),
        located=[bool(places) for places in table["places"]],
    )
    return SimpleNamespace(places_of={c: p for c, p in table["places"].items() if p}), table


def told_once(claims: pd.DataFrame, harm: str) -> tuple[int, int]:
    """The sum over incidents from the lowest to the highest figure, written out the long way."""
    incidents: dict[str, list[tuple[int, int]]] = {}
    with_least = set()
    for claim in rows(claims):
        low, high = getattr(claim, f"{harm}_min"), getattr(claim, f"{harm}_max")
        if claim.stance == "denied" or claim.is_total or not claim.located or pd.isna(claim.first):
            continue
        if not (pd.isna(low) and pd.isna(high)):
            group = claim.incident_id or claim.claim_id
            figure = (int(high) if pd.isna(low) else int(low), int(low) if pd.isna(high) else int(high))
            incidents.setdefault(group, []).append(figure)
            if not pd.isna(low):
                with_least.add(group)
    lows = [min(low for low, _ in told) for group, told in incidents.items() if group in with_least]
    highs = [max(high for _, high in told) for told in incidents.values()]
    return sum(lows), sum(highs)


@settings(deadline=None, max_examples=20)
@given(HEADED)
def test_the_heads_together_never_tell_more_than_each_incident_once(drawn: list[dict[str, Any]]) -> None:
    frames, claims = archive_of(drawn)
    for by in ("", *heads.HEADS):
        gathered = heads.gather(frames, claims, by)
        for harm in casualties.HARMS:
            low, high = told_once(claims, harm)
            sums = [told for (_, of), told in gathered.sums.items() if of == harm]
            told = sum(least for least, _, _ in sums), sum(most for _, most, _ in sums)
            assert told[0] <= low
            assert told[1] <= high
            if by in ("", "day"):
                assert told == (low, high), "each incident has a day, and one only"


@settings(deadline=None, max_examples=20)
@given(HEADED)
def test_a_total_or_a_denial_changes_no_sum(drawn: list[dict[str, Any]]) -> None:
    frames, claims = archive_of(drawn)
    parts = claims[~claims["is_total"] & (claims["stance"] == "asserted")]
    for by in ("", *heads.HEADS):
        if len(parts):
            assert heads.gather(frames, claims, by).sums == heads.gather(frames, parts, by).sums


@settings(deadline=None, max_examples=20)
@given(HEADED)
def test_a_figure_that_is_in_no_sum_of_its_head_has_its_reason(drawn: list[dict[str, Any]]) -> None:
    frames, claims = archive_of(drawn)
    for by in ("", *heads.HEADS):
        headed = heads.gather(frames, claims, by)
        for claim, head in headed.head.items():
            for harm in casualties.HARMS:
                if claims.loc[[claim], [f"{harm}_min", f"{harm}_max"]].notna().to_numpy().any():
                    assert (head, harm) in headed.sums or headed.apart[head, harm]
        assert sum(headed.claims.values()) == len(headed.head)


def test_an_incident_told_of_two_places_is_added_to_neither(told: Held) -> None:
    drawn = {
        "incident_id": "",
        "stance": "asserted",
        "is_total": False,
        "first": "2015-05-01",
        "actor_bloc": "none",
        "actor": "none",
        "claimant": "sana",
        "wounded": (None, None),
    }
    both = {**drawn, "places": ("p1", "p2"), "killed": (9, 9)}
    frames, claims = archive_of([both, {**drawn, "places": ("p1",), "killed": (3, None)}])
    headed = heads.gather(frames, claims, "place")
    assert headed.claims == {"p1": 2, "p2": 1}, "it stands under each of its places"
    assert headed.sums == {("p1", "killed"): (3, 3, True)}
    assert headed.apart == {("p1", "killed"): {"several": 1}, ("p2", "killed"): {"several": 1}}
    assert heads.gather(frames, claims, "").sums["", "killed"] == (12, 12, True), "and is counted once below"


def test_what_says_nothing_of_who_acted_does_not_part_an_incident() -> None:
    parts = pd.Series({"a": "i", "b": "i", "c": "j", "d": "j", "e": "k"})
    sides = pd.Series({"a": "russia", "b": "", "c": "russia", "d": "government", "e": ""}, name="head")
    assert heads.homes(parts, sides, "side").to_dict() == {"i": "russia", "k": ""}


def test_a_head_says_its_sums_and_what_is_not_in_them(told: Held) -> None:
    headed = heads.gather(told.frames, told.seen.claims, "place")
    line = heads.line(told.frames, headed, "p-nasib", ENGLISH)
    assert (line["name"], line["claims"], line["voices"]) == ("Nasib", "7 claims", "6 voices")
    killed, wounded = line["sums"]
    assert (killed["figure"], killed["apart"]) == ("10–50", "1 apart")
    assert ENGLISH("casualties.totals") in killed["why"]
    assert wounded["figure"] == wounded["apart"] == "", "nobody tells of wounded there"
    unplaced = heads.line(told.frames, headed, "", ENGLISH)
    assert unplaced["name"] == ENGLISH("heads.no_place")
    assert unplaced["sums"][1]["figure"] == "", "5 wounded somewhere are added to nothing"
    assert ENGLISH("casualties.unplaced") in unplaced["sums"][1]["why"]


def test_heads_stand_in_the_order_of_their_first_rows_and_only_open_ones_show_theirs() -> None:
    heads_of = pd.Series(["", "b", "a", "b"], index=["c1", "c2", "c2", "c3"])
    gathered = grid.under_heads(["c1", "c3", "c2"], heads_of)
    assert gathered == {"b": ["c3", "c2"], "a": ["c2"], "": ["c1"]}
    assert list(gathered) == ["b", "a", ""], "what is not told comes last"
    assert grid.lines(gathered, {"b"}) == [("b", ""), ("b", "c3"), ("b", "c2"), ("a", ""), ("", "")]


# --- who says what


def test_voices_are_set_against_sides_and_against_each_other(told: Held) -> None:
    spoken = voices.against(told.seen.claims)
    assert (spoken.groupby(["claimant", "outlet"])["share"].sum().round(6) == 1).all()
    record = voices.records(told.frames, told.seen.claims)
    assert record["claims"].sum() == len(told.seen.claims)
    assert record.loc[("opposition", ""), "denials"] == 1
    assert record.loc[("syrian_army", ""), "denied_by_others"] == 1
    assert record.loc[("sohr", ""), "corroborated"] == 1
    assert record.loc[("sohr", ""), "denied_by_others"] == 0


def test_nobody_is_denied_by_himself(told: Held) -> None:
    claims = told.frames.claims
    own = claims.loc[["t-took", "t-denied"]].assign(claimant="opposition")
    assert voices.records(told.frames, own).loc[("opposition", ""), "denied_by_others"] == 0


# --- methods


@pytest.mark.parametrize("words", [ENGLISH, ARABIC], ids=["en", "ar"])
def test_the_methods_page_explains_every_code_and_names_every_source(
    told: Held, words: wording.Wording
) -> None:
    page = methods.page(told.frames, words)
    for section in ("event", "status", "stance"):
        for name, word in words.codes(section).items():
            assert name in page
            assert word in page
    readme = (ROOT / "gazetteer" / "README.md").read_text("utf-8")
    for name, address, licence, _ in methods.SOURCES:
        assert name.replace("'", "&#x27;") in page
        assert address in page
        assert address in readme
        assert licence in readme
    assert not re.search(r"<(script|img|iframe|link)|src=", page)


def test_the_methods_page_prints_what_was_measured_and_on_how_many_texts(told: Held) -> None:
    page = methods.page(told.frames, ENGLISH)
    measured = tomllib.loads(methods.FIGURES.read_text("utf-8"))
    assert f"in {measured['texts']} articles" in page
    assert "known when the rules were written" in page
    mentions = measured["found"]["mentions"]
    assert f"<td>{mentions['right']}</td><td>{mentions['false']}</td><td>{mentions['missed']}</td>" in page
    assert f"{measured['places']['located']['right']} of {measured['places']['located']['of']}" in page
    for words in (ENGLISH, ARABIC):
        assert not {*measured["places"], *measured["claims"]} - set(words.codes("measure"))
        assert not set(measured["markers"]) - set(words.codes("event"))


def test_the_figures_printed_are_those_of_today(reference: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "figures.toml"
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "figures.py", "--out", fresh], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    printed, measured = (ratios(tomllib.loads(f.read_text("utf-8"))) for f in (methods.FIGURES, fresh))
    assert printed == pytest.approx(measured, abs=0.02), "run benchmarks/figures.py"


def ratios(figures: dict[str, Any], name: str = "") -> dict[str, float]:
    """Each figure as a number: shares and hits by what they are of, counts as they are."""
    found: dict[str, float] = {}
    for key, value in figures.items():
        match value:
            case {"right": right, "of": of}:
                found[f"{name}{key}"] = right / of
            case {"right": right, "false": false, "missed": missed}:
                found[f"{name}{key}, precision"] = right / max(1, right + false)
                found[f"{name}{key}, recall"] = right / max(1, right + missed)
            case dict():
                found |= ratios(value, f"{name}{key}, ")
            case int():
                found[f"{name}{key}"] = value
    return found


# --- the pages as a whole


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., AppTest]:
    made: dict[str, str] = {}

    def run(page: str, name: str = "told", **query: str) -> AppTest:
        if name not in made:
            path = tmp_path_factory.mktemp(name) / "archive.sqlite"
            getattr(world, name)(path).close()
            made[name] = str(path)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CONFLICTMAP_ARCHIVE", made[name])
            app = AppTest.from_file(APP, default_timeout=60)
            for key, value in query.items():
                app.query_params[key] = value
            if page != "map":
                app._page_hash = calc_hash(page)  # switch_page takes files only; these pages are functions
            app.secrets["archive"] = made[name]  # for the runs that follow
            app.run()
            assert not app.exception
        return app

    return run


def bidi(app: AppTest, name: str) -> list[dict[str, Any]]:
    return [
        json.loads(found.proto.json)
        for found in app.get("bidi_component")
        if found.proto.component_name == f"conflictmap.{name}"
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("page", pages.names())
def test_every_page_opens_in_both_languages_with_the_same_filters(
    start: Callable[..., AppTest], page: str, language: str
) -> None:
    app = start(page, lang=language, claimant="sana")
    words = wording.load(language)
    (bar,) = bidi(app, "bar")
    assert bar["opened"] == page
    unlisted = [one.name for one in pages.beside() if not one.bar]
    assert (words(f"menu.{page}") in [label for _, label in bar["pages"] + bar["signs"]]) == (
        page not in unlisted
    )
    assert parse_qs(bar["query"])["claimant"] == ["sana"], "the links keep the filters"
    (filters,) = bidi(app, "filters")
    assert filters["any_set"]
    assert filters["direction"] == words.direction


@pytest.mark.parametrize("page", pages.names())
@pytest.mark.parametrize("name", ["small", "hostile", "crowded"])
def test_every_page_bears_any_archive(start: Callable[..., AppTest], page: str, name: str) -> None:
    app = start(page, name)
    said = [e.value for kind in (app.markdown, app.caption, app.info, app.warning, app.error) for e in kind]
    said += [element.proto.body for element in app.get("html")]
    assert not [text for text in said for hostile in world.HOSTILE if hostile in str(text)]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """What a component says, and the run that follows; its own script is tested in the browser."""

    def heard(app: AppTest, key: str, **message: object) -> AppTest:
        here = app.session_state["visit"]

        def heed() -> None:
            _here.set(here)
            here.hear[key](message)

        copy_context().run(heed)
        monkeypatch.setenv("CONFLICTMAP_ARCHIVE", app.secrets["archive"])
        app.run()
        assert not app.exception
        return app

    return heard


def sheet(app: AppTest) -> dict[str, Any]:
    (shown,) = bidi(app, "grid")
    return dict(shown["sheet"])


def test_picked_rows_are_summed_and_kept_in_the_address(
    start: Callable[..., AppTest], say: Callable[..., AppTest]
) -> None:
    app = say(start("claims"), "claims.table", pick=["t-46", "t-took", "no such claim"], on=True)
    assert app.query_params["pick"] == ["t-46", "t-took"]
    shown = sheet(app)
    assert shown["bar"]["status"] == "2 chosen claims"
    assert [foot["claims"] for foot in shown["foot"]] == ["8 claims", "2 claims"]
    assert shown["foot"][1]["sums"][0]["figure"] == "46 or more"
    assert len(bidi(app, "grid")[0]["rows"]) == 8, "picking hides nothing"
    app = say(app, "claims.table", pick=["t-46"], on=False)
    assert app.query_params["pick"] == "t-took"
    assert sheet(start("claims", pick="t-46"))["picked"] == ["t-46"], "a link holds them"


def test_only_the_picked_are_in_view_until_their_chip_is_cleared(
    start: Callable[..., AppTest], say: Callable[..., AppTest]
) -> None:
    app = say(start("claims", pick="t-46"), "claims.table", only=True)
    assert app.query_params["only"] == "1"
    assert [row[0] for row in bidi(app, "grid")[0]["rows"]] == ["t-46"]
    (saying,) = bidi(app, "sayline")
    assert [chip[:2] for chip in saying["chips"]] == [["only_picked", "1 chosen claim"]]
    app = say(app, "saying", clear="only_picked")
    assert len(bidi(app, "grid")[0]["rows"]) == 8
    assert sheet(app)["picked"] == ["t-46"], "they stay picked"
    app = say(say(app, "claims.table", only=True), "claims.table", pick=["t-46"], on=False)
    assert len(bidi(app, "grid")[0]["rows"]) == 8, "where none is picked all are in view"


def test_more_than_an_address_holds_cannot_be_picked(
    start: Callable[..., AppTest], say: Callable[..., AppTest]
) -> None:
    app = say(start("claims", "large"), "claims.table", pick_all=True)
    assert "pick" not in app.query_params
    assert sheet(app)["bar"]["full"]
    assert sheet(app)["bar"]["status"] == ENGLISH("claims.full", n=ENGLISH.number(MOST_PICKED))
    app = say(app, "claims.table", pick=["c1"], on=True)
    assert sheet(app)["bar"]["status"] == "1 chosen claim"


def test_picked_claims_that_the_filters_hide_are_counted(start: Callable[..., AppTest]) -> None:
    app = start("claims", claimant="sana", pick="t-46")
    assert sheet(app)["bar"]["status"] == ENGLISH.count("picked_hidden", 1)
    assert len(sheet(app)["foot"]) == 1
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == [ENGLISH("download.csv"), ENGLISH("download.geojson")]


def test_a_file_has_the_picked_rows_alone(told: Held, start: Callable[..., AppTest]) -> None:
    app = start("claims", pick="t-46")
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == [ENGLISH("download.csv_picked"), ENGLISH("download.geojson_picked")]
    only = replace(told.seen, claims=told.seen.claims.loc[["t-46"]])
    (row,) = csv.DictReader(io.StringIO(downloads.csv(told.frames, only).decode("utf-8-sig")))
    assert row["claim_id"] == "t-46"
    assert downloads.name(Selection(claimants=("sana",)), picked=True) == "claims-picked-claimant"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_claims_are_gathered_and_a_head_opens(
    start: Callable[..., AppTest], say: Callable[..., AppTest], language: str
) -> None:
    app = say(start("claims", lang=language), "claims.table", by="place")
    shown = sheet(app)
    assert shown["lines"] == [["p-nasib", ""], ["", ""]]
    assert not bidi(app, "grid")[0]["rows"], "what is folded is not sent"
    shown = sheet(say(app, "claims.table", fold="p-nasib"))
    assert len(shown["lines"]) == 2 + 7
    shown = sheet(say(app, "claims.table", pick_head="p-nasib", on=True))
    assert (shown["heads"]["p-nasib"]["picked"], shown["heads"][""]["picked"], shown["all"]) == (
        "all",
        "",
        "some",
    )
    shown = sheet(say(app, "claims.table", by="day"))
    assert not any(row for _, row in shown["lines"]), "another gathering begins folded"
    for by in ("side", "group", "nonsense"):
        assert sheet(say(app, "claims.table", by=by))["bar"]["by"] in heads.HEADS


def test_only_a_page_of_many_heads_is_sent_and_the_head_is_said_again_on_the_next(
    start: Callable[..., AppTest], say: Callable[..., AppTest]
) -> None:
    app = say(start("claims", "large"), "claims.table", by="place")
    assert len(sheet(app)["lines"]) == grid.PAGE
    app = say(say(app, "claims.table", by="side"), "claims.table", fold_all=False)
    first = sheet(app)["lines"]
    assert not first[0][1]
    second = sheet(say(app, "claims.table", turn=1))["lines"]
    assert second[0] == [first[0][0], ""], "its rows go on"
    assert len(second) == grid.PAGE + 1


def test_an_empty_view_says_so_on_every_page(start: Callable[..., AppTest]) -> None:
    said = dict.fromkeys(("claims", "incidents", "articles", "voices"), ARABIC("list.none"))
    said |= {"contradictions": ARABIC("contradictions.none"), "casualties": ARABIC("casualties.none")}
    for page in pages.names():
        app = start(page, lang="ar", claimant="sana", event="control_change")
        assert page not in said or said[page] in [info.value for info in app.info]


def test_a_chosen_claim_opens_its_evidence_in_the_table_and_among_the_articles(
    start: Callable[..., AppTest],
) -> None:
    for page in ("claims", "articles"):
        (shown,) = bidi(start(page, claim="t-46"), "article")
        assert shown["claim"] == "t-46"
    assert bidi(start("articles"), "article") == []
    (group,) = bidi(start("incidents", claim="t-46"), "statements")[0]["groups"]
    assert {item["id"] for item in group["items"]} == {"t-46", "t-10", "t-50"}


def test_only_a_claim_without_a_place_is_said_to_have_none(told: Held) -> None:
    names = {
        claim: panel.panel(told.frames, told.seen, Selection(claim=claim), ENGLISH)["name"]
        for claim in ("t-46", "t-hurt")
    }
    assert names == {"t-46": ENGLISH("place.chosen_claim"), "t-hurt": ENGLISH("place.only_claim")}
