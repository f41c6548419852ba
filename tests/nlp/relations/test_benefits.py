"""expectedOutputValue, expectedTax and jobs."""

from __future__ import annotations

import pytest


def test_all_three_of_one_project(figures) -> None:
    text = "[[Project 甲汽配项目]]开工。全部建成后，可实现年销售收入约10亿元，解决近千人的就业，实现利税近1亿元。"
    assert figures("benefits", text) == {
        ("甲汽配项目", "expectedOutputValue", 1_000_000_000, "CNY"),
        ("甲汽配项目", "expectedTax", 100_000_000, "CNY"),
        ("甲汽配项目", "jobs", 1000, "person"),
    }


def test_a_chain(figures) -> None:
    text = "[[Chain 化工产业链]]，现有重点项目9个，总投资20.94亿元，预计达产产值22.4亿元。"
    assert figures("benefits", text) == {("化工产业链", "expectedOutputValue", 2_240_000_000, "CNY")}


def test_jobs_after_the_figure(figures) -> None:
    text = "[[Project 甲医药项目]]将创造500余个高质量就业岗位。"
    assert figures("benefits", text) == {("甲医药项目", "jobs", 500, "person")}


def test_a_firms_new_plant(figures) -> None:
    text = "[[Firm 甲集团]]新厂投产后，预计可实现年上交税收6-8亿元。"
    assert figures("benefits", text) == {("甲集团", "expectedTax", 600_000_000, "CNY")}


@pytest.mark.parametrize(
    "text",
    [
        "[[Firm 甲集团]]实现产值170亿元。",
        "[[Zone 甲经开区]]预计完成工业产值13亿元。",
        "[[Project 甲材料]]开工。全市新增就业2万人。",
        "[[Firm 甲集团]]有员工500人。",
    ],
)
def test_what_was_earned_is_no_expectation(figures, text: str) -> None:
    assert figures("benefits", text) == set()
