"""Who elsewhere in the graph could fill a segment, nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.chains.coverage import Member
from kg.chains.landscape import ORDER, Container, Landscape
from kg.chains.places import Nearness

MOST = 8  # candidates that a gap keeps
_RUNNING = ORDER.index("inProduction")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm or project elsewhere in the segment of a gap; `home` is where it is, as far as texts say."""

    member: Member
    home: Container | None
    near: Nearness


def candidates(landscape: Landscape, segment: str, container: str, most: int = MOST) -> tuple[Candidate, ...]:
    """The members of a segment (by id) that are not in a container (an IRI): nearest, furthest, largest first.

    Who stands still, or is of no place that a text tells, comes last.
    """
    members = landscape.in_segment.get(segment, ())
    landscape.prepare({container, *members})
    ranked = []
    for iri in members:
        if container not in landscape.around(iri):
            near = landscape.nearness(container, iri)
            stalled, *rest = _standing(landscape, iri)
            ranked.append(((stalled, near, *rest), near, iri))
    return tuple(
        Candidate(landscape.member(iri, segment), landscape.home(iri), near)
        for _, near, iri in sorted(ranked)[:most]
    )


def _standing(landscape: Landscape, iri: str) -> tuple[bool, int, Decimal, str, str]:
    """What ranks a candidate besides its place: whether it stands still, how far it is, how large."""
    phases = landscape.phases(iri)
    stage = max((ORDER.index(phase) for phase in phases if phase != "suspended"), default=-1)
    money = landscape.investment(iri) or Decimal(0)
    return "suspended" in phases, -min(stage, _RUNNING), -money, landscape.label(iri), iri
