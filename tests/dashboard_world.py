"""Made-up archives for the tests of the dashboard, written through the real ``Archive``; serving one."""

import os
import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from extraction.keeping.archive import Archive
from extraction.records import (
    BLOCS,
    EVENT_TYPES,
    Claim,
    ClaimPlace,
    Cue,
    Document,
    Incident,
    Mention,
    Reading,
)

ROOT = Path(__file__).resolve().parents[1]

#: What an attacker would write in a text, a title, a file name. None of it may run, all of it must be shown.
HOSTILE = (
    "<img src=x onerror=\"window.top.pwned='html'\">",
    "${window.top.pwned='dollar'}",
    "`${window.top.pwned='tick'}`",
    "{{7*7}}",
    "{% for x in ().__class__.__base__.__subclasses__() %}",
    "{# #}",
    "</script><script>window.top.pwned='script'</script>",
    "![x](http://evil.invalid/x.png)",
    "[x](javascript:window.top.pwned='link')",
    "';window.top.pwned='quote';//",
    '"+(window.top.pwned="plus")+"',
    "\u2028\u2029",
    "=HYPERLINK(1)",
)


def document(
    doc_id: str, text: str, published: date | None, outlet: str = "sample", title: str = ""
) -> Document:
    return Document(
        doc_id=doc_id,
        text=text,
        published=published,
        published_basis="given" if published else "unknown",
        outlet=outlet,
        title=title,
        language="ar",
        sha256=f"{abs(hash((doc_id, text))):064x}",
    )


def mention(doc: Document, surface: str, place_id: str = "", **facts: object) -> Mention:
    start = doc.text.index(surface)
    known: dict[str, object] = {
        "name_ar": surface,
        "name_en": "",
        "kind": "town",
        "admin1": "",
        "lat": None,
        "lon": None,
        "radius_km": None,
        "score": 1.0 if place_id else 0.0,
        "method": "exact" if place_id else "unresolved",
        "reason": "",
    } | facts
    return Mention(doc.doc_id, start, start + len(surface), surface, place_id, **known)  # type: ignore[arg-type]


def claim(
    claim_id: str, doc: Document, words: str, places: tuple[Mention, ...] = (), **facts: object
) -> Claim:
    start = doc.text.index(words)
    known: dict[str, object] = {
        "event_type": "clash",
        "stance": "asserted",
        "actor": "",
        "actor_bloc": "",
        "target": "",
        "target_bloc": "",
        "claimant": "",
        "relayed_by": "",
        "date_start": doc.published,
        "date_end": doc.published,
        "date_basis": "explicit" if doc.published else "none",
        "killed_min": None,
        "killed_max": None,
        "wounded_min": None,
        "wounded_max": None,
        "victims": "",
        "strikes_min": None,
        "strikes_max": None,
        "weapon": "",
        "is_total": False,
        "confidence": 0.8,
    } | facts
    return Claim(
        claim_id=claim_id,
        doc_id=doc.doc_id,
        start=start,
        end=start + len(words),
        evidence=words,
        outlet=doc.outlet,
        published=doc.published,
        places=tuple(ClaimPlace(m.place_id, m.lat, m.lon, m.start, m.end) for m in places),
        **known,  # type: ignore[arg-type]
    )


def incident(incident_id: str, claims: list[Claim], status: str) -> Incident:
    first = claims[0]
    return Incident(
        incident_id=incident_id,
        event_type=first.event_type,
        date_start=first.date_start,
        date_end=first.date_end,
        place_ids=tuple(p.place_id for p in first.places),
        status=status,  # type: ignore[arg-type]
        killed_min=None,
        killed_max=None,
        wounded_min=None,
        wounded_max=None,
        claims=len(claims),
        claimants=len({c.claimant for c in claims}),
    )


