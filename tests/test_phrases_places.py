"""PLACES: which names are told together, and what each is among the others."""

import pytest
from reader import reading, words_of

from extraction.reading.phrases.places import Scene, sites_of
from gazetteer.sources import load


def scene(text: str) -> Scene:
    words = words_of(text)
    return Scene(words, sites_of(words, reading(text).mentions), load())


def parts(text: str) -> list[tuple[str, str]]:
    """Each name of the phrase that begins with the first name of a text, and what it is in it."""
    places = scene(text)
    return [(part.site.mention.surface, part.role) for part in places.read(places.sites)]


@pytest.mark.parametrize(
    "text",
    [
        "قصف الطيران سراقب وبنش وتفتناز.",
        "قصف الطيران سراقب، بنش، تفتناز.",
        "قصف الطيران سراقب - بنش - تفتناز.",
        "قصف الطيران سراقب / بنش / تفتناز.",
        "قصف الطيران «سراقب» و«بنش» و«تفتناز».",
        "قصف الطيران مدينة سراقب وبلدتي بنش وتفتناز.",
        "قصف الطيران بلدة سراقب، بالإضافة إلى بلدتي بنش وتفتناز.",
        "قصف الطيران بلدة سراقب إضافة إلى بلدتي بنش وتفتناز.",
    ],
)
def test_a_list_is_one_phrase_however_it_is_written(text: str) -> None:
    assert parts(text) == [("سراقب", "listed"), ("بنش", "listed"), ("تفتناز", "listed")]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("قصف الجيش بلدة سراقب بريف إدلب.", ["listed", "area"]),
        ("قصف الجيش بلدة سراقب شرق مدينة إدلب.", ["listed", "aside"]),
        ("قصف الجيش سراقب شرقي إدلب، وبنش.", ["listed", "aside", "listed"]),
        ("نزح أهالي تدمر إلى بلدة القريتين.", ["aside", "aside"]),
        ("استهدف الجيش سيارة على طريق اللاذقية قرب بلدة بسنقول.", ["aside", "listed"]),
        ("قصف الجيش بلدة سراقب من جهة مدينة إدلب.", ["listed", "aside"]),
    ],
)
def test_each_name_is_something_among_the_others(text: str, roles: list[str]) -> None:
    assert [role for _, role in parts(text)] == roles


def test_the_phrases_of_a_sentence_are_its_lists_and_their_names() -> None:
    places = scene("قصف الجيش سراقب وبنش. وهاجم تفتناز.")
    first, second = places.words.sentences
    assert [p.kind for p in places.phrases(first)] == ["PLACES", "PLACE", "PLACE"]
    assert [p.kind for p in places.phrases(second)] == ["PLACES", "PLACE"]
    assert [len(p.parts) for p in places.phrases(first)] == [2, 0, 0]
