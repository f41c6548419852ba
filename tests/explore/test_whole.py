"""Where everything stands on one plate."""

from __future__ import annotations

import math
import random

from explore_material import large
from hypothesis import given
from hypothesis import strategies as st

from kg.explore.atlas import Atlas
from kg.explore.content import Content, content
from kg.explore.document import order
from kg.explore.whole import Circle, everywhere, pack
from kg.graph import Graph

BASE = "https://w3id.org/lianzhu/id/"


@given(st.lists(st.floats(0.5, 60), max_size=60))
def test_no_circle_lies_over_another_and_they_keep_together(radii: list[float]) -> None:
    circles = [Circle(r) for r in radii]
    pack(circles)
    for n, one in enumerate(circles):
        for other in circles[:n]:
            assert math.hypot(one.x - other.x, one.y - other.y) >= one.r + other.r - 1e-3
    if len(circles) > 1:
        area = sum(c.r**2 for c in circles)
        reach = max(math.hypot(c.x, c.y) + c.r for c in circles)
        assert reach**2 <= 6 * area + 8 * max(radii) ** 2


def spots(found: Content) -> tuple[Atlas, list[tuple[int, int]]]:
    atlas = Atlas(found, order(), BASE)
    return atlas, everywhere(atlas, range(len(atlas.things)))


def test_no_two_of_5000_stand_on_one_spot_and_members_stand_by_their_chain() -> None:
    atlas, placed = spots(large())
    assert len(set(placed)) == len(placed) == 5000
    away = [
        math.dist(placed[atlas.number[link.source]], placed[atlas.number[link.target]])
        for link in atlas.found.links
        if link.predicate == "inChain"
    ]
    some = random.Random(0)
    anywhere = sorted(math.dist(some.choice(placed), some.choice(placed)) for _ in range(1000))
    assert max(away) < 200 < 1000 < anywhere[500]


def test_the_seeds_and_nothing_at_all_have_their_places(opened: dict[str, Graph]) -> None:
    atlas, placed = spots(content(opened["seeds"]))
    assert len(set(placed)) == len(atlas.things) > 100
    assert spots(content(opened["empty"]))[1] == []


def test_some_of_the_things_are_placed_as_if_there_were_no_others(opened: dict[str, Graph]) -> None:
    atlas = Atlas(content(opened["seeds"]), order(), BASE)
    assert len(set(everywhere(atlas, range(0, len(atlas.things), 3)))) == len(range(0, len(atlas.things), 3))
