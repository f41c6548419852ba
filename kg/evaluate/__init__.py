"""Scoring readings or a graph against annotated articles."""

from kg.evaluate.documents import Document, load_gold
from kg.evaluate.graphs import from_graph
from kg.evaluate.mistakes import Mistake, mistakes
from kg.evaluate.readings import from_readings
from kg.evaluate.reliability import Reliability, reliability
from kg.evaluate.scoring import Row, Scores, score

__all__ = [
    "Document",
    "Mistake",
    "Reliability",
    "Row",
    "Scores",
    "from_graph",
    "from_readings",
    "load_gold",
    "mistakes",
    "reliability",
    "score",
]
