"""Where everything stands on one sheet: a thing in the middle of what lies in it, circles in circles.

What a chain, a park, a zone or a place holds stands around it, and these stand together in what holds them, so that
near means belonging together. Siblings are packed by the front-chain method of Wang et al. (2006), Visualization
of large hierarchical data by circle packing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.explore.atlas import Atlas

_HOLDS = ("inChain", "chainIn", "parkOf", "locatedIn", "developedBy")  # subject in object, the nearest first
_ROOM = {"Zone": 30.0, "Place": 26.0, "Chain": 24.0, "Park": 20.0}  # around the shape of a thing, in pixels
_LEAF = 15.0
_APART = 8.0  # between what lies in different things


@dataclass(slots=True)
class Circle:
    """A circle to be packed."""

    r: float
    x: float = 0.0
    y: float = 0.0


def everywhere(atlas: Atlas, things: Sequence[int]) -> list[tuple[int, int]]:
    """The place (x to the right, y down, in pixels around 0) of each of some things, in their order."""
    children = _tree(atlas, things)
    inside: dict[
        int, dict[int, tuple[float, float]]
    ] = {}  # of a thing, the places of all in it, around itself
    sizes: dict[int, float] = {}
    for i in _deepest_first(children):
        held = sorted(children.get(i, ()), key=lambda j: (-sizes[j], j))
        own = [] if i < 0 else [Circle(_ROOM.get(atlas.things[i].kind, _LEAF))]
        circles = [*own, *(Circle(sizes[j] + (_APART if children.get(j) else 0.0)) for j in held)]
        pack(circles)
        spots = {} if i < 0 else {i: (circles[0].x, circles[0].y)}
        for j, circle in zip(held, circles[len(own) :], strict=True):
            spots |= {k: (circle.x + x, circle.y + y) for k, (x, y) in inside.pop(j).items()}
        x, y, sizes[i] = _around(circles)
        inside[i] = {k: (a - x, b - y) for k, (a, b) in spots.items()}
    return [(round(x), round(y)) for x, y in (inside[-1][i] for i in things)]


def pack(circles: Sequence[Circle]) -> None:
    """Set circles side by side around the first, in their order, none over another."""
    if len(circles) < 2:
        return
    a, b = circles[0], circles[1]
    a.x, a.y, b.x, b.y = -b.r, 0.0, a.r, 0.0
    following, before = {0: 1, 1: 0}, {0: 1, 1: 0}
    at = 0
    for n in range(2, len(circles)):
        circle = circles[n]
        while True:
            end = following[at]
            _set_beside(circles[at], circles[end], circle)
            met = _meets(circle, at, end, circles, following, before)
            if met is None:
                break
            one, forwards = met
            if forwards:  # what lies between is closed in and leaves the front
                following[at], before[one] = one, at
            else:
                following[one], before[end] = end, one
                at = one
        following[at], following[n], before[end], before[n] = n, end, n, at
        at = _innermost(circles, following, at)


def _tree(atlas: Atlas, things: Sequence[int]) -> Mapping[int, list[int]]:
    """What each thing holds; -1 holds what nothing else does."""
    keep = set(things)
    rank = {predicate: n for n, predicate in enumerate(_HOLDS)}
    holders: dict[int, tuple[int, int, int]] = {}
    for link in atlas.found.links:
        one, other = atlas.number[link.source], atlas.number[link.target]
        if link.predicate in rank and {one, other} <= keep:
            told = (rank[link.predicate], -len(atlas.near[other]), other)
            holders[one] = min(holders.get(one, told), told)
    parent = {i: told[2] for i, told in holders.items()}

    def below(i: int, top: int) -> bool:
        passed = set()
        while i in parent and i not in passed:
            if i == top:
                return True
            passed.add(i)
            i = parent[i]
        return i == top

    for i in things:
        if i in parent and below(parent[i], i):
            del parent[i]  # two that lie in each other
        if i not in parent:
            beside = (j for j in atlas.near[i] if j in keep and len(atlas.near[j]) > len(atlas.near[i]))
            nearest = max(beside, key=lambda j: (len(atlas.near[j]), -j), default=None)
            if nearest is not None and not below(nearest, i):
                parent[i] = nearest
    children: dict[int, list[int]] = defaultdict(list)
    for i in things:
        children[parent.get(i, -1)].append(i)
    return children


def _deepest_first(children: Mapping[int, list[int]]) -> list[int]:
    found, layer = [-1], [-1]
    while layer:
        layer = [j for i in layer for j in children.get(i, ())]
        found += layer
    return found[::-1]


def _set_beside(one: Circle, other: Circle, circle: Circle) -> None:
    """Move a circle so that it touches two that touch each other, on the outer side of the front."""
    dx, dy = other.x - one.x, other.y - one.y
    apart = math.hypot(dx, dy) or 1.0
    p, q = one.r + circle.r, other.r + circle.r
    along = (apart * apart + p * p - q * q) / (2 * apart)
    out = math.sqrt(max(p * p - along * along, 0.0))
    circle.x = one.x + (along * dx + out * dy) / apart
    circle.y = one.y + (along * dy - out * dx) / apart


def _meets(
    circle: Circle,
    start: int,
    end: int,
    circles: Sequence[Circle],
    following: Mapping[int, int],
    before: Mapping[int, int],
) -> tuple[int, bool] | None:
    """The circle of the front over which one lies, the fewest others between, and whether it comes after `end`."""
    on, back = following[end], before[start]
    gone, come = circles[end].r, circles[start].r
    while True:
        if gone <= come:
            if _over(circle, circles[on]):
                return on, True
            gone += circles[on].r
            on = following[on]
        else:
            if _over(circle, circles[back]):
                return back, False
            come += circles[back].r
            back = before[back]
        if on == following[back]:
            return None


def _over(one: Circle, other: Circle) -> bool:
    reach = one.r + other.r - 1e-6
    return (one.x - other.x) ** 2 + (one.y - other.y) ** 2 < reach * reach


def _innermost(circles: Sequence[Circle], following: Mapping[int, int], start: int) -> int:
    """Where on the front the next circle is set: the pair nearest to the first circle."""

    def distance(n: int) -> float:
        a, b = circles[n], circles[following[n]]
        whole = a.r + b.r
        x, y = (a.x * b.r + b.x * a.r) / whole - circles[0].x, (a.y * b.r + b.y * a.r) / whole - circles[0].y
        return x * x + y * y

    best, at = start, following[start]
    least = distance(start)
    while at != start:
        if (found := distance(at)) < least:
            best, least = at, found
        at = following[at]
    return best


def _around(circles: Sequence[Circle]) -> tuple[float, float, float]:
    """Middle and radius of a circle around all."""
    if not circles:
        return 0.0, 0.0, 0.0
    x = (min(c.x - c.r for c in circles) + max(c.x + c.r for c in circles)) / 2
    y = (min(c.y - c.r for c in circles) + max(c.y + c.r for c in circles)) / 2
    return x, y, max(math.hypot(c.x - x, c.y - y) + c.r for c in circles)
