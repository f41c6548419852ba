"""Lines that the layout broke in mid-sentence become whole paragraphs again.

Two ways of breaking are told apart. In hard-wrapped text every line ends at one width, and a line
short of it ends its paragraph. Elsewhere a column or page break, or a picture, cuts a paragraph in two: there
the first half must look unfinished and the second must look like running text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice, pairwise

from kg.model import BlockKind
from kg.read.cues import (
    CLAUSE,
    HAN_CHARS,
    dateline,
    ends_sentence,
    is_byline,
    is_caption,
    is_enumerated,
    is_furniture,
    signature,
)
from kg.read.page import Line

HOLE = 3  # blank lines that a picture leaves in the text
_PAIRS = {"“": "”", "‘": "’", "（": "）", "(": ")", "《": "》", "【": "】", "「": "」"}
_SENTENCE = re.compile(r"[。！？；]")
_HAN = re.compile(f"[{HAN_CHARS}]")
# the subtitle of a speech, set on two lines: ——2025年1月13日在某市第十八届人民|代表大会第四次会议上
_SPEECH = re.compile(
    r"[—（(]*[\d〇○一二三四五六七八九十]{4}年[^，。]{2,8}日在?(?!.*(?:会议|大会)(?:上|通过))"
)
_SESSION = re.compile(r"(?:会议|大会)(?:上|通过)[）)]?$")
_CREDIT = re.compile(r"(?:来源|原标题)[：:]\s?\S{2,12}$")
_BROKEN = 3  # breaks beyond doubt that make a page a broken one
_RAGGED = 6  # columns by which full lines differ
_MAX_PARAGRAPH = 20_000  # characters; what is longer is no paragraph that a page tore apart
_MAX_BETWEEN = 6  # lines of captions or figures that may stand between two halves


def join_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with broken paragraphs made whole; what stood between two halves follows them.

    A page that is plainly broken in several places is read with a looser eye the second time.
    """
    joined = _join(lines, loose=False)
    return _join(joined, loose=True) if len(lines) - len(joined) >= _BROKEN else joined


def _join(lines: Sequence[Line], loose: bool) -> tuple[Line, ...]:
    habits = _Habits(lines, loose)
    left, joined = deque(lines), []
    while left:
        line = left.popleft()
        while (at := _continuation(line, list(islice(left, _MAX_BETWEEN + 1)), habits)) is not None:
            between = [left.popleft() for _ in range(at)]
            rest = left.popleft()
            line = replace(line, text=_glue(line.text, rest.text), ends=rest.ends)
            left.extendleft(reversed(_between(between)))
        joined.append(line)
    return tuple(joined)


class _Habits:
    """How characters follow each other in one document: what tells a word cut in two from two words."""

    def __init__(self, lines: Sequence[Line], loose: bool) -> None:
        self.loose = loose
        self._text = "\n".join(line.text for line in lines)

    @cached_property
    def _runs(self) -> Counter[str]:
        """Every run of one, two and three characters that another follows or ends."""
        text = self._text
        return Counter(text[at : at + size] for size in (1, 2, 3) for at in range(len(text) - size + 1))

    @cached_property
    def _starts(self) -> Counter[str]:
        """The first two characters of every clause within a line."""
        return Counter(re.findall(rf"(?<=[^\n{HAN_CHARS}])[{HAN_CHARS}]{{2}}", self._text))

    def cut(self, before: str, after: str) -> bool:
        """Whether the border between two lines runs through a word that the document uses elsewhere."""
        a, b, head = before[-1:], after[:1], after[:2]
        if not (_HAN.match(a) and _HAN.match(b)):
            return False
        if self._runs[a + b] >= 3 and self._runs[a + b] >= 0.8 * (self._runs[a] - self._runs[a + "\n"]):
            return True  # 项|目: nearly every 项 goes on with 目
        whole = self._runs[a + head]
        # 开|发区: 发区 stands nowhere without 开 and begins no clause
        return whole >= 3 and whole >= 0.8 * self._runs[head] and self._starts[head] == 0


def _continuation(line: Line, left: Sequence[Line], habits: _Habits) -> int | None:
    """Where in the lines after it the rest of a broken line stands, if it is broken."""
    if not left or not _may_break(line):
        return None
    at = 0
    while at < len(left) and at < _MAX_BETWEEN and left[at].kind is BlockKind.FURNITURE:
        if left[at].ends:
            return None
        at += 1
    if at < len(left) and _goes_on(line, left[at], habits):
        return at
    # a picture with its caption may stand between the halves; it leaves a hole in the text
    if at == len(left) or left[at].gap < HOLE:
        return None
    for other in range(at, min(len(left), at + _MAX_BETWEEN)):
        caption = _may_stand_between(left[other])
        if not (caption and left[other].gap >= HOLE) and _goes_on(line, left[other], habits):
            return other
        if not caption:
            break
    return None


