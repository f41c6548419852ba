"""The seeds' graph as plain Python sets, to answer the saved questions a second time without SPARQL."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.graph import Graph

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
WITHIN = ("locatedIn", "parkOf", "http://www.opengis.net/ont/geosparql#sfWithin")


class Plain:
    """Objects by property and subject. Properties of the ontology go by local name, others by IRI."""

    def __init__(self, graph: Graph) -> None:
        self.base = graph.iris.ontology_base
        self.triples: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.label: dict[str, str] = {}
        for quad in graph.quads():
            subject, predicate, target = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, NamedNode) or not isinstance(target, NamedNode | Literal):
                continue
            self.triples[predicate.removeprefix(self.base)][subject.value].add(target.value)
            if predicate == SKOS + "prefLabel" and isinstance(target, Literal) and target.language == "zh":
                self.label[subject.value] = target.value

    def __call__(self, predicate: str, subject: str) -> set[str]:
        """The objects of a subject."""
        return self.triples[predicate].get(subject, set())

    def pairs(self, predicate: str) -> set[tuple[str, str]]:
        return {(s, o) for s, objects in self.triples[predicate].items() for o in objects}

    def a(self, kind: str) -> set[str]:
        """The instances of a class of the ontology."""
        return {s for s, o in self.pairs(RDF + "type") if o == self.base + kind}

    def names(self, iris: set[str]) -> set[str]:
        return {self.label[iri] for iri in iris}

    def around(self, iri: str) -> set[str]:
        """A place with all that it lies in."""
        found, fresh = set(), {iri}
        while fresh:
            found |= fresh
            fresh = {o for s in fresh for predicate in WITHIN for o in self(predicate, s)} - found
        return found

    def inside(self, iris: set[str], zone: str) -> bool:
        """Whether one of some places is, or lies in, another."""
        return any(zone in self.around(iri) for iri in iris)

    def claims(self, predicate: str) -> list[dict[str, str]]:
        """The claims of a property, each field one value (of ours by local name)."""
        found = []
        for claim in self.a("Claim"):
            fields = {p: next(iter(o[claim])) for p, o in self.triples.items() if claim in o}
            if fields[RDF + "predicate"] == self.base + predicate:
                short = {p.removeprefix(RDF): value for p, value in fields.items()}
                found.append({p: value.removeprefix(self.base) for p, value in short.items()})
        return found


def number(text: str) -> Decimal:
    return Decimal(text)
