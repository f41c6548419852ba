"""A page → its articles. When in doubt a page stays whole: a wrong cut loses context, a missing one little.

An article begins
- after a line that closes the one before (（张鹏）, ■ 牛佳锡, 供稿：…, a lone name, 下转D5版), if what
  follows looks like an article of its own;
- at the headline above a dateline (本报讯) or above a reporter's byline (本报记者 …), once the one
  before has text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import BlockKind
from kg.read import cues
from kg.read.page import Line

_OWN_TEXT = 150  # characters that make an article without a headline of its own


def part_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with datelines, signatures and 下转/上接 notes on lines of their own, and furniture marked."""
    parted: list[Line] = []
    for line in lines:
        if line.kind is None and cues.is_furniture(line.text):
            line = replace(line, kind=BlockKind.FURNITURE, ends=cues.sends_away(line.text))
        parted += [line] if line.kind is not None else _part(line)
    return tuple(
        # a text that is sent away and comes back at once goes on
        replace(line, ends=False) if cues.sends_away(line.text) and cues.comes_from(after.text) else line
        for line, after in zip(parted, [*parted, Line("")][1:], strict=True)
    )


def _part(line: Line) -> list[Line]:
    text, gap = line.text, line.gap
    heads: list[Line] = []
    for note in (cues.turn_at_start, cues.dateline):
        lead = note(text)
        if lead and lead != text:
            heads.append(Line(lead, gap=gap, kind=_kind_of(lead), bold=line.bold))
            text, gap = text.removeprefix(lead).strip(), 0
    tails: list[Line] = []
    while (tail := cues.signature(text)) and len(tail) < len(text):
        text = text[: len(text) - len(tail)].rstrip()
        closes = cues.sends_away(tail) or not (cues.is_turn(tail) or cues.credits_picture(tail))
        tails.insert(0, Line(tail, kind=_kind_of(tail), ends=closes))
    picture = bool(tails) and tails[0].kind is BlockKind.BYLINE and cues.credits_picture(tails[0].text)
    kind = BlockKind.CAPTION if picture and len(text) <= 120 else None
    return [*heads, replace(line, text=text, gap=gap, kind=kind), *tails]


def split_articles(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each article of a page, in order; every line is in one of them."""
    starts = [0]
    prose = "".join(line.text for line in lines if is_prose(line))
    told = False  # whether the article that is open has text yet
    for at, line in enumerate(lines):
        if at <= starts[-1] or not told:
            told = at >= starts[-1] and is_prose(line)
            continue
        if _opens(lines, at):
            head = at
            while head > starts[-1] and not is_prose(lines[head - 1]):
                head -= 1
            while lines[head].kind is BlockKind.CAPTION or closes(lines, head, prose):
                head += 1
            if any(map(is_title, lines[head:at])) and head > starts[-1]:
                starts.append(head)
                told = False
        elif closes(lines, at, prose):
            after = at + 1
            while after < len(lines) and (
                closes(lines, after, prose) or lines[after].kind is BlockKind.FURNITURE
            ):
                after += 1
            if _stands_alone(lines[after:], line):
                starts.append(after)
                told = False
    return [list(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


def is_prose(line: Line) -> bool:
    """Whether a line is running text."""
    return line.kind is None and not line.level and (cues.ends_sentence(line.text) or len(line.text) > 60)


def is_title(line: Line) -> bool:
    """Whether a line could be a headline or a heading."""
    text = line.text
    if line.kind is not None or is_prose(line) or len(text) > 60 or "。" in text:
        return False
    return line.level > 0 or not (cues.is_byline(text) or cues.is_names(text) or cues.is_date_line(text))


def closes(lines: Sequence[Line], at: int, prose: str) -> bool:
    """Whether the line at `at` ends an article: a signature, a source note, 下转, or an author's name alone.

    A lone name counts only if the article's text nowhere speaks of it.
    """
    line = lines[at]
    if line.ends:
        return True
    if line.kind is not None or is_prose(line):
        return False
    if cues.is_names(line.text):
        names = cues.authors(line.text)
        return (
            at > 0
            and is_prose(lines[at - 1])
            and not any(name in prose for name in names)
            and not _is_lead(lines, at)
        )
    if not (cues.is_byline(line.text) or cues.is_source_note(line.text)) or _is_lead(lines, at):
        return False
    if cues.speaks_in_office(line.text) or cues.credits_picture(line.text):
        return False
    return any(map(is_prose, lines[:at]))


def _is_lead(lines: Sequence[Line], at: int) -> bool:
    """Whether a byline, or the second of two, stands under a headline."""
    while at > 1 and cues.is_byline(lines[at - 1].text):
        at -= 1
    return at > 0 and at + 1 < len(lines) and is_title(lines[at - 1])


def _opens(lines: Sequence[Line], at: int) -> bool:
    """Whether a dateline, a reporter's byline or 上接 under a headline stands at `at` (above 0)."""
    line = lines[at]
    if line.kind is BlockKind.BYLINE and not line.ends:
        return bool(cues.dateline(line.text)) and not is_prose(lines[at - 1])
    if line.kind is BlockKind.FURNITURE and cues.comes_from(line.text):
        return is_title(lines[at - 1])
    writes = line.kind is None and cues.is_byline(line.text) and not cues.speaks_in_office(line.text)
    writes = writes and bool(cues.authors(line.text))
    return writes and _is_lead(lines, at) and any(map(is_prose, lines[at + 1 : at + 3]))


def _stands_alone(lines: Sequence[Line], closer: Line) -> bool:
    """Whether the lines after a closing one make an article of their own."""
    first = next((at for at, line in enumerate(lines) if is_prose(line)), None)
    if first is None:
        return False
    head = lines[:first]
    if any(map(is_title, head)) or any(cues.dateline(line.text) for line in head):
        return True
    return (
        cues.is_byline(closer.text) and sum(len(line.text) for line in lines if is_prose(line)) >= _OWN_TEXT
    )


def _kind_of(note: str) -> BlockKind:
    return BlockKind.FURNITURE if cues.is_turn(note) else BlockKind.BYLINE
