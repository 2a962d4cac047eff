"""Which marks are one ring at which zoom: the same at every step of time, each within one governorate."""

from pathlib import Path

import dashboard_world as world
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import frames as room
from dashboard.space.tree import GAP, NEVER, Tree, grow, tree

ZOOMS = [5 + step / 4 for step in range(53)]

place = st.tuples(
    st.floats(32.5, 37.2).map(lambda degrees: round(degrees, 2)),
    st.floats(35.8, 42.3).map(lambda degrees: round(degrees, 2)),
    st.integers(1, 400),
    st.sampled_from(["Homs", "Hama", None]),
)


def grown(places: list[tuple[float, float, int, str | None]]) -> Tree:
    lat, lon, claims, parts = zip(*places, strict=True)
    weight = np.array(claims, dtype=float)
    return grow(np.array(lat), np.array(lon), np.array(claims), weight, list(parts))


@given(st.lists(place, min_size=1, max_size=40))
def test_a_ring_holds_places_of_one_governorate_and_stands_at_the_heaviest(
    places: list[tuple[float, float, int, str | None]],
) -> None:
    found = grown(places)
    for zoom in (5, 6.25, 7, 9, 12, 14, 18):
        for n, (_, _, claims, part) in enumerate(places):
            lead = found.lead(n, zoom)
            assert places[lead][3] == part
            assert lead == n or part is not None, "an area stands in no ring"
            assert places[lead][2] >= claims
            assert found.lead(lead, zoom) == lead


@given(st.lists(place, min_size=1, max_size=40))
def test_what_is_one_ring_stays_one_on_the_way_outwards(
    places: list[tuple[float, float, int, str | None]],
) -> None:
    found = grown(places)
    for nearer, wider in ((18, 14), (14, 9), (9, 7), (7, 6.25), (6.25, 5)):
        rings: dict[int, set[int]] = {}
        for n in range(len(places)):
            rings.setdefault(found.lead(n, nearer), set()).add(found.lead(n, wider))
        assert all(len(leads) == 1 for leads in rings.values())


@given(st.lists(place, min_size=2, max_size=25))
def test_marks_of_one_governorate_never_touch(places: list[tuple[float, float, int, str | None]]) -> None:
    """However few of their claims are in view: the sizes that the tree goes by are the largest there are."""
    found = grown(places)
    least = 2 * (6.6 + 1.25) + GAP
    for zoom in (5, 7, 10, 13):
        leads = {found.lead(n, zoom) for n in range(len(places)) if places[n][3]}
        for a in leads:
            for b in leads:
                if a < b and places[a][3] == places[b][3]:
                    assert pixels(places[a], places[b], zoom) > least - 0.5


def pixels(a: tuple[float, ...], b: tuple[float, ...], zoom: float) -> float:
    def at(point: tuple[float, ...]) -> np.ndarray:
        lat, lon = point[:2]
        return np.array([lon / 360, -np.arcsinh(np.tan(np.radians(lat))) / np.pi / 2]) * 256 * 2**zoom

    return float(np.hypot(*(at(a) - at(b))))


def test_places_on_one_point_never_come_apart_and_a_lone_one_joins_nothing() -> None:
    found = grown([(34.0, 36.0, 1, "Homs"), (34.0, 36.0, 3, "Homs"), (34.0, 36.0, 9, "Hama")])
    assert (found.into, found.zoom) == ((1, -1, -1), (NEVER, -1.0, -1.0))
    assert found.rank == (2, 1, 0)


def test_the_tree_of_an_archive_leaves_areas_out(tmp_path: Path) -> None:
    archive = world.large(tmp_path / "a.sqlite", places=120, claims=300)
    frames = room.build(archive.frames(), archive.version, archive.text, {})
    found = tree(frames)
    areas = np.flatnonzero(frames.places["area"])
    assert len(areas) == 3
    assert all(found.into[n] == -1 and n not in found.into for n in areas)
    counts = [len({found.lead(n, zoom) for n in range(120)}) for zoom in ZOOMS]
    assert counts == sorted(counts), "the nearer the view, the more marks"
    assert counts[0] < 40
    assert counts[-1] == 120


@pytest.mark.parametrize("n", [1, 0])
def test_few_places_are_no_trouble(n: int) -> None:
    found = grow(np.full(n, 34.0), np.full(n, 36.0), np.ones(n, int), np.ones(n), ["Homs"] * n)
    assert len(found.into) == n
