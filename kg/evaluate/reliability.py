"""Whether confidences mean something: of the claims at 0.9, are nine in ten right?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims of a confidence of `low` to below `high`: how many, how many right, their mean confidence."""

    low: float
    high: float
    claims: int
    right: int
    confidence: float

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.right / self.claims


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bins that hold claims, surest first, and the expected calibration error.

    The error is the mean distance of a bin's share of right claims from its mean confidence, weighted by
    its claims (Naeini, Cooper and Hauskrecht 2015); 0 is perfect.
    """

    bins: tuple[Bin, ...]
    error: float


def reliability(judged: Sequence[tuple[float, bool]], bins: int = 10) -> Reliability:
    """The reliability table of (confidence, was it right); a confidence of 1 belongs to the last bin."""
    found = []
    for number in range(bins - 1, -1, -1):
        inside = [pair for pair in judged if min(int(pair[0] * bins + 1e-9), bins - 1) == number]
        if inside:
            mean = sum(value for value, _ in inside) / len(inside)
            right = sum(hit for _, hit in inside)
            found.append(Bin(number / bins, (number + 1) / bins, len(inside), right, mean))
    total = sum(b.claims for b in found)
    error = sum(b.claims * abs(b.share - b.confidence) for b in found) / total if total else 0.0
    return Reliability(tuple(found), error)
