"""Word (.docx): paragraphs and tables in reading order."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.read.clean import clean_line
from kg.read.page import Format, Line, Page, Unreadable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_MAX_UNPACKED = 200_000_000  # a small zip can unpack to gigabytes
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)


def extract(data: bytes) -> Page:
    """The paragraphs and tables of a document."""
    import docx  # here, so that a build of plain texts need not wait for it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > _MAX_UNPACKED:
                raise Unreadable(f"unpacks to more than {_MAX_UNPACKED // 1_000_000} MB")
        document = docx.Document(io.BytesIO(data))
        return Page(tuple(_lines(document)))
    except Unreadable:
        raise
    except Exception as error:  # zip, XML and package errors of many kinds mean one thing here
        raise Unreadable(
            f"is not a whole Word document ({type(error).__name__}); save it again as .docx"
        ) from None


def _lines(document: Document) -> Iterator[Line]:
    from docx.text.paragraph import Paragraph

    gap = 0
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            for raw in block.text.split("\n"):
                line = clean_line(raw, gap)
                gap = 0 if line.text else gap + 1
                if line.text:
                    yield replace(line, level=_level(block), bold=_bold(block), indent=False)
            continue
        for row in block.rows:
            # a merged cell comes once for each column it spans
            cells = list(dict.fromkeys(cell._tc for cell in row.cells))
            texts = {cell._tc: cell.text for cell in row.cells}
            line = clean_line(" ".join(" ".join(texts[cell].split()) for cell in cells), gap)
            gap = 0 if line.text else gap + 1
            if line.text:
                yield replace(line, bullet=True)


def _level(paragraph: Paragraph) -> int:
    style = (paragraph.style.name if paragraph.style else None) or ""
    if style.lower() in ("title", "标题"):
        return 1
    match = _HEADING.match(style)
    return int(match[1]) + 1 if match else 0


def _bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


FORMAT = Format(
    suffixes=(".docx",),
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    extract=extract,
)
