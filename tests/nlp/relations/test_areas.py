"""landArea and floorArea."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[Project 甲材料项目]]占地约120亩。", {("甲材料项目", "landArea", 80_000.4)}),
        (
            "[[Park 甲产业园]]面积17.79平方公里，[[Park 乙产业园]]面积0.7平方公里。",
            {("甲产业园", "landArea", 17_790_000), ("乙产业园", "landArea", 700_000)},
        ),
        ("[[Zone 甲示范区]]，横跨两市，规划面积600平方公里。", {("甲示范区", "landArea", 600_000_000)}),
        (
            "[[Project 甲材料项目]]开工。该项目总投资15亿元,总建筑面积16.35万平方米。",
            {("甲材料项目", "floorArea", 163_500)},
        ),
        (
            "[[Project 甲商城]]占地面积1.83万平方米，建筑面积1.8万平方米。",
            {("甲商城", "landArea", 18_300), ("甲商城", "floorArea", 18_000)},
        ),
        ("这片不到4平方公里的[[Zone 甲保税区]]里", {("甲保税区", "landArea", 4_000_000)}),
        ("建有[[Park 甲孵化园]]40万平方米，", {("甲孵化园", "floorArea", 400_000)}),
        ("[[Project 10万亩中药材产业园]]开工。", {("10万亩中药材产业园", "landArea", 66_667_000)}),
    ],
)
def test_areas(figures, text: str, expected: set[tuple[str, str, float]]) -> None:
    assert {(s, p, round(float(v), 1)) for s, p, v, _ in figures("areas", text)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "[[Zone 甲经开区]]建成区面积5.8平方公里。",
        "[[Zone 甲经开区]]出让标准地35宗，出让面积3332.20亩。",
        "[[Project 年产12亿平方米隔膜项目]]开工。",
        "[[Project 甲灌区]]种植面积100万亩。",
    ],
)
def test_areas_of_something_else(figures, text: str) -> None:
    assert figures("areas", text) == set()


def test_some_land_is_not_the_zone_s_own(figures) -> None:
    assert figures("areas", "[[Zone 高新区]]完成审批，以及2300亩土地上的征拆。") == set()
    assert figures("areas", "[[Park 固废产业园]]155亩土地准备出让。") == {
        ("固废产业园", "landArea", 103333.85, "m2")
    }
