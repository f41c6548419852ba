"""Figures about a whole: 签约项目116个，总投资664.51亿元，开工率达62.5%.

Every figure of a sentence is read unless it is the attribute of a named project or firm: `kg.nlp.figures` tells what
stands around it, `kg.nlp.indicators` which indicator that names, `kg.nlp.bearers` whose figure it is.
What a count was of carries on inside the sentence: 总投资 after 签约项目116个 is the signed investment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.model import BlockKind, Claim, Modality
from kg.nlp.bearers import Bearers
from kg.nlp.figures import Figure
from kg.nlp.indicators import Indicators, indicators
from kg.nlp.meanings import COUNTS, Meanings
from kg.nlp.moods import plans
from kg.nlp.quantities import per, rate
from kg.nlp.relations import relation
from kg.nlp.view import Page, Sentence

_UNREAD = (BlockKind.BYLINE, BlockKind.FURNITURE)
_DENIED = re.compile("(?:未|没有|尚未|并未|未能|不是)(?:能)?(?:达到|达|突破|超过|实现|完成|有)$")
_SAID = re.compile("^(?:其中|力争|确保|预计|全年|今年|目前|截至目前|共|累计|已|要|将|，)+(?=.{2})")
_DATED = re.compile(r"[从由自]?\d{4}年末?的?$")
_COMPARED, _FROM = ("较", "比"), ("从", "由", "自")
_STARTS = re.compile("[从由]$")
_RISES = re.compile(r"(?:增|升|高|大|长|加|降|少|减|展|跃|变|缩)(?:至|到|为)\D{0,3}$")
_YEARLY = re.compile("年均|年平均")
_ON_YEAR = re.compile("同比|[比较](?:上年|去年)")
_TITLES = (BlockKind.HEADLINE, BlockKind.KICKER, BlockKind.SUBTITLE)


def modality(table: Indicators, page: Page, sentence: Sentence, figure: Figure, planned: bool) -> Modality:
    """How the text holds a figure: a plan, 力争 or 预计 make it expected, 未达到 negated."""
    if _DENIED.search(figure.before):
        return Modality.NEGATED
    if planned or table.expects(figure.lead, page.body[sentence.start : figure.measure.start]):
        return Modality.EXPECTED
    return Modality.ASSERTED


def _unit(page: Page, figure: Figure, indicator: str) -> str:
    """The unit of an observation: what is counted is `count`, people are `person`, capacities per year or day."""
    unit = figure.unit
    if not unit:
        return "CNY"
    if unit in COUNTS:
        return "person" if indicator == "jobs" else "count"
    if unit in ("t", "m3", "TEU"):
        period = rate(page.body, figure.measure.start, figure.measure.end)
        if "产能" in figure.lead or "产能" in figure.after:
            period = period or "a"
        elif period != "d":
            return unit
        return per(unit, period)
    return unit


def _period(page: Page, sentence: Sentence, figure: Figure) -> str | None:
    """The date of a figure: the last one before it that is said of it, else what is in force.

    较2014年 compares, and 从2015年的X增至Y dates X alone; of a span X has the start and Y the end.
    """
    rises = _RISES.search(figure.before) is not None
    found = sentence.period
    for moment in sentence.moments:
        if moment.start >= figure.measure.start:
            break
        lead = page.body[moment.start - 1 : moment.start]
        past = any(moment.end <= m.start and m.end <= figure.measure.start for m in sentence.measures)
        if moment.iso is None or lead in _COMPARED:
            continue
        found = None if lead in _FROM and past else moment.iso
    if found and found.count("/") == 1:
        first, last = found.split("/")
        return last if rises else first if _STARTS.search(figure.before) else found
    return found


def _of_growth(figure: Figure, period: str | None, yearly: bool) -> str | None:
    """The period of a rate of growth: a yearly mean is of several years, 同比 of the last of them."""
    several = period is not None and "/" in period
    if yearly:
        return period if several else None
    if period is not None and several and _ON_YEAR.search(figure.before):
        return period.split("/")[-1]
    return period


def _claims(
    page: Page, sentence: Sentence, bearers: Bearers, meanings: Meanings, planned: bool
) -> Iterator[Claim]:
    """The observations of one sentence."""
    found = list(meanings.of(sentence))
    yearly = False
    for figure, meaning in found:
        like = [f for f, _ in found if f.start == figure.start and f.unit == figure.unit]
        quantity = figure.measure.quantity
        held = modality(meanings.table, page, sentence, figure, planned)
        negative = meaning.sign < 0 or bool(re.search(r"(?<![\d元）%])[-－−]$", figure.before))
        of = _DATED.sub("", _SAID.sub("", meaning.of))
        growth = meaning.indicator == "growthRate"
        yearly = growth and (yearly if figure.continues else bool(_YEARLY.search(figure.before)))
        if yearly and of:
            of = f"{_YEARLY.sub('', of)}（年均）"
        if held is Modality.EXPECTED:
            of = f"目标：{of}" if of else "目标"
        period = _period(page, sentence, figure)
        for subject in bearers.of(figure, meaning.indicator, like.index(figure), len(like)):
            yield Claim(
                subject=subject,
                predicate="observation",
                object=-quantity.value if negative else quantity.value,
                start=sentence.start,
                end=sentence.end,
                rule="observations",
                confidence=meaning.confidence,
                modality=held,
                unit=_unit(page, figure, meaning.indicator),
                max_value=quantity.max_value,
                printed=quantity.printed,
                date=_of_growth(figure, period, yearly) if growth else period,
                indicator=meaning.indicator,
                of=of or None,
            )


@relation("observations")
def observations(page: Page) -> Iterator[Claim]:
    """Figures about zones, parks, places, chains and firms; one that the title repeats is given once."""
    bearers, meanings = Bearers(page), Meanings(indicators())
    title: list[Claim] = []
    told: set[tuple[Decimal, str | None]] = set()
    for sentence, planned in zip(page.sentences, plans(page), strict=True):
        if sentence.kind in _UNREAD or sentence.repeats:
            continue
        bearers.enter(sentence)
        for claim in _claims(page, sentence, bearers, meanings, planned):
            if sentence.kind in _TITLES:
                title.append(claim)
            else:
                told.add((abs(claim.object) if isinstance(claim.object, Decimal) else Decimal(0), claim.unit))
                yield claim
        bearers.leave()
    for claim in title:
        if isinstance(claim.object, Decimal) and (abs(claim.object), claim.unit) not in told:
            yield claim
