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
from kg.nlp.dates import period_of
from kg.nlp.figures import Figure
from kg.nlp.indicators import Indicators, indicators
from kg.nlp.meanings import COUNTS, Meanings
from kg.nlp.moods import plans
from kg.nlp.quantities import per, rate
from kg.nlp.relations import relation
from kg.nlp.view import Page, Sentence

_UNREAD = (BlockKind.BYLINE, BlockKind.FURNITURE)
_DENIED = re.compile("(?:未|没有|尚未|并未|未能|不是)(?:能)?(?:达到|达|突破|超过|实现|完成|有)$")
_TITLES = (BlockKind.HEADLINE, BlockKind.KICKER, BlockKind.SUBTITLE)


def modality(table: Indicators, page: Page, sentence: Sentence, figure: Figure, planned: bool) -> Modality:
    """How the text holds a figure: a plan, 力争 or 预计 make it expected, 未达到 negated."""
    if _DENIED.search(figure.before):
        return Modality.NEGATED
    if planned or table.expected.search(page.body, sentence.start, figure.measure.start):
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


def _claims(
    page: Page, sentence: Sentence, bearers: Bearers, meanings: Meanings, planned: bool
) -> Iterator[Claim]:
    """The observations of one sentence."""
    found = list(meanings.of(sentence))
    for figure, meaning in found:
        like = [f for f, _ in found if f.start == figure.start and f.unit == figure.unit]
        quantity = figure.measure.quantity
        held = modality(meanings.table, page, sentence, figure, planned)
        negative = meaning.sign < 0 or bool(re.search(r"(?<![\d元）%])[-－−]$", figure.before))
        of = meaning.of
        if held is Modality.EXPECTED:
            of = f"目标：{of}" if of else "目标"
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
                date=period_of(sentence, figure.measure.start),
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
