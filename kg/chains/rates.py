"""How far projects come: signed to started and started to producing, by number and by value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kg.chains.ledger import Entry

_PRODUCING = ("inProduction", "fullCapacity")
_STARTED = ("started", "underConstruction", "trialProduction", *_PRODUCING)


@dataclass(frozen=True, slots=True)
class Step:
    """How many of some projects came to the next phase, by number and by the investment of those that state it."""

    of: int
    came: int
    of_value: Decimal
    came_value: Decimal
    valued: int

    @property
    def rate(self) -> float | None:
        """The share by number; None where there is none to count."""
        return self.came / self.of if self.of else None

    @property
    def value_rate(self) -> float | None:
        """The share by value; None where no project states its investment."""
        return float(self.came_value / self.of_value) if self.of_value else None


@dataclass(frozen=True, slots=True)
class Rates:
    """Of projects first told of in a year ("" if no date is known): signed → started, started → producing.

    `signed` is of projects that a text calls signed; `started` of those that a text says were begun, or have gone
    on from there to production. What no text says has not happened, as far as these figures go.
    """

    place: str
    year: str
    signed: Step
    started: Step


def rates(entries: Iterable[Entry], homes: Iterable[str]) -> list[Rates]:
    """The rates of each zone or place of `homes` (IRIs) and year; those with nothing to count are left out."""
    wanted = set(homes)
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        for home in entry.around & wanted:
            groups[home, entry.year].append(entry)
    found = []
    for (home, year), inside in sorted(groups.items()):
        signed = _step([e for e in inside if e.reached("signed")], _STARTED)
        started = _step([e for e in inside if e.reached(*_STARTED)], _PRODUCING)
        if signed.of or started.of:
            found.append(Rates(home, year, signed, started))
    return found


def _step(entries: list[Entry], phases: tuple[str, ...]) -> Step:
    came = [entry for entry in entries if entry.reached(*phases)]
    return Step(
        len(entries),
        len(came),
        _value(entries),
        _value(came),
        sum(entry.investment is not None for entry in entries),
    )


def _value(entries: list[Entry]) -> Decimal:
    return sum((entry.investment or Decimal(0) for entry in entries), Decimal(0))
