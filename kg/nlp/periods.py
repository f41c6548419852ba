"""The period in force for figures that name none: of a section, a paragraph or a work report's two halves.

A heading (2022年工作回顾) holds until the next that names a period; a date that opens a paragraph holds for the
paragraph. In a work report what is told belongs to the year that ended, what is planned to the one to come.
"""

from __future__ import annotations

import re

from kg.model import BlockKind
from kg.nlp.dates import Reference, published_of
from kg.nlp.moods import plans
from kg.nlp.view import Page, Sentence

_REPORT = re.compile(r"工作报告")
_TITLE_YEAR = re.compile(r"((?:19|20)\d\d)年\D{0,12}工作报告")
_SECTION = re.compile(
    r"[一二三四五六七八九十]{1,2}、|第[一二三四五六七八九十]部分|[（(][一二三四五六七八九十]{1,2}[）)]"
)
_HEADING_LENGTH = 40
_OPENING = 8  # characters before a date that still opens a paragraph: 数据显示，


def set_periods(page: Page) -> None:
    """Set `period` of every sentence; one that names its own period keeps None."""
    told, planned = _years(page)
    section: str | None = None
    paragraph: tuple[int, str | None] | None = None
    for sentence, plan in zip(page.sentences, plans(page), strict=True):
        named = [m for m in sentence.moments if m.iso and _is_year(m.iso)]
        if _is_heading(page, sentence):
            section = named[0].iso if named else section
        opening = [m for m in sentence.moments if m.start - sentence.start <= _OPENING]
        first = sentence.index == 0 or page.sentences[sentence.index - 1].block != sentence.block
        if first:
            now = bool(opening) and opening[0].iso is None and not _is_whole_year(opening[0].text)
            paragraph = (sentence.block, opening[0].iso) if opening and (opening[0].iso or now) else None
        if paragraph is not None and paragraph[0] == sentence.block:
            sentence.period = paragraph[1]
        else:
            sentence.period = section or (planned if plan else told)


def _is_whole_year(text: str) -> bool:
    """全年, 上半年 without a year: the section's year stands."""
    return text.endswith(("年", "季度"))


def _is_year(iso: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(?:/\d{4})?", iso))


def _is_heading(page: Page, sentence: Sentence) -> bool:
    text = sentence.text.strip()
    if sentence.kind is BlockKind.HEADING:
        return True
    whole = page.blocks[sentence.block].end - page.blocks[sentence.block].start <= _HEADING_LENGTH
    return whole and bool(_SECTION.match(text))


def _years(page: Page) -> tuple[str | None, str | None]:
    """The year a work report tells of and the one it plans; None, None for other articles."""
    title = f"{page.article.source.title or ''} {page.article.headline}"
    if not _REPORT.search(title):
        return None, None
    reference = Reference.of(published_of(page.article))
    named = _TITLE_YEAR.search(title)
    if named:
        to_come = int(named[1])
    elif reference.year is not None and reference.month is not None:
        # given in winter: in November or December for the year to come, later for the one that has begun
        to_come = reference.year + (reference.month >= 10)
    else:
        return None, None
    return str(to_come - 1), str(to_come)
