"""Units that slip: the same thing with the same words, apart by a power of ten (2×100万千瓦, 2×100,000千瓦)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from kg.audit.finding import Cause, Finding, Kind, Said, Severity
from kg.audit.numbers import range_of
from kg.audit.texts import Text, places
from kg.nlp.view import Measure

_UNITS = frozenset(
    {"CNY", "USD", "m2", "t", "GW", "MW", "GWh", "MWh", "kWh", "m3", "km", "L", "kg", "kVA", "MVA", "TEU"}
)
_LEAD = re.compile(r"[\u4e00-\u9fffA-Za-z]{4,8}$")
_BEHIND = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
_COMMON = re.compile(
    r"(?:投资|完成|收入|总额|达到|年产|建成|新增|面积|规模|产值|资金|总量|实现|增长|提高|突破|增加|支出|支持|安排|减少|约为?|超过?|近|分别)$"
)


def slips(text: Text) -> Iterator[Finding]:
    """Figures of an article with the same words before and behind that differ by a power of ten."""
    said: dict[tuple[str, str, str], list[Measure]] = defaultdict(list)
    for measure in text.measures:
        key = _key(text.body, measure)
        if key and not range_of(text.body, measure).rough:
            said[key].append(measure)
    for same in said.values():
        for first, second in combinations(same, 2):
            if _power(first.quantity.value, second.quantity.value):
                yield _finding(text, first, second)
                break


def _key(body: str, measure: Measure) -> tuple[str, str, str] | None:
    """The words before and behind a figure and its unit; None where they name nothing."""
    unit = measure.quantity.unit
    lead = _LEAD.search(body[max(0, measure.start - 8) : measure.start])
    behind = _BEHIND.match(body, measure.end)
    if unit not in _UNITS or lead is None or behind is None or _COMMON.search(lead[0]):
        return None
    return lead[0][-4:], behind[0], "GW" if unit == "MW" else unit


def _power(one: Decimal, other: Decimal) -> bool:
    """Whether two values have the same digits, and are not the same."""
    if not one or not other or one == other:
        return False
    return one.normalize().as_tuple().digits == other.normalize().as_tuple().digits


def _finding(text: Text, first: Measure, second: Measure) -> Finding:
    one, other = first.quantity.printed, second.quantity.printed
    what = Said(
        f"同样的说法一处是{one}，一处是{other}，相差整十倍",
        f"the same words come with {one} here and {other} there, a power of ten apart",
    )
    why = Said("前后文字相同，数字只差位数", "the words around both are the same, and the digits too")
    return Finding(
        Kind.UNIT, Severity.HIGH, Cause.SOURCE, what, why, places(text, [first.start, second.start])
    )
