"""A graph as plain Python sets, to answer the saved questions a second time without SPARQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import Iris

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
WITHIN = ("locatedIn", "parkOf", "http://www.opengis.net/ont/geosparql#sfWithin")

Claim = dict[str, str]


class Quads(Protocol):
    """What has quads: a graph on disk, or one made up for a test."""

    iris: Iris

    def quads(self) -> Iterable[Quad]: ...


class Plain:
    """Objects by property and subject. Properties of the ontology go by local name, others by IRI."""

    def __init__(self, graph: Quads) -> None:
        self.base = graph.iris.ontology_base
        self.triples: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.label: dict[str, str] = {}
        self.word: dict[str, str] = {}
        for quad in graph.quads():
            subject, predicate, target = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, NamedNode) or not isinstance(target, NamedNode | Literal):
                continue
            self.triples[predicate.removeprefix(self.base)][subject.value].add(target.value)
            if isinstance(target, Literal) and target.language == "zh":
                if predicate == SKOS + "prefLabel":
                    self.label[subject.value] = target.value
                elif predicate == RDFS + "label":
                    self.word[subject.value] = target.value

    def __call__(self, predicate: str, subject: str) -> set[str]:
        """The objects of a subject."""
        return self.triples[predicate].get(subject, set())

    def one(self, predicate: str, subject: str) -> str | None:
        """The object of a subject that has one at most."""
        found = self(predicate, subject)
        assert len(found) <= 1, (predicate, subject, found)
        return next(iter(found), None)

    def subjects(self, predicate: str, target: str) -> set[str]:
        """What has an object."""
        return {s for s, objects in self.triples[predicate].items() if target in objects}

    def pairs(self, predicate: str) -> set[tuple[str, str]]:
        return {(s, o) for s, objects in self.triples[predicate].items() for o in objects}

    def a(self, *kinds: str) -> set[str]:
        """The instances of some classes of the ontology."""
        return {s for kind in kinds for s in self.subjects(RDF + "type", self.base + kind)}

    def names(self, iris: Iterable[str]) -> list[str]:
        """Labels, each once, in order."""
        return sorted({self.label[iri] for iri in iris})

    def around(self, iri: str) -> set[str]:
        """A place with all that it lies in."""
        return self.closure(iri, WITHIN)

    def closure(self, iri: str, predicates: Iterable[str]) -> set[str]:
        """A thing with all that some properties lead to from it, step by step."""
        found, fresh = set(), {iri}
        while fresh:
            found |= fresh
            fresh = {o for s in fresh for predicate in predicates for o in self(predicate, s)} - found
        return found

    def inside(self, iris: Iterable[str], zone: str | None) -> bool:
        """Whether one of some places is, or lies in, another; all are in no place in particular."""
        return zone is None or any(zone in self.around(iri) for iri in iris)

    def claims(self, predicate: str | None = None, modality: str | None = None) -> list[Claim]:
        """The claims of a property and modality: their fields, terms of ours and of RDF by local name, and `iri`."""
        return [
            claim
            for claim in self._claims
            if predicate in (None, claim["predicate"]) and modality in (None, claim["modality"])
        ]

    @cached_property
    def _claims(self) -> list[Claim]:
        found = []
        for iri in sorted(self.a("Claim")):
            fields = {p: next(iter(o[iri])) for p, o in self.triples.items() if iri in o}
            short = {p.removeprefix(RDF).removeprefix(PROV): value for p, value in fields.items()}
            found.append({"iri": iri} | {p: value.removeprefix(self.base) for p, value in short.items()})
        return found