def small(path: Path) -> Archive:
    """Five texts in our own words: a denial, a total, an area, an unlisted place, an undated claim."""
    qara = {"lat": 34.155, "lon": 36.743, "name_en": "Qara", "admin1": "Rif Dimashq", "radius_km": 2.0}
    homs = {"lat": 34.73, "lon": 36.71, "name_en": "Homs", "admin1": "Homs", "kind": "city", "radius_km": 6.0}
    idlib = {
        "lat": 35.7,
        "lon": 36.7,
        "name_en": "Idlib",
        "admin1": "Idlib",
        "kind": "governorate",
        "radius_km": 60.0,
    }
    one = document(
        "one",
        "أعلن التلفزيون أن الجيش سيطر على بلدة قارة صباح الاثنين. ولم يذكر خسائر.",
        date(2013, 11, 18),
        "Alpha",
        "الجيش في قارة",
    )
    two = document(
        "two",
        "نفى ناشطون أن تكون القوات الحكومية قد دخلت قارة. وقتل 46 شخصا على الأقل في حمص بقصف مدفعي.",
        date(2013, 11, 20),
        "Beta",
    )
    three = document(
        "three",
        "شن الطيران غارات على ريف إدلب فقتل 75 شخصا في يوم واحد.",
        date(2016, 5, 6),
        "Alpha",
    )
    four = document("four", "اندلعت اشتباكات في قرية الزيتونة المنسية.", date(2016, 5, 7), "Beta")
    five = document("five", "دارت معارك عنيفة قرب حمص.", None, "Gamma")
    m_one = mention(one, "قارة", "p-qara", **qara)
    m_two = mention(two, "قارة", "p-qara", **qara)
    m_homs = mention(two, "حمص", "p-homs", **homs)
    m_three = mention(three, "إدلب", "p-idlib", **idlib)
    m_four = mention(four, "الزيتونة المنسية")
    m_five = mention(five, "حمص", "p-homs", **homs)
    took = claim(
        "c-took",
        one,
        "الجيش سيطر على بلدة قارة",
        (m_one,),
        event_type="control_change",
        actor_bloc="government",
        target_bloc="opposition",
        claimant="syrian_tv",
        relayed_by="reuters",
    )
    denial = claim(
        "c-denial",
        two,
        "نفى ناشطون أن تكون القوات الحكومية قد دخلت قارة",
        (m_two,),
        event_type="control_change",
        stance="denied",
        actor_bloc="government",
        claimant="activists",
    )
    shelled = claim(
        "c-shelled",
        two,
        "وقتل 46 شخصا على الأقل في حمص بقصف مدفعي",
        (m_homs,),
        event_type="shelling",
        actor_bloc="government",
        killed_min=46,
        victims="civilians",
        weapon="artillery",
    )
    struck = claim(
        "c-struck",
        three,
        "شن الطيران غارات على ريف إدلب فقتل 75 شخصا في يوم واحد",
        (m_three,),
        event_type="airstrike",
        actor_bloc="russia",
        claimant="sohr",
        killed_min=75,
        killed_max=75,
        is_total=True,
        date_start=date(2016, 5, 5),
    )
    lost = claim(
        "c-lost", four, "اندلعت اشتباكات في قرية الزيتونة المنسية", (m_four,), actor_bloc="opposition"
    )
    undated = claim("c-undated", five, "دارت معارك عنيفة قرب حمص", (m_five,), actor_bloc="opposition")
    archive = Archive(path)
    archive.put(
        [
            Reading(one, (m_one,), (took,)),
            Reading(two, (m_two, m_homs), (denial, shelled)),
            Reading(three, (m_three,), (struck,)),
            Reading(four, (m_four,), (lost,)),
            Reading(five, (m_five,), (undated,)),
        ]
    )
    archive.replace_incidents(
        [
            (incident("i-1", [took, denial], "contested"), ["c-took", "c-denial"]),
            (incident("i-2", [shelled], "claimed"), ["c-shelled"]),
        ]
    )
    return archive


def hostile(path: Path) -> Archive:
    """One article for each hostile string, which stands in its text, title, outlet, file and place name."""
    archive = Archive(path)
    readings = []
    for n, payload in enumerate(HOSTILE):
        text = f"قال ناشطون إن اشتباكات وقعت في {payload} أمس."
        doc = document(f"dir/{payload}", text, date(2015, 1, 1 + n), f"outlet {payload}", f"title {payload}")
        place = mention(
            doc, payload, f"p-{n}-{payload}", name_ar=payload, name_en=f"name {payload}", lat=34.0 + n / 5,
            lon=37.0 + n / 5, radius_km=1.0, admin1=payload, reason=payload,
        )  # fmt: skip
        said = claim(
            f"c-{n}-{payload}", doc, f"اشتباكات وقعت في {payload}", (place,),
            actor=f"actor {payload}", actor_bloc="opposition", claimant=f"voice {payload}", weapon=payload,
        )  # fmt: skip
        nowhere = mention(doc, payload, name_ar=payload, reason=payload)
        lost = claim(f"c-lost-{n}", doc, f"ناشطون إن اشتباكات وقعت في {payload}", (nowhere,))
        readings.append(Reading(doc, (place,), (said, lost)))
    archive.put(readings)
    return archive


