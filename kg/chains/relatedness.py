"""How related segments are, going by how often zones (or cities) have both: proximity and density.

After C. A. Hidalgo, B. Klinger, A.-L. Barabási and R. Hausmann, "The product space conditions the development of
nations", Science 317 (2007): the proximity of two segments is the smaller of the two conditional probabilities
that an area with one has the other; the density of a segment in an area is the share of its proximity to all
segments that falls on those which the area has. An area has a segment or not, by the articles: there are no
trade values here to divide, so no revealed comparative advantage is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ENOUGH = 20  # areas with at least two segments, below which nothing is said

Floats = NDArray[np.float64]


def proximity(presence: Floats) -> Floats:
    """The proximity of segments: `presence` has a row for each area, a column for each segment, of 0 and 1.

    A segment that no area has is near none; a segment is not its own neighbour (0 on the diagonal).
    """
    both = presence.T @ presence
    count = np.diag(both)
    most = np.maximum.outer(count, count)
    near: Floats = np.divide(both, most, out=np.zeros_like(both), where=most > 0)
    np.fill_diagonal(near, 0.0)
    return near


def density(presence: Floats, near: Floats) -> Floats:
    """The density of each segment in each area, of the shape of `presence`; 0 where a segment is near nothing."""
    whole = near.sum(axis=0)
    part = presence @ near
    found: Floats = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    return found


@dataclass(frozen=True, slots=True)
class Relatedness:
    """How related each segment is to what an area has; `areas` is how many the figures rest on."""

    areas: int
    _area: Mapping[str, int]
    _segment: Mapping[str, int]
    _density: Floats

    def of(self, area: str, segment: str) -> float | None:
        """The density of a segment in an area; None if too few areas are known, or the area or segment is not."""
        if area not in self._area or segment not in self._segment:
            return None
        return float(self._density[self._area[area], self._segment[segment]])


def relatedness(present: Mapping[str, Iterable[str]]) -> Relatedness:
    """From the segments that each area has; areas with fewer than two say nothing and are left out."""
    had = {area: frozenset(segments) for area, segments in sorted(present.items())}
    had = {area: segments for area, segments in had.items() if len(segments) >= 2}
    if len(had) < ENOUGH:
        return Relatedness(len(had), {}, {}, np.zeros((0, 0)))
    names = {name: i for i, name in enumerate(sorted(set().union(*had.values())))}
    presence = np.zeros((len(had), len(names)))
    for row, segments in zip(presence, had.values(), strict=True):
        row[[names[segment] for segment in segments]] = 1.0
    areas = {area: i for i, area in enumerate(had)}
    return Relatedness(len(had), areas, names, density(presence, proximity(presence)))
