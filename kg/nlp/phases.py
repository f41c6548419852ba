"""Words that say which phase a project is in, from `data/phases.yaml`: 开工, 建成投产, 推进…建设."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.errors import DataError
from kg.nlp.wordlists import any_of
from kg.tables import table

ORDER = (
    "planned",
    "negotiating",
    "signed",
    "started",
    "underConstruction",
    "trialProduction",
    "inProduction",
    "fullCapacity",
    "suspended",
)


_ATTRIBUTE = re.compile(r"项目|工程")
_LISTED = re.compile(r"等(?:一批|[\d一二三四五六七八九十]+[个项])?新?$")


@dataclass(frozen=True, slots=True)
class Says:
    """The phase a word says in an account and in a plan."""

    account: str
    plan: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A phase word in a text.

    `lead` is what it says before a project (引进A), `tail` what it says behind one (A投产), None if it can't
    stand there. `strong` words need no help, the others hold only if nothing else does. `denied` is
    尚未开工, `future` 预计…投产, `attribute` 等在建项目, which says what is so even in a plan.
    """

    start: int
    end: int
    word: str
    strong: bool
    lead: Says | None
    tail: Says | None
    denied: bool = False
    future: bool = False
    attribute: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    strong: frozenset[str]
    leads: dict[str, Says]
    tails: dict[str, Says]
    pattern: re.Pattern[str]
    open: re.Pattern[str]
    future: re.Pattern[str]
    denied: re.Pattern[str]


@cache
def _table() -> _Table:
    raw = table("kg.nlp", "phases")
    try:
        goals = raw["goals"]
        strong: dict[str, Says] = {}
        for phase, found in raw["phases"].items():
            if phase not in ORDER:
                raise ValueError(f"no phase {phase!r}")
            strong |= {word: Says(phase, goals.get(phase, phase)) for word in found}
        strong |= {word: Says(*pair) for word, pair in raw["pairs"].items()}
        leads = {word: Says(*pair) for word, pair in raw["leads"].items()} | strong
        tails = {word: Says(*pair) for word, pair in raw["tails"].items()} | strong
        return _Table(
            frozenset(strong),
            leads,
            tails,
            re.compile(any_of(leads | tails)),
            re.compile(any_of(raw["open"])),
            re.compile(any_of(raw["future"]) + r"[^，。；、]{0,30}$|(?:拟|计划)[^，。；]{0,60}$"),
            re.compile(any_of(raw["not"]) + r"[^，。；、]{0,4}$"),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(
            f"phases.yaml is not a table of phases: {error}; see the comment on its top"
        ) from error


def triggers(text: str, start: int, end: int) -> Iterator[Trigger]:
    """The phase words of `text[start:end]`, in order, offsets of `text`; those of 投产后, 开工率 are left out."""
    table = _table()
    for match in table.pattern.finditer(text, start, end):
        if table.open.match(text, match.end(), end) and not text.startswith("以来", match.end()):
            continue
        before = text[max(start, match.start() - 64) : match.start()]
        word = match[0]
        yield Trigger(
            match.start(),
            match.end(),
            word,
            word in table.strong,
            table.leads.get(word),
            table.tails.get(word),
            denied=bool(table.denied.search(before)),
            future=bool(table.future.search(before)),
            attribute=bool(_ATTRIBUTE.match(text, match.end())) and bool(_LISTED.search(before)),
        )
