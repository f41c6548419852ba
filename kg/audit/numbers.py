"""Printed numbers as what they can stand for: an interval, by their last digit and the words around them.

19.03亿元 is anything that rounds to it, 约120亩 and 500余家 are wider; a count is exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kg.nlp.quantities import number
from kg.nlp.view import Measure

_COUNTED = frozenset({"count", "person", "set", "vehicle", "piece", "head", "box"})
_ROUGH_BEFORE = re.compile(r"(?:约|近|超|超过|逾|达到?上|大约|过|突破|不低于|不少于|将近|上|最高|以上)\s*$")
_ROUGH_IN = re.compile(r"[多余来+]|[数几]")
_ROUGH_AFTER = re.compile(r"\s*(?:左右|上下|以上|多|余|以下|之多)")
_DIGITS = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_ROUGH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Range:
    """All values between `low` and `high` that a printed number can stand for; `value` is the one printed."""

    low: Decimal
    value: Decimal
    high: Decimal
    rough: bool = False

    def meets(self, other: Range) -> bool:
        """Whether both can stand for the same value."""
        return self.low <= other.high and other.low <= self.high

    def __add__(self, other: Range) -> Range:
        return Range(
            self.low + other.low, self.value + other.value, self.high + other.high, self.rough or other.rough
        )

    def per(self, whole: Range, scale: int = 1) -> Range | None:
        """The quotient, times `scale`; None where the whole may be nothing."""
        if whole.low <= 0 or self.low < 0:
            return None
        rough = self.rough or whole.rough
        return Range(
            self.low / whole.high * scale,
            self.value / whole.value * scale,
            self.high / whole.low * scale,
            rough,
        )

    def shifted(self, by: int) -> Range:
        """With a whole number added."""
        return Range(self.low + by, self.value + by, self.high + by, self.rough)


def range_of(text: str, measure: Measure) -> Range:
    """What a measure of `text` (its offsets) can stand for."""
    quantity = measure.quantity
    value, top = quantity.value, quantity.max_value
    rough = bool(
        top is not None
        or _ROUGH_BEFORE.search(text[max(0, measure.start - 4) : measure.start])
        or _ROUGH_IN.search(quantity.printed)
        or _ROUGH_AFTER.match(text, measure.end)
    )
    if rough:
        most = top if top is not None else value
        return Range(value - abs(value) * _ROUGH, value, most + abs(most) * _ROUGH, True)
    half = (
        Decimal(0) if quantity.unit in _COUNTED and "万" not in quantity.printed else last_digit(measure) / 2
    )
    return Range(value - half, value, value + half)


def last_digit(measure: Measure) -> Decimal:
    """What one more in the last printed digit would add, in the measure's unit: 100000 for 8.9亿 of 890000000."""
    printed = measure.quantity.printed
    found = _DIGITS.search(printed)
    if not found:
        return Decimal(0)
    shown = number(found[0].replace(" ", ""))
    if not shown:
        return Decimal(1)
    return abs(measure.quantity.value / shown).scaleb(-len(found[1] or ""))


def plain(value: Decimal, digits: int = 2) -> str:
    """A number to print: at most so many digits behind the point, none that say nothing."""
    text = format(value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
