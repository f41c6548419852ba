"""produces."""

from __future__ import annotations

from kg.model import Modality


def test_the_product_in_a_project_s_name(told) -> None:
    text = "[[Project 耀邦年产7400辆[[Product 专用汽车]]及[[Product 环卫装备]]制造项目]]投产。"
    name = "耀邦年产7400辆专用汽车及环卫装备制造项目"
    assert told("production", text) == {(name, "produces", "专用汽车"), (name, "produces", "环卫装备")}


def test_verbs(told) -> None:
    text = "[[Project 碳纤维项目]]开工。该项目主要生产[[Product T800]]、[[Product T1000级碳纤维]]。"
    assert told("production", text) == {
        ("碳纤维项目", "produces", "T800"),
        ("碳纤维项目", "produces", "T1000级碳纤维"),
    }


def test_the_firm_right_before(told) -> None:
    text = "[[Firm 吉邦]][[Product 钢结构]]生产现场。[[Firm 大疆]]作为[[Product 无人机]]研发和生产企业，发展迅速。"
    assert told("production", text) == {("吉邦", "produces", "钢结构"), ("大疆", "produces", "无人机")}


def test_denied_planned_and_bought(told) -> None:
    for text, mode in (
        ("[[Firm 吉邦]]不再生产[[Product 钢结构]]。", Modality.NEGATED),
        ("[[Firm 吉邦]]计划生产[[Product 钢结构]]。", Modality.EXPECTED),
    ):
        assert told("production", text) == set()
        assert told("production", text, modality=mode) == {("吉邦", "produces", "钢结构")}
    assert told("production", "[[Firm 吉邦]]运走了一批[[Product 钢结构]]。") == set()


def test_a_railway_is_no_product_of_itself(told) -> None:
    assert told(
        "production", "[[Project [[Product 东白高铁]]]]通车。[[Project [[Product 多晶硅]]]]项目投产。"
    ) == {("多晶硅", "produces", "多晶硅")}
