"""Figures about a whole: 签约项目116个，总投资664.51亿元，开工率达62.5%.

Every figure of a sentence is read unless it is the attribute of a named project or firm: `kg.nlp.figures` tells what
stands around it, `kg.nlp.indicators` which indicator that names, `kg.nlp.bearers` whose figure it is.
What a count was of carries on inside the sentence: 总投资 after 签约项目116个 is the signed investment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.model import BlockKind, Claim, Modality
from kg.nlp.bearers import Bearers
from kg.nlp.figures import Figure, figures, is_threshold
from kg.nlp.indicators import GROWTH, OTHER, Indicators, indicators
from kg.nlp.relations import relation
from kg.nlp.view import Page, Sentence

_UNREAD = (BlockKind.BYLINE, BlockKind.FURNITURE)
_TITLES = (BlockKind.HEADLINE, BlockKind.KICKER, BlockKind.SUBTITLE)
_COUNTS = frozenset(
    {"count", "set", "piece", "head", "dose", "box", "bottle", "bag", "aircraft", "ship", "bed", "core"}
)
_MONEY = frozenset({"CNY", "USD", "HKD", "EUR", "JPY", "GBP"})
_TIMES = frozenset({"h", "min", "s", "day", "month", "year"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure says: its indicator, of what, and how sure that is."""

    indicator: str
    of: str | None = None
    confidence: float = 0.6
    sign: int = 1


@dataclass(slots=True)
class Carry:
    """What the figures of a sentence leave for the next: the count read last and the figure read last."""

    count: Reading | None = None
    last: Reading | None = None
    unit: str = ""


class Reader:
    """Reads the figures of one sentence, one after the other."""

    def __init__(self, table: Indicators, sentence: Sentence) -> None:
        self.table = table
        self.sentence = sentence
        self.figures = figures(sentence)
        self.carry = Carry()

    def readings(self) -> Iterator[tuple[Figure, Reading]]:
        """The figures that are observations, with what they say."""
        for figure in self.figures:
            if is_threshold(figure, self.figures):
                continue
            reading = self._read(figure)
            if reading is None:
                continue
            if figure.unit == "count" and reading.indicator in self.table.money_of:
                self.carry.count = reading
            self.carry.last, self.carry.unit = reading, figure.unit
            yield figure, reading

    def _read(self, figure: Figure) -> Reading | None:
        unit = figure.unit
        if figure.continues and self.carry.last and unit == self.carry.unit and figure.follows_noun:
            return self.carry.last
        if unit == "rank":
            return (
                None
                if re.match(r"企业|县|区|城市|开发区|园区|产品", figure.after)
                else Reading("rank", figure.head, 0.7)
            )
        if unit == "%":
            return self._share(figure)
        if unit in _MONEY or unit == "":
            return self._money(figure)
        if unit in _COUNTS:
            return self._count(figure)
        if unit in _TIMES:
            squeezed = re.search("压缩|缩短|压减|提速|提前", figure.lead)
            return Reading(OTHER, figure.head, 0.5) if squeezed else None
        named = self.table.named(figure.lead, unit) or self.table.named(_up_to_noun(figure.after), unit)
        if named is None and unit == "m2":
            return Reading("area", figure.head)
        return Reading(named.name if named else OTHER, figure.head)

    def _share(self, figure: Figure) -> Reading:
        points = figure.printed.endswith("百分点")
        named = self.table.named(figure.lead, "%")
        if points:
            return Reading(OTHER, figure.lead, 0.6)
        change = self.table.change(figure.before) or (
            self.table.change(figure.lead) if not figure.head or figure.head in ("分别", "和") else 0
        )
        if change:
            of = self.carry.last.indicator if self.carry.last and figure.before == figure.lead else None
            return Reading(GROWTH, of or figure.head, 0.75, change)
        if named:
            return Reading(named.name, figure.head, 0.7 if named.name != OTHER else 0.6)
        return Reading(OTHER, figure.head)

    def _money(self, figure: Figure) -> Reading | None:
        named = self.table.named(figure.before, "CNY")
        if named is None and figure.before != figure.lead:
            named = self.table.named(figure.lead, "CNY")
        if named is None:
            return Reading(OTHER, figure.head, 0.5) if figure.unit else None
        if named.name != "investment":
            return Reading(named.name, figure.head, 0.7)
        word = (figure.before if named.end <= len(figure.before) else figure.lead)[named.start : named.end]
        if word in self.table.signed_money:
            return Reading("signedInvestment", figure.head, 0.75)
        ahead = self._next_count(figure)
        count = ahead or self.carry.count
        if count is not None:
            return Reading(self.table.money_of[count.indicator], count.of, 0.75)
        phase = self.table.phase(figure.lead)
        return Reading(self.table.money_of[phase.name] if phase else "projectInvestment", figure.head, 0.5)

    def _next_count(self, figure: Figure) -> Reading | None:
        """The counted projects of 总投资65.9亿元的44个灾后恢复重建项目."""
        if not re.match(r"\s*(?:左右|以上)?的", figure.after):
            return None
        following = next(
            (f for f in self.figures if f.index == figure.index + 1 and f.start == figure.start), None
        )
        reading = self._count(following) if following and following.unit == "count" else None
        return reading if reading and reading.indicator in self.table.money_of else None

    def _count(self, figure: Figure) -> Reading | None:
        named = self.table.named(figure.before, "count")
        if named and named.name != OTHER:
            return Reading(named.name, figure.head, 0.65)
        if self._is_project(figure):
            return self._projects(figure)
        noun = _phrase(figure.head) if figure.follows_noun else _up_to_noun(figure.after)
        firms = (
            self.table.firms(noun, figure.lead + figure.printed + figure.after)
            if _is_firm_class(figure)
            else None
        )
        return Reading(firms or OTHER, noun, 0.65)

    def _is_project(self, figure: Figure) -> bool:
        if not re.search(r"[个项批]$", figure.printed):
            return False
        if figure.follows_noun:
            found = [m.end() for m in self.table.project_noun.finditer(figure.head)]
            if found and found[-1] == len(figure.head):
                return True
            bare = re.search(r"(?:以上|级|其中)$", figure.head) or self.table.phase(figure.head)
            return bool(bare and self.carry.count and len(figure.head) < 14)
        noun = self.table.project_noun.search(figure.after)
        return noun is not None and not re.search("[企业公司]{2}", figure.after[: noun.start()])

    def _projects(self, figure: Figure) -> Reading:
        """The phase of counted projects: in their own name, in the words before, in those behind."""
        noun = self.table.project_noun.search(figure.after) if not figure.follows_noun else None
        own = figure.after[: noun.end()] if noun else ""
        tail = figure.after[noun.end() :] if noun else ""
        of = _phrase(figure.head) if figure.follows_noun else own
        phase = self.table.phase(own)
        if phase is None:
            before = figure.before
            phase = self.table.phase(before)
            opener = self.table.openers.last(before)
            if phase is None and tail and self._tail_is_own(figure):
                phase = self.table.phase(tail, last=False)
            if phase is None and opener is None and figure.before != figure.lead:
                phase = self.table.phase(figure.lead)
            if phase is None and opener is None and self.carry.count:
                return replace(self.carry.count, of=of)
        return Reading(phase.name if phase else "projects", of, 0.7)

    def _tail_is_own(self, figure: Figure) -> bool:
        """Whether what follows the noun is said of this count, not of the next one: 179个项目竣工投产40个."""
        following = next(
            (f for f in self.figures if f.index == figure.index + 1 and f.start == figure.start), None
        )
        return following is None or not following.follows_noun


