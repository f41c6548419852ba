"""A graph as a networkx view: entities as nodes, what lies between them as edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

import networkx as nx
from pyoxigraph import QuerySolutions

from kg.graph.sparql import Queryable
from kg.ontology import labels, segments

_ENTITIES = """
SELECT ?iri ?type ?label ?alias WHERE {
  VALUES ?type { lz:Zone lz:Park lz:Place lz:Firm lz:Project lz:Chain lz:Industry lz:Product lz:Institution lz:Person }
  ?iri a ?type ; skos:prefLabel ?label . FILTER(lang(?label) = "zh")
  OPTIONAL { ?iri skos:altLabel ?alias }
} ORDER BY ?iri ?alias"""

_MENTIONED = """
SELECT DISTINCT ?iri ?article WHERE {
  GRAPH ?article { ?mention lz:refersTo ?iri }
} ORDER BY ?iri ?article"""

_CLAIMS = """
SELECT ?claim ?subject ?predicate ?object ?confidence ?quote ?article ?headline ?unit WHERE {
  ?claim a lz:Claim ; lz:modality lz:asserted ; rdf:subject ?subject ; rdf:predicate ?predicate ;
    rdf:object ?object ; lz:confidence ?confidence ; lz:quote ?quote ; prov:wasQuotedFrom ?article .
  ?article schema:headline ?headline .
  OPTIONAL { ?claim lz:unit ?unit }
  FILTER(?predicate != lz:observation)
} ORDER BY ?subject ?object ?predicate DESC(?confidence) ?claim"""

_DERIVED = """
SELECT ?subject ?predicate ?object WHERE {
  VALUES ?predicate { lz:inSegment lz:memberUnderLeader lz:potentialSupplierOf }
  ?subject ?predicate ?object
} ORDER BY ?subject ?object ?predicate"""


def network(graph: Queryable, lang: Literal["zh", "en"] = "zh") -> nx.MultiDiGraph[str]:
    """The entities of a graph, by IRI, and the relations that texts assert or that were computed.

    A node has `kind` (Zone, Firm, …), `label`, `aliases`, `provenance` (the IRIs of the articles that name it)
    and, where known, `status`, `segments` (lists of labels) and `totalInvestment` (the largest stated, yuan). An edge
    is keyed by its property and has `kind` (the property), `label` and `provenance`: `stated` with the surest
    `quote`, its `article`, `headline` and `confidence`, and the number of `claims`; or `derived`.
    """
    words, base = labels(lang), graph.iris.ontology_base
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in _rows(graph, _ENTITIES):
        if row["iri"] not in drawn:
            kind = row["type"].removeprefix(base)
            drawn.add_node(row["iri"], kind=kind, label=row["label"], aliases=[], provenance=[])
        if "alias" in row:
            drawn.nodes[row["iri"]]["aliases"].append(row["alias"])
    for row in _rows(graph, _MENTIONED):
        if row["iri"] in drawn:
            drawn.nodes[row["iri"]]["provenance"].append(row["article"])
    told: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    for row in _rows(graph, _CLAIMS):
        predicate = row["predicate"].removeprefix(base)
        if row["subject"] not in drawn:
            continue
        if row["object"] in drawn:
            told[row["subject"], row["object"], predicate].append(row)
        else:
            _note(drawn.nodes[row["subject"]], predicate, row, words, base)
    for (subject, target, predicate), rows in told.items():
        surest = rows[0]
        drawn.add_edge(
            subject,
            target,
            key=predicate,
            kind=predicate,
            label=words.get(predicate, predicate),
            provenance="stated",
            claims=len(rows),
            confidence=float(surest["confidence"]),
            quote=surest["quote"],
            article=surest["article"],
            headline=surest["headline"],
        )
    named = {segment.iri: words[segment.id] for segment in segments().values()}
    for row in _rows(graph, _DERIVED):
        predicate = row["predicate"].removeprefix(base)
        if row["subject"] not in drawn:
            continue
        if predicate == "inSegment":
            drawn.nodes[row["subject"]].setdefault("segments", []).append(
                named.get(row["object"], row["object"])
            )
        elif row["object"] in drawn:
            label = words.get(predicate, predicate)
            drawn.add_edge(
                row["subject"],
                row["object"],
                key=predicate,
                kind=predicate,
                label=label,
                provenance="derived",
            )
    return drawn


def _note(node: dict[str, Any], predicate: str, row: dict[str, str], words: Any, base: str) -> None:
    """What a claim without an entity for object tells of its subject."""
    if predicate == "status":
        phase = words.get(row["object"].removeprefix(base), row["object"])
        if phase not in node.setdefault("status", []):
            node["status"].append(phase)
    elif predicate == "totalInvestment" and row.get("unit") == "CNY":
        node["totalInvestment"] = max(Decimal(row["object"]), node.get("totalInvestment", Decimal(0)))


def _rows(graph: Queryable, query: str) -> Iterator[dict[str, str]]:
    """The rows of a query as text by variable, without those that are not bound."""
    answer = graph.answer(query)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        found = {name: getattr(solution[name], "value", None) for name in names}
        yield {name: value for name, value in found.items() if value is not None}
