"""The lines of one article → what each is on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.model import BlockKind
from kg.read import cues
from kg.read.join import HOLE
from kg.read.page import Line
from kg.read.split import closes, is_prose, is_title

_COUNTED = re.compile(r"\d\s*(?:[%％‰]|(?!年|月|日|版|号|期)[\u4e00-\u9fff])")  # a number of something
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:[万亿][\u4e00-\u9fff]?|[%％‰\u4e00-\u9fff])?")
# a zone, place or organisation alone on a line names whom the article is about, above or below the headline
_NAME_ALONE = re.compile(
    r"[\u4e00-\u9fff]{1,18}(?:区|市|县|旗|州|省|镇|乡|园|局|厅|委|公司|集团|大学|学院|医院|银行)"
)


def give_roles(lines: Sequence[Line]) -> list[Line]:
    """Every line of an article with its kind."""
    kinds = _marked(lines)
    first = next((at for at, line in enumerate(kinds) if line.kind is None and is_prose(line)), len(kinds))
    _head(kinds, first)
    for at in range(len(kinds)):
        if kinds[at].kind is None:
            heading = is_title(kinds[at]) and at + 1 < len(kinds) and not _in_list(lines, at)
            kind = BlockKind.HEADING if heading or kinds[at].level else BlockKind.PARAGRAPH
            kinds[at] = replace(kinds[at], kind=kind)
    return kinds


def _in_list(lines: Sequence[Line], at: int) -> bool:
    """Whether a short line is an item among others of its kind, not a heading over text."""
    own = _item_kind(lines[at])
    near = [lines[i] for i in (at - 1, at + 1) if 0 <= i < len(lines)]
    return bool(own) and own != "——" and any(_item_kind(line) == own for line in near)


def _item_kind(line: Line) -> str:
    if line.bullet:
        return "●"
    return re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", cues.enumerator(line.text)))


def repeated(lines: Sequence[Line]) -> frozenset[int]:
    """The pull-out figures whose numbers the article's text states as well."""
    prose = "".join(line.text for line in lines if line.kind is BlockKind.PARAGRAPH).replace(" ", "")
    stated = {match[0] for match in _NUMBER.finditer(prose)}
    return frozenset(
        at
        for at, line in enumerate(lines)
        if line.kind is BlockKind.FIGURE
        and all(match[0] in stated for match in _NUMBER.finditer(line.text.replace(" ", "")))
    )


def _marked(lines: Sequence[Line]) -> list[Line]:
    """The lines whose own words or place give them away: bylines, captions, figures."""
    prose = "".join(line.text for line in lines if is_prose(line))
    marked = list(lines)
    for at, line in enumerate(lines):
        if line.kind is not None:
            continue
        if cues.is_byline(line.text) or cues.is_date_line(line.text) or closes(lines, at, prose):
            marked[at] = replace(line, kind=BlockKind.BYLINE)
        elif cues.is_names(line.text) and at and not any(name in prose for name in cues.authors(line.text)):
            lead = is_title(lines[at - 1]) or lines[at - 1].kind is BlockKind.BYLINE
            marked[at] = (
                replace(line, kind=BlockKind.BYLINE) if lead and not any(map(is_prose, lines[:at])) else line
            )
        elif at and (cues.is_caption(line.text) or _under_picture(marked, at)):
            marked[at] = replace(line, kind=BlockKind.CAPTION)
    for run in _figure_runs(marked):
        for at in run:
            marked[at] = replace(marked[at], kind=BlockKind.FIGURE)
    return marked


def _under_picture(lines: Sequence[Line], at: int) -> bool:
    """One short sentence, or a title between two holes, after the hole that a picture leaves."""
    line = lines[at]
    if line.gap < HOLE or len(line.text) > 60 or line.level or cues.is_enumerated(line.text):
        return False
    after = lines[at + 1] if at + 1 < len(lines) else None
    sentences = len(re.findall("[。！？]", line.text))
    if sentences == 1 and line.text[-1] in "。！？":
        return (
            after is None or after.gap >= HOLE or is_title(after) or lines[at - 1].kind is BlockKind.CAPTION
        )
    seen_text = any(map(is_prose, lines[:at]))
    return (
        seen_text
        and sentences == 0
        and after is not None
        and after.gap >= HOLE
        and not cues.ends_sentence(line.text)
    )


def _figure_runs(lines: Sequence[Line]) -> list[list[int]]:
    """Runs of short lines without end marks that are mostly numbers."""
    runs: list[list[int]] = [[]]
    for at, line in enumerate(lines):
        fits = line.kind is None and not line.level and is_title(line) and len(line.text) <= 40
        if fits and not cues.is_enumerated(line.text):
            runs[-1].append(at)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if _is_figures(lines, run)]


def _is_figures(lines: Sequence[Line], run: Sequence[int]) -> bool:
    counted = sum(bool(_COUNTED.search(lines[at].text)) for at in run)
    return len(run) >= 3 and counted >= 0.6 * len(run) and any(map(is_prose, lines[: run[0]]))


def _over_text(lines: Sequence[Line], at: int, first: int) -> bool:
    """Whether a title right above the text heads only its first part, as others head the rest."""
    later = sum(line.kind is None and is_title(line) for line in lines[first:])
    return at == first - 1 and later >= 2 and not re.match(r"——|[（(]?\d{4}年", lines[at].text)


def _head(lines: list[Line], first: int) -> None:
    """Kicker, headline, subtitles and headings among the lines above an article's text."""
    open_ = [at for at in range(first) if lines[at].kind is None and not _in_list(lines, at)]
    titles = [at for at in open_ if is_title(lines[at])]
    if not titles:
        return
    levels = [lines[at].level for at in titles if lines[at].level]
    free = [
        at for at in titles if not lines[at].text.startswith("——") and not cues.is_enumerated(lines[at].text)
    ] or titles
    if levels:
        free = [at for at in free if lines[at].level == min(levels)] or free
    else:
        free = [at for at in free if not _NAME_ALONE.fullmatch(lines[at].text)] or free
    headline = free[0]
    apart = False  # whether a byline or a picture already parted the title from the text
    for at in range(first):
        line = lines[at]
        if at not in titles:
            apart = apart or (at > headline and line.kind is not BlockKind.FURNITURE)
            continue
        if at == headline:
            kind = BlockKind.HEADLINE
        elif at < headline or (_NAME_ALONE.fullmatch(line.text) and not apart):
            kind = BlockKind.KICKER
        elif (
            apart
            or _over_text(lines, at, first)
            or (cues.is_enumerated(line.text) and not line.text.startswith("——"))
        ):
            kind = BlockKind.HEADING
        else:
            kind = BlockKind.SUBTITLE
        lines[at] = replace(line, kind=kind)
