"""OpenStreetMap for names that no list holds: a stub server on this machine answers, or does not."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from extraction.keeping.archive import Archive
from extraction.keeping.corpus import extract_folder
from extraction.records import Mention
from gazetteer.online import OnlineGeocoder
from gazetteer.sources import load

TEXT = "دارت اشتباكات في بلدة زمرانا قرب خان طومان في ريف حلب، وقصف الطيران قرية قسبارا في المنطقة."

#: Near Khan Tuman; in Homs; in Paris.
HERE = {"osm_type": "node", "osm_id": 77, "lat": "36.12", "lon": "37.00", "display_name": "زمرانا"}
FAR = {"osm_type": "node", "osm_id": 78, "lat": "34.50", "lon": "37.00", "display_name": "زمرانا"}
ABROAD = {"osm_type": "node", "osm_id": 79, "lat": "48.85", "lon": "2.35", "display_name": "زمرانا"}


class Stub:
    """A Nominatim that gives the answers it was told to, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, list[str]]] = []
        self.answers: dict[str, Any] = {}
        self.status = 200
        self.free = threading.Event()  # while it is not set, no answer is given
        self.free.set()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                query = parse_qs(urlsplit(self.path).query)
                stub.asked.append(query)
                stub.free.wait()
                body = stub.answers.get(query["q"][0], [])
                self.send_response(stub.status)
                self.end_headers()
                self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def stub() -> Iterator[Stub]:
    stub = Stub()
    yield stub
    stub.server.shutdown()
    stub.server.server_close()


@pytest.fixture
def geocoder(stub: Stub, tmp_path: Path) -> Callable[[], OnlineGeocoder]:
    """Makes geocoders that ask the stub and share one memory."""
    domain = f"127.0.0.1:{stub.server.server_address[1]}"
    return lambda: OnlineGeocoder(
        tmp_path / "cache" / "nominatim.json", domain=domain, scheme="http", pause=0.0, patience=0.3
    )


@pytest.fixture
def run(tmp_path: Path) -> Callable[[OnlineGeocoder | None], dict[str, Mention]]:
    """Extracts ``TEXT`` and gives its mentions by surface."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")

    def extract(geocoder: OnlineGeocoder | None) -> dict[str, Mention]:
        archive = Archive(tmp_path / "archive.sqlite")
        summary = extract_folder(folder, archive, load(), progress=False, jobs=1, geocoder=geocoder)
        assert summary.problems == ()
        table = archive.frames().mentions
        mentions = table.astype(object).where(table.notna(), None).to_dict("records")
        return {m["surface"]: m for m in mentions}

    return extract


Run = Callable[[OnlineGeocoder | None], dict[str, Any]]
Make = Callable[[], OnlineGeocoder]


def test_a_name_that_no_list_holds_gets_its_place(stub: Stub, geocoder: Make, run: Run) -> None:
    assert run(None)["زمرانا"]["method"] == "unresolved"
    stub.answers = {"زمرانا": [ABROAD, FAR, HERE]}
    mention = run(geocoder())["زمرانا"]
    assert (mention["place_id"], mention["lat"], mention["lon"]) == ("osm_n77", 36.12, 37.0)
    assert (mention["kind"], mention["admin1"]) == ("town", "Aleppo")


def test_only_unlisted_names_are_asked_within_syria_and_once(stub: Stub, geocoder: Make, run: Run) -> None:
    stub.answers = {"زمرانا": [HERE]}
    run(geocoder())
    assert sorted(q["q"][0] for q in stub.asked) == ["زمرانا", "قسبارا"]
    west, north, east, south = map(float, stub.asked[0]["viewbox"][0].split(","))
    assert (west, east) == pytest.approx((35.5, 42.5))
    assert sorted((north, south)) == pytest.approx([32.2, 37.4])
    assert stub.asked[0]["bounded"] == ["1"]
    asked = len(stub.asked)
    again = geocoder()
    near = (load().places["khan_tuman"],)
    assert again.find("زمرانا", "town", near) is not None
    assert again.find("قسبارا", "village", near) is None
    assert len(stub.asked) == asked


def test_an_answer_far_from_all_else_of_the_text_is_another_place(
    stub: Stub, geocoder: Make, run: Run
) -> None:
    stub.answers = {"زمرانا": [FAR, ABROAD]}
    assert run(geocoder())["زمرانا"]["method"] == "unresolved"


@pytest.mark.parametrize("fault", ["status", "slow", "nonsense", "wrong shape", "no server"])
def test_where_it_fails_nothing_else_changes_and_it_is_told_once(
    stub: Stub, geocoder: Make, run: Run, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    without = run(None)
    stub.answers = {"زمرانا": [HERE], "قسبارا": [HERE]}
    asking = geocoder()
    if fault == "status":
        stub.status = 503
    elif fault == "slow":
        stub.free.clear()
    elif fault == "nonsense":
        stub.answers = dict.fromkeys(("زمرانا", "قسبارا"), b"<html>")
    elif fault == "wrong shape":
        stub.answers = {"زمرانا": {"lat": []}, "قسبارا": {"lat": []}}
    else:
        stub.server.server_close()
    assert run(asking) == without
    assert len([r for r in caplog.records if "OpenStreetMap" in r.message]) <= 1
    assert len(stub.asked) <= 2
    if fault in ("status", "slow", "nonsense"):
        assert asking.failed
        # The text is not taken for done: the next run asks again.
        stub.free.set()
        stub.status, stub.answers = 200, {"زمرانا": [HERE]}
        assert run(geocoder())["زمرانا"]["place_id"] == "osm_n77"


def test_a_broken_memory_is_begun_anew(stub: Stub, geocoder: Make, tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "nominatim.json"
    cache.parent.mkdir()
    cache.write_text('{"زمرانا": "x"', encoding="utf-8")
    stub.answers = {"زمرانا": [HERE]}
    assert geocoder().find("زمرانا", "town", (load().places["khan_tuman"],)) is not None
    assert json.loads(cache.read_text(encoding="utf-8")).keys() == {"زمرانا"}
