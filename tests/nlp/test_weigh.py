"""Weighing guesses by their traits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.weigh import fit, score, weights

EXAMPLES = [({"a"}, True)] * 20 + [({"a", "b"}, False)] * 10 + [({"b"}, False)] * 20 + [({"rare"}, True)] * 2


@pytest.mark.parametrize("name", ["project", "chain", "industry", "product"])
def test_the_weights_of_the_package(name: str) -> None:
    table = weights(name)
    assert "bias" in table
    assert all(-10 < weight < 10 for weight in table.values())


def test_fit_learns_what_speaks_for_a_guess() -> None:
    table = fit(EXAMPLES)
    assert score({"a"}, table) > 0.8 > 0.3 > score({"a", "b"}, table) > score({"b"}, table)
    assert "rare" not in table


def test_fit_is_deterministic() -> None:
    assert fit(EXAMPLES) == fit(list(EXAMPLES))


@given(st.dictionaries(st.text(max_size=3), st.floats(-50, 50)), st.sets(st.text(max_size=3)))
def test_scores_are_probabilities(table: dict[str, float], traits: set[str]) -> None:
    assert 0 <= score(traits, table) <= 1
