"""Tables in HTML for notebooks; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice
from urllib.parse import unquote

_CELL = "text-align:left;vertical-align:top;max-width:36em;overflow-wrap:anywhere"
_NUMBER = "text-align:right;vertical-align:top;font-variant-numeric:tabular-nums"


def table(header: Sequence[str], rows: Iterable[Sequence[object]], note: str = "") -> str:
    """A table; numbers stand to the right, and `note` below it."""
    head = "".join(f'<th style="text-align:left">{escape(name)}</th>' for name in header)
    body = "".join("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows)
    below = f'<div style="opacity:.7">{paragraph(note)}</div>' if note else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}"


def first(header: Sequence[str], rows: Sequence[Sequence[object]], limit: int = 50) -> str:
    """The first rows of many, with how many there are."""
    many = f"{len(rows)} 行 rows"
    return table(header, islice(rows, limit), many if len(rows) <= limit else f"{many}，此处 shown: {limit}")


def paragraph(text: str) -> str:
    """A text by itself."""
    return f"<p>{escape(text)}</p>"


def _cell(item: object) -> str:
    if item is None:
        return "<td></td>"
    if isinstance(item, str):
        text = unquote(item) if item.startswith(("http://", "https://")) else item
        return f'<td style="{_CELL}">{escape(text)}</td>'
    if isinstance(item, bool):
        return f'<td style="{_CELL}">{"true" if item else "false"}</td>'
    return (
        f'<td style="{_NUMBER}">{escape(format(item, "f") if hasattr(item, "as_tuple") else str(item))}</td>'
    )
