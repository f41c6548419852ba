"""What follows from what texts assert and where entities were placed: the rules of the derived graph, without RDF.

Nothing here is a fact of a text. The three strengths of "supplies" stay apart: `suppliesTo` is read and
only respected here; `memberUnderLeader` and `potentialSupplierOf` are computed, and say so by their names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

# how far a member of a segment has come; a firm, or a project of which no phase is told, is UNKNOWN
PHASES = {
    "planned": "PLANNED",
    "negotiating": "PLANNED",
    "signed": "PLANNED",
    "started": "BUILDING",
    "underConstruction": "BUILDING",
    "trialProduction": "BUILDING",
    "inProduction": "PRODUCING",
    "fullCapacity": "PRODUCING",
    "suspended": "SUSPENDED",
}


class Presence(IntEnum):
    """Whether a member is there, by how much that says for its segment."""

    SUSPENDED = 0
    PLANNED = 1
    BUILDING = 2
    UNKNOWN = 3
    PRODUCING = 4


@dataclass(frozen=True, slots=True)
class Status:
    """A phase that a text gives a project (its local name), with the date it holds for (ISO, "" if open)."""

    phase: str
    date: str = ""


@dataclass(slots=True)
class Facts:
    """What the derived graph is computed from; everything goes by IRI, and only what texts assert counts.

    within      what lies directly in what (locatedIn, parkOf, and divisions in divisions)
    places      the containers that are divisions or regions; the others are zones and parks
    wide        those of them that are too wide to call two firms neighbours: provinces, regions
    actors      firms and projects
    members     the members of each chain; `leaders` its leaders
    developers  who develops each project
    hoped       projects of which a text expects or denies a phase
    supplies    who supplies whom; `denied` are pairs of which a text denies it
    placements  the segments of each entity, with the confidence
    feeds       which segment feeds which
    """

    within: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: set[str] = field(default_factory=set)
    wide: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    leaders: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    developers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    statuses: dict[str, list[Status]] = field(default_factory=lambda: defaultdict(list))
    hoped: set[str] = field(default_factory=set)
    supplies: set[tuple[str, str]] = field(default_factory=set)
    denied: set[tuple[str, str]] = field(default_factory=set)
    placements: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    feeds: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class Coverage(NamedTuple):
    """What is known of one segment in one zone, park or place.

    A firm and its own projects count as one. `state` is the local name of a segment state; a segment
    of which nothing is known has no coverage: no evidence is not the same as missing.
    """

    container: str
    segment: str
    state: str
    members: int
    producing: int
    present: bool


@dataclass(frozen=True, slots=True)
class Derived:
    """All that was computed, sorted. `dropped` potential suppliers were left out to keep their number in bounds."""

    under_leader: tuple[tuple[str, str], ...]
    coverage: tuple[Coverage, ...]
    potential: tuple[tuple[str, str], ...]
    dropped: int


def derive(facts: Facts, supplier_pairs: int) -> Derived:
    """The derived graph's content; at most `supplier_pairs` potential suppliers a pair of segments in one zone."""
    containers = {
        entity: _closure(entity, facts.within) for entity in sorted(facts.actors | set(facts.within))
    }
    potential, dropped = _potential(facts, containers, supplier_pairs)
    return Derived(
        tuple(sorted(_under_leader(facts))), tuple(_coverage(facts, containers)), potential, dropped
    )


def presence(statuses: Iterable[Status]) -> Presence:
    """How far a project has come: the furthest phase told, unless the last word is that it stands still."""
    known = list(statuses)
    if not known:
        return Presence.UNKNOWN
    moving = [status for status in known if status.phase != "suspended"]
    stopped = max((status.date for status in known if status.phase == "suspended"), default=None)
    if not moving or (stopped and stopped > max(status.date for status in moving)):
        return Presence.SUSPENDED
    return max(Presence[PHASES[status.phase]] for status in moving)


def _closure(entity: str, within: Mapping[str, set[str]]) -> frozenset[str]:
    """All that an entity lies in, directly or through others; never itself, also where texts contradict."""
    seen: set[str] = set()
    todo = sorted(within.get(entity, ()))
    while todo:
        container = todo.pop()
        if container not in seen:
            seen.add(container)
            todo.extend(within.get(container, ()))
    return frozenset(seen - {entity})


def _under_leader(facts: Facts) -> Iterable[tuple[str, str]]:
    return {
        (member, leader)
        for chain, leaders in facts.leaders.items()
        for leader in leaders
        for member in facts.members.get(chain, ())
        if member != leader
        and member in facts.actors
        and leader in facts.actors
        and not _one_actor(member, leader, facts)
    }


