"""Asking the graph: saved questions, free SPARQL, entities with their facts."""

from kg.query.facts import Fact, describe, find
from kg.query.results import Results
from kg.query.saved import SavedQuery, run, saved_queries

__all__ = ["Fact", "Results", "SavedQuery", "describe", "find", "run", "saved_queries"]
