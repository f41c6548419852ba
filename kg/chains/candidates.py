"""Who elsewhere in the graph could fill a segment, nearest first."""

from __future__ import annotations

from dataclasses import dataclass

from kg.chains.coverage import Member
from kg.chains.landscape import Landscape
from kg.chains.places import Nearness
from kg.chains.things import Container

MOST = 8  # candidates that a gap keeps


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
    elsewhere = [
        ("suspended" in landscape.phases(iri), landscape.nearness(container, iri), iri)
        for iri in landscape.in_segments([segment])[segment]
        if container not in landscape.around(iri)
    ]
    elsewhere.sort(key=lambda one: one[:2])  # they come in the order of the rest
    return tuple(
        Candidate(landscape.member(iri, segment), landscape.home(iri), near)
        for _, near, iri in elsewhere[:most]
    )