def large(path: Path, places: int = 1000, claims: int = 5000, seed: int = 1) -> Archive:
    """Many places and claims over four years, for what must stay quick."""
    pick = random.Random(seed)  # noqa: S311
    sites = [
        {
            "name_ar": f"بلدة {n}",
            "name_en": f"Town {n}",
            "lat": pick.uniform(32.8, 37.0),
            "lon": pick.uniform(36.1, 41.5),
            "kind": "town" if n % 40 else "district",
            "radius_km": 2.0 if n % 40 else 18.0,
            "admin1": "Homs",
        }
        for n in range(places)
    ]
    archive = Archive(path)
    readings = []
    incidents = []
    for n in range(claims):
        site = n if n < places else pick.randrange(places)
        day = date(2013, 1, 1) + timedelta(days=pick.randrange(1450))
        doc = document(
            f"d{n}", f"أفاد مراسلنا بوقوع اشتباكات في بلدة {site} وما حولها.", day, f"outlet {n % 9}"
        )
        place = mention(doc, f"بلدة {site}", f"p{site}", **sites[site])
        said = claim(
            f"c{n}", doc, f"وقوع اشتباكات في بلدة {site}", (place,),
            event_type=pick.choice(EVENT_TYPES), actor_bloc=pick.choice(BLOCS),
            stance="denied" if n % 17 == 0 else "asserted",
            claimant=pick.choice(("sohr", "sana", "activists", "")), killed_min=pick.choice((None, 3, 20)),
        )  # fmt: skip
        readings.append(Reading(doc, (place,), (said,)))
        status = pick.choice(("claimed", "corroborated", "contested"))
        incidents.append((incident(f"i{n}", [said], status), [said.claim_id]))
    archive.put(readings)
    archive.replace_incidents(incidents)
    return archive


def many(path: Path) -> Archive:
    """A few more claims than one page of the list holds."""
    return large(path, places=20, claims=130)


def crowd(path: Path) -> Archive:
    """More places than can be told apart on one screen."""
    return large(path, places=3000, claims=4000)


def crowded(path: Path) -> Archive:
    """Six quarters of one city, within a kilometre of each other."""
    readings = []
    for n in range(6):
        doc = document(f"d{n}", f"وقعت اشتباكات في حي {n}.", date(2015, 1, 1 + n))
        place = mention(
            doc,
            f"حي {n}",
            f"q{n}",
            name_en=f"Quarter {n}",
            kind="neighbourhood",
            lat=36.2 + n / 1000,
            lon=37.15,
        )
        readings.append(Reading(doc, (place,), (claim(f"c{n}", doc, f"اشتباكات في حي {n}", (place,)),)))
    archive = Archive(path)
    archive.put(readings)
    return archive


