"""Texts side by side: in order, and read as they are one by one."""

from __future__ import annotations

import threading

import numpy as np
import pytest

import kg.nlp.side_by_side as module
from kg.nlp.lac import Lac
from kg.nlp.side_by_side import one_by_one, side_by_side


@pytest.fixture(params=[1, 3])
def threads(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(module, "_threads", request.param)
    return int(request.param)


def test_what_is_done_comes_in_order_and_no_thread_is_left(threads: int) -> None:
    before = threading.active_count()
    assert side_by_side(lambda n: n * n, range(20)) == [n * n for n in range(20)]
    assert side_by_side(str, []) == []
    assert threading.active_count() == before


def test_one_failure_is_everybody_s(threads: int) -> None:
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda n: 1 // n, [1, 0])


def test_the_tagger_s_answers_do_not_depend_on_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["左云经开区签约项目116个。", "", "晶阳硅片项目建成投产，总投资8.9亿元。"] * 3
    tagger = Lac()
    monkeypatch.setattr(module, "_threads", 3)
    together = tagger.run(texts)
    one_by_one()
    for one, other in zip(together, tagger.run(texts), strict=True):
        assert one[0] == other[0]
        assert np.array_equal(one[1], other[1])
