"""Account or plan."""

from __future__ import annotations

import pytest

from kg.nlp.moods import plans, weight

REPORT = "平川市政府工作报告"
TOLD = (
    "过去一年，我们取得了显著成绩。生产总值增长6.52%，位居全省第一。成功获批国家试点，累计完成投资38.6亿元。"
)
PLANNED = "力争工业投资增长10%以上。加快建设水库，确保年内建成50座以上。大力培育产业集群，推动企业做大做强。"


def test_the_two_halves_of_a_report(page_of) -> None:
    page = page_of(f"{TOLD}晋阳电池项目建成投产。\n{PLANNED}晋阳电池二期建成投产。", REPORT)
    found = dict(zip([s.text for s in page.sentences], plans(page), strict=True))
    assert found["晋阳电池项目建成投产。"] is False
    assert found["晋阳电池二期建成投产。"] is True


def test_a_heading_says_which_half_begins(page_of) -> None:
    page = page_of(
        "一、2022年工作回顾\nA项目开工。B项目投产。\n二、2023年工作安排\nC项目开工。D项目投产。", REPORT
    )
    assert plans(page) == [False, False, False, False, True, True, True]


def test_elsewhere_an_account_is_taken_for_granted(page_of) -> None:
    page = page_of("加快建设水库，力争增长10%以上。", "平川开发区见闻")
    assert not any(plans(page))


def test_goals_go_on_to_the_end_of_their_paragraph_or_list(page_of) -> None:
    page = page_of(
        "主要预期目标是：生产总值增长6.5%；投资增长10.2%；\n——收入增长5.1%。\n"
        "全区完成年初目标：投资增长3.5%。税收增长2.1%。",
        "平川开发区见闻",
    )
    assert dict(zip([s.text.strip() for s in page.sentences], plans(page), strict=True)) == {
        "平川开发区见闻": False,
        "主要预期目标是：生产总值增长6.5%；": True,
        "投资增长10.2%；": True,
        "——收入增长5.1%。": True,
        "全区完成年初目标：投资增长3.5%。": False,
        "税收增长2.1%。": False,
    }


@pytest.mark.parametrize(
    ("text", "plan"),
    [("确保早日投产", True), ("力争突破百亿元", True), ("已经投产", False), ("同比增长3.2%，", False)],
)
def test_weight(text: str, plan: bool) -> None:
    assert (weight(text) > 0) is plan
