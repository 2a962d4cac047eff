"""The letters that cling to an Arabic word, before it and after it, folded: each by what it means.

Small words that stand alone are told by ``particles``, and ``vocabulary`` tells what may cling to which
form of a word.
"""

from typing import Final

# Before a word, in this order: and, so; by, to, like, will; the.
AND: Final = "و"
SO: Final = "ف"
JOINED: Final = (AND, SO)
#: By, with, in.
BY: Final = "ب"
#: To, for, of, in order to.
FOR: Final = "ل"
LIKE: Final = "ك"
WILL: Final = "س"
THE: Final = "ال"
FOR_THE: Final = "لل"  # FOR + THE
DEFINITE: Final = (THE, FOR_THE)
BY_ANY: Final = (BY, BY + THE)

# Behind a noun whose, behind a verb to whom: of somebody told before.
HIS: Final = "ه"
HER: Final = "ها"
PRONOUNS: Final = (HIS, HER, "هم", "هما")
#: The same with "our", which behind a verb is its doer.
OWN: Final = (*PRONOUNS, "نا")
ALL_PRONOUNS: Final = (*OWN, "هن", "ك", "كم")

# Behind a verb, its doer.
SHE_DID: Final = "ت"
THEY_DID: Final = "وا"
THEY_DO: Final = "ون"
TWO_DID: Final = "ا"
PERSONS: Final = ("", SHE_DID, TWO_DID, "تا", THEY_DID, "و", "ن", THEY_DO, "ين", "نا", "ان")

# Behind a noun, how many: two or several; of several women or things.
TWO_OR_MORE: Final = "ين"
SEVERAL: Final = "ون"
TWO: Final = (TWO_OR_MORE, "ان")
WOMEN: Final = "ات"
PLURALS: Final = (TWO_OR_MORE, SEVERAL, WOMEN)

#: Behind a year: 2011م.
COMMON_ERA: Final = "م"
