"""Changes against the two figures they lie between: 从7.87亿元增至12.05亿元，增长53%.

The verb must go the way the figures go, and a growth in per cent, points or times must be what they give.
Growth at comparable prices (GDP) is left alone, for the printed amounts do not give it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.audit.cues import group
from kg.audit.finding import Cause, Finding, Kind, Said, Severity
from kg.audit.numbers import Range, last_digit, plain, range_of
from kg.audit.texts import Paragraph, Text, spread
from kg.nlp.figures import Figure

_UP, _DOWN = group("up"), group("down")
_TO = re.compile(
    rf"^[^，。；、\d]{{0,3}}?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:到|至|为)了?(?:约|近|超|的)?$"
)
_FROM = re.compile(r"(?:由|从)[^，。；、]{0,14}$")
_BY = re.compile(
    rf"^(?:左右|以上)?[，,、（(]?(?:同比|净|累计|共|总|增幅|涨幅|降幅|比例|分别)?(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?:增|升|降|涨)幅)"
    r"(?:了|达到|达|为|约|近|超过|超|的)*$"
)
_COMPARABLE = re.compile(group("comparable"))
_RANKED = re.compile("[名位]$")  # 从全国223名提升到53名: the smaller is the better
_LONGEST = 24  # characters between 从 and its figure's name that are looked at


def changes(text: Text) -> Iterator[Finding]:
    """Changes of an article that their own figures do not give."""
    if not ("由" in text.body or "从" in text.body):
        return
    for paragraph in text.paragraphs:
        for sentence in paragraph.sentences:
            if not ("由" in sentence.text or "从" in sentence.text) or len(sentence.measures) < 2:
                continue
            yield from _of(paragraph, paragraph.of(sentence))


def _of(paragraph: Paragraph, here: tuple[Figure, ...]) -> Iterator[Finding]:
    text = paragraph.text
    for i in range(len(here) - 1):
        first, second = here[i], here[i + 1]
        if first.unit != second.unit or _RANKED.search(first.printed) or not _FROM.search(first.before):
            continue
        between = text.body[first.measure.end : second.measure.start]
        verb = _TO.match(between.strip())
        if not verb:
            continue
        start, end = range_of(text.body, first.measure), range_of(text.body, second.measure)
        said = text.body[max(first.start, first.measure.start - _LONGEST) : first.measure.start]
        yield from _direction(text, first, second, start, end, bool(verb["up"]))
        if i + 2 < len(here) and not _COMPARABLE.search(said):
            yield from _growth(text, first, second, here[i + 2], start, end)


def _direction(
    text: Text, first: Figure, second: Figure, start: Range, end: Range, up: bool
) -> Iterator[Finding]:
    if (end.high < start.low) if up else (end.low > start.high):
        zh, en = ("增至", "up") if up else ("降至", "down")
        what = Said(
            f"从{first.printed}{zh}{second.printed}，方向相反",
            f"from {first.printed} {en} to {second.printed}: the figures go the other way",
        )
        why = Said("两个数字和动词在一句之中", "both figures and the verb stand in one clause")
        yield Finding(Kind.RATIO, Severity.HIGH, Cause.SOURCE, what, why, spread(text, [first, second]))


def _growth(
    text: Text, first: Figure, second: Figure, by: Figure, start: Range, end: Range
) -> Iterator[Finding]:
    """A growth said right behind the two figures; 年均 and the like are no such thing."""
    between = text.body[second.measure.end : by.measure.start].strip()
    if by.unit != "%" or start.rough or end.rough or not _BY.match(between):
        return
    stated = range_of(text.body, by.measure)
    if stated.rough:
        return
    points = "百分点" in by.printed
    if points and first.unit != "%":
        return
    if points:
        low, high = sorted((abs(end.low - start.high), abs(end.high - start.low)))
        given = [Range(low, abs(end.value - start.value), high)]
    else:
        ratio = end.per(start, 100)
        if ratio is None:
            return
        shrunk = Range(100 - ratio.high, 100 - ratio.value, 100 - ratio.low)
        given = [ratio.shifted(-100)] if end.value >= start.value else [shrunk]
        if "倍" in by.printed:
            given.append(ratio)
        if first.unit == "%":  # a rate that rises from 20% to 25% rises by 25%, and by 5, as some put it
            given.append(Range(Decimal(0), abs(end.value - start.value), abs(end.value - start.value)))
    wanted = Range(stated.low, stated.value, stated.value + last_digit(by.measure))
    if any(g.meets(wanted) for g in given):
        return
    off = abs(given[0].value - stated.value)
    severity = Severity.HIGH if off >= max(Decimal(1), stated.value / 20) else Severity.LOW
    unit = "个百分点" if points else "%"
    what = Said(
        f"从{first.printed}到{second.printed}，写作变化{by.printed}，按两数算是{plain(given[0].value)}{unit}",
        f"from {first.printed} to {second.printed}, said to be a change of {by.printed}; "
        f"the two figures give {plain(given[0].value)}{' points' if points else '%'}",
    )
    why = Said("起止两数和变化在一句之中", "both figures and the change stand in one sentence")
    yield Finding(Kind.RATIO, severity, Cause.SOURCE, what, why, spread(text, [first, second, by]))
