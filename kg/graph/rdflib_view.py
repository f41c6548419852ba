"""A graph as an rdflib Dataset, on the same store and for reading alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NoReturn

import rdflib
from oxrdflib.store import OxigraphStore
from pyoxigraph import Store
from rdflib.query import Result

from kg.errors import UsageError
from kg.graph import sparql


def dataset(store: Store, prefixes: Mapping[str, str], graphs: Collection[str]) -> rdflib.Dataset:
    """The store as a Dataset whose default graph is the store's unnamed one: the union of the others."""
    view = rdflib.Dataset(_View(store, graphs), default_union=False)
    for prefix, namespace in prefixes.items():
        view.bind(prefix, namespace, replace=True)
    return view


class _View(OxigraphStore):
    """Oxigraph's store for rdflib, less writing and less queries that reach beyond the graph."""

    def __init__(self, store: Store, graphs: Collection[str]) -> None:
        super().__init__(store=store)
        self._graphs = graphs

    def query(self, query: Any, *args: Any, **options: Any) -> Result:
        """What rdflib asks the store, checked as `Graph.answer` does."""
        if isinstance(query, str):
            sparql.check(query, self._graphs)
        return super().query(query, *args, **options)

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """The triples of a pattern; of all graphs together, those of the named ones, not the union again."""
        for triple, contexts in super().triples(triple_pattern, context):
            if context is not None:
                yield triple, contexts
            elif named := [graph for graph in contexts if graph is not None and not _unnamed(graph)]:
                yield triple, iter(named)

    def _refuse(self, *args: Any, **options: Any) -> NoReturn:
        raise UsageError("this graph is for reading; copy what you need into a graph of your own")

    add = addN = remove = update = remove_graph = destroy = _refuse

    def add_graph(self, graph: Any) -> None:
        """Nothing: rdflib says so of each graph that it is about to read."""


def _unnamed(graph: Any) -> bool:
    return str(getattr(graph, "identifier", graph)) == "urn:x-rdflib:default"
