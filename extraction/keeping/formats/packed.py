"""Files that hold packed ones: they are looked at before they are unpacked, and never written anywhere.

A few kilobytes can unpack to more than any machine has, and a name can lead out of its folder.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from extraction.keeping.formats.format import Source, Unreadable, whole

#: No file that is packed may come to more (bytes), nor all of one file together.
UNPACKED_LIMIT: Final = 1 << 30
#: News in any form is packed to a tenth or a twentieth; what comes to so many times its size is a trap.
_RATIO: Final = 200
#: Smaller files are no danger, however well they pack (bytes).
_SMALL: Final = 8 << 20
_MEMBERS: Final = 200_000
#: An office document of more is none with articles (bytes, unpacked).
_OFFICE_LIMIT: Final = 300 << 20

#: What goes wrong with a damaged file.
BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OverflowError)
_BEGINNINGS: Final = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "a document of an older Word or Excel, or one with a password",
    b"{\\rtf": "an RTF document",
    b"Rar!": "a RAR archive",
}


@contextmanager
def opened(source: Source) -> Iterator[zipfile.ZipFile]:
    """A zip file to look into. Raises ``Unreadable`` where it is none, or breaks while it is read."""
    file = source.file if source.file.seekable() else io.BytesIO(whole(source, _OFFICE_LIMIT))
    beginning = file.read(8)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            if len(packed.infolist()) > _MEMBERS:
                raise Unreadable(f"it holds over {_MEMBERS} files")
            yield packed
    except BROKEN as error:
        kind = next((told for start, told in _BEGINNINGS.items() if beginning.startswith(start)), "")
        ending = PurePosixPath(source.name).suffix
        told = f"it begins as {kind}" if kind else str(error) or "it is broken"
        raise Unreadable(f"no {ending} file, or a damaged one: {told}") from None


def refused(member: zipfile.ZipInfo, before: int = 0) -> str:
    """Why a packed file is not read; "" where it is. ``before`` is what came to be unpacked before it."""
    name = member.filename
    if (
        name.startswith(("/", "\\"))
        or ".." in PurePosixPath(name.replace("\\", "/")).parts
        or ":" in name[:3]
    ):
        return "its name leads out of the folder"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "a link"
    if member.flag_bits & 1:
        return "it is locked with a password"
    if member.file_size > UNPACKED_LIMIT:
        return f"it would unpack to {member.file_size >> 20} MB"
    if member.file_size > max(_SMALL, _RATIO * member.compress_size):
        return f"it would unpack to {member.file_size // max(1, member.compress_size)} times its size"
    if before + member.file_size > UNPACKED_LIMIT:
        return f"all together would unpack to over {UNPACKED_LIMIT >> 20} MB"
    return ""


@contextmanager
def office(source: Source) -> Iterator[BinaryIO]:
    """A document of an office program, looked through before its library opens it.

    Raises ``Unreadable`` for what is none, what would unpack to too much, macros, and declared entities.
    """
    data = io.BytesIO(whole(source, _OFFICE_LIMIT))
    with opened(Source(source.name, data)) as packed:
        size = 0
        for member in packed.infolist():
            if reason := refused(member, size):
                raise Unreadable(f"{member.filename}: {reason}")
            size += member.file_size
            if size > _OFFICE_LIMIT:
                raise Unreadable(f"it would unpack to over {_OFFICE_LIMIT >> 20} MB")
            if "vbaproject" in member.filename.lower():
                raise Unreadable("it holds macros; save it without them")
            if member.filename.lower().endswith((".xml", ".rels")):
                with packed.open(member) as part:
                    check_entities(part.read(1 << 20))
        data.seek(0)
        yield data


def check_entities(beginning: bytes) -> None:
    """Raise ``Unreadable`` where the beginning of an XML file declares entities: they expand without end."""
    if b"<!ENTITY" in beginning.replace(b"\0", b"").upper():
        raise Unreadable("it declares XML entities, which no document of this kind needs")


class Bounded(io.RawIOBase):
    """What is unpacked of a file that does not say its size beforehand. Reading on raises ``Unreadable``
    where it comes to too much."""

    def __init__(self, file: BinaryIO, packed: int) -> None:
        self._file = file
        self._left = min(UNPACKED_LIMIT, max(_SMALL, _RATIO * packed))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable("it unpacks to far more than texts do")
        buffer[: len(data)] = data
        return len(data)
