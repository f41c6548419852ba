"""Plain text."""

from __future__ import annotations

from kg.read.clean import split_lines
from kg.read.encoding import decode
from kg.read.page import Format, Page


def extract(data: bytes) -> Page:
    """The lines of a text."""
    return Page(split_lines(decode(data)))


FORMAT = Format(suffixes=(".txt",), media_type="text/plain", extract=extract)
