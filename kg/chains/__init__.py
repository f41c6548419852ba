"""Chains in a zone or place: which segments have whom, and what has no evidence."""

from kg.chains.coverage import Chain, Evidence, Member, chains_of, without_repeats, without_template
from kg.chains.gaps import Gap, Move, Urgency, gaps

__all__ = [
    "Chain",
    "Evidence",
    "Gap",
    "Member",
    "Move",
    "Urgency",
    "chains_of",
    "gaps",
    "without_repeats",
    "without_template",
]
