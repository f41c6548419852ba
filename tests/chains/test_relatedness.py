"""Proximity and density against a plain telling of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.chains.relatedness import ENOUGH, density, proximity, relatedness

AREAS = st.lists(st.frozensets(st.sampled_from("abcde"), min_size=1), min_size=1, max_size=8)


def has(areas: list[frozenset[str]], segment: str) -> list[frozenset[str]]:
    return [area for area in areas if segment in area]


def plain_proximity(areas: list[frozenset[str]], one: str, other: str) -> float:
    """The smaller of: of the areas with the one, the share with the other; and the other way round."""
    ones, others = has(areas, one), has(areas, other)
    if one == other or not ones or not others:
        return 0.0
    return min(len(has(ones, other)) / len(ones), len(has(others, one)) / len(others))


@given(AREAS)
def test_proximity_and_density(areas: list[frozenset[str]]) -> None:
    presence = np.array([[float(s in area) for s in "abcde"] for area in areas])
    near = proximity(presence)
    dense = density(presence, near)
    for i, one in enumerate("abcde"):
        for j, other in enumerate("abcde"):
            assert near[i, j] == pytest.approx(plain_proximity(areas, one, other))
    for a, area in enumerate(areas):
        for i, one in enumerate("abcde"):
            whole = sum(plain_proximity(areas, one, other) for other in "abcde")
            there = sum(plain_proximity(areas, one, other) for other in area)
            assert dense[a, i] == pytest.approx(there / whole if whole else 0.0)


def test_nothing_is_said_of_too_few_areas() -> None:
    few = relatedness({f"z{i}": "ab" for i in range(ENOUGH - 1)})
    assert (few.areas, few.of("z0", "a")) == (ENOUGH - 1, None)
    enough = relatedness({f"z{i}": "ab" for i in range(ENOUGH)} | {"alone": "a"})
    assert enough.areas == ENOUGH
    assert enough.of("z0", "a") == pytest.approx(1.0)
    assert enough.of("alone", "a") is None and enough.of("z0", "unknown") is None
