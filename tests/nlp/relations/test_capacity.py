"""capacity."""

from __future__ import annotations

import pytest

from kg.nlp.relations import rules


@pytest.mark.parametrize(
    ("text", "value", "unit", "product"),
    [
        ("[[Project 年产10万吨活性炭煤化工项目]]开工。", 100_000, "t/a", "活性炭煤化工"),
        ("[[Project 甲10万吨磷酸铁]]开工。", 100_000, "t/a", "磷酸铁"),
        ("[[Project 甲2×100万千瓦煤电项目]]开工。", 2, "GW", "煤电"),
        ("[[Project 甲60万千瓦风电项目]]开工。", 600, "MW", "风电"),
        ("[[Project 年产56GW垂直一体化大基地]]开工。", 56, "GW/a", None),
        ("[[Project 甲30GWh动力电池]]开工。", 30, "GWh/a", "动力电池"),
        ("[[Project 甲日产6200吨熟料生产线]]开工。", 6200, "t/d", "熟料"),
        ("[[Project 甲年产7400辆专用车项目]]开工。", 7400, "vehicle/a", "专用车"),
        ("[[Project 甲5万头奶牛养殖基地]]开工。", 50_000, "head", "奶牛养殖"),
        ("[[Project 甲水厂]]日供水1500立方米。", 1500, "m3/d", "供水"),
        ("[[Project 甲污水厂]]污水处理规模为1万立方米/日。", 10_000, "m3/d", "污水处理"),
        ("[[Project 甲电站]]投产后年发电量可达68亿度。", 6_800_000_000, "kWh/a", "发电"),
    ],
)
def test_capacity(page_of, text: str, value: float, unit: str, product: str | None) -> None:
    (claim,) = rules()["capacity"](page_of(text))
    assert (float(str(claim.object)), claim.unit) == (value, unit)
    if product is not None:
        assert claim.product is not None and (claim.product in product or product in claim.product)


@pytest.mark.parametrize(
    "text",
    [
        "[[Project 甲千万吨级煤矸石项目]]开工。",
        "[[Project 甲300公里旅游公路]]贯通。",
        "[[Project 甲10万亩种植园]]开工。",
        "推进[[Project 甲电厂]]、[[Project 乙电站]]等项目建设，电力装机容量达9700万千瓦。",
        "[[Project 甲材料]]开工，106座煤矿核增产能1.45亿吨。",
        "[[Firm 甲公司]]完成产量10万吨。",
        "[[Project 甲材料]]开工。园区污水处理厂污水处理规模为1万立方米/日。",
    ],
)
def test_no_capacity(figures, text: str) -> None:
    assert figures("capacity", text) == set()
