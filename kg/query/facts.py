"""One entity with all that is known of it, each fact with its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kg.errors import UsageError
from kg.graph import Graph
from kg.query.binding import bind
from kg.query.results import Value, rows

_PREFIXES = """
PREFIX lz: <https://w3id.org/lianzhu/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX schema: <https://schema.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""

_NAMES = (
    _PREFIXES
    + """
SELECT ?iri ?name ?type ?label WHERE {
  ?iri skos:prefLabel|skos:altLabel ?name ; a ?type ; skos:prefLabel ?label .
  FILTER(STRSTARTS(STR(?type), STR(lz:)))
  FILTER(lang(?label) = "zh" && ?type NOT IN (lz:Segment, lz:ChainTemplate, lz:Claim, lz:Mention))
} ORDER BY ?name ?iri"""
)

_FACTS = (
    _PREFIXES
    + """
SELECT ?claim ?subject ?subjectLabel ?predicate ?object ?objectLabel ?modality ?confidence ?rule
       ?quote ?unit ?max ?printed ?date ?indicator ?of ?title ?product ?article ?headline ?published
WHERE {
  # values
  { ?claim rdf:subject ?entity } UNION { ?claim rdf:object ?entity }
  ?claim a lz:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    lz:quote ?quote ; lz:confidence ?confidence ; lz:rule ?rule ; prov:wasQuotedFrom ?article .
  ?subject skos:prefLabel ?subjectLabel .
  OPTIONAL { ?object skos:prefLabel ?objectLabel . FILTER(lang(?objectLabel) = "zh") }
  OPTIONAL { ?claim lz:modality ?modality }
  OPTIONAL { ?claim lz:unit ?unit }
  OPTIONAL { ?claim lz:maxValue ?max }
  OPTIONAL { ?claim lz:asPrinted ?printed }
  OPTIONAL { ?claim lz:date ?date }
  OPTIONAL { ?claim lz:indicator ?indicator }
  OPTIONAL { ?claim lz:of ?of }
  OPTIONAL { ?claim lz:title ?title }
  OPTIONAL { ?claim lz:product ?product }
  ?article schema:headline ?headline .
  OPTIONAL { ?article schema:datePublished ?published }
} ORDER BY ?predicate ?claim"""
)

_DERIVED = (
    _PREFIXES
    + """
SELECT ?subject ?subjectLabel ?predicate ?object ?objectLabel WHERE {
  # values
  GRAPH ?derived { ?subject ?predicate ?object }
  FILTER(?subject = ?entity || ?object = ?entity)
  FILTER(STRENDS(STR(?derived), "/graph/derived"))
  ?subject skos:prefLabel ?subjectLabel . FILTER(lang(?subjectLabel) = "zh")
  ?object skos:prefLabel ?objectLabel . FILTER(lang(?objectLabel) = "zh")
} ORDER BY ?predicate ?subject ?object"""
)


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity as people see it: IRI, kind (`Zone`), Chinese label and other names."""

    iri: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim about an entity, or (without a quote) a triple that was computed."""

    subject: str
    subject_label: str
    predicate: str
    object: Value
    object_label: str | None
    quote: str | None = None
    article: str | None = None
    headline: str | None = None
    published: str | None = None
    modality: str = "asserted"
    confidence: Decimal | None = None
    rule: str | None = None
    unit: str | None = None
    max_value: Value = None
    printed: str | None = None
    date: str | None = None
    indicator: str | None = None
    of: str | None = None
    title: str | None = None
    product: str | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """An entity, what texts say of it (as subject or object) and what was computed."""

    thing: Thing
    stated: tuple[Fact, ...]
    derived: tuple[Fact, ...]


def things(graph: Graph) -> list[Thing]:
    """Every entity of the graph with its names, in order of IRI."""
    found: dict[str, tuple[str, str, set[str]]] = {}
    for row in rows(graph, _NAMES):
        kind = str(row["type"]).rsplit("#", 1)[-1]
        entry = found.setdefault(str(row["iri"]), (kind, str(row["label"]), set()))
        entry[2].add(str(row["name"]))
    return [
        Thing(iri, kind, label, tuple(sorted(names - {label})))
        for iri, (kind, label, names) in sorted(found.items())
    ]


def find(graph: Graph, name: str) -> Thing:
    """The entity of a name, an alias or an IRI.

    An exact name wins over one that only contains the words. Raises UsageError if nothing fits
    (naming what comes near) or several things do (naming them).
    """
    known = things(graph)
    exact = [t for t in known if name in (t.iri, t.label, *t.aliases) or t.iri.endswith("/id/" + name)]
    if len(exact) > 1 and (best := [t for t in exact if t.label == name]):
        exact = best
    fits = exact or [t for t in known if any(name in n for n in (t.label, *t.aliases))]
    if len(fits) == 1:
        return fits[0]
    if fits:
        listed = ", ".join(f"{t.label} ({t.kind.lower()}/…)" if not exact else _short(t) for t in fits[:8])
        more = f" and {len(fits) - 8} more" if len(fits) > 8 else ""
        raise UsageError(f"{name!r} fits {len(fits)} things: {listed}{more}; give the full name or the IRI")
    near = _near(name, known)
    hint = f"; near it: {', '.join(near)}" if near else "; kg info shows what the graph holds"
    raise UsageError(f"nothing in the graph is named {name!r}{hint}")


def _short(thing: Thing) -> str:
    return thing.iri.split("/id/", 1)[-1]


def _near(name: str, known: Sequence[Thing]) -> list[str]:
    """Labels that share the most characters with a name, best first."""

    def shared(thing: Thing) -> float:
        names = (thing.label, *thing.aliases)
        return max(len(set(name) & set(n)) / max(len(set(name) | set(n)), 1) for n in names)

    ranked = sorted(known, key=lambda t: (-shared(t), t.label))
    return [t.label for t in ranked[:4] if shared(t) >= 0.3]


def describe(graph: Graph, name: str) -> Description:
    """All that is known of the entity of a name. Raises UsageError as `find` does."""
    thing = find(graph, name)
    entity = {"entity": ox.NamedNode(thing.iri)}
    stated = tuple(
        Fact(
            subject=str(r["subject"]),
            subject_label=str(r["subjectLabel"]),
            predicate=_local(r["predicate"]) or "",
            object=r["object"],
            object_label=_text(r["objectLabel"]),
            quote=_text(r["quote"]),
            article=_text(r["article"]),
            headline=_text(r["headline"]),
            published=_text(r["published"]),
            modality=_local(r["modality"]) or "asserted",
            confidence=Decimal(str(r["confidence"])),
            rule=_text(r["rule"]),
            unit=_text(r["unit"]),
            max_value=r["max"],
            printed=_text(r["printed"]),
            date=_text(r["date"]),
            indicator=_local(r["indicator"]),
            of=_text(r["of"]),
            title=_text(r["title"]),
            product=_text(r["product"]),
        )
        for r in rows(graph, bind(_FACTS, entity))
    )
    derived = tuple(
        Fact(
            subject=str(r["subject"]),
            subject_label=str(r["subjectLabel"]),
            predicate=_local(r["predicate"]) or "",
            object=r["object"],
            object_label=str(r["objectLabel"]),
        )
        for r in rows(graph, bind(_DERIVED, entity))
    )
    return Description(thing, stated, derived)


def _text(item: Value) -> str | None:
    return None if item is None else str(item)


def _local(item: Value) -> str | None:
    return None if item is None else str(item).rsplit("#", 1)[-1]
