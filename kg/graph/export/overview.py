"""What the formats for people share: entities with their names, claims as plain fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.graph import Graph
from kg.graph.vocabulary import ALIAS, LABEL, PROV, RDF, SCHEMA, SKOS, TYPE


@dataclass(frozen=True, slots=True)
class Named:
    """An entity: its kind (`Zone`), Chinese label, other names and codes in other schemes."""

    kind: str
    label: str
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def values(quads: Iterator[Quad]) -> dict[str, dict[str, list[str]]]:
    """Quads as text: subject → property → objects, all in order."""
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in sorted(quads, key=str):
        if isinstance(quad.object, NamedNode | Literal) and isinstance(quad.subject, NamedNode):
            told[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return told


def entities(graph: Graph) -> dict[str, Named]:
    """The entities of a graph by IRI, in order."""
    base = graph.iris.ontology_base
    return {
        iri: Named(
            told[TYPE.value][0].removeprefix(base),
            told[LABEL.value][0],
            tuple(told.get(ALIAS.value, ())),
            tuple(told.get(SKOS + "notation", ())),
        )
        for iri, told in sorted(values(graph.quads(graph.iris.graph("entities"))).items())
        if TYPE.value in told and LABEL.value in told
    }


def claims(graph: Graph) -> Iterator[dict[str, str]]:
    """The claims of all articles as plain fields, in order: `subject`, `predicate`, `object`, `quote`, …

    Terms of the ontology are given by local name, all other IRIs whole.
    """
    base = graph.iris.ontology_base
    for article in graph.articles():
        told = values(graph.quads(article))
        about = told.get(article, {})
        for iri, fields in sorted(told.items()):
            if base + "Claim" not in fields.get(TYPE.value, ()):
                continue
            row = {
                "claim": iri,
                "article": article,
                "headline": "".join(about.get(SCHEMA + "headline", ())),
                "published": "".join(about.get(SCHEMA + "datePublished", ())),
            }
            for name, found in fields.items():
                if name not in (TYPE.value, PROV + "wasQuotedFrom"):
                    row[name.removeprefix(base).removeprefix(RDF)] = found[0].removeprefix(base)
            yield row
