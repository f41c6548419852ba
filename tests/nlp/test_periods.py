"""The period in force for figures that name none."""

from __future__ import annotations

from kg.nlp.dates import period_of

REPORT = "平川市政府工作报告"
BODY = "一、工作回顾\n签约项目20个。去年签约30个。\n二、工作安排\n签约项目40个以上。\n截至目前，签约5个。"


def test_a_work_report_tells_of_one_year_and_plans_the_next(page_of) -> None:
    page = page_of(BODY, REPORT, published="2023-01-09")
    periods = {s.text: period_of(s) for s in page.sentences}
    assert periods["签约项目20个。"] == "2022"
    assert periods["去年签约30个。"] == "2022"
    assert periods["签约项目40个以上。"] == "2023"
    assert periods["截至目前，签约5个。"] is None


def test_given_in_december_it_tells_of_the_same_year(page_of) -> None:
    page = page_of(BODY, REPORT, published="2022-12-16")
    assert [s.period for s in page.sentences if s.text == "签约项目20个。"] == ["2022"]


def test_the_year_in_a_heading_holds_for_its_section(page_of) -> None:
    page = page_of("【2021年成绩】\n签约项目20个。", "平川经开区见闻")
    assert page.sentences[-1].period == "2021"


def test_a_date_that_opens_a_paragraph_holds_for_it(page_of) -> None:
    page = page_of("2023年，签约20个。开工8个。\n投产3个。", "平川经开区见闻")
    assert [s.period for s in page.sentences[1:]] == ["2023", "2023", None]
