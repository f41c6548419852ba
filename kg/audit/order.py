"""Phases out of order: what was in production is said to be planned at a later date."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kg.audit.claims import Claims, Detail, Statement
from kg.audit.cues import group
from kg.audit.finding import Cause, Finding, Kind, Said, Severity
from kg.graph.phases import days, rank
from kg.ontology import labels

_AGAIN = re.compile(group("again"))
_STEPS = 2  # phases that one must fall back by: 签约 and 开工 are told together
_LEAST = rank("inProduction")


def order(claims: Claims) -> Iterator[Finding]:
    """Projects that go back by the dates that texts give, and phases that end before they begin."""
    dated: dict[str, list[Statement]] = defaultdict(list)
    for s in claims.of("status"):
        if (
            s.modality == "asserted"
            and s.date
            and "/" not in s.date
            and rank(str(s.object)) > 0
            and days(s.date)
        ):
            dated[s.subject].append(s)
    pairs = {subject: pair for subject, told in sorted(dated.items()) if (pair := _backward(told))}
    details = claims.details(s for pair in pairs.values() for s in pair)
    names = claims.names(pairs)
    for subject, (done, later) in pairs.items():
        if done.iri in details and later.iri in details:
            yield _finding(names.get(subject, (subject,))[0], done, later, details)


def _backward(told: list[Statement]) -> tuple[Statement, Statement] | None:
    """A phase that was reached, and one well before it that is dated after it."""
    for done in sorted(told, key=lambda s: (s.date or "", s.iri)):
        if rank(str(done.object)) < _LEAST:
            continue
        for later in told:
            ended, begun = days(done.date), days(later.date)
            if (
                ended
                and begun
                and ended[1] < begun[0]
                and rank(str(later.object)) + _STEPS <= rank(str(done.object))
            ):
                return done, later
    return None


def _finding(label: str, done: Statement, later: Statement, details: dict[str, Detail]) -> Finding:
    zh, en = labels("zh"), labels("en")
    one, other = details[done.iri], details[later.iri]
    what = Said(
        f"{label}：{done.date}已{zh[str(done.object)]}，{later.date}却是{zh[str(later.object)]}",
        f"{label}: {en[str(done.object)]} in {done.date}, yet {en[str(later.object)]} in {later.date}",
    )
    if any(_AGAIN.search(d.evidence.quote) for d in (one, other)):
        cause, why = (
            Cause.READING,
            Said(
                "原句说到分期、扩建或复工，可能是另一期",
                "a sentence speaks of stages or a restart; it may be another stage",
            ),
        )
    elif one.evidence.article != other.evidence.article:
        cause, why = (
            Cause.READING,
            Said("两篇文章，可能是同名的两个项目", "two articles; there may be two projects of one name"),
        )
    else:
        cause, why = Cause.OPEN, Said("同一篇文章里的两个日期", "both dates stand in one article")
    severity = Severity.LOW if cause is Cause.READING else Severity.MEDIUM
    evidence = tuple(sorted({one.evidence, other.evidence}, key=lambda e: (e.article, e.start)))
    return Finding(Kind.ORDER, severity, cause, what, why, evidence, (done.subject, label))
