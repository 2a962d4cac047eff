"""An article in every format that is read, and for every format that is written a reader that is not ours."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import fastkml
import frictionless
import geopandas
import hxl
import lxml.html
import openpyxl
import pandas as pd
from docx import Document
from fastkml.utils import find_all

from extraction.keeping.facts import Facts

TEXT: Final = "سيطرت المعارضة السورية على بلدة خان طومان في ريف حلب الجنوبي أمس."
FACTS: Final = Facts(
    date(2016, 5, 7), "وكالة", "حلب: سقوط خان طومان", "https://news.example/1", "https://archive.example/1"
)
FIELDS: Final = {
    "published": "2016-05-07",
    "outlet": FACTS.outlet,
    "title": FACTS.title,
    "url": FACTS.url,
    "archived_url": FACTS.archived_url,
}


def text() -> bytes:
    header = "".join(f"{name}: {value}\n" for name, value in FIELDS.items())
    return f"---\n{header}---\n{TEXT}\n".encode()


def jsonl() -> bytes:
    return json.dumps({"text": TEXT, **FIELDS}).encode()


def csv_rows() -> bytes:
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";")
    rows.writerows([["النص", *FIELDS], [TEXT, *FIELDS.values()]])
    return out.getvalue().encode("utf-8-sig")


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Body", *FIELDS])
    sheet.append([TEXT, datetime(2016, 5, 7), *list(FIELDS.values())[1:]])
    return saved(book)


def docx() -> bytes:
    document = Document()
    for line in ("---", *(f"{name}: {value}" for name, value in FIELDS.items()), "---", TEXT):
        document.add_paragraph(line)
    return saved(document)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def html() -> bytes:
    return f"""<!doctype html><html lang="ar"><head><meta charset="utf-8">
<title>{FACTS.title} | {FACTS.outlet}</title>
<meta property="og:title" content="{FACTS.title}"><meta property="og:site_name" content="{FACTS.outlet}">
<meta property="article:published_time" content="2016-05-07T23:10:00+03:00">
<link rel="canonical" href="{FACTS.url}"></head><body>
<nav><a href="/">الرئيسية</a> <a href="/s">سوريا</a></nav>
<article><p>{TEXT}</p></article><footer>حقوق النشر محفوظة</footer></body></html>""".encode()


def telegram() -> bytes:
    bold = {"type": "bold", "text": "بلدة خان طومان"}
    words = ["سيطرت المعارضة السورية على ", bold, " في ريف حلب الجنوبي أمس."]
    messages = [
        {"id": 1, "type": "service", "date": "2016-05-07T09:00:00", "text": ""},
        {"id": 2, "type": "message", "date": "2016-05-07T10:00:00", "text": words},
        {"id": 3, "type": "message", "date": "2016-05-07T11:00:00", "text": "", "photo": "1.jpg"},
    ]
    return json.dumps(
        {"name": FACTS.outlet, "type": "public_channel", "id": 7, "messages": messages}
    ).encode()


def feed() -> bytes:
    return f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{FACTS.outlet}</title>
<link>https://news.example</link><description/><item><title>{FACTS.title}</title><link>{FACTS.url}</link>
<guid>{FACTS.url}</guid><pubDate>Sat, 07 May 2016 01:10:00 +0300</pubDate>
<description>&lt;p&gt;{TEXT}&lt;/p&gt;</description></item></channel></rss>""".encode()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("2016/one.jsonl.gz", gzip.compress(jsonl()))
    return out.getvalue()


#: By format what makes a file with the article ``TEXT``, its name, and the facts that it has room for.
SAMPLES: Final[dict[str, tuple[Callable[[], bytes], str, tuple[str, ...]]]] = {
    "csv": (csv_rows, "news.csv", tuple(FIELDS)),
    "docx": (docx, "news.docx", tuple(FIELDS)),
    "feed": (feed, "news.rss", ("published", "outlet", "title", "url")),
    "gz": (lambda: gzip.compress(jsonl()), "news.jsonl.gz", tuple(FIELDS)),
    "html": (html, "news.html", ("published", "outlet", "title", "url")),
    "jsonl": (jsonl, "news.jsonl", tuple(FIELDS)),
    "telegram": (telegram, "result.json", ("published", "outlet")),
    "text": (text, "news.txt", tuple(FIELDS)),
    "xlsx": (xlsx, "news.xlsx", tuple(FIELDS)),
    "zip": (zipped, "news.zip", tuple(FIELDS)),
}


def read_acled(folder: Path) -> int:
    frame = pd.read_csv(folder / "acled.csv", parse_dates=["event_date"])
    told = json.loads((folder / "acled.about.json").read_text("utf-8"))
    assert frame["fatalities"].dtype == "int64"
    # The two claims are of one incident: a row.
    return 2 * len(frame) + sum(told["claims_left_out"].values())


def read_ucdp(folder: Path) -> int:
    frame = pd.read_csv(folder / "ucdp.csv", parse_dates=["date_start", "date_end"])
    shapes = geopandas.GeoSeries.from_wkt(frame["geom_wkt"])
    assert list(shapes.x) == list(frame["longitude"])
    return 2 * len(frame)


def read_csv(folder: Path) -> int:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    return len(pd.read_csv(folder / "claims.csv"))


def read_geojson(folder: Path) -> int:
    frame = geopandas.read_file(folder / "claims.geojson")
    assert frame.crs == "EPSG:4326"
    return len(frame)


def read_gpkg(folder: Path) -> int:
    return len(geopandas.read_file(folder / "claims.gpkg", layer="claims"))


def read_html(folder: Path) -> int:
    (data,) = lxml.html.parse(folder / "claims.html").xpath("//script[@id='data']/text()")
    return len(json.loads(data)["claims"])


def read_hxl(folder: Path) -> int:
    with hxl.data(str(folder / "claims.hxl.csv"), hxl.InputOptions(allow_local=True)) as data:
        assert data.columns[0].display_tag.startswith("#meta")
        return sum(1 for _ in data)


def read_kml(folder: Path) -> int:
    kml = fastkml.KML.parse(folder / "claims.kml")
    return len(list(find_all(kml, of_type=fastkml.Placemark)))


def read_xlsx(folder: Path) -> int:
    return len(pd.read_excel(folder / "claims.xlsx", sheet_name="claims"))


#: By format what reads from a folder how many claims stand there.
READERS: Final[dict[str, Callable[[Path], int]]] = {
    "acled": read_acled,
    "csv": read_csv,
    "geojson": read_geojson,
    "gpkg": read_gpkg,
    "html": read_html,
    "hxl": read_hxl,
    "kml": read_kml,
    "ucdp": read_ucdp,
    "xlsx": read_xlsx,
}
