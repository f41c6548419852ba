"""Markdown with YAML front matter (title, published, source, url)."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from kg.read.clean import split_lines
from kg.read.encoding import decode
from kg.read.metadata import front_matter
from kg.read.page import Format, Page

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(
    r"</?(?:br|p|div|span|font|center|b|i|u|strong|em|sub|sup|img|a)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\([^()\n]*\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\([^()\n]*\)")
_SETEXT = re.compile(r"^(?=.*\S)([^\n|]{1,60})\n(=+|-{3,})[ \t]*$", re.MULTILINE)
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*[-+*][ \t]+(?=\S)", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t:]*-{2,}[-| \t:]*$", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~])")


def extract(data: bytes) -> Page:
    """The lines of a text, and its front matter."""
    metadata, text = front_matter(decode(data))
    return Page(tuple(replace(line, indent=False) for line in split_lines(plain(text))), metadata)


def plain(text: str) -> str:
    """Markdown without comments, links, images, tables and inline HTML; headings and emphasis stay."""
    text = _COMMENT.sub("", text.replace("\r\n", "\n"))
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    text = re.sub(r"<br\s*/?>", "\n", text, flags=re.IGNORECASE)
    text = html.unescape(_TAG.sub("", text))
    text = _TABLE_RULE.sub("", _SETEXT.sub(lambda m: f"{'#' if m[2][0] == '=' else '##'} {m[1]}", text))
    text = _ROW.sub(lambda m: "● " + " ".join(cell.strip() for cell in m[1].split("|")), text)
    return _ESCAPE.sub(r"\1", _ITEM.sub("● ", _QUOTE.sub("", text)))


FORMAT = Format(suffixes=(".md", ".markdown"), media_type="text/markdown", extract=extract)
