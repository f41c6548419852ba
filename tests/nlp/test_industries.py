"""Industries that are named as leading, promoted or clustered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Names = Callable[[str, str], dict[str, float]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("围绕化工、装备制造、食品加工、新能源4个主导产业招商。", {"化工", "装备制造", "食品加工", "新能源"}),
        ("大力发展现代物流、文化旅游、电子商务等现代服务业。", {"现代物流", "文化旅游", "电子商务"}),
        ("做大做强生物医药产业，产值突破百亿元。", {"生物医药产业"}),
        ("前瞻布局人工智能、量子信息等未来产业。", {"人工智能", "量子信息"}),
    ],
)
def test_industries_are_found(candidates: Names, text: str, found: set[str]) -> None:
    assert found <= set(candidates("Industry", text))


@pytest.mark.parametrize(
    "text",
    [
        "加快产业转型升级，优化产业结构。",
        "推动主导产业集聚发展，培育特色产业集群。",
        "公司位于高新技术产业园区内。",
    ],
)
def test_industries_without_a_name_are_none(candidates: Names, text: str) -> None:
    assert candidates("Industry", text) == {}


def test_the_place_is_not_part_of_the_name(candidates: Names) -> None:
    assert "新材料产业" in candidates("Industry", "做大做强大同市新材料产业，实现产值80亿元。")
