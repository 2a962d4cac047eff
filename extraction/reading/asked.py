"""An event as rules ask for it: ``@=clash`` by its type as it was read, ``@:repelled`` by the rule that read
it, ``@:pronoun`` where it has a pronoun for its place, ``@/noun`` by the form of its trigger."""

from functools import cache

from extraction.lexicon.vocabulary import Entry, Tag
from extraction.reading.clause import Event


def asked(event: Event) -> Tag:
    """An event as a tag of its words."""
    entry = _entry(event.event_type, event.trigger.entry.form, event.rule, event.pronoun)
    return Tag(entry, event.first, event.last, event.trigger.prefix, event.trigger.suffix)


@cache
def _entry(event_type: str, form: str, rule: str, pronoun: bool) -> Entry:
    flags = frozenset({rule, "pronoun"} if pronoun else {rule})
    return Entry("event", event_type, form, ("",), flags=flags)
