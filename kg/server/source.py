"""Where the graph is that is served: in a folder, or behind another endpoint."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import sparql
from kg.graph.http import Login
from kg.graph.iris import Iris
from kg.graph.sparql import Answer
from kg.graph.store import read_manifest
from kg.query import KnowledgeGraph, RemoteGraph
from kg.query.results import rows

_FRESH = 3600  # seconds for which what was worked out of a graph elsewhere is kept: it does not say when it changes


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A graph behind the SPARQL endpoint at `url`."""

    url: str
    login: Login
    iris: Iris


class Relayed(RemoteGraph):
    """A graph elsewhere, asked on behalf of others: of its dataset only, whatever the endpoint would fetch."""

    def answer(
        self, query: str, *, base: str | None = None, default: Sequence[str] = (), named: Sequence[str] = ()
    ) -> Answer:
        """The answer to a query; as `kg.graph.Graph.answer`."""
        if default or named or "from" in query.lower():
            sparql.check(query, self._names)
            sparql.check_dataset((*default, *named), self._names)
        return super().answer(query, base=base, default=default, named=named)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, in order."""
        return sorted(self._names)

    @cached_property
    def _names(self) -> frozenset[str]:
        found = rows(self, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return frozenset(str(row["g"]) for row in found)

    def articles(self) -> list[str]:
        """The IRIs of the articles, in order."""
        return sorted(str(row["a"]) for row in rows(self, "SELECT ?a WHERE { ?a a lz:Article }"))

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        """The quads of one named graph."""
        name = ox.NamedNode(graph)
        answer = super().answer(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}")
        assert isinstance(answer, ox.QueryTriples)
        yield from (ox.Quad(t.subject, t.predicate, t.object, name) for t in answer)


Source = Path | Elsewhere
AnyGraph = KnowledgeGraph | Relayed


def open_source(source: Source) -> AnyGraph:
    """The graph, for reading. Raises StoreError if it cannot be opened or does not answer."""
    if isinstance(source, Path):
        return KnowledgeGraph.open(source)
    graph = Relayed(source.url, login=source.login, iris=source.iris)
    graph.answer("ASK { ?s ?p ?o }")
    return graph


def generation(source: Source) -> int | None:
    """A number that changes when the graph has, or may have; None where that cannot be known."""
    if not isinstance(source, Path):
        return int(time.time() // _FRESH)
    try:
        return read_manifest(source).generation
    except StoreError:
        return None
