"""What is read as a place name, what is not, and where it is put: each rule by a sentence of our own."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader import reading, words_of

from extraction import pipeline
from extraction.reading.toponyms.find import find_toponyms
from extraction.records import Document, Mention
from gazetteer.sources import COLUMNS, Gazetteer, load


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


def read(gazetteer: Gazetteer, text: str) -> tuple[Mention, ...]:
    return find_toponyms("doc", text, words_of(text), gazetteer)


def surfaces(gazetteer: Gazetteer, text: str) -> list[str]:
    return [m.surface for m in read(gazetteer, text)]


def only(gazetteer: Gazetteer, text: str, surface: str) -> Mention:
    (mention,) = [m for m in read(gazetteer, text) if m.surface == surface]
    return mention


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("دارت اشتباكات في مدينة حلب وبلدة داريا", ["حلب", "داريا"]),
        ("قصف على أحياء برزة والقابون وجوبر", ["برزة", "القابون", "جوبر"]),
        ("تقدم في محيط مخيم درعا وضاحية الأسد بحلب", ["مخيم درعا", "ضاحية الأسد", "حلب"]),
        (
            "سقط قتلى في تلة الشيخ يوسف قرب مطار دير الزور العسكري",
            ["تلة الشيخ يوسف", "مطار دير الزور العسكري"],
        ),
        ("غارات على سوريا ولبنان", []),
        ("وصل الوفد إلى موسكو وباريس وجنيف وبيروت", []),
        ("قال الحلبي إن الشامي لم يحضر", []),
        ("غارات جنوبي دمشق", ["دمشق"]),
        ("هجوم على اللواء 80 وعلى جبهة خان طومان", ["اللواء 80", "خان طومان"]),
        ("وصل مقاتلو جبهة النصرة وجبهة الشام", []),
        ("قال كتيبة حلب ولواء شهداء داريا إنهم انسحبوا", []),
        ("دفن شهداء داريا", ["داريا"]),
        ("ذكرت شبكة حلب وصحيفة دمشق", []),
        ("تقع بلدة قارة في القلمون", ["قارة", "القلمون"]),
    ],
)
def test_a_mention_is_the_name_itself(gazetteer: Gazetteer, text: str, expected: list[str]) -> None:
    assert surfaces(gazetteer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "القوات المتحالفة مع دمشق",
        "محادثات مع دمشق في الخريف",
        "بقي موقف دمشق على حاله",
        "قالت دمشق إنها لا تعلم",
        "الفصائل الموالية لدمشق",
        "تنسيق بين دمشق وموسكو",
    ],
)
def test_a_capital_that_stands_for_its_government_is_none(gazetteer: Gazetteer, text: str) -> None:
    assert surfaces(gazetteer, text) == []


def test_a_name_inside_a_mask_is_none_unless_it_is_longer(gazetteer: Gazetteer) -> None:
    assert surfaces(gazetteer, "أعلنت غرفة فتح حلب هجوما") == []
    assert surfaces(gazetteer, "قصف على ضاحية الأسد") == ["ضاحية الأسد"]


@pytest.mark.parametrize(
    ("text", "surface", "kind", "admin1"),
    [
        ("قصف على ريف دمشق", "دمشق", "governorate", "Rif Dimashq"),
        ("قصف على ريف حلب الجنوبي", "حلب", "region", "Aleppo"),
        ("قصف على الريف الجنوبي لحلب", "حلب", "region", "Aleppo"),
        ("قصف على الريف الجنوبي الشرقي لحلب", "حلب", "region", "Aleppo"),
        ("قصف على محافظة حلب", "حلب", "governorate", "Aleppo"),
        ("قصف على مدينة حلب", "حلب", "city", "Aleppo"),
        ("قصف على حلب", "حلب", "city", "Aleppo"),
        ("قصف على محافظتي حلب وإدلب", "إدلب", "governorate", "Idlib"),
    ],
)
def test_city_governorate_and_countryside(
    gazetteer: Gazetteer, text: str, surface: str, kind: str, admin1: str
) -> None:
    mention = only(gazetteer, text, surface)
    assert (mention.kind, mention.admin1) == (kind, admin1)


def test_sides_of_one_city_are_different_regions(gazetteer: Gazetteer) -> None:
    south = only(gazetteer, "معارك في ريف حلب الجنوبي", "حلب")
    north = only(gazetteer, "معارك في ريف حلب الشمالي", "حلب")
    assert south.lat is not None
    assert north.lat is not None
    assert south.lat < north.lat


@pytest.mark.parametrize(
    ("meant", "not_meant"),
    [
        ("سيطر على مدينة الباب", "أغلق الباب خلفه"),
        ("غارات على حلب والباب ومنبج", "ترك الباب للحوار"),
        ("تقدم في حي الشعار", "رفع الشعار نفسه"),
        ("اشتباكات في الشعار بمدينة حلب", "تحت هذا الشعار"),
    ],
)
def test_an_ordinary_word_is_a_name_only_where_meant(
    gazetteer: Gazetteer, meant: str, not_meant: str
) -> None:
    assert set(surfaces(gazetteer, meant)) & {"الباب", "الشعار"}
    assert surfaces(gazetteer, not_meant) == []


def test_a_name_once_meant_is_meant_again(gazetteer: Gazetteer) -> None:
    assert surfaces(gazetteer, "سيطر على مدينة الباب. ثم قصف الباب مرة أخرى") == ["الباب", "الباب"]


def test_a_place_abroad_of_the_same_name_is_none(gazetteer: Gazetteer) -> None:
    assert surfaces(gazetteer, "حادث في قرية دوما جنوب نابلس") == []
    assert surfaces(gazetteer, "حادث في بلدة جوبر العراقية") == []
    assert surfaces(gazetteer, "غارة على حي الصناعة بالموصل") == []


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("قصف على بلدة زمرانا في ريف حلب", "زمرانا", "town"),
        ("قصف على قرية قصر الجواد قرب حلب", "قصر الجواد", "village"),
        ("سيطر على تلة الزمران في ريف حلب", "تلة الزمران", "hill"),
        ("قصف على بلدات بيت سحم وزمرانا ويلدا بريف دمشق", "زمرانا", "town"),
    ],
)
def test_a_place_that_no_list_holds_is_left_open(
    gazetteer: Gazetteer, text: str, surface: str, kind: str
) -> None:
    mention = only(gazetteer, text, surface)
    assert (mention.method, mention.kind, mention.place_id, mention.lat) == ("unresolved", kind, "", None)


@pytest.mark.parametrize(
    "text",
    [
        "قصف على بلدة استراتيجية في ريف حلب",
        "قصف على مدينة سورية قرب حلب",
        "قصف على قرى عدة في ريف حلب",
        "قصف على بلدة صغيرة في ريف حلب",
        "فتح محلا في بلده محلا للحلوى قرب حلب، وهي مدينة كبيرة",
        "شمل القصف قرى وبلدات ريف حلب",
    ],
)
def test_what_only_describes_a_place_is_no_name(gazetteer: Gazetteer, text: str) -> None:
    assert surfaces(gazetteer, text) == ["حلب"]


def test_a_line_of_names_goes_on_through_unknown_ones(gazetteer: Gazetteer) -> None:
    text = "نزوح باتجاه بلدات يلدا وزمرانا وقسبارا وباتجاه مدينة حلب"
    assert surfaces(gazetteer, text) == ["يلدا", "زمرانا", "قسبارا", "حلب"]
    assert surfaces(gazetteer, "قصف بلدات يلدا وببيلا وتراجع المهاجمون") == ["يلدا", "ببيلا"]


@pytest.mark.parametrize(
    "text",
    [
        "بالطرق السلمية",
        "دار في أقرب وقت عبر المدى القصير",
        "أبو هريرة قاتل هناك",
        "بصدد زيارة",
        "سقطت في شارع الثورة",
    ],
)
def test_words_that_only_sound_like_a_place(gazetteer: Gazetteer, text: str) -> None:
    assert surfaces(gazetteer, text) == []


def test_half_of_a_village_belongs_to_its_name(gazetteer: Gazetteer) -> None:
    assert surfaces(gazetteer, "قصف على بلدة يلدا الغربية")[0] == "يلدا الغربية"
    assert surfaces(gazetteer, "قصف على مدينة حلب الغربية")[0] == "حلب"


def test_a_near_miss_counts_only_after_a_place_word(gazetteer: Gazetteer) -> None:
    mention = only(gazetteer, "قصف على بلدة خان تومان بريف حلب", "خان تومان")
    assert (mention.method, mention.name_ar) == ("fuzzy", "خان طومان")
    assert "خان تومان" not in surfaces(gazetteer, "قال خان تومان في حلب")


def test_the_wider_place_named_decides_between_namesakes(gazetteer: Gazetteer) -> None:
    in_aleppo = only(gazetteer, "اشتباكات في حي الصناعة بمدينة دير الزور", "الصناعة")
    assert in_aleppo.admin1.startswith("Deir")
    assert in_aleppo.reason


def test_a_namesake_far_from_where_it_is_put_is_left_open(gazetteer: Gazetteer) -> None:
    mention = only(gazetteer, "قصف على قرية بانص بريف درعا", "بانص")
    assert mention.method == "unresolved"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قصف على قرية العجمي قرب مدينة الباب", "العجمي"),
        ("سيطر الثوار على قرى قديران والعجمي وعلى بلدة قباسين", "العجمي"),
        ("وفي ريف اللاذقية الشمالي، سيطر الجيش على قرية الروضة", "الروضة"),
        ("ريف حمص:\nاشتباكات في محيط قرية العجمي", "العجمي"),
    ],
)
def test_a_village_of_that_name_far_from_what_the_text_tells_is_another(
    gazetteer: Gazetteer, text: str, name: str
) -> None:
    mention = only(gazetteer, text, name)
    assert (mention.method, mention.place_id) == ("unresolved", "")


def test_the_heading_of_a_list_decides_between_namesakes(gazetteer: Gazetteer) -> None:
    text = "حلب:\nقصف على حي طريق الباب.\n\nدير الزور:\nقصف على حي الرصافة.\n\nحلب:\nقصف على حي الرصافة."
    assert [m.admin1 for m in read(gazetteer, text) if m.surface == "الرصافة"] == ["Deir ez-Zor", "Aleppo"]


def test_a_village_called_like_a_man_needs_its_place_word(gazetteer: Gazetteer) -> None:
    assert surfaces(gazetteer, "قصف على أريحا بعد وفاة جوزف ستالين بأعوام") == ["أريحا"]


def test_blocks_of_houses_and_a_crossing_of_some_kind_are_no_names(gazetteer: Gazetteer) -> None:
    assert surfaces(gazetteer, "سيطر الجيش على كتل الأبنية في حي جوبر وقصف معبر مائي قرب مدينة الميادين") == [
        "جوبر",
        "الميادين",
    ]


def test_beside_the_compass_a_place_is_only_near(gazetteer: Gazetteer) -> None:
    at = only(gazetteer, "قصف على خان طومان", "خان طومان")
    near = only(gazetteer, "قصف شمالي خان طومان", "خان طومان")
    assert at.radius_km is not None
    assert near.radius_km is not None
    assert near.radius_km > at.radius_km


@pytest.mark.parametrize(
    ("text", "surface", "radius_km"),
    [
        ("قصف بالقرب من خان طومان", "خان طومان", 10),
        ("قصف على بعد 20 كم شمال خان طومان", "خان طومان", 22),
        ("قصف على بعد نحو 3 كيلومترات شمالي خان طومان", "خان طومان", 5),
        ("معارك بين سراقب وخان السبل", "سراقب", 10),
        ("معارك بين سراقب وخان السبل", "خان السبل", 10),
        ("معارك في ريف خان طومان الجنوبي", "خان طومان", 15),
    ],
)
def test_beside_a_place_is_somewhere_around_it(
    gazetteer: Gazetteer, text: str, surface: str, radius_km: int
) -> None:
    mention = only(gazetteer, text, surface)
    assert mention.radius_km == pytest.approx(radius_km, abs=0.5)
    assert "within:" in mention.reason or "countryside" in mention.reason


def test_a_town_named_like_a_word_is_meant_where_one_goes_and_its_neighbours_are_near(
    gazetteer: Gazetteer,
) -> None:
    assert surfaces(gazetteer, "وصل النازحون إلى القصير وقصفت حمص") == ["القصير", "حمص"]
    assert surfaces(gazetteer, "اجتماع على المدى القصير في حمص") == ["حمص"]
    assert surfaces(gazetteer, "دخل من الباب وقصفت حلب") == ["حلب"]
    assert surfaces(gazetteer, "قصف السلمية ثم حماة") == ["السلمية", "حماة"]


def test_a_door_stays_one_although_the_town_was_named(gazetteer: Gazetteer) -> None:
    assert surfaces(gazetteer, "معارك في مدينة الباب. ثم أغلق الباب خلفه") == ["الباب"]


def test_a_name_goes_on_over_spaces_and_the_end_of_a_line_but_no_further(gazetteer: Gazetteer) -> None:
    assert surfaces(gazetteer, "قصف على خان   طومان") == ["خان   طومان"]
    assert surfaces(gazetteer, "قصف على خان \n طومان") == ["خان \n طومان"]
    assert surfaces(gazetteer, "قصف على خان\n\nطومان") == []


def test_a_new_town_needs_one_line_in_a_list(tmp_path: Path, gazetteer: Gazetteer) -> None:
    text = "قصف الطيران زمرانا أمس"
    assert surfaces(gazetteer, text) == []
    row = {
        "id": "zamrana",
        "name_ar": "زمرانا",
        "name_en": "Zamrana",
        "kind": "town",
        "lat": "36",
        "lon": "37",
    }
    line = ",".join(row.get(c, "") for c in COLUMNS)
    mine = tmp_path / "mine.csv"
    mine.write_text(",".join(COLUMNS) + "\n" + line + "\n", encoding="utf-8")
    assert [m.place_id for m in read(load(mine), text)] == ["zamrana"]


def in_an_article(gazetteer: Gazetteer, text: str) -> list[str]:
    """The place names of a text that is read as an article, its events known."""
    document = Document("doc", text, None, "unknown", "", "", "ar", "")
    return [m.surface for m in pipeline.read(document, gazetteer).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سيطر الجيش على دوما", ["دوما"]),
        ("قصفت طائرات النظام دوما ثم جوبر", ["دوما", "جوبر"]),
        ("قصفت طائرات النظام دوما", ["دوما"]),
        ("سيطر الجيش على الطبقة الثلاثاء", ["الطبقة"]),
        ("هجوم على الطبقة الحاكمة", []),
        ("دخل الجيش الحر السفيرة", ["السفيرة"]),
        ("معارك عنيفة في القصير", ["القصير"]),
        ("اشتباكات قرب القصير", ["القصير"]),
        ("انسحب المقاتلون من نوى", ["نوى"]),
        ("السيطرة على كسب", ["كسب"]),
        ("تحرير الباب", ["الباب"]),
        ("سيطر مقاتلون على الفرقة 17 شمال الرقة", ["الفرقة 17", "الرقة"]),
        ("اشتباكات في محيط الفرقة 17", ["الفرقة 17"]),
        ("قصفت الفرقة 17 مواقع المسلحين", []),
        ("هجوم على اللواء 121 قرب كناكر", ["اللواء 121", "كناكر"]),
        ("يقصف النظام دوما المدنيين", []),
        ("قتل جاسم في المعركة", []),
        ("قتل ثلاثة في ميادين القتال", []),
        ("سيطر الجيش على المزرعة", []),
        ("قصف بعد هجوم. في نوى التمر فائدة", []),
    ],
)
def test_a_town_named_like_a_word_is_meant_where_it_is_fought_for(
    gazetteer: Gazetteer, text: str, expected: list[str]
) -> None:
    assert in_an_article(gazetteer, text) == expected


@pytest.mark.parametrize("name", ["الحفة", "مسكنة", "المخرم", "الصبورة", "السبخة"])
def test_a_town_that_is_no_word_needs_nothing_beside_it(gazetteer: Gazetteer, name: str) -> None:
    assert surfaces(gazetteer, f"وصل إلى {name} قرب حلب") == [name, "حلب"]


@pytest.mark.parametrize(("word", "name"), [("بلدة", "الحارة"), ("مدينة", "التل"), ("مدينة", "أكدة")])
def test_a_town_called_like_a_place_word_or_called_a_town_is_found_where_announced(
    gazetteer: Gazetteer, word: str, name: str
) -> None:
    (mention,) = read(gazetteer, f"قصف على {word} {name}")
    assert (mention.surface, mention.method) == (name, "exact")
    assert surfaces(gazetteer, f"قصف على {name}") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سيطر على قرى ميدرنكي وجلمرة وقسطل جندرو في ريف عفرين", ["ميدرنكي", "جلمرة", "قسطل جندرو", "عفرين"]),
        ("سيطر على قرى ميدرنكي، جلمرة، كفر صفرون في ريف عفرين", ["ميدرنكي", "جلمرة", "كفر صفرون", "عفرين"]),
        ("سيطر على قرى ميدرنكي، مشيرا إلى قصف حلب", ["ميدرنكي", "حلب"]),
        ("سيطر على بلدتي كفر زيتا وطلحرونة بريف حماة", ["كفر زيتا", "طلحرونة", "حماة"]),
        ("سيطر على تلة صدر البستان قرب اللاذقية", ["تلة صدر البستان", "اللاذقية"]),
        ("سيطر على تلة الزيارة وبرج زاهون بريف اللاذقية", ["تلة الزيارة", "برج زاهون", "اللاذقية"]),
        ("سيطر على تلة الزيارة ومواقع بريف اللاذقية", ["تلة الزيارة", "اللاذقية"]),
        ("سيطر على تلة بعد المعارك قرب حماة", ["حماة"]),
        ("انسحب من تلة وسط المدينة قرب حماة", ["حماة"]),
        ("سيطر على تلة تطل على مورك", ["مورك"]),
        ("دخل الحي الغربي من حلب", ["حلب"]),
        ("سيطر على قرى ميدرنكي وجلمرة", ["ميدرنكي", "جلمرة"]),
        ("سيطر على قرى ميدرنكي وتل حسين بريف حماة", ["ميدرنكي", "تل حسين", "حماة"]),
        ("سيطر على سراقب ومورك واللطامنة وجلمرة، ثم تراجع", ["سراقب", "مورك", "اللطامنة", "جلمرة"]),
        ("سيطر على سراقب ومورك وجلمرة، ثم تراجع", ["سراقب", "مورك"]),
    ],
)
def test_lists_and_hills_are_read_through_names_that_no_list_holds(
    gazetteer: Gazetteer, text: str, expected: list[str]
) -> None:
    assert surfaces(gazetteer, text) == expected


def test_a_hill_whose_near_namesake_is_far_away_keeps_its_whole_name(gazetteer: Gazetteer) -> None:
    assert surfaces(gazetteer, "معارك في تل خان تومان قرب درعا وبصرى الشام ونوى")[0] == "تل خان تومان"


@pytest.mark.parametrize(("before", "beside"), [("حلب", "حمص"), ("حمص", "حلب")])
def test_a_near_miss_keeps_the_company_of_its_own_sentence(
    gazetteer: Gazetteer, before: str, beside: str
) -> None:
    text = f"قصف على {before}. ثم قتل اثنان في حي الخالتية ونزح الآخرون نحو {beside}"
    mention, city = only(gazetteer, text, "الخالتية"), only(gazetteer, text, beside)
    assert (mention.method, mention.admin1) == ("fuzzy", city.admin1)
    assert f"sentence:{city.place_id}" in mention.reason


WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        """في على و بلدة حي مدينة ريف قرية تلة أحياء حلب وحلب بحلب لحلب دمشق لدمشق للقابون حَلَب داريا
        الباب الشعار خان طومان كفرنبل زمرانا وزمرانا الجنوبي ، . « » 80 اللواء شبكة مع موسكو ريفي
        شمال مخيم درعا جبهة الريف حمـص""",
    )
)


@given(st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=80))
def test_offsets_give_back_the_surface(text: str) -> None:
    mentions = read(load(), text)
    assert all(text[m.start : m.end] == m.surface and m.surface.strip() for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(bool(m.place_id) == (m.lat is not None) == (m.method != "unresolved") for m in mentions)
    assert all(0 <= m.score <= 1 for m in mentions)


@pytest.mark.parametrize(
    "text",
    [
        "سيطر الثوار على عدة قرى وقطعوا طريق حلب دمشق.",
        "سيطر الجيش على قرية وحاجزا في ريف إدلب.",
        "قصفت الطائرات مدارس في دوما.",
        "قصفت الطائرات مصانع في دوما.",
    ],
)
def test_what_follows_or_is_hit_is_no_village(text: str) -> None:
    assert {mention.surface for mention in reading(text).mentions} <= {"دمشق", "إدلب", "دوما"}
