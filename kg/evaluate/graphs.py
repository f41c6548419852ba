"""What a graph says of its sources, as documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

from kg.evaluate.documents import RELATIONS, TYPES, DocEntity, DocFact, Document, states
from kg.graph import Graph
from kg.query.results import rows


def from_graph(graph: Graph, only: Collection[str] | None = None) -> dict[str, Document]:
    """What the graph says of each of its sources (of those in `only`), by the source's identifier.

    Negated claims are left out; so are expected relations and phases, which no text asserts.
    """
    articles: dict[str, list[str]] = defaultdict(list)
    for r in rows(graph, "SELECT ?a ?id { ?a dcterms:isPartOf ?s . ?s dcterms:identifier ?id } ORDER BY ?a"):
        if only is None or r["id"] in only:
            articles[str(r["id"])].append(str(r["a"]))
    kinds: dict[str, str] = {}
    for r in rows(graph, "SELECT ?e ?t { ?e a ?t }"):
        kind = str(r["t"]).removeprefix(graph.iris.ontology_base)
        known = kinds.get(str(r["e"]), TYPES[-1])
        if kind in TYPES and TYPES.index(kind) <= TYPES.index(known):
            kinds[str(r["e"])] = kind
    labels: dict[str, set[str]] = defaultdict(set)
    for r in rows(graph, "SELECT ?e ?l { ?e skos:prefLabel ?l . FILTER(lang(?l) != 'en') }"):
        labels[str(r["e"])].add(str(r["l"]))
    return {doc: _document(graph, doc, articles[doc], kinds, labels) for doc in sorted(articles)}


def _document(
    graph: Graph, doc: str, articles: list[str], kinds: dict[str, str], labels: dict[str, set[str]]
) -> Document:
    forms: dict[str, set[str]] = defaultdict(set)
    claims: dict[str, dict[str, Any]] = defaultdict(dict)
    texts = []
    for article in articles:
        inside = f"GRAPH <{article}>"
        for r in rows(graph, f"SELECT ?b {{ {inside} {{ <{article}> schema:articleBody ?b }} }}"):
            texts.append(str(r["b"]))
        for r in rows(
            graph, f"SELECT ?e ?t {{ {inside} {{ ?m a lz:Mention; lz:refersTo ?e; lz:text ?t }} }}"
        ):
            forms[str(r["e"])].add(str(r["t"]))
        for r in rows(graph, f"SELECT ?c ?p ?o {{ {inside} {{ ?c a lz:Claim ; ?p ?o }} }}"):
            value = r["o"]
            if isinstance(value, str):
                value = value.removeprefix(graph.iris.ontology_base)
            claims[str(r["c"])][_local(graph, str(r["p"]))] = value
    entities: dict[str, DocEntity] = {}

    def entity(iri: str) -> str | None:
        if iri not in entities:
            names = sorted(forms.get(iri) or labels.get(iri) or (), key=lambda n: (-len(n), n))
            if iri not in kinds or not names:
                return None
            entities[iri] = DocEntity(f"e{len(entities) + 1}", kinds[iri], tuple(names))
        return entities[iri].id

    for iri in sorted(forms):
        entity(iri)
    facts: dict[tuple[object, ...], DocFact] = {}
    for _, claim in sorted(claims.items()):
        fact = _fact(claim, entity)
        if fact is None:
            continue
        key = (fact.predicate, fact.subject, fact.object, fact.value, fact.unit, fact.indicator)
        period = claim.get("date") if fact.predicate == "observation" else None
        more = (claim.get("of"), claim.get("product"), claim.get("maxValue"), period)
        facts.setdefault((*key, *more), fact)
    return Document(doc, tuple(entities.values()), tuple(facts.values()), tuple(texts))


def _local(graph: Graph, property: str) -> str:
    return property.removeprefix(graph.iris.ontology_base).rsplit("#", 1)[-1]


def _fact(claim: dict[str, Any], entity: Callable[[str], str | None]) -> DocFact | None:
    predicate = str(claim["predicate"])
    if not states(predicate, str(claim.get("modality", "asserted"))):
        return None
    subject = entity(str(claim["subject"]))
    target = entity(str(claim["object"])) if predicate in RELATIONS else None
    if subject is None or (predicate in RELATIONS and target is None):
        return None
    value: float | str | None = None
    if predicate == "status":
        value = str(claim["object"])
    elif predicate not in RELATIONS:
        value = float(claim["object"])
    return DocFact(
        predicate,
        subject,
        target,
        value,
        str(claim.get("unit") or ""),
        claim.get("indicator"),
        str(claim.get("quote", "")),
        float(claim["confidence"]) if "confidence" in claim else None,
        str(claim.get("rule") or ""),
    )
