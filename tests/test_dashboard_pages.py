"""What the pages beside the map say, without a browser."""

import csv
import io
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs

import dashboard_world as world
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard import downloads, pages, wording
from dashboard import frames as room
from dashboard.claims import panel
from dashboard.claims.evidence import ROLES, article
from dashboard.frames import Frames, View, of, rows, view
from dashboard.selection import Selection
from dashboard.sheets import (
    articles,
    casualties,
    contradictions,
    evidence,
    incidents,
    methods,
    statements,
    table,
    voices,
)
from dashboard.symbols import palette
from extraction.archive import Archive
from extraction.claim import GUESSES
from extraction.document import read_folder
from extraction.pipeline import read
from extraction.records import Document, Reading
from gazetteer import sources

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
            for reason in filter(None, mention.reason.split("; ")):
                if evidence.because(reason, told.frames, ARABIC) == reason:
                    untold.add(reason)
        for claim in reading.claims:
            used = {f"{cue.role}_{cue.rule.replace(' ', '_')}" for cue in claim.cues if cue.rule}
            untold |= used - plain - set(ENGLISH.codes("rule"))
            untold |= {cue.role for cue in claim.cues} - set(ENGLISH.codes("role"))
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
def test_charts_are_in_the_colours_of_the_map_and_fetch_nothing(told: Held, words: wording.Words) -> None:
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
    told: Held, words: wording.Words
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
