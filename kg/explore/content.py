"""What a page shows: the graph's things, their links with strength, and the claims behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.graph import Graph
from kg.query.facts import Thing, things
from kg.query.results import Value, rows

_CLAIMS = """
SELECT ?claim ?s ?p ?o ?modality ?confidence ?quote ?printed ?unit ?date ?indicator ?of ?title ?product ?article
WHERE {
  ?claim a lz:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; lz:modality ?modality ;
    lz:confidence ?confidence ; lz:quote ?quote ; prov:wasQuotedFrom ?article .
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
  VALUES ?p { lz:memberUnderLeader lz:potentialSupplierOf geo:sfWithin }
  ?s ?p ?o .
} ORDER BY ?s ?p ?o"""

_ARTICLES = """
SELECT ?article ?headline ?published ?source WHERE {
  ?article a lz:Article ; schema:headline ?headline ; dcterms:isPartOf ?file . ?file dcterms:identifier ?source .
  OPTIONAL { ?article schema:datePublished ?published }
} ORDER BY ?article"""

DERIVED = {"memberUnderLeader": "member", "potentialSupplierOf": "potential"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim on the page: `target` an IRI for relations, else `text` the figure or phase in words."""

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


@dataclass(slots=True)
class Content:
    """All that a page may show; `articles` maps an IRI to (headline, date, source)."""

    things: dict[str, Thing]
    statements: list[Statement]
    links: list[Link]
    articles: dict[str, tuple[str, str, str]]
    within: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def neighbours(self) -> dict[str, set[str]]:
        """The things that each thing is linked to, in either direction."""
        near: dict[str, set[str]] = defaultdict(set)
        for link in self.links:
            near[link.source].add(link.target)
            near[link.target].add(link.source)
        return near


def content(graph: Graph) -> Content:
    """What the graph holds, for a page."""
    known = {t.iri: t for t in things(graph)}
    statements = []
    links: dict[tuple[str, str, str], Link] = {}
    for r in rows(graph, _CLAIMS):
        subject, predicate, modality = str(r["s"]), _local(r["p"]), _local(r["modality"])
        target = str(r["o"]) if str(r["o"]) in known else None
        notes = {k: _local(v) if k == "indicator" else str(v) for k in _NOTES if (v := r[k]) is not None}
        value = _local(r["o"]) if isinstance(r["o"], str) and target is None else r["o"]
        statements.append(
            Statement(
                subject,
                predicate,
                target,
                None if target else value,
                str(r["quote"]),
                str(r["article"]),
                float(str(r["confidence"])),
                modality,
                notes,
            )
        )
        if target and modality != "negated" and subject != target:
            key = (subject, predicate, target)
            if key not in links or modality == "asserted":
                links[key] = Link(
                    subject, target, predicate, "stated" if modality == "asserted" else "expected"
                )
    found = Content(known, statements, [], _articles(graph))
    for r in rows(graph, _DERIVED):
        source, predicate, target = str(r["s"]), _local(r["p"]), str(r["o"])
        if source in known and target in known:
            if predicate in DERIVED:
                links[source, predicate, target] = Link(source, target, predicate, DERIVED[predicate])
            else:
                found.within[source].add(target)
    found.links = [links[key] for key in sorted(links)]
    return found


_NOTES = ("printed", "unit", "date", "indicator", "of", "title", "product")


def _articles(graph: Graph) -> dict[str, tuple[str, str, str]]:
    return {
        str(r["article"]): (str(r["headline"]), str(r["published"] or ""), str(r["source"]))
        for r in rows(graph, _ARTICLES)
    }


def _local(value: Value) -> str:
    return str(value).rsplit("#", 1)[-1]
