"""Bins of confidences, and how far they are off."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate import reliability


def test_bins_and_error() -> None:
    judged = [(0.95, True)] * 9 + [(0.9, False)] + [(0.3, True)] + [(0.39, False)] * 2 + [(1.0, True)]
    table = reliability(judged)
    assert [(b.low, b.claims, b.right) for b in table.bins] == [(0.9, 11, 10), (0.3, 3, 1)]
    assert [round(b.share, 3) for b in table.bins] == [0.909, 0.333]
    assert round(table.bins[0].confidence, 4) == round((0.95 * 9 + 0.9 + 1) / 11, 4)
    assert round(table.error, 4) == round((abs(10 - 10.45) + abs(1 - 1.08)) / 14, 4)


def test_nothing_judged() -> None:
    assert reliability([]).bins == ()
    assert reliability([]).error == 0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60))
def test_every_claim_is_in_one_bin(judged: list[tuple[float, bool]]) -> None:
    table = reliability(judged)
    assert sum(b.claims for b in table.bins) == len(judged)
    assert sum(b.right for b in table.bins) == sum(right for _, right in judged)
    assert all(b.low - 1e-6 <= b.confidence <= b.high + 1e-6 for b in table.bins)
    assert 0 <= table.error <= 1
