"""Which indicator a figure belongs to, read from `data/indicators.yaml`.

The nearest word before a figure names it (签约项目116个, 总投资664.51亿元); projects also have the phase
they are in. Nothing here knows of entities or claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kg.errors import DataError

OTHER = "other"
GROWTH = "growthRate"
MONEY = frozenset({"CNY", "USD", "HKD", "EUR", "JPY", "GBP"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a table found in a text, at `start`..`end` of that text."""

    start: int
    end: int
    name: str
    text: str = ""
    literal: bool = True


def _nearness(hit: Hit) -> tuple[int, bool, int]:
    """Of words that end together a literal one (工业投资) goes before 完成*投资, and that before the bare 投资."""
    return hit.end, hit.literal and len(hit.text) > 3, -hit.start


class Words:
    """Words with a name each, found in running text; `*` in a word is up to ten characters."""

    def __init__(self, table: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._named = {
            "".join(r"[^，,。；;：:、\d]{0,10}?" if c == "*" else re.escape(c) for c in word): name
            for name, words in table
            for word in words
        }
        longest = sorted(self._named, key=lambda p: (-len(p), p))
        self._patterns = [(re.compile(p), self._named[p], "{0,10}?" not in p) for p in longest]
        self._any = re.compile("|".join(longest)) if longest else re.compile(r"(?!)")

    def __contains__(self, text: str) -> bool:
        return self._any.search(text) is not None

    def all(self, text: str) -> list[Hit]:
        """Every word of the text, by where it ends; of those that end together the longest, and one without `*`, last."""
        if self._any.search(text) is None:
            return []
        hits = [
            Hit(m.start(), m.end(), name, m[0], literal)
            for p, name, literal in self._patterns
            for m in p.finditer(text)
        ]
        # a word inside a longer one that ends later does not stand by itself: 投资 in 投资总额
        hits = [h for h in hits if not any(o.start <= h.start and h.end < o.end for o in hits)]
        return sorted(hits, key=_nearness)

    def last(self, text: str) -> Hit | None:
        """The word nearest to the end of the text."""
        hits = self.all(text)
        return hits[-1] if hits else None

    def first(self, text: str) -> Hit | None:
        """The word nearest to the beginning of the text."""
        return min(self.all(text), key=lambda h: (h.start, -h.end), default=None)


class Indicators:
    """The tables of `indicators.yaml`. Raises DataError if the file is not what its comments say."""

    def __init__(self, table: dict[str, Any]) -> None:
        try:
            projects, firms = table["projects"], table["firms"]
            self.project_noun = re.compile(
                "(?:" + "|".join(projects["nouns"]) + ")(?!" + "|".join(projects["not_after"]) + ")"
            )
            phases = projects["phases"]
            self.phases = Words((p["count"], p["strong"]) for p in phases if "strong" in p)
            self.openers = Words((p["count"], p["weak"]) for p in phases if "weak" in p)
            self.money_of = {p["count"]: p["money"] for p in phases}
            self.investment = Words([("investment", table["investment"]["words"])])
            self.signed_money = frozenset(table["investment"]["signed"])
            by_unit: dict[str, list[tuple[str, list[str]]]] = {}
            for entry in table["words"]:
                for unit in entry["units"]:
                    by_unit.setdefault(unit, []).append((entry["indicator"], entry["words"]))
            self._by_unit = {unit: Words(entries) for unit, entries in by_unit.items()}
            self.firm_noun = Words([("firm", firms["nouns"])])
            self._firm_kinds = [(k["indicator"], Words([(k["indicator"], k["words"])])) for k in firms["kinds"]]
            growth = table["growth"]
            levels = "".join(growth["levels"])
            self._growth = re.compile(
                f"(?:(?P<down>{_either(growth['down'])})|(?P<up>{_either(growth['up'])}))(?![{levels}]|加值|值|资|持|设)"
            )
            self._growth_behind = re.compile(
                rf"(?:以上|左右)?的?(?:高|较快|年均)?(?:(?P<down>{_either(growth['down'])})|(?P<up>{_either(growth['up'])}))(?!值)"
            )
            self.uncounted = re.compile(_either(table["uncounted"]))
            self.firm_break = re.compile("企业|公司")
            self.expected = re.compile(_either(table["expected"]))
            self.goals = re.compile(_either(table["goals"]))
        except (KeyError, TypeError, AttributeError, re.error) as error:
            raise DataError(f"indicators.yaml is not a table of indicators: {error!r}; see its comments") from error

    def phase(self, text: str, last: bool = True) -> Hit | None:
        """The phase word of counted projects nearest to the end (or beginning) of a text."""
        return self.phases.last(text) if last else self.phases.first(text)

    def named(self, text: str, unit: str) -> Hit | None:
        """The word nearest to the end of the text that names a figure of this unit.

        Its name is an indicator, or `investment` for money that counted projects may claim.
        """
        words = self._by_unit.get(unit if unit not in MONEY else "CNY")
        hits = [words.last(text)] if words else []
        if unit in MONEY:
            hits.append(self.investment.last(text))
        return max((h for h in hits if h), key=_nearness, default=None)

    def firms(self, noun: str, clause: str) -> str | None:
        """The indicator of a count of firms from the noun phrase and the clause, None if it is no count of firms."""
        if noun not in self.firm_noun:
            return None
        for indicator, words in self._firm_kinds:
            text = noun if indicator in ("aboveScaleFirms", "leaderFirms") else clause
            if text in words:
                return indicator
        return OTHER

    def change(self, text: str) -> tuple[int, int]:
        """The sign of the change that the text names last and where that word ends: 同比下降 is -1; 0 if none."""
        sign = end = 0
        for match in self._growth.finditer(text):
            sign, end = (-1 if match["down"] else 1), match.end()
        return sign, end

    def change_behind(self, text: str) -> int:
        """The sign of a change named behind its figure: 保持47.4%的增速."""
        match = self._growth_behind.match(text)
        return 0 if match is None else -1 if match["down"] else 1


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))


@cache
def indicators() -> Indicators:
    """The tables of this package."""
    text = (files("kg.nlp") / "data" / "indicators.yaml").read_text(encoding="utf-8")
    return Indicators(yaml.safe_load(text))
