"""The rules of the derived graph, against a second, plainer telling of them on small random worlds."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.deriving import Facts, Presence, Status, derive, presence

FIRMS, PROJECTS = ("f1", "f2", "f3"), ("p1", "p2", "p3")
ACTORS = FIRMS + PROJECTS
ZONES, PLACES, WIDE = ("z1", "z2", "park"), ("county", "city"), ("province",)
SEGMENTS, CHAINS = ("s1", "s2", "s3"), ("c1", "c2")
PHASES = ("planned", "signed", "underConstruction", "inProduction", "suspended")
ENDLESS = 10**9
KEYS = (
    "within", "members", "leaders", "developers", "statuses", "hoped", "placements", "feeds", "supplies", "denied"
)  # fmt: skip

Pairs = frozenset[tuple[str, str]]


def pairs(left: tuple[str, ...], right: tuple[str, ...], size: int = 8) -> st.SearchStrategy[Pairs]:
    return st.frozensets(st.tuples(st.sampled_from(left), st.sampled_from(right)), max_size=size)


WORLD = st.fixed_dictionaries(
    {
        "within": pairs(ACTORS + ZONES + PLACES, ZONES + PLACES + WIDE, 12),
        "members": pairs(CHAINS, (*ACTORS, "product"), 8),
        "leaders": pairs(CHAINS, ACTORS, 3),
        "developers": pairs(PROJECTS, FIRMS, 3),
        "statuses": pairs(PROJECTS, PHASES, 4),
        "hoped": st.frozensets(st.sampled_from(PROJECTS), max_size=2),
        "placements": pairs((*ACTORS, "product"), SEGMENTS, 8),
        "feeds": pairs(SEGMENTS, SEGMENTS, 5),
        "supplies": pairs(ACTORS, ACTORS, 3),
        "denied": pairs(ACTORS, ACTORS, 2),
    }
)


def facts(world: dict[str, Pairs]) -> Facts:
    made = Facts(places={*PLACES, *WIDE}, wide=set(WIDE), actors=set(ACTORS))
    for name in ("within", "members", "leaders", "developers", "feeds"):
        for left, right in sorted(world[name]):
            getattr(made, name)[left].add(right)
    for project, phase in sorted(world["statuses"]):
        made.statuses[project].append(Status(phase))
    for entity, segment in sorted(world["placements"]):
        made.placements[entity][segment] = 0.9
    made.hoped = set(world["hoped"])
    made.supplies, made.denied = set(world["supplies"]), set(world["denied"])
    return made


def containers(world: dict[str, Pairs], entity: str) -> set[str]:
    """All containers of an entity, by walking until nothing new comes."""
    found: set[str] = set()
    while more := {o for s, o in world["within"] if s in {entity, *found}} - found:
        found |= more
    return found - {entity}


def stands(world: dict[str, Pairs], entity: str) -> bool:
    """Whether an entity is not known for standing still only."""
    phases = {phase for project, phase in world["statuses"] if project == entity}
    return entity in ACTORS and phases != {"suspended"}


def firm_for(world: dict[str, Pairs], entity: str, present: set[str]) -> set[str]:
    """Who an entity is counted as: its developers, where they are present too, else itself."""
    return {firm for project, firm in world["developers"] if project == entity and firm in present} or {
        entity
    }


def one(world: dict[str, Pairs], a: str, b: str) -> bool:
    return a == b or (a, b) in world["developers"] or (b, a) in world["developers"]


@settings(max_examples=150, deadline=None)
@given(WORLD)
def test_members_under_leaders(world: dict[str, Pairs]) -> None:
    expected = {
        (member, leader)
        for (chain, leader), (other, member) in product(world["leaders"], world["members"])
        if chain == other and member in ACTORS and not one(world, member, leader)
    }
    assert derive(facts(world), ENDLESS).under_leader == tuple(sorted(expected))


@settings(max_examples=150, deadline=None)
@given(WORLD)
def test_potential_suppliers(world: dict[str, Pairs]) -> None:
    expected = set()
    around = {entity: containers(world, entity) for entity in (*ACTORS, *PLACES)}
    for place in (*ZONES, *PLACES):
        here = set()
        for entity in ACTORS:
            zones = around[entity] & set(ZONES)
            inner = around[entity] & {*PLACES, *WIDE}
            outer = {o for p in inner for o in containers(world, p)}
            if place in (zones or inner - outer):
                here.add(entity)
        for feeding, fed in world["feeds"]:
            sides = []
            for segment in (feeding, fed):
                present = {
                    e for e, s in world["placements"] if s == segment and e in here and stands(world, e)
                }
                sides.append({who for entity in present for who in firm_for(world, entity, present)})
            expected |= {
                (a, b)
                for a, b in product(*sides)
                if not one(world, a, b) and (a, b) not in world["supplies"] | world["denied"]
            }
    derived = derive(facts(world), ENDLESS)
    assert derived.potential == tuple(sorted(expected))
    assert derived.dropped == 0


@settings(max_examples=150, deadline=None)
@given(WORLD)
def test_coverage(world: dict[str, Pairs]) -> None:
    rank = {"planned": 1, "signed": 1, "underConstruction": 2, "inProduction": 4}

    def far(entity: str) -> int:
        phases = [rank[ph] for p, ph in world["statuses"] if p == entity and ph != "suspended"]
        return max(phases, default=1 if entity in world["hoped"] else 3)

    leading = {leader for _, leader in world["leaders"]}
    expected = []
    for container, segment in product((*ZONES, *PLACES, *WIDE), SEGMENTS):
        present = {
            entity
            for entity, where in world["placements"]
            if where == segment and stands(world, entity) and container in containers(world, entity)
        }
        if not present:
            continue
        counted: dict[str, int] = defaultdict(int)
        for entity in present:
            for who in firm_for(world, entity, present):
                counted[who] = max(counted[who], far(entity), far(who) if who in present else 0)
        producing = sum(level == 4 for level in counted.values())
        best = max(counted.values())
        if producing >= 2 or any(entity in leading and far(entity) > 1 for entity in present):
            state = "stateStrong"
        else:
            state = {1: "statePlanned", 2: "stateUnderConstruction"}.get(best, "stateWeak")
        expected.append((container, segment, state, len(counted), producing, best > 1))
    found = [
        (c.container, c.segment, c.state, c.members, c.producing, c.present)
        for c in derive(facts(world), ENDLESS).coverage
    ]
    assert found == sorted(expected)


@settings(max_examples=60, deadline=None)
@given(WORLD, st.integers(0, 2))
def test_the_limit_keeps_a_part_and_counts_the_rest(world: dict[str, Pairs], limit: int) -> None:
    everything, some = derive(facts(world), ENDLESS), derive(facts(world), limit)
    assert set(some.potential) <= set(everything.potential)
    assert len(some.potential) + some.dropped == len(everything.potential)
    if limit == 0:
        assert some.potential == ()


def test_the_surest_potential_suppliers_stay() -> None:
    world = facts(dict.fromkeys(KEYS, frozenset()))
    for entity, confidence in (("f1", 0.6), ("f2", 0.9), ("f3", 0.7)):
        world.placements[entity]["s1"] = confidence
        world.within[entity].add("z1")
    world.placements["p1"]["s2"] = 0.9
    world.within["p1"].add("z1")
    world.feeds["s1"].add("s2")
    assert derive(world, 1).potential == (("f2", "p1"),)
    assert derive(world, 2).potential == (("f2", "p1"), ("f3", "p1"))


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([], Presence.UNKNOWN),
        ([("planned", "")], Presence.PLANNED),
        ([("negotiating", ""), ("signed", "2023")], Presence.PLANNED),
        ([("started", "2022"), ("inProduction", "")], Presence.PRODUCING),
        ([("trialProduction", "")], Presence.BUILDING),
        ([("fullCapacity", "2020"), ("underConstruction", "2024")], Presence.PRODUCING),  # a second phase
        ([("suspended", "")], Presence.SUSPENDED),
        ([("started", "2022"), ("suspended", "2023")], Presence.SUSPENDED),
        ([("suspended", "2022"), ("started", "2023-05")], Presence.BUILDING),  # taken up again
        ([("suspended", ""), ("started", "")], Presence.BUILDING),
    ],
)
def test_how_far_a_project_has_come(statuses: list[tuple[str, str]], expected: Presence) -> None:
    assert presence(Status(*status) for status in statuses) is expected
