"""How facts read: labels, and figures as printed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kg.query.facts import Fact


def figure(fact: Fact, names: Mapping[str, str]) -> str:
    """The object of a fact as people read it: a label, a phase's name, or the figure as printed."""
    if fact.concept:
        return names.get(fact.concept, fact.object_label or fact.concept)
    if fact.object_label:
        return fact.object_label
    shown = fact.printed or number(fact.object, fact.unit)
    if fact.indicator:
        shown = f"{names.get(fact.indicator, fact.indicator)} {shown}"
    return shown


def number(value: object, unit: str | None) -> str:
    """A number with its unit, money in 亿元 or 万元: 890000000 CNY → 8.9亿元."""
    if not isinstance(value, int | Decimal):
        return str(value)
    amount = Decimal(value)
    if unit == "CNY":
        for size, name in ((Decimal(10**8), "亿元"), (Decimal(10**4), "万元")):
            if abs(amount) >= size:
                return f"{_plain(amount / size)}{name}"
        return f"{_plain(amount)}元"
    return f"{_plain(amount)}{'' if unit in (None, 'count') else ' ' + str(unit)}"


def _plain(amount: Decimal) -> str:
    text = format(amount.quantize(Decimal("0.0001")).normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
