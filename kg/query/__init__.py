"""Asking the graph: saved questions, free SPARQL, entities with their facts."""

from kg.query.facts import Fact, describe, find
from kg.query.knowledge import Entity, KnowledgeGraph, RemoteGraph
from kg.query.results import Iri, Results, Row
from kg.query.saved import SavedQuery, run, saved_queries

__all__ = [
    "Entity",
    "Fact",
    "Iri",
    "KnowledgeGraph",
    "RemoteGraph",
    "Results",
    "Row",
    "SavedQuery",
    "describe",
    "find",
    "run",
    "saved_queries",
]
