"""Chains in a zone or place: which segments have whom, what has no evidence, who could fill it."""

from kg.chains.candidates import Candidate, candidates
from kg.chains.coverage import Chain, Evidence, Member, without_repeats
from kg.chains.gaps import Gap, Move, gaps
from kg.chains.landscape import Landscape, chains_of, without_template
from kg.chains.scoring import Score, Urgency, score

__all__ = [
    "Candidate",
    "Chain",
    "Evidence",
    "Gap",
    "Landscape",
    "Member",
    "Move",
    "Score",
    "Urgency",
    "candidates",
    "chains_of",
    "gaps",
    "score",
    "without_repeats",
    "without_template",
]
