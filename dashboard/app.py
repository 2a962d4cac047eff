"""The page: one selection, and what each part of the screen makes of it.

Streamlit runs this file from top to bottom at every change. The choices live in the page's address and in
the widgets; here they become one ``Selection``, from which everything else follows.
"""

import html
import logging
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard import wording
from dashboard.claims import cards, ledger
from dashboard.frames import Counts, Frames, View, find_place, load, view
from dashboard.sheets import menu, records
from dashboard.sheets.records import Records
from dashboard.selection import LANGUAGES, LISTS, Choices, Selection, read, write
from dashboard.space import basemap, markers
from dashboard.symbols import NONE, palettes
from dashboard.time import histogram, slider
from dashboard.wording import Words
from extraction.archive import ArchiveError

ARCHIVE: Final = "CONFLICTMAP_ARCHIVE"

_ASSETS: Final = Path(__file__).with_name("assets")

#: The pages beside the map, by the name that the menu gives them.
_PAGES: Final[dict[str, Callable[[Frames, Records, View, Selection, Words], None]]] = {}

_log = logging.getLogger(__name__)


def main() -> None:
    """Draw the page for the archive that the environment names."""
    words = wording.load(st.session_state.get("language") or LANGUAGES[0])
    st.set_page_config(page_title=words("page.title"), layout="wide")
    st.html(_ASSETS / "page.css")
    location = os.environ.get(ARCHIVE)
    if not location:
        st.info(words("page.no_archive"))
        return
    try:
        frames = load(location)
    except ArchiveError as error:
        _log.error("%s", error)
        st.error(words("page.bad_archive"))
        return
    page(frames, menu.opened(words), lambda: records.load(location, frames.version))


def page(frames: Frames, opened: str, stored: Callable[[], Records]) -> None:
    """Everything below the archive: header, filters, and the page that is opened (one of ``menu.PAGES``)."""
    selection = _selection(frames.choices, frames.version)
    words = wording.load(selection.language)
    if words.direction == "rtl":
        st.html(_ASSETS / "rtl.css")
    seen = view(frames, selection)

    header = st.container(key="header")
    with header:
        _header(frames, words)
        if wrong := st.session_state.get("wrong"):
            st.warning(words("page.wrong_address", names=words("list.between").join(wrong)))
    if frames.claims.empty:
        st.info(words("page.empty"))
        return
    with header:
        menu.show(opened, selection, words)
    if opened in _PAGES:
        _framed(opened, frames, seen, selection, words)
        _PAGES[opened](frames, stored(), seen, selection, words)
    else:
        _map(frames, seen, selection, words)
    with st.sidebar:
        _filters(frames, words)
    _keep_in_address(selection)


def _framed(opened: str, frames: Frames, seen: View, selection: Selection, words: Words) -> None:
    """What stands above a page beside the map: the days in view, where these change what it shows."""
    if opened not in menu.UNTIMED:
        with st.container(key="timeline"):
            _days(frames.choices, seen, selection, words)
        _counts(seen.counts, words)
    elif slider.KEY in st.session_state:
        # What no widget shows is forgotten by Streamlit unless it is set once more.
        st.session_state[slider.KEY] = st.session_state[slider.KEY]


def _map(frames: Frames, seen: View, selection: Selection, words: Words) -> None:
    """The page that opens first: the map, the timeline below it, and the claims."""
    space, beside = st.columns([7, 4], gap="medium")
    with space:
        chosen = dict.fromkeys(filter(None, (selection.place, *frames.places_of.get(selection.claim, ()))))
        basemap.show(markers.layer(frames, seen, selection, chosen, words), _choose_place)
        with st.container(key="timeline"):
            _days(frames.choices, seen, selection, words)
    with beside, st.container(key="panel"):
        cards.show(frames, seen, selection, words, lambda claim: _choose_claim(frames, claim), _close)
    _counts(seen.counts, words)
    in_view, lacking = st.tabs([words("list.title"), words("list.lacking")], key="lists")
    with in_view:
        ledger.show(frames, seen.claims, selection, words, lambda claim: _choose_claim(frames, claim))
    with lacking:
        ledger.show_lacking(frames, seen.claims, selection, words, lambda claim: _choose_claim(frames, claim))


