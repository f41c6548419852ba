"""All checks over a graph: those on what its articles print, and those on what was read from them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from kg.audit.chains import chains
from kg.audit.changes import changes
from kg.audit.claims import Claims
from kg.audit.conflicts import conflicts
from kg.audit.counts import counts
from kg.audit.finding import Finding, Kind, in_order
from kg.audit.order import order
from kg.audit.shares import shares
from kg.audit.slips import slips
from kg.audit.spans import spans
from kg.audit.sums import sums
from kg.audit.texts import Text, texts
from kg.graph import Queryable
from kg.query.facts import things

ON_TEXTS: dict[Callable[[Text], Iterator[Finding]], Kind] = {
    shares: Kind.RATIO,
    changes: Kind.RATIO,
    sums: Kind.SUM,
    counts: Kind.COUNT,
    spans: Kind.SPAN,
    slips: Kind.UNIT,
}

Progress = Callable[[str, int, int], None]


def audit(
    graph: Queryable, kinds: Collection[Kind] = tuple(Kind), progress: Progress | None = None
) -> list[Finding]:
    """What does not add up, the gravest first; only the checks that `kinds` ask for are run.

    `progress` is told the stage (`articles`, `claims`), what is done and how much there is.
    """
    tell = progress or (lambda stage, done, total: None)
    found: list[Finding] = []
    checks = [check for check, kind in ON_TEXTS.items() if kind in kinds]
    if checks:
        total = int(graph.info()["articles"])
        for done, text in enumerate(texts(graph)):
            tell("articles", done, total)
            found += (finding for check in checks for finding in check(text))
        tell("articles", total, total)
    found += _on_claims(graph, kinds, tell)
    return in_order([finding for finding in found if finding.kind in kinds])


def _on_claims(
    graph: Queryable, kinds: Collection[Kind], tell: Callable[[str, int, int], None]
) -> Iterator[Finding]:
    claims = Claims(graph)
    tell("claims", 0, 3)
    if {Kind.FIGURE, Kind.UNIT} & set(kinds):
        yield from conflicts(claims)
    tell("claims", 1, 3)
    if Kind.ORDER in kinds:
        yield from order(claims)
    tell("claims", 2, 3)
    if Kind.CHAINS in kinds:
        yield from chains(claims, things(graph))
    tell("claims", 3, 3)
