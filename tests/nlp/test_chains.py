"""Industry chains by name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Names = Callable[[str, str], dict[str, float]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("装备制造产业链，现有重点企业8家。", {"装备制造产业链"}),
        ("煤化工精细化工和新能源(新材料)两条产业链基本形成。", {"煤化工精细化工", "新能源(新材料)"}),
        ("做强做优钢铁产业链，拓展延伸石化、造纸产业链。", {"钢铁产业链", "石化", "造纸产业链"}),
        ("围绕生物医药、新能源汽车等6条重点产业链招商。", {"生物医药", "新能源汽车"}),
        ("食品加工产业链条已见雏形。", {"食品加工产业链条"}),
    ],
)
def test_chains_are_found(candidates: Names, text: str, found: set[str]) -> None:
    assert set(candidates("Chain", text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "对招商联系的企业，根据落地的可能性按照产业链分类整理。",
        "不断完善产业链，提升产业链供应链韧性。",
        "全面推行产业链链长制，培育链主企业。",
        "聚焦10条重点产业链开展产业链招商。",
        "推动创新链产业链资金链人才链深度融合。",
    ],
)
def test_chains_without_a_name_are_none(candidates: Names, text: str) -> None:
    assert candidates("Chain", text) == {}