def told(path: Path) -> Archive:
    """One air strike with three figures by three voices, a total of them, a takeover denied, a rival one.

    The words of the first claim have their roles.
    """
    nasib = {"lat": 32.554, "lon": 36.192, "name_en": "Nasib", "admin1": "Daraa", "radius_km": 2.0}
    sites = {"score": 0.6, "reason": "best:2; announced:town"}
    one = document(
        "one",
        "قال المرصد إن 46 شخصا على الأقل قتلوا أمس في غارة على بلدة نصيب. وجرح 5 آخرون قرب درعا.",
        date(2015, 5, 3),
        "Alpha",
        "غارة على نصيب",
    )
    two = document("two", "وقالت سانا إن 10 مسلحين قتلوا في الغارة على نصيب.", date(2015, 5, 3), "Beta")
    three = document("three", "ذكر ناشطون أن 50 قتيلا سقطوا في نصيب.", date(2015, 5, 3), "Alpha")
    four = document("four", "بلغت حصيلة اليوم 75 قتيلا في نصيب وغيرها.", date(2015, 5, 3), "Gamma")
    five = document("five", "أعلن الجيش السيطرة على نصيب.", date(2015, 5, 6), "Beta")
    six = document(
        "six", "نفت المعارضة سقوط نصيب. وقالت إنها سيطرت على نصيب كلها.", date(2015, 5, 6), "Alpha"
    )
    at = {
        doc.doc_id: mention(doc, "نصيب", "p-nasib", **nasib, **sites)
        for doc in (one, two, three, four, five, six)
    }

    def cue(role: str, words: str, rule: str = "") -> Cue:
        start = one.text.index(words)
        return Cue(role, start, start + len(words), rule)

    strike: dict[str, object] = {
        "event_type": "airstrike",
        "actor_bloc": "government",
        "date_start": date(2015, 5, 2),
        "date_end": date(2015, 5, 2),
    }
    first = claim(
        "t-46", one, "46 شخصا على الأقل قتلوا أمس في غارة على بلدة نصيب", (at["one"],), **strike,
        claimant="sohr", killed_min=46, victims="civilians", date_basis="relative",
        cues=(
            cue("claimant", "قال المرصد"), cue("killed", "46 شخصا على الأقل"), cue("date", "أمس", "relative"),
            cue("trigger", "غارة", "trigger"), cue("place", "نصيب", "behind"),
        ),
    )  # fmt: skip
    second = claim(
        "t-10", two, "10 مسلحين قتلوا في الغارة على نصيب", (at["two"],), **strike,
        claimant="sana", killed_min=10, killed_max=10, victims="opposition",
    )  # fmt: skip
    third = claim(
        "t-50", three, "50 قتيلا سقطوا في نصيب", (at["three"],), **strike,
        claimant="activists", killed_min=50, killed_max=50,
    )  # fmt: skip
    hurt = claim("t-hurt", one, "وجرح 5 آخرون قرب درعا", (), event_type="clash", wounded_min=5, wounded_max=5)
    total = claim(
        "t-total", four, "حصيلة اليوم 75 قتيلا في نصيب وغيرها", (at["four"],), **strike,
        killed_min=75, killed_max=75, is_total=True,
    )  # fmt: skip
    took = claim(
        "t-took", five, "السيطرة على نصيب", (at["five"],),
        event_type="control_change", actor_bloc="government", claimant="syrian_army",
    )  # fmt: skip
    denied = claim(
        "t-denied", six, "نفت المعارضة سقوط نصيب", (at["six"],),
        event_type="control_change", actor_bloc="government", claimant="opposition", stance="denied",
    )  # fmt: skip
    rival = claim(
        "t-rival", six, "سيطرت على نصيب كلها", (at["six"],),
        event_type="control_change", actor_bloc="opposition", claimant="opposition",
    )  # fmt: skip
    archive = Archive(path)
    archive.put(
        [
            Reading(one, (at["one"],), (first, hurt)),
            Reading(two, (at["two"],), (second,)),
            Reading(three, (at["three"],), (third,)),
            Reading(four, (at["four"],), (total,)),
            Reading(five, (at["five"],), (took,)),
            Reading(six, (at["six"],), (denied, rival)),
        ]
    )
    members = {
        "i-strike": [first, second, third],
        "i-total": [total],
        "i-took": [took, denied],
        "i-rival": [rival],
    }
    status = {"i-strike": "corroborated", "i-total": "claimed", "i-took": "contested", "i-rival": "contested"}
    archive.replace_incidents(
        (incident(name, all_said, status[name]), [said.claim_id for said in all_said])
        for name, all_said in members.items()
    )
    return archive


def lengthy(path: Path) -> Archive:
    """A text of some hundred paragraphs with one claim near its end."""
    text = (
        "كان اليوم هادئا في المدينة كلها.\n\n" * 300
        + "واندلعت اشتباكات عنيفة ليلا.\n\n"
        + "وعاد الهدوء.\n" * 40
    )
    doc = document("long", text, date(2015, 1, 1))
    archive = Archive(path)
    archive.put([Reading(doc, (), (claim("c-far", doc, "واندلعت اشتباكات عنيفة"),))])
    return archive


@contextmanager
def serving(archive: Path) -> Iterator[str]:
    """Start the dashboard on an archive as its users do, until the end of the block; gives its address."""
    port = free_port()
    command = [sys.executable, "-m", "dashboard", "--archive", str(archive), "--port", str(port)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=archive.parent, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            said_at_start(server, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.communicate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def said_at_start(server: "subprocess.Popen[str]", port: int) -> str:
    """All that a dashboard prints until it names its address; from then on it answers there."""
    said = ""
    assert server.stdout
    for line in server.stdout:
        said += line
        if f":{port}" in line:
            return said
    raise AssertionError(f"the dashboard ended before it served; it said: {said}")