def _is_firm_class(figure: Figure) -> bool:
    return bool(re.search(r"[家户个]$", figure.printed))


def _phrase(text: str) -> str:
    """The last phrase of a stretch: behind its last separator."""
    return re.split(r"[、，,；：]", text)[-1]


def _up_to_noun(text: str) -> str:
    """The phrase behind a number: up to the first mark."""
    return re.split(r"[、，,。；：！？（(]", text)[0]


def modality(table: Indicators, page: Page, sentence: Sentence, figure: Figure) -> Modality:
    """How the text holds a figure: 力争, 预计 make it expected, 未达到 negated."""
    if re.search(r"(?:未|没有|尚未|并未|未能|不是)(?:能)?(?:达到|达|突破|超过|实现|完成|有)$", figure.before):
        return Modality.NEGATED
    text = page.body[sentence.start : figure.measure.start]
    return Modality.EXPECTED if table.expected.search(text) else Modality.ASSERTED


@relation("observations")
def observations(page: Page) -> Iterator[Claim]:
    """Figures about zones, parks, places, chains and firms."""
    table = indicators()
    seen: set[tuple[str, str, Decimal, str]] = set()
    bearers = Bearers(page)
    for sentence in page.sentences:
        if sentence.kind in _UNREAD or sentence.repeats:
            continue
        bearers.enter(sentence)
        found = list(Reader(table, sentence).readings())
        for figure, reading in found:
            group = [f for f, r in found if f.start == figure.start and f.unit == figure.unit]
            quantity = figure.measure.quantity
            unit = "count" if quantity.unit in _COUNTS else quantity.unit or "CNY"
            held = modality(table, page, sentence, figure)
            of = reading.of or None
            if held is Modality.EXPECTED:
                of = f"目标：{of}" if of else "目标"
            for subject in bearers.of(figure, group.index(figure), len(group)):
                value = quantity.value * reading.sign
                key = (subject, reading.indicator, value, unit)
                if key in seen:
                    continue
                seen.add(key)
                yield Claim(
                    subject=subject,
                    predicate="observation",
                    object=value,
                    start=sentence.start,
                    end=sentence.end,
                    rule="observations",
                    confidence=reading.confidence,
                    modality=held,
                    unit=unit,
                    max_value=quantity.max_value,
                    printed=quantity.printed,
                    date=sentence.period,
                    indicator=reading.indicator,
                    of=of,
                )
        bearers.leave()
