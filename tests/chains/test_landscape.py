"""Who is seen where, on a random graph of many zones, against a plain telling of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from chain_material import BUILDING, PLANNED, STRONG, WEAK, World

from kg.chains import Chain, Landscape, gaps
from kg.chains.gaps import PRESENT, Move
from kg.graph import Graph
from kg.model import Concept, Modality, Ref
from kg.query import find

# the end of a project's name that puts it into a segment
NAMES = {
    "pv.wafer": "硅片项目",
    "pv.cell": "电池片项目",
    "pv.module": "光伏组件项目",
    "pv.glass": "光伏玻璃项目",
}
FAR = {"planned": 1, "signed": 1, "started": 2, "underConstruction": 2, "inProduction": 4}
ZONES = [f"第{i}经济开发区" for i in range(40)]
MOODS = (Modality.ASSERTED, Modality.EXPECTED, Modality.NEGATED)


@dataclass(frozen=True)
class Said:
    """What the article says of one project."""

    name: str
    segment: str
    zone: str
    inside: bool  # whether it says, or denies, that the project lies in the zone
    phases: tuple[tuple[str, Modality], ...]


def projects() -> list[Said]:
    draw = Random(20261121)
    found = []
    for i in range(150):
        segment = draw.choice(sorted(NAMES))
        phases = [(draw.choice([*FAR, "suspended"]), draw.choice(MOODS)) for _ in range(draw.randrange(4))]
        inside = draw.random() < 0.85
        found.append(Said(f"甲山{i}号{NAMES[segment]}", segment, draw.choice(ZONES), inside, tuple(phases)))
    return found


def plain_states(told: list[Said]) -> dict[str, str]:
    """The state of each segment where some projects are, straight from what was said."""
    far: dict[str, list[int]] = defaultdict(list)
    for one in told:
        reached = [FAR[p] for p, mood in one.phases if mood is Modality.ASSERTED and p != "suspended"]
        if not reached and any(mood is Modality.ASSERTED for _, mood in one.phases):
            continue  # all that is known of it is that it stands still
        hoped = any(mood is not Modality.ASSERTED for _, mood in one.phases)
        far[one.segment].append(max(reached, default=1 if hoped else 3))
    named = {1: PLANNED, 2: BUILDING, 3: WEAK, 4: WEAK}
    return {s: STRONG if levels.count(4) >= 2 else named[max(levels)] for s, levels in far.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    world = World()
    for one in projects():
        project = world.project(one.name, None)
        mood = Modality.ASSERTED if one.inside else Modality.NEGATED
        world.say(project, "locatedIn", Ref(world.zone(one.zone, "云州县")), modality=mood)
        for phase, mood in one.phases:
            world.say(project, "status", Concept(phase), modality=mood)
    return world.write(tmp_path_factory.mktemp("random") / "many.kg")


@pytest.fixture
def many(folder: Path) -> Iterator[Graph]:
    with Graph.open(folder, memory=True) as opened:
        yield opened


def photovoltaic(chains: list[Chain]) -> dict[str, Chain]:
    return {chain.container_label: chain for chain in chains if chain.template.id == "pv"}


def test_states_and_members_are_what_was_said(many: Graph) -> None:
    found = photovoltaic(Landscape(many).chains())
    there: dict[str, list[Said]] = defaultdict(list)
    for one in projects():
        if one.inside:
            there[one.zone].append(one)
            there["云州县"].append(one)
    assert found.keys() == {where for where, told in there.items() if plain_states(told)}
    for where, chain in found.items():
        told = there[where]
        assert chain.states == plain_states(told), where
        expected: dict[str, set[str]] = defaultdict(set)
        for one in told:
            expected[one.segment].add(one.name)
        assert {s: {m.label for m in members} for s, members in chain.members.items()} == expected


def test_a_zone_asked_for_alone_is_as_it_is_among_all(many: Graph) -> None:
    for where, chain in sorted(photovoltaic(Landscape(many).chains()).items())[:12]:
        assert photovoltaic(Landscape(many).chains(find(many, where).iri)) == {where: chain}


def test_what_is_denied_or_only_hoped_for_is_never_present(many: Graph) -> None:
    landscape, seen = Landscape(many), set()
    zones = [chain for chain in landscape.chains() if chain.container_kind == "Zone"]
    for gap in gaps(zones):
        zone = gap.chain.container_label
        state = plain_states([p for p in projects() if p.inside and p.zone == zone])
        if state.get(gap.segment.id) == PLANNED:
            assert gap.move is Move.STRENGTHEN
            seen.add(gap.segment.id)
        assert all(state[s.id] in PRESENT for s in (*gap.upstream, *gap.downstream))
    assert len(seen) == len(NAMES)  # there was something to see
    has = {(z, s) for z, s in landscape.ask("SELECT ?z ?s { ?z lz:hasSegment ?s }")}
    for zone in ZONES:
        told = plain_states([p for p in projects() if p.inside and p.zone == zone])
        present = {s for s, state in told.items() if state in PRESENT}
        iri = many.iris.entity(f"zone/{zone}")
        assert {landscape.segment_of(s).id for z, s in has if z == iri} == present  # type: ignore[union-attr]


def test_things_are_read_once_and_in_batches(many: Graph) -> None:
    asked: list[str] = []
    answer = many.answer

    def counting(query: str) -> object:
        asked.append(query)
        return answer(query)

    many.answer = counting  # type: ignore[method-assign,assignment]
    landscape = Landscape(many)
    landscape.chains()
    count = len(asked)
    landscape.chains()
    assert count < 30
    assert len(asked) - count <= 2  # the states alone are asked again