def _one_actor(one: str, other: str, facts: Facts) -> bool:
    """Whether one is the other, or a project of the other."""
    return one == other or one in facts.developers.get(other, ()) or other in facts.developers.get(one, ())


def _standing(facts: Facts) -> dict[str, dict[str, Presence]]:
    """Who stands in each segment, and how far each has come; a project that stands still is not there."""
    standing: dict[str, dict[str, Presence]] = defaultdict(dict)
    for entity, segments in facts.placements.items():
        if entity in facts.actors:
            there = presence(facts.statuses.get(entity, ()))
            if there is Presence.UNKNOWN and entity in facts.hoped:
                there = Presence.PLANNED  # what is only expected, or denied, is not there
            if there is not Presence.SUSPENDED:
                for segment in segments:
                    standing[segment][entity] = there
    return standing


def _merged(members: Mapping[str, Presence], facts: Facts) -> dict[str, Presence]:
    """Members with each project counted to its developer, where that is a member too."""
    merged = dict(members)
    for project in members:
        owners = [
            owner
            for owner in facts.developers.get(project, ())
            if owner in members and owner not in facts.developers
        ]
        for owner in owners:
            merged[owner] = max(merged.get(owner, members[owner]), members[project])
        if owners:
            merged.pop(project, None)
    return merged


def _coverage(facts: Facts, containers: Mapping[str, frozenset[str]]) -> Iterable[Coverage]:
    leaders = set().union(*facts.leaders.values()) if facts.leaders else set()
    found = []
    for segment, members in _standing(facts).items():
        inside: dict[str, dict[str, Presence]] = defaultdict(dict)
        for entity, there in members.items():
            for container in containers.get(entity, ()):
                inside[container][entity] = there
        for container, there_in in inside.items():
            merged = _merged(there_in, facts)
            led = any(entity in leaders and there > Presence.PLANNED for entity, there in there_in.items())
            producing = sum(there is Presence.PRODUCING for there in merged.values())
            state = _state(merged.values(), producing, led)
            present = max(merged.values()) > Presence.PLANNED
            found.append(Coverage(container, segment, state, len(merged), producing, present))
    return sorted(found, key=lambda coverage: (coverage.container, coverage.segment))


def _state(members: Iterable[Presence], producing: int, led: bool) -> str:
    if producing >= 2 or led:
        return "stateStrong"
    match max(members):
        case Presence.PRODUCING | Presence.UNKNOWN:
            return "stateWeak"
        case Presence.BUILDING:
            return "stateUnderConstruction"
        case _:
            return "statePlanned"


def _potential(
    facts: Facts, containers: Mapping[str, frozenset[str]], limit: int
) -> tuple[tuple[tuple[str, str], ...], int]:
    """Who might supply whom: a segment of one feeds a segment of the other, and both are in one locality.

    A locality is a zone or park; for who lies in none, the smallest county or city. Projects that are
    only planned count: they will buy and sell.
    """
    inside: dict[str, dict[str, dict[str, Presence]]] = defaultdict(lambda: defaultdict(dict))
    for segment, members in _standing(facts).items():
        for entity, there in members.items():
            for locality in _localities(containers.get(entity, frozenset()), containers, facts):
                inside[locality][segment][entity] = there
    chosen: set[tuple[str, str]] = set()
    dropped: set[tuple[str, str]] = set()
    for present in inside.values():
        merged = {segment: _merged(members, facts) for segment, members in present.items()}
        for segment in sorted(merged):
            for fed in sorted(facts.feeds.get(segment, set()) & merged.keys()):
                pairs = [
                    (-facts.placements[one][segment] * facts.placements[other][fed], one, other)
                    for one in merged[segment]
                    for other in merged[fed]
                    if _may_supply(one, other, facts)
                ]
                ranked = [(one, other) for _, one, other in sorted(pairs)]
                chosen.update(ranked[:limit])
                dropped.update(ranked[limit:])
    return tuple(sorted(chosen)), len(dropped - chosen)


def _localities(
    around: frozenset[str], containers: Mapping[str, frozenset[str]], facts: Facts
) -> frozenset[str]:
    zones = around - facts.places
    if zones:
        return zones
    above = {outer for place in around for outer in containers.get(place, ())}
    return around - above - facts.wide


def _may_supply(one: str, other: str, facts: Facts) -> bool:
    told = (one, other) in facts.supplies or (one, other) in facts.denied
    return not told and not _one_actor(one, other, facts)
