"""PDF with a text layer, through pypdf; scans are refused with a word on what to do."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from dataclasses import replace

from kg.model import BlockKind
from kg.read.clean import split_lines
from kg.read.page import Format, Line, Page, Unreadable

_MAX_PAGES = 500
_MIN_CHARS = 20  # less than this on all pages together is a scan with a stamp or a page number
_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*(?:第\s*)?\d{1,4}(?:\s*[/／]\s*\d{1,4})?(?:\s*页)?(?:[，,\s]*共\s*\d+\s*页)?[-—–·\s]*"
)


def extract(data: bytes) -> Page:
    """The text of all pages; page numbers and running heads are furniture."""
    import pypdf  # here, so that a build of plain texts need not wait for it

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # its notes on odd files are not for our users
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("is locked with a password; save an open copy")
        if len(reader.pages) > _MAX_PAGES:
            raise Unreadable(f"has more than {_MAX_PAGES} pages; split it into articles")
        pages = [split_lines(page.extract_text()) for page in reader.pages]
    except Unreadable:
        raise
    except Exception as error:  # pypdf raises whatever a broken file makes it stumble over
        raise Unreadable(f"is not a whole PDF ({type(error).__name__}); save it again") from None
    if sum(len(line.text) for lines in pages for line in lines) < _MIN_CHARS:
        raise Unreadable("has no text layer (a scan?); run OCR on it first, e.g. ocrmypdf -l chi_sim")
    return Page(tuple(_mark_furniture(pages)))


def _mark_furniture(pages: list[tuple[Line, ...]]) -> list[Line]:
    """Page numbers, and first and last lines that three pages or more share, are furniture."""
    edges = Counter(text for lines in pages for text in {line.text for line in (*lines[:1], *lines[-1:])})
    marked = []
    for lines in pages:
        for at, line in enumerate(lines):
            edge = at in (0, len(lines) - 1)
            odd = edge and (edges[line.text] >= 3 or _PAGE_NUMBER.fullmatch(line.text))
            marked.append(replace(line, kind=BlockKind.FURNITURE) if odd else line)
    return marked


FORMAT = Format(suffixes=(".pdf",), media_type="application/pdf", extract=extract)
