"""totalInvestment and completedInvestment."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投资8.9亿元的[[Project 甲煤化工项目]]开工。", {("甲煤化工项目", 890_000_000)}),
        ("[[Project 甲煤化工项目]]总投资约560亿元。", {("甲煤化工项目", 56_000_000_000)}),
        ("[[Project 甲煤化工项目]]占地120亩，总投资6.82亿元。", {("甲煤化工项目", 682_000_000)}),
        (
            "[[Project 甲煤化工项目]]开工。总投资15亿元,总建筑面积16万平方米。",
            {("甲煤化工项目", 1_500_000_000)},
        ),
        ("[[Project 甲煤化工项目]]开工。该项目总投资6.82亿元。", {("甲煤化工项目", 682_000_000)}),
        ("[[Project 甲煤化工项目]]开工。这个总投资90亿元的项目进展顺利。", {("甲煤化工项目", 9_000_000_000)}),
        (
            "投资100亿元的[[Project 甲技改]]、80亿元的[[Project 乙医药]]顺利推进。",
            {("甲技改", 10_000_000_000), ("乙医药", 8_000_000_000)},
        ),
        ("拟投资24.75亿元建设[[Project 甲风电项目]]。", {("甲风电项目", 2_475_000_000)}),
        ("以投资6.5亿元的[[Firm 甲光伏]]为“链主”。", {("甲光伏", 650_000_000)}),
        (
            "[[Project 甲材料]]、[[Project 乙电池]]等6个投资超50亿元产业项目开工。",
            {("甲材料", 5_000_000_000), ("乙电池", 5_000_000_000)},
        ),
        ("[[Project 甲材料]]等一批百亿级大项目落户。", {("甲材料", 10_000_000_000)}),
        ("[[Chain 化工产业链]]，现有重点项目9个，总投资20.94亿元。", {("化工产业链", 2_094_000_000)}),
        ("[[Project 甲园区]]计划总投资5-10亿元。", {("甲园区", 500_000_000)}),
    ],
)
def test_total(figures, text: str, expected: set[tuple[str, float]]) -> None:
    assert figures("investment", text) == {(s, "totalInvestment", v, "CNY") for s, v in expected}


@pytest.mark.parametrize(
    "text",
    [
        "[[Project 甲材料]]等项目签约。成功签约项目116个，总投资664.51亿元。",
        "推进总投资100亿元的[[Project 甲材料]]等8个项目。",
        "总投资18亿元的[[Project 甲材料]]、[[Project 乙电池]]、[[Project 丙中试]]等项目开工。",
        "[[Project 甲材料]]开工，抓好20个投资超10亿元项目建设。",
        "[[Project 甲材料]]、[[Project 乙电池]]等95个亿元以上项目开工。",
        "[[Firm 甲公司]]实现销售收入5亿元。",
        "[[Project 甲材料]]完成固定资产投资5亿元。",
        "[[Project 甲材料]]开工，总投资50亿元的某教育基地运营。",
        "[[Project 甲材料]]开工，投资12亿元关山水库完成可研。",
        "[[Project 甲材料]]开工，计划总投资96亿元的[[Firm 顺源]]产业链延伸项目签约。",
        "签约[[Project 甲材料]]等新材料项目，总投资280亿元。",
    ],
)
def test_sums_of_many_and_other_sums_are_nobodys(figures, text: str) -> None:
    assert figures("investment", text) == set()


def test_other_currency(figures) -> None:
    text = "投资1.4亿欧元的[[Project 甲产业园]]落户。"
    assert figures("investment", text) == {("甲产业园", "totalInvestment", 140_000_000, "EUR")}


def test_completed(figures) -> None:
    text = "[[Project 甲高铁]]累计投资67亿元。"
    assert figures("investment", text) == {("甲高铁", "completedInvestment", 6_700_000_000, "CNY")}


def test_range_and_print_stand_on_the_claim(page_of) -> None:
    from kg.nlp.relations import rules

    (claim,) = rules()["investment"](page_of("[[Project 甲园区]]计划总投资5-10亿元。"))
    assert (claim.printed, claim.max_value) == ("5-10亿元", 1_000_000_000)


def test_the_project_that_the_sum_is_said_of(figures) -> None:
    text = "[[Project 零部件基地]]投资约10.5亿元，建设[[Project 年产6万吨生产线]]。"
    assert figures("investment", text) == {("零部件基地", "totalInvestment", 1.05e9, "CNY")}
