"""A project's phases in the order of time, and which of them is the current one.

A phase holds from the date its text gives, else from the day the article was published. What an article
says without a date beside something further on (签约 beside 投产) is background: it does not count as news of
that day. The current phase is the latest asserted; of several at one time, the furthest.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass

ORDER = (
    "suspended", "planned", "negotiating", "signed", "started", "underConstruction", "trialProduction",
    "inProduction", "fullCapacity",
)  # fmt: skip
"""The phases by how far they are; one that stands still comes first, for any other of the same day outdoes it."""

_DATE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d\d)(?:-(\d\d))?))?")


@dataclass(frozen=True, slots=True)
class Told:
    """A phase (its local name) as an article asserts it: the date it gives and the day it was published, if any."""

    phase: str
    date: str | None = None
    published: str | None = None
    article: str = ""


def days(date: str | None) -> tuple[str, str] | None:
    """The first and last day of a partial ISO date or interval (`2024`, `2024-Q1`, `2020/2024`), None if it is none."""
    if not date:
        return None
    parts = [_DATE.fullmatch(part) for part in date.split("/")]
    if not 1 <= len(parts) <= 2 or None in parts:
        return None
    ends = [_days(part) for part in parts if part]
    return ends[0][0], ends[-1][1]


def _days(date: re.Match[str]) -> tuple[str, str]:
    year, quarter, half, month, day = date.groups()
    first, last = 1, 12
    if quarter:
        first, last = int(quarter) * 3 - 2, int(quarter) * 3
    elif half:
        first, last = int(half) * 6 - 5, int(half) * 6
    elif month:
        first = last = min(max(int(month), 1), 12)
    if day:
        return f"{year}-{first:02}-{day}", f"{year}-{first:02}-{day}"
    return f"{year}-{first:02}-01", f"{year}-{last:02}-{monthrange(int(year), last)[1]:02}"


def since(told: Told) -> str:
    """The last day on which the phase can have been reached, "" if nothing tells.

    投产于2024年 in an article of March 2024 was so by that day of March.
    """
    said, published = days(told.date), days(told.published)
    if said is None:
        return published[1] if published else ""
    if published and said[0] <= published[1] < said[1]:
        return published[1]
    return said[1]


def rank(phase: str) -> int:
    """How far a phase is; -1 for one that is not known."""
    return ORDER.index(phase) if phase in ORDER else -1


def background(told: Sequence[Told]) -> set[int]:
    """Which of the phases (by place) an article tells without a date beside one that is further."""
    furthest: dict[str, int] = {}
    for one in told:
        furthest[one.article] = max(furthest.get(one.article, -1), rank(one.phase))
    return {
        place
        for place, one in enumerate(told)
        if not days(one.date) and rank(one.phase) < furthest[one.article]
    }


def current(told: Sequence[Told]) -> int | None:
    """The place of the phase that is the latest asserted; None if there is none."""
    past = background(told)
    open_ = [place for place in range(len(told)) if place not in past]
    return max(open_, key=lambda p: (since(told[p]), rank(told[p].phase), -p), default=None)
