"""Chains in a zone or place: which segments have whom, and what has no evidence."""

from kg.chains.coverage import Chain, Evidence, Member, chains_of
from kg.chains.gaps import Gap, Move, gaps

__all__ = ["Chain", "Evidence", "Gap", "Member", "Move", "chains_of", "gaps"]
