"""From the graphs in the store to the derived graph and back, on the small reading."""

from __future__ import annotations

from pathlib import Path

from graph_material import ENTITIES, by_name, small
from pyoxigraph import NamedNode

from kg.graph import Graph, write
from kg.settings import Settings


def rows(graph: Graph, query: str) -> list[tuple[str, ...]]:
    answer = graph.answer(query)
    names = [variable.value for variable in answer.variables]  # type: ignore[union-attr]
    return [tuple(row[name].value for name in names) for row in answer]  # type: ignore[union-attr, misc]


def pairs(graph: Graph, name: str) -> set[tuple[str, ...]]:
    base, derived = graph.iris.id_base, NamedNode(graph.iris.graph("derived"))
    found = rows(graph, f"SELECT ?s ?o {{ GRAPH {derived} {{ ?s lz:{name} ?o }} }}")
    return {tuple(part.removeprefix(base).rpartition("/")[2] for part in row) for row in found}


def test_the_chain_follows_its_template_and_its_projects_stand_in_it(graph: Graph) -> None:
    assert pairs(graph, "follows") == {("光伏产业链", "pv")}
    assert pairs(graph, "inSegment") == {
        ("晶阳硅片项目", "pv.wafer"),
        ("星河石英坩埚项目", "pv.crucible"),
        ("明光电池片项目", "pv.cell"),
    }


def test_a_placement_tells_its_reason(graph: Graph) -> None:
    (told,) = rows(
        graph,
        """SELECT ?keyword ?text ?rule ?confidence { ?p a lz:Placement ; rdf:predicate lz:inSegment ;
        rdf:object chain:pv.cell ; lz:matchedKeyword ?keyword ; lz:matchedText ?text ; lz:rule ?rule ;
        lz:confidence ?confidence }""",
    )
    assert told == ("电池片", "明光电池片项目", "segments/name", "0.95")


def test_what_is_only_planned_is_covered_but_not_present(graph: Graph) -> None:
    places = {"云州县", "云州经济开发区"}
    assert pairs(graph, "hasSegment") == {(p, s) for p in places for s in ("pv.wafer", "pv.crucible")}
    states = rows(
        graph,
        "SELECT ?segment ?state ?n ?m { ?c lz:coverageIn/a lz:Zone ; lz:coverageOf ?segment ; "
        "lz:segmentState ?state ; lz:memberCount ?n ; lz:producingCount ?m } ORDER BY ?segment",
    )
    assert [(s.rpartition("/")[2], state.rpartition("#")[2], n, m) for s, state, n, m in states] == [
        ("pv.cell", "statePlanned", "1", "0"),
        ("pv.crucible", "stateWeak", "1", "0"),
        ("pv.wafer", "stateStrong", "1", "1"),  # the chain's leader
    ]


def test_the_three_strengths_of_supply_stay_apart(graph: Graph) -> None:
    assert pairs(graph, "memberUnderLeader") == {
        ("星河石英坩埚项目", "晶阳硅片项目"),
        ("明光电池片项目", "晶阳硅片项目"),
    }
    # crucibles feed crystal pulling, of which the zone has nobody; wafers feed cells
    assert pairs(graph, "potentialSupplierOf") == {("晶阳硅片项目", "明光电池片项目")}
    assert pairs(graph, "suppliesTo") == set()


def test_all_in_the_derived_graph_has_a_known_end(graph: Graph) -> None:
    known = {graph.iris.entity(path) for path in by_name(small()).same.values()}
    assert len(known) == len(ENTITIES)
    for quad in graph.quads(graph.iris.graph("derived")):
        about = quad.subject.value  # type: ignore[union-attr]
        assert about in known or "/placement/" in about or "/coverage/" in about


def test_the_limit_of_the_settings_holds(tmp_path: Path) -> None:
    report = write([small()], by_name(small()), tmp_path / "x.kg", Settings(supplier_pairs=0))
    assert report.derived["potentialSupplierOf"] == 0
    assert report.dropped == 1
