"""What the endpoint says of itself: the SPARQL 1.1 Service Description, and a VoID description of the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.vocabulary import DCTERMS, PROV, SCHEMA, SKOS, TYPE, integer, node, prefixes
from kg.query.results import rows
from kg.server.formats import FORMATS, GRAPHS, TABLES, write_graph
from kg.server.jobs import Desk, Sink
from kg.server.source import AnyGraph

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"

_CLASSES = "SELECT ?what (COUNT(?s) AS ?n) { ?s a ?what } GROUP BY ?what ORDER BY ?what"
_PROPERTIES = "SELECT ?what (COUNT(*) AS ?n) { ?s ?what ?o } GROUP BY ?what ORDER BY ?what"


@dataclass(frozen=True, slots=True)
class Service:
    """The service description of the endpoint at an address."""

    endpoint: str
    updates: bool
    accept: str

    def run(self, desk: Desk, sink: Sink) -> str:
        """Write it as RDF. Raises Refusal."""
        known = {**prefixes(desk.graph.iris), "sd": SD, "void": VOID}
        return write_graph(self._triples(desk), self.accept, sink, desk.limits.rows, known)

    def _triples(self, desk: Desk) -> Iterator[ox.Triple]:
        service, dataset, whole = node(self.endpoint), ox.BlankNode("dataset"), ox.BlankNode("all")
        languages = ["SPARQL11Query", *(["SPARQL11Update"] if self.updates else [])]
        yield ox.Triple(service, TYPE, node(SD + "Service"))
        yield ox.Triple(service, node(SD + "endpoint"), service)
        yield from (ox.Triple(service, node(SD + "supportedLanguage"), node(SD + name)) for name in languages)
        yield ox.Triple(service, node(SD + "feature"), node(SD + "UnionDefaultGraph"))
        names = {form.name for form, _ in (*TABLES.values(), *GRAPHS.values())}
        yield from (ox.Triple(service, node(SD + "resultFormat"), node(FORMATS + n)) for n in sorted(names))
        yield ox.Triple(service, node(SD + "defaultDataset"), dataset)
        yield ox.Triple(dataset, TYPE, node(SD + "Dataset"))
        yield ox.Triple(dataset, node(SD + "defaultGraph"), whole)
        yield ox.Triple(whole, TYPE, node(SD + "Graph"))
        yield ox.Triple(whole, node(VOID + "triples"), integer(desk.once("triples", _triples)))
        for i, name in enumerate(desk.graph.graphs()):
            named = ox.BlankNode(f"graph{i}")
            yield ox.Triple(dataset, node(SD + "namedGraph"), named)
            yield ox.Triple(named, TYPE, node(SD + "NamedGraph"))
            yield ox.Triple(named, node(SD + "name"), node(name))


@dataclass(frozen=True, slots=True)
class Void:
    """The VoID description of the graph that is served at a base address."""

    base: str
    accept: str

    def run(self, desk: Desk, sink: Sink) -> str:
        """Write it as RDF. Raises Refusal."""
        known = {**prefixes(desk.graph.iris), "void": VOID}
        return write_graph(self._triples(desk), self.accept, sink, desk.limits.rows, known)

    def _triples(self, desk: Desk) -> Iterator[ox.Triple]:
        graph = desk.graph
        iris, about = graph.iris, node(f"{self.base}void")
        dataset = node(f"{self.base}void#dataset")
        yield ox.Triple(about, TYPE, node(VOID + "DatasetDescription"))
        yield ox.Triple(about, node("http://xmlns.com/foaf/0.1/primaryTopic"), dataset)
        yield ox.Triple(dataset, TYPE, node(VOID + "Dataset"))
        for text, lang in (
            ("链主：开发区产业链知识图谱", "zh"),
            ("Lianzhu: a knowledge graph of development zones and their industry chains", "en"),
        ):
            yield ox.Triple(dataset, node(DCTERMS + "title"), ox.Literal(text, language=lang))
        yield ox.Triple(dataset, node(VOID + "sparqlEndpoint"), node(f"{self.base}sparql"))
        yield ox.Triple(dataset, node(VOID + "uriSpace"), ox.Literal(iris.id_base))
        vocabularies = (iris.ontology_base, SKOS, PROV, DCTERMS, SCHEMA)
        for name in vocabularies:
            yield ox.Triple(dataset, node(VOID + "vocabulary"), node(name))
        yield ox.Triple(dataset, node(VOID + "triples"), integer(desk.once("triples", _triples)))
        entities = sum(graph.info()["entities"].values())
        yield ox.Triple(dataset, node(VOID + "entities"), integer(entities))
        yield from self._parts(dataset, "class", "entities", desk.once("classes", _counts(_CLASSES)))
        yield from self._parts(dataset, "property", "triples", desk.once("properties", _counts(_PROPERTIES)))

    def _parts(
        self, dataset: ox.NamedNode, kind: str, measure: str, counts: Iterable[tuple[str, int]]
    ) -> Iterator[ox.Triple]:
        for i, (iri, number) in enumerate(counts):
            part = ox.BlankNode(f"{kind}{i}")
            yield ox.Triple(dataset, node(f"{VOID}{kind}Partition"), part)
            yield ox.Triple(part, node(VOID + kind), node(iri))
            yield ox.Triple(part, node(VOID + measure), integer(number))


def _triples(graph: AnyGraph) -> int:
    return sum(number for _, number in _counts(_PROPERTIES)(graph))


def _counts(query: str) -> Callable[[AnyGraph], list[tuple[str, int]]]:
    return lambda graph: [(str(row["what"]), int(str(row["n"]))) for row in rows(graph, query)]
