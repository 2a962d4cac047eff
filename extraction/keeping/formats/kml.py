"""Google Earth: a claim is a placemark with the span of days in which it may have happened."""

import html
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from extraction.keeping.contents import Contents, readable
from extraction.keeping.formats.format import Format
from extraction.keeping.points import Point, points, told

_SPACE: Final = "http://www.opengis.net/kml/2.2"
#: What a placemark's balloon shows is HTML: these facts of a claim stand beside it, as data.
_FACTS: Final = (
    *("claim_id", "event_type", "stance", "actor", "actor_bloc", "target", "target_bloc", "claimant"),
    *("relayed_by", "outlet", "published", "date_basis", "killed_min", "killed_max", "wounded_min"),
    *("wounded_max", "is_total", "incident_id", "title", "url"),
)


def _write(contents: Contents, path: Path) -> None:
    """Claims without a place on the map are counted in the document's description."""
    root = ElementTree.Element("kml", xmlns=_SPACE)
    document = ElementTree.SubElement(root, "Document")
    at, claims = points(contents.frames["claim_places"]), told(contents)
    without = sum(claim["claim_id"] not in at for claim in claims)
    _add(document, "name", contents.about["what"])
    lines = [f"{name}: {value}" for name, value in contents.about.items()]
    _add(document, "description", "\n".join([*lines, f"claims without a place on the map: {without}"]))
    for claim in claims:
        if places := at.get(claim["claim_id"]):
            _placemark(document, claim, places)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _placemark(document: ElementTree.Element, claim: dict[str, Any], places: tuple[Point, ...]) -> None:
    mark = ElementTree.SubElement(document, "Placemark")
    denied = "denied: " if claim["stance"] == "denied" else ""
    _add(mark, "name", f"{denied}{claim['event_type']}, {', '.join(p.name_ar or p.name_en for p in places)}")
    who = claim["claimant"] or claim["outlet"] or "the text"
    _add(mark, "description", html.escape(f"{who}: {claim['evidence']}"))
    if claim["date_start"]:
        span = ElementTree.SubElement(mark, "TimeSpan")
        _add(span, "begin", claim["date_start"])
        _add(span, "end", claim["date_end"] or claim["date_start"])
    data = ElementTree.SubElement(mark, "ExtendedData")
    for name in _FACTS:
        if claim[name] is not None:
            _add(ElementTree.SubElement(data, "Data", name=name), "value", str(claim[name]))
    inside = ElementTree.SubElement(mark, "MultiGeometry") if len(places) > 1 else mark
    for place in places:
        point = ElementTree.SubElement(inside, "Point")
        _add(point, "coordinates", f"{place.lon},{place.lat}")


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = readable(text)


FORMAT: Final = Format(
    "kml",
    writes="a placemark a claim with its days, for Google Earth and its slider",
    files={"claims.kml": _write},
)
