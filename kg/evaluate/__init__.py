"""Scoring a graph against annotated articles."""

from kg.evaluate.documents import Document, from_graph, load_gold
from kg.evaluate.scoring import Row, Scores, score

__all__ = ["Document", "Row", "Scores", "from_graph", "load_gold", "score"]
