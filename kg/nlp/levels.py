"""How divisions lie in one another, by their names: province, prefecture, county."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.divisions import divisions, short_name
from kg.nlp.view import Page

_LEVELS = (("province", "省|自治区"), ("prefecture", "市|州|盟|地区"), ("county", "县|区|旗"))


@cache
def _levels() -> dict[str, str]:
    """Names of divisions without 市, 县 and so on (大同, 恩施) → level, the highest if several share one."""
    rank = {"province": 0, "prefecture": 1, "county": 2}
    found: dict[str, str] = {}
    for division in sorted(divisions(), key=lambda d: (rank[d.level], d.code)):
        found.setdefault(short_name(division.name), division.level)
    return found


@cache
def _chains() -> dict[str, frozenset[str]]:
    """Each name of a division, long and short → the names of the divisions above it."""
    by_code = {d.code: d for d in divisions()}
    above: dict[str, set[str]] = {}
    for division in divisions():
        upper: set[str] = set()
        parent = by_code.get(division.parent)
        while parent is not None:
            upper |= {parent.name, short_name(parent.name)}
            parent = by_code.get(parent.parent)
        for name in (division.name, short_name(division.name)):
            above.setdefault(name, set()).update(upper)
    return {name: frozenset(upper) for name, upper in above.items()}


def level(name: str) -> str | None:
    """Province, prefecture or county, by the name of a division; None for 京津冀 and other regions."""
    for found, endings in _LEVELS:
        if re.search(rf"(?:{endings})$", name):
            return found
    return _levels().get(name)


def lies_in(page: Page, lower: str, upper: str) -> bool:
    """Whether one place is a division under another, by their names."""
    above = short_forms(names(page, upper))
    return any(above & _chains().get(name, frozenset()) for name in short_forms(names(page, lower)))


def short_forms(forms: Iterable[str]) -> set[str]:
    """Forms of a place, also without the last character: 黔西南州 is not in the table, 黔西南 is."""
    return {*forms, *(re.sub(r"[省市县区州旗盟]$", "", form) for form in forms if len(form) > 2)}


def names(page: Page, entity: str) -> tuple[str, ...]:
    """All forms of an entity."""
    return page.entities[entity].name, *page.entities[entity].aliases


def is_division(page: Page, entity: str) -> bool:
    """Whether a place is an administrative division rather than a region like 京津冀."""
    return any(level(name) for name in names(page, entity))
