"""Claims become RDF: vocabulary, writing, store, derived graph, validation, export."""

from kg.graph.build import Report, write
from kg.graph.graph import Graph, Rejected
from kg.graph.sparql import Queryable
from kg.graph.store import exclusive
from kg.graph.stored import reusable_readings

__all__ = ["Graph", "Queryable", "Rejected", "Report", "exclusive", "reusable_readings", "write"]
