"""One entity with all that is known of it, each fact with its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

import pyoxigraph as ox

from kg.errors import UsageError
from kg.graph import Queryable
from kg.model import EntityType
from kg.names import normal
from kg.query.binding import bind
from kg.query.results import Value, rows

_KINDS = frozenset(EntityType)

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")

_NAMES = """
SELECT ?iri ?name ?type ?label WHERE {
  VALUES ?iri { $iri }
  ?iri skos:prefLabel $labelled .
  ?iri skos:altLabel $alias .
  ?iri a ?type ; skos:prefLabel ?label ; skos:prefLabel|skos:altLabel ?name . FILTER(lang(?label) = "zh")
}"""

# All that must be there stands before the OPTIONALs, and no type is asked for: either way Oxigraph would go through
# every claim of the graph (minutes on 3 million triples, now milliseconds).
_FACTS = """
SELECT ?claim ?subject ?subjectLabel ?predicate ?object ?objectLabel ?modality ?confidence ?rule ?start
       ?quote ?unit ?max ?printed ?date ?indicator ?of ?title ?product ?article ?headline ?published
WHERE {
  { ?claim rdf:subject $entity } UNION { ?claim rdf:object $entity }
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; lz:start ?start ;
    lz:quote ?quote ; lz:confidence ?confidence ; lz:rule ?rule ; prov:wasQuotedFrom ?article .
  ?article schema:headline ?headline .
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
  OPTIONAL { ?article schema:datePublished ?published }
} ORDER BY ?predicate ?article ?start ?claim"""

_DERIVED = """
SELECT ?subject ?subjectLabel ?predicate ?object ?objectLabel ?objectLabelEn WHERE {
  VALUES ?predicate { lz:inSegment lz:hasSegment lz:follows lz:memberUnderLeader lz:potentialSupplierOf }
  { $entity ?predicate ?object . BIND($entity AS ?subject) }
  UNION { ?subject ?predicate $entity . BIND($entity AS ?object) }
  ?subject skos:prefLabel ?subjectLabel . FILTER(lang(?subjectLabel) = "zh")
  ?object skos:prefLabel ?objectLabel . FILTER(lang(?objectLabel) = "zh")
  OPTIONAL { ?object skos:prefLabel ?objectLabelEn . FILTER(lang(?objectLabelEn) = "en") }
} ORDER BY ?predicate ?subject ?object"""


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity as people see it: IRI, kind (`Zone`), Chinese label and other names."""

    iri: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim about an entity, or (without a quote) a triple that was computed.

    `concept` is the local name where the object is a concept: `inProduction`. The fields from `quote` to
    `rule` are the evidence; the others are what is said.
    """

    subject: str
    subject_label: str
    predicate: str
    object: Value
    object_label: str | None
    concept: str | None = None
    quote: str | None = None
    article: str | None = None
    headline: str | None = None
    published: str | None = None
    start: int | None = None
    confidence: Decimal | None = None
    rule: str | None = None
    modality: str = "asserted"
    unit: str | None = None
    max_value: Value = None
    printed: str | None = None
    date: str | None = None
    indicator: str | None = None
    of: str | None = None
    title: str | None = None
    product: str | None = None


_EVIDENCE = frozenset({"quote", "article", "headline", "published", "start", "confidence", "rule"})
_SAID = tuple(field.name for field in fields(Fact) if field.name not in _EVIDENCE)


@dataclass(frozen=True, slots=True)
class Description:
    """An entity, what texts say of it (as subject or object) and what was computed."""

    thing: Thing
    stated: tuple[Fact, ...]
    derived: tuple[Fact, ...]


def things(graph: Queryable) -> list[Thing]:
    """Every entity of the graph with its names, in order of IRI."""
    return _things(graph)


def _things(graph: Queryable, **known: ox.NamedNode | ox.Literal) -> list[Thing]:
    """The entities of which something is known: `iri`, `labelled` or `alias`."""
    found: dict[str, tuple[str, str, set[str]]] = {}
    for row in rows(graph, bind(_NAMES, known, {"iri", "labelled", "alias"} - known.keys())):
        kind = str(row["type"]).removeprefix(graph.iris.ontology_base)
        if kind not in _KINDS:
            continue
        entry = found.setdefault(str(row["iri"]), (kind, str(row["label"]), set()))
        entry[2].add(str(row["name"]))
    return [
        Thing(iri, kind, label, tuple(sorted(names - {label})))
        for iri, (kind, label, names) in sorted(found.items())
    ]


def find(graph: Queryable, name: str) -> Thing:
    """The entity of a name, an alias or an IRI (whole, or from `zone/` on).

    A name that fits exactly wins over one that does but for spaces, brackets and the like, and that over
    one that only contains the words. Raises UsageError if nothing fits (naming what comes near) or several
    things do (naming them).
    """
    name = name.strip()
    if not name:
        raise UsageError("no name given")
    for found in _fitting(graph, name):
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(_short(graph, t) for t in found[:8])
            more = f" and {len(found) - 8} more" if len(found) > 8 else ""
            raise UsageError(f"{name!r} fits {len(found)} things: {listed}{more}; name one of these")
    near = _near(name, things(graph))
    hint = f"; near it: {', '.join(near)}" if near else "; kg info shows what the graph holds"
    raise UsageError(f"nothing in the graph is named {name!r}{hint}")


def _fitting(graph: Queryable, name: str) -> Iterator[list[Thing]]:
    """What fits a name, from the strictest way to the loosest; all names are looked at only where need be."""
    if "/" in name:
        for iri in (name, graph.iris.entity(name), graph.iris.id_base + name):
            if _IRI.fullmatch(iri):
                yield _things(graph, iri=ox.NamedNode(iri))
    literal = ox.Literal(name, language="zh")
    yield _things(graph, labelled=literal)
    yield _things(graph, alias=literal)
    known, plain = things(graph), normal(name)
    yield [t for t in known if plain and plain in map(normal, (t.label, *t.aliases))]
    yield [t for t in known if any(name in called for called in (t.label, *t.aliases))]


def _short(graph: Queryable, thing: Thing) -> str:
    return graph.iris.entity_id(thing.iri) or thing.iri


def _near(name: str, known: Sequence[Thing]) -> list[str]:
    """Labels that share the most characters with a name, best first."""

    def shared(thing: Thing) -> float:
        names = (thing.label, *thing.aliases)
        return max(len(set(name) & set(n)) / max(len(set(name) | set(n)), 1) for n in names)

    ranked = sorted(known, key=lambda t: (-shared(t), t.label))
    return [t.label for t in ranked[:4] if shared(t) >= 0.3]


def describe(graph: Queryable, name: str, lang: str = "zh") -> Description:
    """All that is known of the entity of a name; segments and templates are named in `lang`.

    Raises UsageError as `find` does.
    """
    thing = find(graph, name)
    entity = {"entity": ox.NamedNode(thing.iri)}
    base = graph.iris.ontology_base

    def local(item: Value) -> str | None:
        return None if item is None else str(item).removeprefix(base)

    stated = tuple(
        Fact(
            subject=str(r["subject"]),
            subject_label=str(r["subjectLabel"]),
            predicate=local(r["predicate"]) or "",
            object=r["object"],
            object_label=_text(r["objectLabel"]),
            concept=local(r["object"]) if str(r["object"]).startswith(base) else None,
            quote=_text(r["quote"]),
            article=_text(r["article"]),
            headline=_text(r["headline"]),
            published=_text(r["published"]),
            start=int(str(r["start"])),
            confidence=Decimal(str(r["confidence"])),
            rule=_text(r["rule"]),
            modality=local(r["modality"]) or "asserted",
            unit=_text(r["unit"]),
            max_value=r["max"],
            printed=_text(r["printed"]),
            date=_text(r["date"]),
            indicator=local(r["indicator"]),
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
            predicate=local(r["predicate"]) or "",
            object=r["object"],
            object_label=str((lang == "en" and r["objectLabelEn"]) or r["objectLabel"]),
        )
        for r in rows(graph, bind(_DERIVED, entity))
    )
    return Description(thing, stated, derived)


def merged(facts: Iterable[Fact]) -> list[tuple[Fact, ...]]:
    """Facts that say the same, together: one group for each thing said, in the order in which it first comes."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        groups.setdefault(tuple(getattr(fact, name) for name in _SAID), []).append(fact)
    return [tuple(group) for group in groups.values()]


def _text(item: Value) -> str | None:
    return None if item is None else str(item)
