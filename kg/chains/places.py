"""How near two places are: in one city, in one province, in neighbouring provinces, or far."""

from __future__ import annotations

import csv
from collections.abc import Collection
from enum import IntEnum
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "neighbours.csv"


class Nearness(IntEnum):
    """How near something is, nearest first."""

    SAME_CITY = 0
    SAME_PROVINCE = 1
    NEIGHBOUR = 2
    FAR = 3
    UNKNOWN = 4


@cache
def nearness(here: frozenset[str], there: frozenset[str]) -> Nearness:
    """How near two things are, by the division codes (GB/T 2260) of all that each lies in.

    The nearest that any two codes allow; UNKNOWN where the province of one is not known.
    """
    if _cities(here) & _cities(there):
        return Nearness.SAME_CITY
    one, other = _provinces(here), _provinces(there)
    if not one or not other:
        return Nearness.UNKNOWN
    if one & other:
        return Nearness.SAME_PROVINCE
    beside = set().union(*(neighbours().get(province, frozenset()) for province in one))
    return Nearness.NEIGHBOUR if beside & other else Nearness.FAR


def _provinces(codes: Collection[str]) -> set[str]:
    return {code[:2] for code in codes}


def _cities(codes: Collection[str]) -> set[str]:
    """The cities of codes; 市辖 municipalities are one city each, counties under a province their own."""
    found = set()
    for code in codes:
        if code[:2] in ("11", "12", "31", "50"):
            found.add(code[:2])
        elif code[2:4] == "90":
            found.add(code)
        elif code[2:4] != "00":
            found.add(code[:4])
    return found


@cache
def neighbours() -> dict[str, frozenset[str]]:
    """The provinces beside each province, by the first two digits of their codes."""
    lines = _DATA.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["province"]: frozenset(row["neighbours"].split()) for row in rows}
