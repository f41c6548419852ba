"""A graph as people work with it in Python."""

from __future__ import annotations

import json

import pytest
import rdflib
from plain import Plain

import kg
from kg.errors import UsageError
from kg.query import Iri, KnowledgeGraph
from kg.query.html import first

FIRMS = "SELECT ?firm ?name WHERE { ?firm a lz:Firm ; skos:prefLabel ?name } ORDER BY ?firm"


@pytest.fixture(scope="module")
def graph(seeds: KnowledgeGraph) -> KnowledgeGraph:
    return seeds


def test_rows_are_typed_and_named(graph: KnowledgeGraph, plain: Plain) -> None:
    firms = graph.query(FIRMS)
    assert {row.firm for row in firms} == plain.a("Firm")
    assert all(isinstance(row.firm, Iri) and row["name"] == row.name for row in firms)
    with pytest.raises(AttributeError, match="this row has no 'zone'; it has firm, name"):
        _ = firms[0].zone
    money = graph.query("SELECT ?p ?m WHERE { ?p lz:totalInvestment ?m }")
    assert {(row.p, str(row.m)) for row in money} == plain.pairs("totalInvestment")
    assert all(isinstance(row.m, int) for row in money)
    assert graph.query("ASK { ?z a lz:Zone }") and not graph.query("ASK { ?z a lz:Nothing }")


def test_a_saved_question_takes_any_name_and_typed_values(graph: KnowledgeGraph) -> None:
    one = graph.query("largest-projects", min=2e8, zone="左云经开区")
    assert one.rows == graph.query("largest-projects", min="200000000", zone="左云经济技术开发区").rows
    assert graph.query("zones", **{"in": None}).rows == graph.query("zones").rows
    with pytest.raises(UsageError, match="from='21' is not a year, such as 2024"):
        graph.query("figures-changed", **{"from": 21, "to": 2024})


def test_pandas_knows_whole_numbers_from_others(graph: KnowledgeGraph) -> None:
    frame = graph.query("investment").to_pandas()
    assert str(frame["projects"].dtype) == "int64"
    assert frame["investment"].sum() > 1e9
    claims = graph.query(
        "SELECT ?c ?max { ?x lz:confidence ?c OPTIONAL { ?x lz:maxValue ?max } }"
    ).to_pandas()
    assert str(claims["c"].dtype) == "float64" and claims["max"].isna().any()
    assert list(graph.query("SELECT ?a ?b {} LIMIT 0").to_pandas().columns) == ["a", "b"]


def test_rdflib_sees_the_same_quads_and_may_not_write(graph: KnowledgeGraph) -> None:
    dataset = graph.rdflib()
    assert {name.identifier for name in dataset.graphs()} >= {rdflib.URIRef(name) for name in graph.graphs()}
    found = {(str(row.firm), str(row.name)) for row in dataset.query(FIRMS)}
    assert found == {(row.firm, row.name) for row in graph.query(FIRMS)}
    some = rdflib.URIRef("urn:x")
    with pytest.raises(UsageError, match="for reading"):
        dataset.add((some, some, some))
    with pytest.raises(UsageError, match="SERVICE is refused"):
        dataset.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_a_network_with_kinds_labels_and_provenance(graph: KnowledgeGraph, plain: Plain) -> None:
    whole = graph.network()
    labels = {iri: plain.label[iri] for kind in ("Zone", "Firm", "Project", "Chain") for iri in plain.a(kind)}
    assert {iri: whole.nodes[iri]["label"] for iri in labels} == labels
    assert all(data["kind"] and isinstance(data["provenance"], list) for _, data in whole.nodes(data=True))
    located = {(a, b) for a, b, name in whole.edges(keys=True) if name == "locatedIn"}
    assert located == plain.pairs("locatedIn")
    for _, _, edge in whole.edges(data=True):
        assert edge["label"] and edge["provenance"] in ("stated", "derived")
        assert edge["provenance"] == "derived" or (edge["quote"] and 0 < edge["confidence"] <= 1)
    stated = graph.network(derived=False)
    assert {edge["provenance"] for _, _, edge in stated.edges(data=True)} == {"stated"}
    zone = graph.entity("左云经开区").iri
    near = graph.network("左云经开区", hops=1)
    assert set(near) == {zone, *whole.successors(zone), *whole.predecessors(zone)}
    assert len(near) < len(whole)
    assert list(near) == [node for node in whole if node in near], "in the same order every time"


def test_an_entity_by_any_name(graph: KnowledgeGraph) -> None:
    zone = graph.entity("左云开发区")
    assert (zone.kind, zone.label) == ("Zone", "左云经济技术开发区")
    assert "左云经开区" in zone.aliases
    facts = zone.to_pandas()
    assert len(facts) == len(zone.stated) + len(zone.derived)
    assert facts.loc[facts["modality"] != "derived", "quote"].notna().all()
    assert graph.entity("左云经开区", lang="en").facts().column("property") != zone.facts().column("property")


def test_notebooks_get_tables_with_every_text_escaped(graph: KnowledgeGraph) -> None:
    for shown in (graph, graph.entity("左云经开区"), graph.query("leaders")):
        assert shown._repr_html_().count("<table>") == 1
    assert "左云经济技术开发区" in graph.query("leaders")._repr_html_()
    evil = first(("<b>",), [("<script>alert(1)</script>",)] * 60)
    assert "<script>" not in evil and "<b>" not in evil and evil.count("<tr>") == 51


def test_constructed_triples_are_rows(graph: KnowledgeGraph) -> None:
    made = graph.query("CONSTRUCT { ?z a lz:Zone } WHERE { ?z a lz:Zone }")
    assert made.variables == ("subject", "predicate", "object")
    assert {row.subject for row in made} == {row["z"] for row in graph.query("SELECT ?z { ?z a lz:Zone }")}
    assert json.loads(made.to("json"))[0]["predicate"].endswith("#type")


def test_an_address_that_is_none() -> None:
    for url, why in (
        ("localhost:7878", "begins with http"),
        ("http://a:b@localhost/", "leave the login out"),
    ):
        with pytest.raises(UsageError, match=why):
            kg.connect(url)
