"""Where things stand on the page: each around what it belongs to, nothing on top of anything else.

Things form a forest (a member stands with its chain, a chain with its zone, a product with its maker).
Every subtree is a disc; discs are packed around their parent along a spiral, largest first, and the whole
is stretched sideways, for labels are wider than high. The same graph gives the same picture.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.explore.content import Content

LEAF = 38.0  # radius of a thing with its label
STRETCH = 2.3  # how much wider than high a label is
_GAP = 6.0

# What a thing stands with, first to last: (predicate, whether the thing is the subject).
_PARENTS: tuple[tuple[str, bool], ...] = (
    ("inChain", True),
    ("chainIn", True),
    ("parkOf", True),
    ("locatedIn", True),
    ("produces", False),
    ("developedBy", False),
    ("holdsPost", True),
    ("leadingIndustry", False),
    ("subsidiaryOf", True),
    ("cooperatesWith", True),
    ("cooperatesWith", False),
)

Position = tuple[float, float]


def positions(content: Content) -> dict[str, Position]:
    """A place (x to the right, y down, in pixels) for every thing of the content."""
    children: dict[str | None, list[str]] = defaultdict(list)
    for iri, parent in parents(content).items():
        children[parent].append(iri)
    for group in children.values():
        group.sort()
    radii: dict[str, float] = {}
    offsets: dict[str, Position] = {}
    for iri in _bottom_up(children):
        inner = children.get(iri, [])
        radii[iri] = _pack([(c, radii[c]) for c in inner], LEAF, offsets) if inner else LEAF
    _pack([(c, radii[c]) for c in children[None]], 0.0, offsets)
    placed: dict[str, Position] = {}
    todo: list[tuple[str, Position]] = [(iri, (0.0, 0.0)) for iri in children[None]]
    while todo:
        iri, (x, y) = todo.pop()
        dx, dy = offsets[iri]
        placed[iri] = (x + dx, y + dy)
        todo += [(c, placed[iri]) for c in children.get(iri, ())]
    return {iri: (round(x * STRETCH, 1), round(y, 1)) for iri, (x, y) in sorted(placed.items())}


def parents(content: Content) -> dict[str, str | None]:
    """What each thing stands with, None for roots; no thing stands, however far, with itself."""
    options: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    rank = {rule: i for i, rule in enumerate(_PARENTS)}
    for link in content.links:
        for predicate, of_subject in ((link.predicate, True), (link.predicate, False)):
            if (predicate, of_subject) in rank:
                child, parent = (link.source, link.target) if of_subject else (link.target, link.source)
                options[child][rank[predicate, of_subject]].add(parent)
    for child, around in content.within.items():
        options[child][len(_PARENTS)] |= around
    chosen: dict[str, str | None] = {}
    for iri in sorted(content.things):
        ranked = [p for r in sorted(options[iri]) for p in sorted(options[iri][r])]
        chosen[iri] = next((p for p in ranked if not _above(iri, p, chosen)), None)
    return chosen


def _above(iri: str, parent: str, chosen: Mapping[str, str | None]) -> bool:
    """Whether `parent` stands with `iri` already."""
    at: str | None = parent
    while at is not None:
        if at == iri:
            return True
        at = chosen.get(at)
    return False


def _bottom_up(children: Mapping[str | None, list[str]]) -> Iterable[str]:
    order: list[str] = []
    todo = list(children.get(None, ()))
    while todo:
        iri = todo.pop()
        order.append(iri)
        todo += children.get(iri, ())
    return reversed(order)


def _pack(discs: list[tuple[str, float]], core: float, offsets: dict[str, Position]) -> float:
    """Place discs around a core without overlap (offsets from its centre); the radius of the whole."""
    placed: list[tuple[float, float, float]] = [(0.0, 0.0, core)] if core else []
    reach, start = core, 0.0
    for iri, radius in sorted(discs, key=lambda d: (-d[1], d[0])):
        angle = start
        while True:  # along a spiral of Archimedes until the disc fits
            distance = _GAP * angle / (2 * math.pi) * 2
            x, y = distance * math.cos(angle), distance * math.sin(angle)
            if all((x - px) ** 2 + (y - py) ** 2 >= (radius + pr + _GAP) ** 2 for px, py, pr in placed):
                break
            angle += max(0.05, 0.35 * radius / max(distance, radius))
        offsets[iri] = (x, y)
        placed.append((x, y, radius))
        reach = max(reach, math.hypot(x, y) + radius)
        start = max(0.0, angle - 2 * math.pi * 4)  # further in there is no room for the next one
    return reach