# --- the selection: address, widgets and clicks become one


def _selection(choices: Choices, version: int) -> Selection:
    """The selection of this run: from the widgets where one of them, or a click, has changed; else from the
    address where that is not the one last written (the page is new, or the user went back).

    An address alone proves nothing: a quick second change arrives with the address of before the first.
    The browser knows the choices of a filter by their labels: when these change, the filters are filled anew.
    """
    state = st.session_state
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    changed = "selection" in state and _gather() != state["selection"]
    if not changed and state.get("address") != query:
        selection, state["wrong"] = read(query, choices)
        state["address"] = query
        _fill_widgets(selection, choices)
    else:
        selection, _ = read(write(_gather()), choices)
        if state["labels"] != (selection.language, version):
            _fill_widgets(selection, choices)
    state["selection"], state["labels"] = selection, (selection.language, version)
    return selection


def _fill_widgets(selection: Selection, choices: Choices) -> None:
    state = st.session_state
    state["language"], state["colours"] = selection.language, selection.colours
    state["undated"], state["tiles"] = selection.undated, selection.tiles
    state["place"], state["claim"] = selection.place, selection.claim
    for attribute in LISTS:
        state[attribute] = list(getattr(selection, attribute))
    state["extent"] = (choices.first, choices.last)
    if choices.first is not None and choices.last is not None:
        state[slider.KEY] = (selection.since or choices.first, selection.until or choices.last)


def _gather() -> Selection:
    state = st.session_state
    first, last = state.get("extent", (None, None))
    since, until = state.get(slider.KEY, (first, last))
    return Selection(
        language=state.get("language") or LANGUAGES[0],
        colours=state.get("colours") or palettes()[0],
        since=None if since == first else since,
        until=None if until == last else until,
        undated=bool(state.get("undated", True)),
        tiles=bool(state.get("tiles", False)),
        place=state.get("place", ""),
        claim=state.get("claim", ""),
        **{attribute: tuple(state.get(attribute, ())) for attribute in LISTS},
    )


def _keep_in_address(selection: Selection) -> None:
    query = write(selection)
    if st.session_state["address"] != query:
        st.session_state["address"], st.session_state["wrong"] = query, ()
        st.query_params.from_dict(query)


def _choose_place(place: str) -> None:
    st.session_state["place"], st.session_state["claim"] = place, ""


def _choose_claim(frames: Frames, claim: str) -> None:
    """A claim opens its place, unless the open place is one of its places already."""
    st.session_state["claim"] = claim
    places = frames.places_of.get(claim, ())
    if st.session_state.get("place") not in places:
        st.session_state["place"] = places[0] if places else ""


def _close() -> None:
    st.session_state["place"] = st.session_state["claim"] = ""


# --- the parts of the page that are no room of their own


def _header(frames: Frames, words: Words) -> None:
    holds = words(
        "page.holds",
        claims=words.number(len(frames.claims)),
        documents=words.number(len(frames.documents)),
        places=words.number(len(frames.places)),
    )
    span = words.days(frames.choices.first, frames.choices.last) if frames.choices.first else ""
    parts = [f'<span class="cm-holds">{html.escape(text)}</span>' for text in (holds, span) if text]
    st.html(
        f'<header class="cm-header" dir="{words.direction}"><h1>{html.escape(words("page.title"))}</h1>'
        f"<p>{html.escape(words('page.subtitle'))}</p>{''.join(parts)}</header>"
    )


def _days(choices: Choices, seen: View, selection: Selection, words: Words) -> None:
    if choices.first is None or choices.last is None:
        st.caption(words("time.none"))
        return
    if seen.timeline.empty:
        st.caption(words("filter.none_left"))
    else:
        histogram.show(seen, choices.first, choices.last, selection.colours, words)
    slider.show(choices.first, choices.last, words)


