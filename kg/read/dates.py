"""The date of publication, where the text of a page fixes it beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kg.model import BlockKind
from kg.read import cues
from kg.read.page import Line

_DIGITS = {
    **{char: str(at) for at, char in enumerate("〇一二三四五六七八九")},
    "○": "0",
    "零": "0",
    "Ｏ": "0",
    "０": "0",
}
_TENS = re.compile(r"([一二三]?)十([一二三四五六七八九]?)")
_FULL = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?")
# a speech's own date (2022年1月12日在…会议上), a news agency's, a date behind a title
_SPEECH = re.compile(r"(\d{4}年\d{1,2}月\d{1,2}日)[,，]?在?.{4,60}(?:会议?|大会|全会|论坛)(?:上|通过)")
_WIRE = re.compile(r"(\d{4}年\d{1,2}月\d{1,2}日).{0,4}[讯电]")
_TITLE = re.compile(r".*[（(](\d{4}年\d{1,2}月\d{1,2}日)[^（）()]{0,12}[）)]")


def stated_date(lines: Sequence[Line]) -> str | None:
    """The date (ISO) that a speech's subtitle, a date line, a dated title or a dateline with its year states."""
    for line in lines:
        text = _arabic(line.text)
        if line.kind is BlockKind.PARAGRAPH:
            if len(text) > 60:
                break
            continue
        titled = line.kind in (BlockKind.HEADLINE, BlockKind.SUBTITLE) and _TITLE.fullmatch(text)
        if stated := _SPEECH.search(text) or titled or (line.kind is BlockKind.BYLINE and _WIRE.search(text)):
            return _iso(stated[1])
        if cues.is_date_line(text):
            return _iso(text)
    return None


def _iso(text: str) -> str | None:
    match = _FULL.search(text)
    if not match:
        return None
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None


def _arabic(text: str) -> str:
    """A date in Chinese figures (二〇二二年一月十七日) in Arabic ones."""

    def day(match: re.Match[str]) -> str:
        return str(10 * int(_DIGITS[match[1]] if match[1] else 1) + int(_DIGITS[match[2]] if match[2] else 0))

    if not re.search(r"[一二][〇○零Ｏ０九一二]..年", text):
        return text
    return re.sub(
        r"[〇○零Ｏ０一二三四五六七八九](?=[〇○零Ｏ０一二三四五六七八九年月日])",
        lambda m: _DIGITS[m[0]],
        _TENS.sub(day, text),
    )
