"""Where things stand at the start: a tree in columns, its root in the middle or at the left.

A layered tree drawing after Reingold and Tilford (1981), as an outline: every leaf has a row of its own, every
parent stands half way between its first and last child. So no two labels share a row of a column, and the
page can stretch the picture to its window in either direction without anything meeting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.explore.start import Branch

COLUMN = 150.0  # from a parent to its children
ROW = 30.0  # from a leaf to the next
BREAK = 14.0  # more between the leaves of different parents


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the page (x to the right, y down, in pixels); the label goes to its `side`: right, left, c (below)
    or o (above or below).
    """

    x: float
    y: float
    side: str


def arrange(tree: Branch, *, sides: int) -> dict[str, Spot]:
    """A spot for everything in the tree: branches on both `sides` of the root (2) or all to the right (1)."""
    halves = _halves(tree.children) if sides == 2 else (list(tree.children), [])
    spots = {tree.iri: Spot(0.0, 0.0, "c" if sides == 2 else "o")}
    for branches, direction in zip(halves, (1, -1), strict=True):
        half: dict[str, Spot] = {}
        low = 0.0
        for branch in branches:
            low = _place(branch, 1, direction, low, half)
        if half:
            ys = [spot.y for spot in half.values()]
            middle = (min(ys) + max(ys)) / 2
            spots |= {iri: Spot(s.x, round(s.y - middle, 1), s.side) for iri, s in half.items()}
    return spots


def _halves(branches: Sequence[Branch]) -> tuple[list[Branch], list[Branch]]:
    """Branches for the right and the left side, about as many rows on each, in the order given."""
    side = {}
    rows = [0, 0]
    for i in sorted(range(len(branches)), key=lambda i: (-_rows(branches[i]), i)):
        side[i] = 0 if rows[0] <= rows[1] else 1
        rows[side[i]] += _rows(branches[i])
    right, left = ([b for i, b in enumerate(branches) if side[i] == s] for s in (0, 1))
    return right, left


def _rows(branch: Branch) -> int:
    return sum(_rows(child) for child in branch.children) or 1


def _place(branch: Branch, depth: int, direction: int, low: float, spots: dict[str, Spot]) -> float:
    """Set a branch down from the height `low`; the height at which the next one may start."""
    x = direction * depth * COLUMN
    if not branch.children:
        spots[branch.iri] = Spot(x, low, "r" if direction > 0 else "l")
        return low + ROW
    top = low
    for child in branch.children:
        low = _place(child, depth + 1, direction, low, spots)
    first, last = (spots[child.iri].y for child in (branch.children[0], branch.children[-1]))
    spots[branch.iri] = Spot(x, (first + last) / 2, "c")
    return max(low, top + ROW) + BREAK
