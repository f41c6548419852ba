"""Which indicator a figure belongs to, read from `data/indicators.yaml`.

The nearest word before a figure names it (签约项目116个, 总投资664.51亿元); projects also have the phase
they are in. Nothing here knows of entities or claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import DataError
from kg.tables import table

OTHER = "other"
GROWTH = "growthRate"
MONEY = frozenset({"CNY", "USD", "HKD", "EUR", "JPY", "GBP"})
# whose own name decides; the others are also told by what is said in the clause
_BY_NOUN = frozenset({"aboveScaleFirms", "leaderFirms"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a table found at `start`..`end` of a text; `literal` is false for one with `*`."""

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
        found = {}
        for name, words in table:
            for word in words:
                found["".join(r"[^，,。；;：:、\d]{0,10}?" if c == "*" else re.escape(c) for c in word)] = (
                    name,
                    "*" not in word,
                )
        longest = sorted(found, key=lambda p: (-len(p), p))
        self._patterns = [(re.compile(p), *found[p]) for p in longest]
        self._any = re.compile("|".join(longest) or r"(?!)")

    def __contains__(self, text: str) -> bool:
        return self._any.search(text) is not None

    def all(self, text: str) -> list[Hit]:
        """Every word of the text, the nearest to its end last; of those that end together see `_nearness`."""
        if text not in self:
            return []
        hits = [
            Hit(m.start(), m.end(), name, m[0], literal)
            for pattern, name, literal in self._patterns
            for m in pattern.finditer(text)
        ]
        # a word inside a longer one that ends later does not stand by itself: 投资 in 投资总额
        hits = [h for h in hits if not any(o.start <= h.start and h.end < o.end for o in hits)]
        return sorted(hits, key=_nearness)

    def last(self, text: str) -> Hit | None:
        """The word nearest to the end of the text."""
        hits = self.all(text)
        return hits[-1] if hits else None


class Indicators:
    """The tables of `indicators.yaml`. Raises DataError if they are not what the file's comments say."""

    def __init__(self, table: dict[str, Any]) -> None:
        try:
            projects, phases = table["projects"], table["projects"]["phases"]
            self.project_noun = re.compile(
                f"{_either(projects['nouns'])}(?!{_either(projects['not_after'])})"
            )
            self._phases = Words((p["count"], p["strong"]) for p in phases if "strong" in p)
            self._openers = Words((p["count"], p["weak"]) for p in phases if "weak" in p)
            self.money_of: dict[str, str] = {p["count"]: p["money"] for p in phases}
            self._investment = Words([("investment", table["investment"]["words"])])
            self.signed_money = frozenset(table["investment"]["signed"])
            by_unit: dict[str, list[tuple[str, list[str]]]] = {}
            for entry in table["words"]:
                for unit in entry["units"]:
                    by_unit.setdefault(unit, []).append((entry["indicator"], entry["words"]))
            self._by_unit = {unit: Words(entries) for unit, entries in by_unit.items()}
            firms, growth = table["firms"], table["growth"]
            self._firm_noun = Words([("firm", firms["nouns"])])
            self._firm_kinds: list[tuple[str, Words]] = [
                (kind["indicator"], Words([(kind["indicator"], kind["words"])])) for kind in firms["kinds"]
            ]
            change = f"(?:(?P<down>{_either(growth['down'])})|(?P<up>{_either(growth['up'])}))"
            self._growth = re.compile(f"{change}(?!{_either([*growth['levels'], *growth['not_after']])})")
            self._growth_behind = re.compile(f"(?:以上|左右)?的?(?:高|较快|年均)?{change}(?!值)")
            around = _either([*growth["around"], *growth["up"], *growth["down"]])
            self._growing = re.compile(rf"(?:{around}|[\d年月季度—\-]+的?)+$")
            self.uncounted = re.compile(_either(table["uncounted"]))
            self._expected = re.compile(_either(table["expected"]["clause"]))
            self._intended = re.compile(_either(table["expected"]["sentence"]))
            self.price = re.compile(rf"{_either(table['skipped']['prices'])}\D{{0,4}}$")
            self.distance = re.compile(rf"{_either(table['skipped']['distances'])}\D{{0,5}}$")
            self.shortened = re.compile(_either(table["shortened"]))
        except (KeyError, TypeError, AttributeError, re.error) as error:
            raise DataError(
                f"indicators.yaml is not a table of indicators: {error!r}; see its comments"
            ) from error

    def phase(self, text: str) -> Hit | None:
        """The phase word of counted projects nearest to the end of a text; its name is the count's indicator."""
        return self._phases.last(text)

    def opens(self, text: str) -> bool:
        """Whether a text opens a list of projects without a phase: 谋划, 实施."""
        return text in self._openers

    def named(self, text: str, unit: str) -> Hit | None:
        """The word nearest to the end of the text that names a figure of this unit.

        Its name is an indicator, or `investment` for money that counted projects may claim.
        """
        words = self._by_unit.get(unit if unit not in MONEY else "CNY")
        hits = [words.last(text) if words else None, self._investment.last(text) if unit in MONEY else None]
        return max((h for h in hits if h), key=_nearness, default=None)

    def firms(self, noun: str, clause: str) -> str | None:
        """The indicator of a count of firms from the noun phrase and the clause, None if it counts no firms."""
        if noun not in self._firm_noun:
            return None
        for indicator, words in self._firm_kinds:
            if (noun if indicator in _BY_NOUN else clause) in words:
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

    def expects(self, clause: str, sentence: str) -> bool:
        """Whether a figure is a goal or expected, from its clause and its sentence up to it."""
        return bool(self._expected.search(clause) or self._intended.search(sentence))

    def changing(self, text: str) -> str:
        """What changes: 全社会用电量 of 全社会用电量同比增长."""
        return self._growing.sub("", text)


def _either(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))) + ")"


@cache
def indicators() -> Indicators:
    """The tables of this package."""
    return Indicators(table("kg.nlp", "indicators"))
