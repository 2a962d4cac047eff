"""Documents of Word and LibreOffice, an article each: paragraphs and tables, in their order."""

from collections.abc import Iterator
from typing import Final

from extraction.keeping.formats.format import Article, Format, Source, Unreadable
from extraction.keeping.formats.packed import office
from extraction.keeping.formats.text import split_header


def _read(source: Source) -> Iterator[Article]:
    """The days of a document are those of its making, and none of publication: they are left out."""
    import docx
    from docx.table import Table

    with office(source) as file:
        try:
            document = docx.Document(file)
            lines: list[str] = []
            for part in document.iter_inner_content():
                if isinstance(part, Table):
                    lines += ["\t".join(cell.text for cell in row.cells) for row in part.rows]
                else:
                    lines.append(part.text)
            title = document.core_properties.title
        except (ValueError, KeyError, SyntaxError) as error:  # of the library, and of its XML
            raise Unreadable(f"no Word document inside, or a damaged one: {error}") from None
    header = split_header("\n".join(lines))
    yield Article(header.text, {"title": title, **header.fields}, complaints=header.complaints)


FORMAT: Final = Format(
    "docx",
    reads="a document of Word or LibreOffice, with or without a header as text has it",
    endings=(".docx",),
    read=_read,
    reads_with=("docx",),
)
