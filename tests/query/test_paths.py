"""Paths against a plain search of all of them, and as people read them."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import prod

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import Graph
from kg.query import find
from kg.query.paths import Paths, paths, shortest, surest

NODES = "abcdef"
EDGES = st.dictionaries(
    st.sampled_from(list(combinations(NODES, 2))),
    st.sampled_from([0.3, 0.5, 0.62, 0.77, 0.9, 0.97]),
    max_size=10,
)


def drawn(edges: dict[tuple[str, str], float]) -> nx.Graph[str]:
    net: nx.Graph[str] = nx.Graph()
    for (one, other), confidence in sorted(edges.items()):
        net.add_edge(one, other, confidence=confidence)
    return net


def every_path(
    edges: dict[tuple[str, str], float], at: str, end: str, seen: tuple[str, ...] = ()
) -> list[list[str]]:
    if at == end:
        return [[at]]
    beside = {b if a == at else a for a, b in edges if at in (a, b)} - {at, *seen}
    return [[at, *rest] for other in sorted(beside) for rest in every_path(edges, other, end, (*seen, at))]


def sureness(edges: dict[tuple[str, str], float], path: list[str]) -> float:
    return prod(edges[min(pair), max(pair)] for pair in pairwise(path))


@given(EDGES)
def test_the_shortest_and_the_surest_of_all_paths(edges: dict[tuple[str, str], float]) -> None:
    every = every_path(edges, "a", "f")
    net = drawn(edges)
    few = sorted((p for p in every if len(p) == min(map(len, every))), key=lambda p: -sureness(edges, p))[:3]
    found = shortest(net, "a", "f")
    assert [len(p) for p in found] == [len(p) for p in few]
    assert [sureness(edges, p) for p in found] == pytest.approx([sureness(edges, p) for p in few])
    best = sorted((sureness(edges, p) for p in every), reverse=True)[:3]
    assert [sureness(edges, p) for p in surest(net, "a", "f")] == pytest.approx(best)
    assert all(p in every for p in (*found, *surest(net, "a", "f")))


def asked(graph: Graph, one: str, other: str, **how: bool) -> Paths:
    return paths(graph, find(graph, one).iri, find(graph, other).iri, **how)  # type: ignore[arg-type]


def test_each_hop_has_its_sentence(seeds: Graph) -> None:
    found = asked(seeds, "研一新材料年产1万吨高性能锂离子电池负极材料", "左云经济技术开发区")
    (hop,) = found.shortest[0].hops
    assert (hop.predicate, hop.forward) == ("locatedIn", True)
    assert "研一新材料" in hop.quote and hop.headline
    for path in (*found.shortest, *found.surest):
        for one, other in pairwise(path.hops):
            assert one.target == other.source
        assert path.confidence == pytest.approx(prod(float(hop.confidence) for hop in path.hops))


def test_paths_shun_places_unless_asked_or_there_is_no_other(seeds: Graph) -> None:
    found = asked(seeds, "左云经济技术开发区", "临汾经济开发区")
    through = {hop.target.kind for path in found.shortest for hop in path.hops[:-1]}
    assert found.through_places == ("Place" in through)
    forced = asked(seeds, "左云经济技术开发区", "临汾经济开发区", through_places=True)
    assert forced.through_places
    assert len(forced.shortest[0].hops) <= len(found.shortest[0].hops)


def test_what_nothing_joins_has_no_path() -> None:
    net = drawn({("a", "b"): 0.9, ("c", "d"): 0.9})
    assert shortest(net, "a", "c") == surest(net, "a", "c") == []
    assert shortest(net, "a", "unknown") == surest(net, "a", "a") == []
