"""A project's phases from all articles as one dated history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.graph.phases import Told, background, current, days, rank, since
from kg.query.facts import Fact


@dataclass(frozen=True, slots=True)
class Step:
    """One phase of a history with the facts that tell it.

    `when` is the date as the text gives it; where it gives none, the day of publication, and `stated` is
    False. `current` marks the latest asserted phase, `plan` what is only expected, `background` what an article
    tells without a date beside something further on.
    """

    phase: str
    when: str | None
    stated: bool
    facts: tuple[Fact, ...]
    current: bool = False
    plan: bool = False
    background: bool = False


def history(facts: Iterable[Fact], subject: str) -> tuple[Step, ...]:
    """The phases of a thing (its IRI) by the time they were reached; what is denied is left out.

    What is told without any date comes first, plans after what was reached by the same day.
    """
    own = [f for f in facts if f.predicate == "status" and f.subject == subject and f.concept]
    done = [f for f in own if f.modality == "asserted"]
    told = [_told(f) for f in done]
    past, last = background(told), current(told)
    steps: dict[tuple[str, str | None, bool, bool, bool, bool], list[Fact]] = {}
    for place, fact in enumerate(done):
        when, stated = _when(fact)
        key = (fact.concept or "", when, stated, _same(told[place], told, last), False, place in past)
        steps.setdefault(key, []).append(fact)
    for fact in own:
        if fact.modality == "expected":
            when, stated = _when(fact)
            steps.setdefault((fact.concept or "", when, stated, False, True, False), []).append(fact)
    made = [
        Step(phase, when, stated, tuple(found), now, plan, behind)
        for (phase, when, stated, now, plan, behind), found in steps.items()
    ]
    return tuple(sorted(made, key=_place))


def _told(fact: Fact) -> Told:
    return Told(fact.concept or "", fact.date, fact.published, fact.article or "")


def _when(fact: Fact) -> tuple[str | None, bool]:
    return (fact.date, True) if days(fact.date) else (fact.published, False)


def _same(one: Told, told: list[Told], last: int | None) -> bool:
    """Whether a phase is the current one, told here or in another sentence."""
    return last is not None and (one.phase, since(one)) == (told[last].phase, since(told[last]))


def _place(step: Step) -> tuple[object, ...]:
    reached = since(_told(step.facts[0]))
    return (reached != "", reached, step.plan, not step.background, rank(step.phase), step.when or "")
