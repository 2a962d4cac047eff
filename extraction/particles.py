"""The small words of Arabic grammar that the rules look at, folded: no editor adds to them.

Words that carry a meaning of their own (troops, bombing, yesterday) stand in the lexicon.
"""

from typing import Final

#: Before what is said: قال إن
THAT: Final = frozenset({"ان", "بان"})
#: The same with the one who is spoken of: قال إنه
THAT_THEY: Final = frozenset({"انه", "انها", "انهم", "بانه", "بانها", "بانهم"})
#: Before what "according to X" leads to: وبحسب المرصد فإن
THEN: Final = frozenset({"فان", "فانه", "فانها", "فانهم"})
#: Relatives, singular and dual.
WHICH: Final = frozenset({"الذي", "التي", "اللذين", "اللتين", "اللتان"})
#: Before the place one goes to.
TOWARDS: Final = frozenset({"الي", "باتجاه", "نحو", "صوب"})
#: What clings to a noun or verb and stands for somebody told before.
PRONOUNS: Final = ("ها", "هم", "هما", "ه")
#: The same without the dual: for one who did it or whom it was done to.
ITS: Final = ("ه", "ها", "هم")
#: Behind these stands a noun, never a verb: أثناء تدخل is "during the intervention", not "during enters".
BEFORE_NOUN: Final = frozenset(
    {
        "من",
        "الي",
        "عن",
        "في",
        "علي",
        "اثناء",
        "خلال",
        "بعد",
        "قبل",
        "عقب",
        "منذ",
        "اثر",
        "جراء",
        "بسبب",
        "نتيجه",
        "رغم",
        "دون",
    }
)
