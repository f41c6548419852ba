"""Who is seen where, on small random graphs, against a plain telling of it; and how quickly."""

from __future__ import annotations

import tempfile
from pathlib import Path

from chain_material import BUILDING, PLANNED, STRONG, WEAK, World
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.chains import Chain, Landscape, gaps
from kg.chains.gaps import PRESENT, Move
from kg.graph import Graph
from kg.model import Concept, Modality, Ref
from kg.query import find

# a name of a project in a segment, by segment
NAMES = {"pv.wafer": "硅片项目", "pv.cell": "电池片项目", "pv.module": "光伏组件项目"}
ZONES = {"云州经济开发区": "云州县", "雁州高新技术产业开发区": "雁州市"}
FAR = {"planned": 1, "signed": 1, "started": 2, "underConstruction": 2, "inProduction": 4}

PROJECTS = st.lists(
    st.tuples(
        st.sampled_from(sorted(NAMES)),
        st.sampled_from(sorted(ZONES)),
        st.lists(
            st.tuples(
                st.sampled_from([*FAR, "suspended"]),
                st.sampled_from([Modality.ASSERTED, Modality.EXPECTED, Modality.NEGATED]),
            ),
            max_size=3,
        ),
        st.sampled_from([Modality.ASSERTED, Modality.ASSERTED, Modality.NEGATED]),  # that it lies in the zone
    ),
    min_size=1,
    max_size=6,
)


def plain_states(projects: list[object], zone: str) -> dict[str, str]:
    """The state of each segment in a zone, straight from what was said."""
    far: dict[str, list[int]] = {}
    for segment, where, phases, said in projects:  # type: ignore[misc]
        if where != zone or said is not Modality.ASSERTED:
            continue
        reached = [FAR[p] for p, mood in phases if mood is Modality.ASSERTED and p != "suspended"]
        hoped = any(mood is not Modality.ASSERTED for p, mood in phases)
        far.setdefault(segment, []).append(max(reached, default=1 if hoped else 3))
    named = {1: PLANNED, 2: BUILDING, 3: WEAK, 4: WEAK}
    return {
        segment: STRONG if levels.count(4) >= 2 else named[max(levels)]
        for segment, levels in sorted(far.items())
    }


def of(chains: list[Chain], zone: str) -> Chain | None:
    return next((c for c in chains if c.container_label == zone and c.template.id == "pv"), None)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(PROJECTS)
def test_coverage_and_gaps_of_a_graph(projects: list[object]) -> None:
    world = World()
    for zone, place in ZONES.items():
        world.zone(zone, place)
    for i, (segment, zone, phases, said) in enumerate(projects):  # type: ignore[misc]
        project = world.project(f"{'甲乙丙丁戊己'[i]}山{NAMES[segment]}", None)
        world.say(project, "locatedIn", Ref(world.zone(zone, ZONES[zone])), modality=said)
        for phase, mood in phases:
            world.say(project, "status", Concept(phase), modality=mood)
    with (
        tempfile.TemporaryDirectory() as folder,
        Graph.open(world.write(Path(folder) / "g.kg"), memory=True) as graph,
    ):
        landscape = Landscape(graph)
        everywhere = landscape.chains()
        for zone in ZONES:
            expected = plain_states(projects, zone)
            found = of(everywhere, zone)
            assert (found.states if found else {}) == expected
            alone = of(Landscape(graph).chains(find(graph, zone).iri), zone)
            assert alone == found  # asked for alone, a zone is seen as among all
            if found is None:
                continue
            assert {s: len(m) for s, m in found.members.items()} == {
                s: sum(p[0] == s and p[1] == zone and p[3] is Modality.ASSERTED for p in projects)  # type: ignore[index]
                for s in expected
            }
            for gap in gaps([found], everywhere):
                only_hoped = expected.get(gap.segment.id) == PLANNED
                assert not only_hoped or gap.move is Move.STRENGTHEN
                for neighbour in (*gap.upstream, *gap.downstream):
                    assert expected[neighbour.id] in PRESENT


def test_things_are_read_once_and_in_batches(wide: Graph) -> None:
    asked: list[str] = []
    answer = wide.answer

    def counting(query: str) -> object:
        asked.append(query)
        return answer(query)

    wide.answer = counting  # type: ignore[method-assign,assignment]
    landscape = Landscape(wide)
    landscape.chains()
    count = len(asked)
    landscape.chains()
    assert count < 30
    assert len(asked) - count <= 2  # the states alone are asked again
