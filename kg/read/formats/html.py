"""HTML: the main text of a page, through trafilatura; nothing is fetched."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from kg.read.clean import clean_line
from kg.read.encoding import decode
from kg.read.metadata import iso_date
from kg.read.page import Format, Line, Metadata, Page, Unreadable

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = {"gb2312", "gbk", "gb18030", "x-gbk", "hz-gb-2312"}
_TEXT_TAGS = {"p", "item", "quote", "code", "row", "head", "ab"}


def extract(data: bytes) -> Page:
    """The main text of a page, without menus and comments; the page's own metadata."""
    import trafilatura  # here, so that a build of plain texts need not wait for it

    text = _decode(data)
    try:
        document: Any = trafilatura.bare_extraction(
            text,
            include_comments=False,
            include_tables=True,
            include_formatting=True,
            with_metadata=True,
            # only dates that the page itself marks as its own
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # the parser's own errors are many; none may end a build
        raise Unreadable(f"is broken HTML ({type(error).__name__})") from None
    lines = list(_lines(document.body)) if document is not None and document.body is not None else []
    if not lines:
        raise Unreadable("holds no main text; save the article itself, or its text as .txt")
    metadata = Metadata(
        title=clean_line(document.title or "").text or None,
        published=iso_date(document.date) if document.date else None,
        publisher=clean_line(document.sitename or "").text or None,
        url=document.url or None,
        authors=tuple(name.strip() for name in (document.author or "").split(";") if name.strip()),
    )
    return Page(tuple(lines), metadata)


def _decode(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    if declared and declared[1].decode().lower() in _CHINESE:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass  # the page says one thing and is another
    return decode(data)


def _lines(body: Any) -> Any:
    """The block elements of trafilatura's tree as lines, in reading order."""
    for element in body.iter():
        if element.tag not in _TEXT_TAGS or any(
            child.tag in _TEXT_TAGS for child in element.iterdescendants()
        ):
            continue
        for breaks in element.iter("lb"):
            breaks.tail = "\n" + (breaks.tail or "")
        parts = list(element.iter("cell")) if element.tag == "row" else [element]
        text = " ".join("".join(part.itertext()).strip() for part in parts)
        level = _level(element) if element.tag == "head" else 0
        bold = "".join("".join(hi.itertext()) for hi in element.iter("hi")).strip() == text.strip() != ""
        for raw in text.split("\n"):
            line: Line = clean_line(raw, gap=1)
            if line.text:
                yield replace(
                    line, level=level, bold=bold, bullet=element.tag in ("item", "row"), indent=False
                )


def _level(head: Any) -> int:
    digits = re.sub(r"\D", "", head.get("rend") or "")
    return int(digits) if digits else 2


FORMAT = Format(suffixes=(".html", ".htm", ".xhtml"), media_type="text/html", extract=extract)