def _counts(counts: Counts, words: Words) -> None:
    """Where every claim went, in one line: in view and hidden, the hidden by reason."""

    def chip(name: str, number: int, kind: str) -> str:
        muted = " cm-zero" if number == 0 else ""
        return (
            f'<span class="cm-chip {kind}{muted}"><b>{words.number(number)}</b> '
            f"{html.escape(words(f'count.{name}'))}</span>"
        )

    shown = [chip("mapped", counts.mapped, "cm-shown"), chip("unplaced", counts.unplaced, "cm-shown")]
    shown.append(chip("undated", counts.undated, "cm-part"))
    hidden = [
        chip(name, getattr(counts, name), "cm-hidden") for name in ("filtered", "outside", "undated_hidden")
    ]
    st.html(
        f'<div class="cm-counts" dir="{words.direction}">{"".join(shown)}'
        f'<span class="cm-gap"></span>{"".join(hidden)}{chip("total", counts.total, "cm-total")}</div>'
    )


def _filters(frames: Frames, words: Words) -> None:
    st.subheader(words("filter.title"), anchor=False)
    if st.session_state.pop("unknown_place", False):
        st.warning(words("filter.unknown_place"))
    named: dict[str, Callable[[str], str]] = {
        "sides": lambda code: words.code("side", code),
        "within": lambda place: frames.names[place],
        "actors": words.group,
        "events": lambda code: words.code("event", code),
        "claimants": lambda code: words("list.outlet_itself") if code == NONE else words.voice(code),
        "stances": lambda code: words.code("stance", code),
        "outlets": words.outlet,
    }
    for attribute, name in named.items():
        labels = _labels(frames, attribute, name, words)
        within = attribute == "within"
        st.multiselect(
            words(f"filter.{attribute}"),
            list(frames.choices.lists[attribute]),
            format_func=lambda code, labels=labels: labels.get(code, code),
            key=attribute,
            placeholder=words("filter.place_hint") if within else words("filter.any"),
            accept_new_options=within,
            on_change=(lambda: _understand_places(frames)) if within else None,
        )
    st.toggle(words("filter.undated"), key="undated")
    st.button(words("filter.clear"), key="clear", on_click=lambda: _clear(frames.choices), width="stretch")
    st.subheader(words("filter.display"), anchor=False)
    st.segmented_control(
        words("filter.language"),
        LANGUAGES,
        format_func=lambda code: wording.load(code)("page.name"),
        key="language",
    )
    st.segmented_control(
        words("filter.colours"),
        palettes(),
        format_func=lambda name: words.code("colours", name),
        key="colours",
    )
    st.toggle(words("filter.tiles"), key="tiles")


def _labels(frames: Frames, attribute: str, name: Callable[[str], str], words: Words) -> dict[str, str]:
    """What each choice of a filter is called, with its count; of two called the same, each with its code."""
    codes = list(frames.choices.lists[attribute])
    numbers = frames.tallies[attribute]
    labels = {code: f"{name(code)} ({words.number(numbers.get(code, 0))})" for code in codes}
    often = Counter(labels.values())
    return {code: text if often[text] == 1 else f"{text} {code}" for code, text in labels.items()}


def _understand_places(frames: Frames) -> None:
    """A typed name becomes the place it means; one that means none is taken out, and said so."""
    known = frames.choices.lists["within"]
    places = [value if value in known else find_place(frames, value) for value in st.session_state["within"]]
    st.session_state["unknown_place"] = "" in places
    st.session_state["within"] = list(dict.fromkeys(place for place in places if place))


def _clear(choices: Choices) -> None:
    state = st.session_state
    kept = Selection(
        language=state["language"] or LANGUAGES[0],
        colours=state["colours"] or palettes()[0],
        tiles=state["tiles"],
        place=state["place"],
        claim=state["claim"],
    )
    _fill_widgets(kept, choices)


if __name__ == "__main__":
    main()
