"""Products: the output that a project's name or a firm's sentence states."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.nlp.candidates import Passage
from kg.nlp.products import find

Names = Callable[[str, str], dict[str, float]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("开工建设年产10万吨活性炭项目。", {"活性炭"}),
        ("推动晋能科技年产5万吨锂电池负极材料生产线建成投产。", {"锂电池负极材料"}),
    ],
)
def test_products_of_projects(candidates: Names, text: str, found: set[str]) -> None:
    assert set(candidates("Product", text)) == found


@pytest.mark.parametrize(
    "text", ["临海高速建成通车。", "加快青山水库建设。", "落实生产安全责任，坚持安全生产。"]
)
def test_roads_and_safety_are_none(candidates: Names, text: str) -> None:
    assert candidates("Product", text) == {}


def test_guesses_never_overlap(candidates: Names) -> None:
    forms = list(candidates("Product", "推进华峰年产3万吨高性能纤维及配套项目建设。"))
    assert not any(a != b and a in b for a in forms for b in forms)


def test_a_caption_shows_what_is_made() -> None:
    passage = Passage.of("东海建筑材料有限公司装配式钢结构生产现场。", kind="caption")
    assert [passage.text[f.start : f.end] for f in find(passage)] == ["装配式钢结构"]
