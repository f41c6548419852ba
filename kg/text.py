"""Small treatments of text that several stages need."""

from __future__ import annotations

# the full-width forms count as their narrow ones in East Asian editions of Excel
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula (a leading apostrophe where needed).

    Numbers with a sign stay as they are. After OWASP's advice on CSV injection.
    """
    if text.startswith(_FORMULA) and not _number(text):
        return "'" + text
    return text


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
