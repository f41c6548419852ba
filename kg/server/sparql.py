"""Queries and updates as jobs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.graph.vocabulary import prefixes
from kg.server import updating
from kg.server.formats import write_graph, write_table
from kg.server.jobs import Desk, Sink


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL query with its dataset (graphs; none: all), the base of its relative IRIs, and an Accept header."""

    sparql: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    base: str | None = None
    accept: str = "*/*"

    def run(self, desk: Desk, sink: Sink) -> str:
        """Write the answer in the form that is most liked. Raises UsageError, Refusal."""
        graph, rows = desk.graph, desk.limits.rows
        answer = graph.answer(self.sparql, base=self.base, default=self.default, named=self.named)
        if isinstance(answer, ox.QueryTriples):
            return write_graph(answer, self.accept, sink, rows, prefixes(graph.iris))
        return write_table(answer, self.accept, sink, rows)


@dataclass(frozen=True, slots=True)
class Update:
    """A SPARQL update with the graphs that its WHERE parts read (none: all) and the base of its relative IRIs."""

    sparql: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    base: str | None = None

    def run(self, desk: Desk, sink: Sink) -> str:
        """Carry it out as a whole or not at all. Raises UsageError, and Refusal while another writes."""
        assert isinstance(desk.source, Path)  # graphs elsewhere are not written
        desk.close()
        updating.update(desk.source, self.sparql, self.default, self.named, self.base)
        return "text/plain"
