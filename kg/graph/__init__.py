"""Claims become RDF: vocabulary, writing, store, derived graph, validation, export."""

from kg.graph.build import Report, update, write
from kg.graph.graph import Graph
from kg.graph.readings import Pool
from kg.graph.sparql import Queryable
from kg.graph.state import Kept, Rejected
from kg.graph.store import exclusive
from kg.graph.stored import known_sources

__all__ = [
    "Graph", "Kept", "Pool", "Queryable", "Rejected", "Report", "exclusive", "known_sources", "update", "write",
]  # fmt: skip
