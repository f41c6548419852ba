"""What a page shows: the graph's things, their links with strength, and the claims behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.graph import Graph
from kg.graph.deriving import PHASES, Presence, Status, presence
from kg.model import EntityType
from kg.query.facts import Thing, things
from kg.query.results import Value, rows

_CLAIMS = """
SELECT ?claim ?s ?p ?o ?modality ?confidence ?quote ?max ?printed ?unit ?date ?indicator ?of ?title ?product
  ?article
WHERE {
  ?claim a lz:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; lz:modality ?modality ;
    lz:confidence ?confidence ; lz:quote ?quote ; prov:wasQuotedFrom ?article .
  OPTIONAL { ?claim lz:maxValue ?max }
  OPTIONAL { ?claim lz:asPrinted ?printed }
  OPTIONAL { ?claim lz:unit ?unit }
  OPTIONAL { ?claim lz:date ?date }
  OPTIONAL { ?claim lz:indicator ?indicator }
  OPTIONAL { ?claim lz:of ?of }
  OPTIONAL { ?claim lz:title ?title }
  OPTIONAL { ?claim lz:product ?product }
} ORDER BY ?article ?claim"""

_DERIVED = """
SELECT ?s ?p ?o WHERE {
  VALUES ?p { lz:memberUnderLeader lz:potentialSupplierOf }
  ?s ?p ?o .
} ORDER BY ?s ?p ?o"""

_ARTICLES = """
SELECT ?article ?headline ?published ?source WHERE {
  ?article a lz:Article ; schema:headline ?headline ; dcterms:isPartOf ?file . ?file dcterms:identifier ?source .
  OPTIONAL { ?article schema:datePublished ?published }
} ORDER BY ?article"""

DERIVED = {"memberUnderLeader": "member", "potentialSupplierOf": "potential"}
_NOTES = ("max", "printed", "unit", "date", "indicator", "of", "title", "product")
_KINDS = frozenset(EntityType)
_STATES = {
    Presence.PRODUCING: "producing",
    Presence.BUILDING: "building",
    Presence.PLANNED: "planned",
    Presence.SUSPENDED: "suspended",
    Presence.UNKNOWN: "untold",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim on the page: `target` an IRI for relations, else `value` the figure or the phase's name."""

    subject: str
    predicate: str
    target: str | None
    value: Value
    quote: str
    article: str
    confidence: float
    modality: str
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two things: `strength` is stated, expected, member or potential."""

    source: str
    target: str
    predicate: str
    strength: str


@dataclass(frozen=True, slots=True)
class Content:
    """All that a page may show.

    `states` says how far each project has come; `articles` maps an IRI to (headline, date, source).
    """

    things: dict[str, Thing]
    statements: list[Statement]
    links: list[Link]
    states: dict[str, str]
    articles: dict[str, tuple[str, str, str]]


def content(graph: Graph) -> Content:
    """What the graph holds, for a page: everything in order of IRI."""
    known = {t.iri: t for t in things(graph) if t.kind in _KINDS}
    statements = [s for row in rows(graph, _CLAIMS) if (s := _statement(row, known)).subject in known]
    links: dict[tuple[str, str, str], Link] = {}
    for s in statements:
        if s.target is None or s.target == s.subject or s.modality == "negated":
            continue
        key = (s.subject, s.predicate, s.target)
        if key not in links or s.modality == "asserted":
            strength = "stated" if s.modality == "asserted" else "expected"
            links[key] = Link(s.subject, s.target, s.predicate, strength)
    for row in rows(graph, _DERIVED):
        source, predicate, target = str(row["s"]), _local(row["p"]), str(row["o"])
        if source in known and target in known:
            links[source, predicate, target] = Link(source, target, predicate, DERIVED[predicate])
    return Content(
        known, statements, [links[key] for key in sorted(links)], _states(known, statements), _articles(graph)
    )


def _statement(row: Mapping[str, Value], known: Mapping[str, Thing]) -> Statement:
    target = str(row["o"]) if str(row["o"]) in known else None
    value = _local(row["o"]) if isinstance(row["o"], str) else row["o"]
    return Statement(
        subject=str(row["s"]),
        predicate=_local(row["p"]),
        target=target,
        value=None if target else value,
        quote=str(row["quote"]),
        article=str(row["article"]),
        confidence=float(str(row["confidence"])),
        modality=_local(row["modality"]),
        notes={k: _local(v) if k == "indicator" else str(v) for k in _NOTES if (v := row[k]) is not None},
    )


def _states(known: Mapping[str, Thing], statements: list[Statement]) -> dict[str, str]:
    """How far each project has come, as the segments count it."""
    told: dict[str, list[Status]] = defaultdict(list)
    for s in statements:
        if s.predicate == "status" and s.modality == "asserted" and s.value in PHASES:
            told[s.subject].append(Status(str(s.value), s.notes.get("date", "")))
    projects = (iri for iri, thing in known.items() if thing.kind == EntityType.PROJECT)
    return {iri: _STATES[presence(told[iri])] for iri in projects}


def _articles(graph: Graph) -> dict[str, tuple[str, str, str]]:
    return {
        str(r["article"]): (str(r["headline"]), str(r["published"] or ""), str(r["source"]))
        for r in rows(graph, _ARTICLES)
    }


def _local(value: Value) -> str:
    return str(value).rsplit("#", 1)[-1]