def _between(lines: Sequence[Line]) -> list[Line]:
    """What stood between two halves: one or two lines are captions, more may be figures."""
    few = sum(line.kind is None for line in lines) <= 2
    return [replace(line, kind=BlockKind.CAPTION) if few and line.kind is None else line for line in lines]


def _may_break(line: Line) -> bool:
    text = line.text
    if line.level or line.ends or line.kind is not None or len(text) > _MAX_PARAGRAPH:
        return False
    return not (
        ends_sentence(text) or _CREDIT.search(text) or is_byline(text) or is_caption(text) or signature(text)
    )


def _may_stand_between(line: Line) -> bool:
    return len(line.text) <= 40 and not _SENTENCE.search(line.text[:-1]) and not is_enumerated(line.text)


def _goes_on(line: Line, after: Line, habits: _Habits) -> bool:
    """Whether `after` continues `line`."""
    text, rest = line.text, after.text
    if after.level or after.bold or after.bullet or after.kind is not None or is_enumerated(rest):
        return False
    if dateline(rest) or is_byline(rest) or is_furniture(rest):
        return False
    if text[-1] in "，、" or rest[0] in "，。、；：！？”’）》%％":
        return True
    if _open_pair(text) and _closes(rest, _open_pair(text)):
        return True
    if _SPEECH.match(text) and len(rest) <= 40 and _SESSION.search(rest):
        return True
    running = ends_sentence(rest) or (len(rest) >= 12 and any(mark in rest for mark in CLAUSE))
    if line.bold or not running or len(text) < 8:
        return False
    rest_of_line = _SENTENCE.split(text)[-1]
    if rest_of_line != text and len(text) >= (10 if habits.loose else 19) and not is_enumerated(rest_of_line):
        return True
    if habits.cut(text, rest):
        return True
    clauses = sum(text.count(mark) for mark in CLAUSE)
    return habits.loose and not is_enumerated(text) and clauses >= 1 and len(text) >= 28


def _open_pair(text: str) -> str:
    """The closing mark that a line still owes, or ''."""
    owed: list[str] = []
    for char in text:
        if char in _PAIRS:
            owed.append(_PAIRS[char])
        elif owed and char == owed[-1]:
            owed.pop()
    return owed[-1] if owed else ""


def _closes(text: str, mark: str) -> bool:
    """Whether a text closes a pair before it opens another of the kind."""
    opening = next(first for first, last in _PAIRS.items() if last == mark)
    at = text.find(mark)
    return at >= 0 and opening not in text[:at]


def _glue(first: str, second: str) -> str:
    words = first[-1:].isascii() and second[:1].isascii() and first[-1:].isalpha() and second[:1].isalpha()
    return f"{first} {second}" if words else first + second


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which a text was wrapped, in columns; 0 if it was not."""
    widths = sorted(_columns(line.text) for line, after in pairwise(lines) if after.gap == 0)
    if len(widths) < 6:
        return 0
    width = widths[int(0.9 * (len(widths) - 1))]
    full = [
        line
        for line, after in pairwise(lines)
        if after.gap == 0 and width - _RAGGED <= _columns(line.text) <= width + _RAGGED
    ]
    unfinished = sum(not ends_sentence(line.text) for line in full)
    return (
        width
        if 24 <= width <= 160 and len(full) >= 0.5 * len(widths) and unfinished >= 0.5 * len(full)
        else 0
    )


def unwrap_lines(lines: Sequence[Line]) -> Sequence[Line]:
    """Hard-wrapped lines as whole paragraphs; other lines as they are."""
    width = _wrap_width(lines)
    if not width:
        return lines
    whole: list[Line] = []
    last = -1  # where the paragraph stands that may go on; furniture may have come after it
    for line in lines:
        if last >= 0 and not _begins(line, whole[last], width):
            whole[last] = replace(whole[last], text=_glue(whole[last].text, line.text))
        else:
            last = len(whole) if line.kind is None else last
            whole.append(line)
        if line.kind is None and (
            _columns(line.text) < width - _RAGGED or len(whole[last].text) > _MAX_PARAGRAPH
        ):
            last = -1
    return whole


def _begins(line: Line, before: Line, width: int) -> bool:
    """Whether a hard-wrapped line begins a paragraph though the one before ran to the full width."""
    if (
        line.kind is not None
        or line.gap
        or line.indent
        or line.level
        or line.bullet
        or is_byline(before.text)
    ):
        return True
    if not ends_sentence(before.text):
        return False
    # after a sentence that happens to fill its line, a number or a short line without end is a heading
    return is_enumerated(line.text) or not (
        _columns(line.text) >= width - _RAGGED or ends_sentence(line.text)
    )
