"""Where do the lines of a list lie? One place for a location as researchers write it, or none.

``حي صلاح الدين - مدينة حلب``, ``كفر نبل (معرة النعمان)``, ``Kafr Nabel / Kafranbel``, ``قرب خان طومان``:
a line is cut into parts, each is looked up, and the narrowest part is the place, provided that the others
agree. A wrong point is worse than none, so whatever stays in doubt is left open.
"""

import functools
import itertools
import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from gazetteer.index import fold_latin, words
from gazetteer.lookup import Candidate
from gazetteer.orthography import fold, is_figure
from gazetteer.place import AREA_KINDS, Place, distance_km
from gazetteer.reasons import Reason
from gazetteer.sources import Gazetteer

#: An answer below this score is left open. Measured on 3,000 locations made of OCHA's places, spelled and
#: put together as researchers do: of the answers above it more than 99 in 100 lie within ``SAME_KM`` of the
#: truth with OCHA's and Who's On First's lists imported (83 in 100 locations are answered), and 97 in 100
#: with the built-in lists alone, which hold a quarter of those places.
SURE: Final = 0.6

#: Two points within this distance are one answer (kilometres).
SAME_KM: Final = 5.0

#: A place further than this from a wider place named beside it does not lie in it (kilometres).
_APART_KM: Final = 30.0

#: What is left of the agreement of two places that lie near each other but in two districts.
_OTHER_DISTRICT: Final = 0.6

#: How alike two names are whose letters sound alike, and the least likeness looked at.
_SOUNDS: Final = 0.93
_LEAST: Final = 0.8

#: What a part that means nothing known leaves of the score.
_UNKNOWN: Final = 0.85

#: From here on a name is surely that of a place, and not only like it.
_SURE_NAME: Final = 0.97

#: How far one place of a name is likelier than another for its kind.
_KNOWN: Final[Mapping[str, float]] = {"city": 0.12, "town": 0.06, "neighbourhood": 0.02}

#: How sure a name alone is, without any place beside it, by kind: small ones have namesakes no list holds.
_ALONE: Final[Mapping[str, float]] = {"city": 0.95, "town": 0.85, "airport": 0.85, "camp": 0.8, "base": 0.75}
_ALONE_OTHER: Final = (0.5, 0.62)

#: What is left of that for a town whose name is also a word, and so that of many a hamlet.
_WORD: Final = 0.7

#: So many villages are about all of Syria's; a list of fewer cannot tell that a name is the only one.
_ALL_VILLAGES: Final = 6000

_PARTS: Final = re.compile(
    r"\s[-–—]\s|\s*(?:[–—/\\|,،;؛:()\[\]{}«»\"“”\n\t+]|(?<=[\u0621-\u064a])-|-(?=[\u0621-\u064a]))\s*"
    r"|\s(?:أو|او|في|ضمن|or|aka|and|in)\s|\s(?=(?:ب?(?:ريف|محافظة|مدينة|ناحية|منطقة|قضاء|حي|بلدة|قرية))\s)",
    re.IGNORECASE,
)
_DISTANCE: Final = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:كيلومترات|كيلومتر|كيلو|كلم|كم|km|kms|kilomet(?:er|re)s?)\b", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"^(?:ما\s+)?(?:بين|between)\s+", re.IGNORECASE)
_ARABIC: Final = re.compile("[\u0621-\u064a]")

#: Arabic letters that sound alike.
_EARS: Final = str.maketrans({"ظ": "ض", "ط": "ت", "ص": "س", "ث": "س", "ذ": "د", "غ": "ق", "ء": ""})

