"""The export of a Telegram channel (result.json): a message with words in it is an article."""

import json
from collections.abc import Iterator
from typing import Any, Final

from extraction.keeping.formats.format import Article, Format, Source, Unreadable, decoded, whole

#: A longer export is to be made in parts (bytes).
_LIMIT: Final = 300 << 20


def _read(source: Source) -> Iterator[Article]:
    try:
        export = json.loads(decoded(whole(source, _LIMIT), source.name))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"broken JSON: {error}") from None
    chats = _chats(export)
    if not chats:
        raise Unreadable(
            "no export of Telegram (Export chat history, as JSON); if it holds articles, write them as .jsonl"
        )
    for chat in chats:
        before = f"{chat.get('id', '')}:" if len(chats) > 1 else ""
        for message in filter(_is_told, chat["messages"]):
            facts = {"outlet": chat.get("name"), "published": message.get("date")}
            yield Article(_text(message), facts, f"{before}{message.get('id', '')}")


def _chats(export: Any) -> list[dict[str, Any]]:
    """The chats of an export, which is of one or of many."""
    listed = export.get("chats") if isinstance(export, dict) else None
    found = listed.get("list") if isinstance(listed, dict) else [export]
    chats = found if isinstance(found, list) else []
    return [chat for chat in chats if isinstance(chat, dict) and isinstance(chat.get("messages"), list)]


def _is_told(message: Any) -> bool:
    """Whether a message says something in words: pictures and notes of the service do not."""
    return isinstance(message, dict) and message.get("type") == "message" and bool(_text(message).strip())


def _text(message: dict[str, Any]) -> str:
    """The words of a message, whose links and bold words stand as parts of their own."""
    text = message.get("text")
    parts = text if isinstance(text, list) else [text]
    return "".join(str(part.get("text", "")) if isinstance(part, dict) else str(part or "") for part in parts)


FORMAT: Final = Format(
    "telegram",
    reads="the export of a channel (result.json), a message an article",
    endings=(".json",),
    read=_read,
    several=True,
)
