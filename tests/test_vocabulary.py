"""Words are found whatever letters cling to them, and an editor's line in a lexicon is enough to add one."""

import shutil
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from reader import claims, only, places

from extraction.lexicon import vocabulary
from extraction.lexicon.vocabulary import LEXICON, Entry, LexiconError, Vocabulary, load
from extraction.words.sentence import split_words
from gazetteer.orthography import fold, normalise


def entry(form: str, phrase: str, role: str = "event", code: str = "", *flags: str) -> Entry:
    return Entry(role, code or phrase, form, tuple(fold(phrase).split()), flags=frozenset(flags))


def found(text: str, *entries: Entry) -> list[str]:
    """The codes of the entries found in a text, in order."""
    return [tag.entry.code for tag in Vocabulary(entries).tag(fold(text).split())]


@pytest.mark.parametrize(
    "word",
    [
        "قصف",
        "القصف",
        "والقصف",
        "بالقصف",
        "للقصف",
        "لقصف",
        "وللقصف",
        "فالقصف",
        "كالقصف",
        "قصفه",
        "وقصفها",
        "قصفهم",
    ],
)
def test_a_noun_bears_article_preposition_and_pronoun(word: str) -> None:
    assert found(word, entry("noun", "قصف"))


@pytest.mark.parametrize("word", ["تقصف", "مقصف", "قصفية", "انقصف"])
def test_a_noun_is_not_found_inside_another_word(word: str) -> None:
    assert not found(word, entry("noun", "قصف"))


@pytest.mark.parametrize(
    "word", ["غارة", "الغارة", "غارتين", "غارتان", "غارات", "بغارات", "غاراتها", "غارته", "للغارات"]
)
def test_a_feminine_noun_turns_its_ending_before_dual_plural_and_pronoun(word: str) -> None:
    assert found(word, entry("noun", "غارة"))


@pytest.mark.parametrize("word", ["غار", "مغارة", "غارق"])
def test_a_feminine_noun_is_not_its_bare_stem(word: str) -> None:
    assert not found(word, entry("noun", "غارة"))


@pytest.mark.parametrize(
    "word", ["قصف", "قصفت", "قصفوا", "قصفها", "قصفتها", "وقصفوه", "فقصفت", "قصفتا", "قصفن", "قصفنا"]
)
def test_a_past_verb_bears_person_and_object(word: str) -> None:
    assert found(word, entry("verb", "قصف"))


@pytest.mark.parametrize(
    "word", ["يقصف", "تقصف", "نقصف", "يقصفون", "سيقصف", "ستقصفها", "ليقصف", "ويقصفونها", "تقصفهم"]
)
def test_a_present_verb_bears_its_prefixes_and_the_future(word: str) -> None:
    assert found(word, entry("present", "يقصف"))


@pytest.mark.parametrize("word", ["نفى", "نفت", "نفوا", "ونفت", "نفاه", "نفاها", "نفي"])
def test_a_weak_verb_drops_its_last_letter_before_an_ending(word: str) -> None:
    assert found(word, entry("verb", "نفى"))


@pytest.mark.parametrize("word", ["يسعى", "تسعى", "يسعون", "ويسعى"])
def test_a_weak_present_verb_too(word: str) -> None:
    assert found(word, entry("present", "يسعى"))


@pytest.mark.parametrize("word", ["نفط", "نفق", "منفى", "نفس"])
def test_a_weak_verb_is_no_other_word_of_its_letters(word: str) -> None:
    assert not found(word, entry("verb", "نفى"))


@pytest.mark.parametrize("word", ["المرصد", "والمرصد", "بالمرصد", "للمرصد", "وللمرصد", "فالمرصد", "كالمرصد"])
def test_a_name_keeps_its_article_and_bears_prepositions(word: str) -> None:
    assert found(word, entry("name", "المرصد", "claimant"))


@pytest.mark.parametrize("word", ["مرصد", "المرصدي", "المرصدين"])
def test_a_name_loses_no_article_and_nothing_clings_to_its_end(word: str) -> None:
    assert not found(word, entry("name", "المرصد", "claimant"))


def test_marks_and_spellings_of_the_same_letters_are_one_word() -> None:
    assert found("إِستِعادة اســـتعاده أستعادة", entry("noun", "استعادة")) == ["استعادة"] * 3


def test_the_longest_name_wins() -> None:
    army = entry("name", "الجيش السوري", "actor", "army")
    free = entry("name", "الجيش السوري الحر", "actor", "free army")
    assert found("قصف الجيش السوري الحر والجيش السوري", army, free) == ["free army", "army"]


def test_a_longer_word_of_another_role_hides_nothing() -> None:
    lead = entry("word", "قوات حفظ النظام", "actor", "police")
    noun = entry("noun", "حفظ", "event", "keep")
    assert found("قوات حفظ النظام", lead, noun) == ["police", "keep"]


