"""How two things hang together: the shortest and the best-evidenced paths of stated facts between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise
from math import log
from typing import Any

import networkx as nx
from pyoxigraph import NamedNode, QuerySolutions

from kg.graph import Queryable
from kg.query.facts import Thing
from kg.query.results import rows

_EDGES = """
SELECT ?s ?o (MAX(?c) AS ?best) WHERE {
  ?claim lz:modality lz:asserted ; rdf:object ?o ; rdf:predicate ?p ; rdf:subject ?s ; lz:confidence ?c .
  FILTER(isIRI(?o) && ?p != lz:status && ?s != ?o)
} GROUP BY ?s ?o"""

_NAMES = """
SELECT ?iri ?type ?label WHERE {
  VALUES ?iri { # values
  }
  ?iri a ?type ; skos:prefLabel ?label . FILTER(lang(?label) = "zh")
  FILTER(STRSTARTS(STR(?type), STR(lz:)))
}"""

_HOPS = """
SELECT ?s ?p ?o ?quote ?headline ?published ?confidence WHERE {
  VALUES (?s ?o) { # values
  }
  ?claim rdf:subject ?s ; rdf:object ?o ; rdf:predicate ?p ; lz:modality lz:asserted ; lz:quote ?quote ;
    lz:confidence ?confidence ; prov:wasQuotedFrom ?article .
  ?article schema:headline ?headline .
  OPTIONAL { ?article schema:datePublished ?published }
}"""

_MOST = 0.999  # no claim is taken for quite certain, so that every hop costs something


@dataclass(frozen=True, slots=True)
class Hop:
    """A stated fact between two things, `forward` if it says something of the first; with its surest sentence."""

    source: Thing
    target: Thing
    predicate: str
    forward: bool
    quote: str
    headline: str
    published: str | None
    confidence: Decimal


@dataclass(frozen=True, slots=True)
class Path:
    """Hops from one thing to another."""

    hops: tuple[Hop, ...]

    @property
    def confidence(self) -> float:
        """How sure all hops are together: the product of their confidences."""
        product = 1.0
        for hop in self.hops:
            product *= float(hop.confidence)
        return product


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest paths, the surest of them first, and the surest paths, however long.

    `through_places` says whether they had to lead through places to be found.
    """

    shortest: tuple[Path, ...]
    surest: tuple[Path, ...]
    through_places: bool


def paths(graph: Queryable, start: str, end: str, *, most: int = 3, through_places: bool = False) -> Paths:
    """Up to `most` paths of each sort between two things (IRIs); none where nothing joins them.

    Only what a text asserts counts, in either direction. That two things lie in one province says little, so
    paths lead through places (行政区划) only where `through_places` asks for it or nothing else joins the two.
    """
    net = _network(graph)
    found: tuple[list[list[str]], list[list[str]]] = ([], [])
    for places in (False, True) if not through_places else (True,):
        used = net if places else _without_places(net, graph, (start, end))
        found = shortest(used, start, end, most), surest(used, start, end, most)
        if found[0]:
            through_places = places
            break
    told = _Telling(graph, [path for sort in found for path in sort])
    return Paths(tuple(told.path(p) for p in found[0]), tuple(told.path(p) for p in found[1]), through_places)


def shortest(net: nx.Graph[str], start: str, end: str, most: int = 3) -> list[list[str]]:
    """The paths with the fewest hops, the surest of them first; edges have a `confidence`."""
    if start not in net or end not in net or start == end:
        return []
    try:
        hops = nx.shortest_path_length(net, start, end)
    except nx.NetworkXNoPath:
        return []

    # a hop more outweighs whatever doubts there may be on so short a path
    def cost(_: str, __: str, edge: Any) -> float:
        return 1.0 + _doubt(edge) / (hops * _doubt({"confidence": 0.0}) + 1.0)

    every: Iterator[list[str]] = nx.shortest_simple_paths(net, start, end, cost)
    return [path for path in islice(every, most) if len(path) == hops + 1]


def surest(net: nx.Graph[str], start: str, end: str, most: int = 3) -> list[list[str]]:
    """The paths whose confidences have the largest product; edges have a `confidence`."""
    if start not in net or end not in net or start == end or not nx.has_path(net, start, end):
        return []
    every: Iterator[list[str]] = nx.shortest_simple_paths(net, start, end, lambda _, __, edge: _doubt(edge))
    return list(islice(every, most))


def _doubt(edge: Any) -> float:
    return -log(min(max(edge["confidence"], 1e-6), _MOST))


def _network(graph: Queryable) -> nx.Graph[str]:
    """The entities that stated facts join, by IRI; an edge has the confidence of the surest claim."""
    answer = graph.answer(_EDGES)
    assert isinstance(answer, QuerySolutions)
    base = graph.iris.id_base
    edges: dict[tuple[str, str], float] = {}
    for row in answer:
        one, other = str(row["s"].value), str(row["o"].value)
        if one.startswith(base) and other.startswith(base):
            key = (min(one, other), max(one, other))
            edges[key] = max(float(row["best"].value), edges.get(key, 0.0))
    net: nx.Graph[str] = nx.Graph()
    for (one, other), confidence in sorted(edges.items()):
        net.add_edge(one, other, confidence=confidence)
    return net


def _without_places(net: nx.Graph[str], graph: Queryable, kept: Sequence[str]) -> nx.Graph[str]:
    base = graph.iris.entity("place/")
    return net.subgraph([node for node in net if node in kept or not node.startswith(base)]).copy()


class _Telling:
    """Gives the nodes of paths their names and the hops their sentences."""

    def __init__(self, graph: Queryable, found: Sequence[Sequence[str]]) -> None:
        nodes = sorted({node for path in found for node in path})
        pairs = sorted(
            {pair for path in found for one, other in pairwise(path) for pair in ((one, other), (other, one))}
        )
        base = graph.iris.ontology_base
        named = " ".join(str(NamedNode(node)) for node in nodes)
        self._things: dict[str, Thing] = {}
        for row in rows(graph, _NAMES.replace("# values", named)) if nodes else ():
            iri = str(row["iri"])
            self._things[iri] = Thing(iri, str(row["type"]).removeprefix(base), str(row["label"]))
        joined = " ".join(f"({NamedNode(one)} {NamedNode(other)})" for one, other in pairs)
        self._hops: dict[tuple[str, str], tuple[tuple[object, ...], Hop]] = {}
        for row in rows(graph, _HOPS.replace("# values", joined)) if pairs else ():
            one, other, predicate = str(row["s"]), str(row["o"]), str(row["p"]).removeprefix(base)
            if predicate == "status":
                continue
            confidence = Decimal(str(row["confidence"]))
            said = (
                str(row["quote"]),
                str(row["headline"]),
                None if row["published"] is None else str(row["published"]),
            )
            for source, target, forward in ((one, other, True), (other, one, False)):
                hop = Hop(self._things[source], self._things[target], predicate, forward, *said, confidence)
                rank = (-confidence, not forward, predicate, said[1], said[0])
                held = self._hops.get((source, target))
                if held is None or rank < held[0]:
                    self._hops[source, target] = (rank, hop)

    def path(self, nodes: Sequence[str]) -> Path:
        return Path(tuple(self._hops[pair][1] for pair in pairwise(nodes)))