#: Arabic letters as Latin spellings write them, one letter each, and the pairs of these: x for kh, $ for sh.
_ROMAN: Final = str.maketrans(
    dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنهوياء", "bttjhxddrzs$sdtzagfkklmnauiaa", strict=True))
)
_PAIRS: Final[Mapping[str, str]] = {
    "kh": "x", "gh": "g", "sh": "$", "ch": "$", "th": "t", "dh": "d", "dj": "j", "ou": "u", "oo": "u",
    "ee": "i", "q": "k", "c": "k", "p": "b", "v": "f", "w": "u", "y": "i", "e": "i", "o": "u",
}  # fmt: skip
_PAIR: Final = re.compile("|".join(_PAIRS))

_HEADS: Final[Mapping[str, str]] = {
    spelling: head
    for head, spellings in {
        "kafr": "kafr kafar kfar kefr kufr kfer kafer kfr",
        "tal": "tal tall tell tel",
        "dayr": "dayr deir dair der deyr",
        "ayn": "ayn ain ein en",
        "bayt": "bayt beit bait bet",
        "abu": "abu abou abo abi",
        "um": "um umm om oum",
        "shaykh": "shaykh sheikh shiekh cheikh shekh shaikh sheik",
        "jabal": "jabal jebel jabel",
        "khirbat": "khirbat khirbet khirbeh khirba kherbet khurbet",
        "rasm": "rasm",
        "maarrat": "maarrat maarat maaret marat maarrat maara",
    }.items()
    for spelling in spellings.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of ``data/location_words.toml``, folded."""

    around: frozenset[str]
    sides: frozenset[str]
    wide: frozenset[str]
    sites: frozenset[str]
    settlements: Mapping[str, tuple[str, ...]]


@functools.cache
def _words() -> _Words:
    path = Path(__file__).parent / "data" / "location_words.toml"
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    latin = {fold(w): tuple(kinds) for w, kinds in read["settlements"].items()}
    return _Words(
        frozenset(map(fold, read["around"])),
        frozenset(map(fold, read["sides"])),
        frozenset(map(fold, read["wide"])),
        frozenset(map(fold, read["sites"]["words"])),
        latin | {word: words().kinds[word] for word in words().announces},
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a location: its name, folded, and ``whole`` with the words around it; the kinds its word
    announces; whether it can only be what the place lies in (``wide``), whether it is something within a town
    (``site``) or to a side of it (``beside``)."""

    name: str
    whole: str = ""
    kinds: tuple[str, ...] = ()
    wide: bool = False
    site: bool = False
    beside: bool = False

    @property
    def arabic(self) -> bool:
        return bool(_ARABIC.search(self.name))


class Geocoder:
    """Finds the places of many locations; built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer: Final = gazetteer
        self._exact: Final[dict[str, dict[str, None]]] = {}
        self._sounds: Final[dict[str, dict[str, None]]] = {}
        self._spelled: Final[dict[str, list[str]]] = {}
        for place in gazetteer.places.values():
            self._add(place)
        self._arabic_keys: Final = [k for k in self._exact if _ARABIC.search(k)]
        self._latin_keys: Final = [k for k in self._exact if not _ARABIC.search(k)]
        self._cities: Final = {
            fold(name)
            for p in gazetteer.places.values()
            if p.kind in ("governorate", "city")
            for name in (p.name_ar, *p.names_ar, p.name_en.removesuffix(" Governorate"), *p.names_en)
        } - {""}
        lists = _words()
        self._plain: Final = lists.settlements.keys() | lists.wide | lists.around | lists.sides
        villages = sum(p.kind == "village" for p in gazetteer.places.values())
        few, many = _ALONE_OTHER
        self._alone: Final = few + (many - few) * min(1.0, villages / _ALL_VILLAGES)
        self._cache: Final[dict[tuple[str, str], dict[str, float]]] = {}

    def _add(self, place: Place) -> None:
        for name in (place.name_ar, *place.names_ar):
            key = _arabic_key(name.partition("(")[0])
            if key:
                self._exact.setdefault(key, {})[place.id] = None
                self._sounds.setdefault(_sound(key), {})[place.id] = None
                self._spell(key, place.id)
        for name in (place.name_en, *place.names_en):
            key = _latin_key(re.sub(r" (Governorate|District)$", "", name.partition("(")[0]))
            if key:
                self._exact.setdefault(key, {})[place.id] = None
                self._spell(key, place.id)

    def _spell(self, key: str, place_id: str) -> None:
        roman = _roman(key)
        self._sounds.setdefault(_skeleton(roman), {})[place_id] = None
        self._spelled.setdefault(place_id, []).append(roman)

    def geocode(self, location: str, near: str = "") -> Candidate | None:
        """The place of a location, however written, and how sure that is; None where nothing is like it.

        ``near`` is what else is known of where it lies: a governorate, a district, a town. Only a score of
        ``SURE`` and more is to be trusted.
        """
        parts = self._parts(location)
        if not parts or _too_far(location):
            return None
        found = [self._lookup(part) for part in parts]
        at = self._narrowest(parts, found)
        if at is None:
            return None
        same = {at, *(j for j in range(len(parts)) if found[j] and self._is_other_name(at, j, parts, found))}
        others = [self._as_wider(found[j]) for j in range(len(parts)) if j not in same]
        around = [self._as_wider(self._lookup(part)) for part in self._parts(near) if not part.site]
        weighed: dict[str, tuple[float, tuple[Reason, ...]]] = {}
        named = Counter(place_id for j in same for place_id in found[j])
        for j in sorted(same):
            for place_id, likeness in found[j].items():
                place = self.gazetteer.places[place_id]
                if place.kind in AREA_KINDS:
                    continue
                score, reasons = self._weigh(place, likeness, parts[j], [o for o in (*others, *around) if o])
                score *= _UNKNOWN ** (sum(not o for o in others) + len(same) - named[place_id])
                if score > weighed.get(place_id, (0.0, ()))[0]:
                    weighed[place_id] = (score, reasons)
        return self._decide(weighed)

    def knows(self, wider: str) -> bool:
        """Whether some part of what is given as ``near`` names a place."""
        return any(self._lookup(part) for part in self._parts(wider))

    def _narrowest(self, parts: list[_Part], found: list[dict[str, float]]) -> int | None:
        """Which part names the place: the first, or the last where the parts go from wide to narrow; None
        where no list holds that one. What is only a site or a quarter of a town is left for the town."""
        levels = [
            self._level(part, f, [o for o in found if o is not f])
            for part, f in zip(parts, found, strict=True)
        ]
        order = list(range(len(parts)))
        if levels[0] > levels[-1]:
            order.reverse()
        for at in order:
            if parts[at].wide:
                return None
            outer = at != order[0]
            if outer and (levels[at] == 3 or self._large(found[at])):
                return None
            if self._large(found[at]) and any(map(self._is_unknown, parts, found)):
                return None
            if found[at] and not parts[at].site:
                return at
            inner = parts[at].site or parts[at].kinds == ("neighbourhood",)
            other_script = at + 1 < len(parts) and parts[at].arabic != parts[at + 1].arabic
            if not (inner or other_script):
                return None
        return None

    @staticmethod
    def _is_unknown(part: _Part, found: Mapping[str, float]) -> bool:
        """Whether a part names something that no list holds: beside a city, some corner of it."""
        return not (part.wide or part.site) and max(found.values(), default=0.0) < _SOUNDS

    def _large(self, found: Mapping[str, float]) -> bool:
        """Whether a part may name a city whose quarters lie too far from its middle to be taken for it."""
        places = (self.gazetteer.places[i] for i in found)
        return any(p.kind == "city" and p.radius_km > SAME_KM - 1 for p in places)

    def _level(self, part: _Part, found: Mapping[str, float], others: list[dict[str, float]]) -> int:
        """How wide a place a part may name, if the others fit: 3 a governorate, 2 a district, 1 less."""
        if part.kinds == ("neighbourhood",):
            return 1
        places = self.gazetteer.places
        areas = [places[i] for i, likeness in found.items() if likeness >= _SURE_NAME]
        kinds = {
            area.kind
            for area in areas
            if area.kind in AREA_KINDS
            and all(not o or any(self._agreement(places[i], area) > 0.8 for i in o) for o in others)
        }
        return 3 if part.wide or "governorate" in kinds else 2 if kinds else 1

    def _as_wider(self, found: dict[str, float]) -> dict[str, float]:
        """What a part may mean beside a narrower one: where a governorate or city has the name, no village,
        and with a city all that is named after it."""
        large = {
            i: likeness
            for i, likeness in found.items()
            if likeness >= _SURE_NAME and self.gazetteer.places[i].kind in ("city", *AREA_KINDS)
        }
        for place_id in list(large):
            place = self.gazetteer.places[place_id]
            for wider in self.gazetteer.ancestors(place_id):
                if fold(wider.name_ar).removeprefix("مركز ") == fold(place.name_ar):
                    large.setdefault(wider.id, large[place_id])
        return large or found

    def _is_other_name(self, at: int, j: int, parts: list[_Part], found: list[dict[str, float]]) -> bool:
        """Whether a further part may only spell the place otherwise: كفر نبل / Kafr Nabel."""
        if parts[j].wide or parts[j].site:
            return False
        shared = found[j].keys() & found[at].keys()
        return any(self.gazetteer.places[i].kind not in AREA_KINDS for i in shared) and not any(
            self.gazetteer.places[i].kind == "governorate" for i in shared
        )

    def _decide(self, weighed: Mapping[str, tuple[float, tuple[Reason, ...]]]) -> Candidate | None:
        if not weighed:
            return None
        places = self.gazetteer.places
        order = sorted(weighed, key=lambda i: (-weighed[i][0] - _bonus(places[i]), i))
        best = places[order[0]]
        score, reasons = weighed[best.id]
        rivals = [i for i in order[1:] if distance_km(best, places[i]) > SAME_KM]
        if rivals:
            lead = score + _bonus(best) - weighed[rivals[0]][0] - _bonus(places[rivals[0]])
            score *= min(1.0, 0.45 + lead * 3.0)
            reasons += (Reason("rivals", str(len(rivals) + 1)),)
        return Candidate(best, round(max(0.0, min(1.0, score)), 3), reasons)

    def _weigh(
        self, place: Place, likeness: float, part: _Part, others: Iterable[Mapping[str, float]]
    ) -> tuple[float, tuple[Reason, ...]]:
        """How well a place fits the part that names it and the others beside it."""
        reasons = [Reason("name") if likeness == 1.0 else Reason("like", f"{100 * likeness:.0f}")]
        supports = []
        for other in others:
            agreed, wider = max(
                ((self._agreement(place, self.gazetteer.places[i]) * v, i) for i, v in other.items()),
                key=lambda pair: pair[0],
            )
            supports.append(agreed)
            if agreed > 0.5:
                reasons.append(Reason("with", wider))
        if not supports:
            context = _ALONE.get(place.kind, self._alone)
            if place.ambiguous and place.kind == "town":
                context *= _WORD
        elif min(supports) < 0.3:
            context = 0.3 if max(supports) < 0.5 else 0.5
        else:
            context = 0.8 + 0.2 * max(supports)
        if part.kinds and place.kind not in part.kinds:
            another = part.kinds == ("neighbourhood",) or place.kind == "city"
            context *= 0.6 if another else 0.85
        if part.beside:
            # شمالي حلب is its countryside, but what lies north of a village is near it.
            context *= 0.6 if place.kind == "city" else 0.9
        return likeness**6 * context, tuple(reasons)

    def _agreement(self, place: Place, other: Place) -> float:
        """From 1 (the place lies in the other, or is it) down to 0 (far outside)."""
        if place.id == other.id or other in self.gazetteer.ancestors(place.id):
            return 0.9 if other.kind == "governorate" else 1.0
        if other.kind == "governorate":
            return 0.85 if other.admin1 == place.admin1 else 0.0
        gap = distance_km(place, other) - other.radius_km
        if gap <= 0:
            near = 1.0
        else:
            near = max(0.0, 1.0 - gap / _APART_KM) if place.admin1 == other.admin1 or gap < 10 else 0.0
        return near if self._district(place) == self._district(other) else near * _OTHER_DISTRICT

    def _district(self, place: Place) -> str:
        """The id of the district that a place lies in, or is; "" where none is known."""
        chain = (place, *self.gazetteer.ancestors(place.id))
        return next((p.id for p in chain if p.kind == "district"), "")

    # -- names into places --------------------------------------------------------------------------

    def _parts(self, location: str) -> list[_Part]:
        """The parts of a location, in order; a city named in one breath with something in it is its own."""
        pieces: list[str] = []
        before = ""
        for piece in _PARTS.split(_DISTANCE.sub(" ", location.replace("\u0640", ""))):
            tokens = (before + _BETWEEN.sub("", piece.strip())).split()
            if all(fold(token) in self._plain for token in tokens):
                before = " ".join([*tokens, ""])  # محيط قرية X
            else:
                pieces += self._halves(tokens)
                before = ""
        parts = [part for piece in pieces if (part := _part(piece)) is not None]
        return [self._of_site(part) if part.site else part for part in parts]

    def _halves(self, tokens: list[str]) -> tuple[str, ...]:
        """حلب الصاخور and الصاخور بحلب are a quarter and its city, unless a place has the whole name."""
        whole = " ".join(tokens)
        plain = self._plain
        name = " ".join(itertools.dropwhile(lambda token: fold(token) in plain, tokens))
        if len(tokens) < 2 or self._exact.get(_key(whole)) or self._exact.get(_key(name)):
            return (whole,)
        first, second, last = fold(tokens[0]), fold(tokens[1]), fold(tokens[-1])
        city = last if last in self._cities else last.removeprefix("ب")
        if city in self._cities and fold(tokens[-2]) not in plain:
            return " ".join(tokens[:-1]), city
        if first in self._cities and len(tokens) == 2 and second not in plain:
            return first, second
        return (whole,)

    def _of_site(self, part: _Part) -> _Part:
        """A part named like a site as the place that has that name (حي جامعة حلب), or as the town that it is
        named after (سوق معرة النعمان), where there is one; else as it is."""
        if self._exact.get(_key(part.name)):
            return replace(part, site=False)
        tokens = part.name.split()
        for length in range(len(tokens) - 1, 0, -1):
            for start in range(1, len(tokens) - length + 1):
                name = " ".join(tokens[start : start + length])
                kinds = {self.gazetteer.places[i].kind for i in self._exact.get(_key(name), ())}
                if kinds & {"city", "town", "village"} and name not in words().common:
                    return replace(part, name=name, site=False, kinds=("town", "city", "village"))
        return part

    def _lookup(self, part: _Part) -> dict[str, float]:
        """The places a part may name, each with its likeness from 0 to 1."""
        key = (part.whole, part.name)
        if key not in self._cache:
            regions = {
                i: 1.0
                for i in self._exact.get(_key(part.whole), ())
                if self.gazetteer.places[i].kind in AREA_KINDS
            }
            self._cache[key] = regions if part.wide and regions else self._alike(part)
        return self._cache[key]

    def _alike(self, part: _Part) -> dict[str, float]:
        key = _key(part.name)
        if len(key) < 2:
            return {}
        likeness = dict.fromkeys(self._exact.get(key, ()), 1.0)
        if part.arabic:
            for place_id in self._sounds.get(_sound(key), ()):
                likeness.setdefault(place_id, _SOUNDS)
        else:
            roman = _roman(key)
            for place_id in self._sounds.get(_skeleton(roman), ()):
                spelled = max(fuzz.ratio(roman, other) for other in self._spelled[place_id]) / 100
                likeness.setdefault(place_id, min(0.99, 0.55 + 0.45 * spelled))
        if max(likeness.values(), default=0.0) < _SOUNDS and len(key) >= 4:
            keys = self._arabic_keys if part.arabic else self._latin_keys
            for other, ratio, _ in process.extract(
                key, keys, scorer=fuzz.ratio, score_cutoff=_LEAST * 100, limit=30
            ):
                for place_id in self._exact[other]:
                    likeness[place_id] = max(likeness.get(place_id, 0.0), ratio / 100 - 0.02)
        return {i: v for i, v in likeness.items() if v >= _LEAST}


def _bonus(place: Place) -> float:
    return _KNOWN.get(place.kind, 0.0) + math.log10(place.population + 1) / 200


def _too_far(location: str) -> bool:
    """Whether a location lies further from the place it names than one answer is wide."""
    return any(float(m.group(1).replace(",", ".")) > SAME_KM for m in _DISTANCE.finditer(fold(location)))


def _part(piece: str) -> _Part | None:
    lists = _words()
    tokens = [
        t for t in re.sub(r"[^\w\s'’‘`-]|_", " ", fold(piece)).split() if not is_figure(t) or len(t) > 1
    ]
    whole = " ".join(tokens)
    kinds: tuple[str, ...] = ()
    wide = beside = False
    site = bool(tokens) and any(t in lists.sites for t in (tokens[0], tokens[-1])) and len(tokens) > 1
    while len(tokens) > 1 or (tokens and tokens[0] in lists.wide):
        if wide and tokens[-1] in words().compass and len(tokens) > 1:
            tokens.pop()
            continue
        if tokens[0] in lists.settlements and len(tokens) > 1:
            kinds = lists.settlements[tokens.pop(0)]
        elif tokens[-1] in lists.settlements and len(tokens) > 1 and not _ARABIC.search(tokens[-1]):
            kinds = lists.settlements[tokens.pop()]
        elif tokens[0] in lists.wide:
            wide = bool(tokens.pop(0))
        elif tokens[-1] in lists.wide:
            wide = bool(tokens.pop())
        elif tokens[0] in lists.sides:
            beside = bool(tokens.pop(0))
        elif tokens[0] in lists.around:
            tokens.pop(0)
        else:
            break
    name = " ".join(tokens)
    return _Part(name, whole, kinds, wide, site, beside) if name else None


def _key(name: str) -> str:
    return _arabic_key(name) if _ARABIC.search(name) else _latin_key(name)


def _arabic_key(name: str) -> str:
    """A name in Arabic letters as it compares: folded, without spaces, articles and the final ه or ا."""
    tokens = [t.removeprefix("ال") if len(t) > 4 else t for t in fold(name).split()]
    key = "".join(c for c in "".join(tokens) if c.isalnum())
    return key[:-1] + "ه" if len(key) > 3 and key[-1] in "اه" else key


def _sound(key: str) -> str:
    return "~" + key.translate(_EARS)


def _latin_key(name: str) -> str:
    """A name in Latin letters as it compares: no articles, and one spelling of its usual first words."""
    tokens = fold_latin(name).split()
    tokens = [re.sub("^[ae]l(?=.{4})", "", t) if i else t for i, t in enumerate(tokens)]
    return "".join(_HEADS.get(token, token) for token in tokens)


def _roman(key: str) -> str:
    """A key of either script in Latin letters, one a sound: كفرنبل is kfrnbl, kafranbel is kafranbil."""
    if _ARABIC.search(key):
        return key.translate(_ROMAN)
    return _PAIR.sub(lambda pair: _PAIRS[pair.group()], key)


def _skeleton(roman: str) -> str:
    """The consonants of a name in Latin letters, double ones once."""
    return "#" + re.sub(r"(.)\1+", r"\1", re.sub("[aiuh'’‘`]", "", roman))