def test_a_shield_keeps_a_name_from_being_found_in_it() -> None:
    army = entry("name", "الجيش", "actor", "army")
    shield = entry("name", "الجيش اللبناني", "actor", "", "shield")
    assert found("الجيش اللبناني", army, shield) == []
    assert found("الجيش في لبنان", army, shield) == ["army"]


def test_a_verb_without_object_takes_persons_only() -> None:
    add = entry("verb", "أضاف", "say", "add", "objectless")
    assert found("أضاف أضافت وأضافوا", add) == ["add"] * 3
    assert found("إضافة أضافها", add) == []


def test_a_phrase_is_found_only_whole_and_together() -> None:
    phrase = entry("name", "سيارة مفخخة", "weapon")
    assert found("انفجرت سيارة مفخخة", phrase)
    assert not found("انفجرت سيارة كانت مفخخة", phrase)
    assert not found("انفجرت سيارة", phrase)


# -- the lexicon as an editor meets it ---------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the lexicon for an editor to change."""
    copy = tmp_path / "lexicon"
    shutil.copytree(LEXICON, copy)
    return copy


def append(path: Path, block: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + block, encoding="utf-8")


def test_a_new_word_actor_and_source_need_one_block_each(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "ذكر مرقب البادية أن كتيبة الشهب الزرقاء زلزلت بلدة خان طومان."
    assert [claim.event_type for claim in claims(text)] == []
    append(folder / "events.toml", '\n[[event]]\ncode = "shelling"\npast = ["زلزل"]\n')
    append(
        folder / "actors.toml",
        '\n[[actor]]\ncode = "blue_meteors"\nbloc = "opposition"\nen = "Blue Meteors"\n'
        'ar = "كتيبة الشهب الزرقاء"\nnames = ["كتيبة الشهب الزرقاء"]\n',
    )
    append(
        folder / "claimants.toml",
        '\n[[claimant]]\ncode = "desert_lookout"\nside = "independent"\nen = "Desert Lookout"\n'
        'ar = "مرقب البادية"\nnames = ["مرقب البادية"]\n',
    )
    mine = load(folder)
    monkeypatch.setattr(vocabulary, "load", lambda: mine)
    claim = only(text, "shelling")
    assert (claim.actor, claim.actor_bloc, claim.claimant) == ("blue_meteors", "opposition", "desert_lookout")
    assert places(claim, text) == [fold("خان طومان")]


def test_a_file_that_is_no_toml_is_named(folder: Path) -> None:
    append(folder / "events.toml", '\n[[event]]\ncode = "shelling\n')
    with pytest.raises(LexiconError, match=r"events\.toml"):
        load(folder)


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ('\n[[month]]\ncode = "1"\nnoun = ["صفر"]\n', "noun"),
        ('\n[[month]]\ncode = "1"\nnames = "صفر"\n', "names"),
        ('\n[[month]]\ncode = "1"\nnames = [7]\n', "names"),
        ('\n[[month]]\ncode = "1"\nnames = [" "]\n', "names"),
    ],
)
def test_a_wrong_line_is_told_with_its_file_and_table(folder: Path, block: str, told: str) -> None:
    append(folder / "time.toml", block)
    with pytest.raises(LexiconError, match=rf"time\.toml.*\[\[month\]\] number 13.*{told}"):
        load(folder)


def test_a_table_with_one_bracket_is_told_with_its_file(folder: Path) -> None:
    append(folder / "time.toml", '\n[tide]\nwords = ["المد"]\n')
    with pytest.raises(LexiconError, match=r"time\.toml.*\[\[tide\]\]"):
        load(folder)


def test_the_lexicon_holds_as_many_sides_and_sources_as_the_work_asks() -> None:
    entries = load().entries
    assert len({e.code for e in entries if e.role == "actor"}) >= 150
    assert len({e.code for e in entries if e.role == "claimant"}) >= 80


def test_one_name_means_one_side() -> None:
    seen: dict[tuple[str, ...], set[str]] = {}
    for e in load().entries:
        if e.role == "actor" and "shield" not in e.flags:
            seen.setdefault(e.words, set()).add(e.code)
    assert {" ".join(words): codes for words, codes in seen.items() if len(codes) > 1} == {}


def test_every_word_of_the_lexicon_is_found_as_it_is_written() -> None:
    whole = load()
    lost = []
    for e in whole.entries:
        if "shield" in e.flags:
            continue
        tags = split_words(normalise(" ".join(e.words)), whole).tags
        if not any(t.first == 0 and t.entry.role == e.role for t in tags):
            lost.append((e.role, " ".join(e.words)))
    assert lost == []


def test_no_list_of_the_lexicon_holds_a_word_twice() -> None:
    lists = [
        (path.name, role, words)
        for path in sorted(LEXICON.glob("*.toml"))
        for role, entries in tomllib.loads(path.read_text(encoding="utf-8")).items()
        for lexicon_entry in entries
        for words in lexicon_entry.values()
        if isinstance(words, list)
    ]
    doubled = [(*where, [w for w, n in Counter(words).items() if n > 1]) for *where, words in lists]
    assert [found_twice for found_twice in doubled if found_twice[-1]] == []
