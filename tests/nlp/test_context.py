"""Homes (whose 全市, 该区 is it) and topics (what 该项目 stands for)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import EntityType
from kg.nlp.levels import level
from kg.nlp.view import Page

Maker = Callable[..., Page]


def homes(page: Page) -> list[str | None]:
    return [page.entities[s.home].name if s.home else None for s in page.sentences]


def topics(page: Page) -> list[str | None]:
    return [page.entities[s.topic].name if s.topic else None for s in page.sentences]


def test_headline_names_the_zone_of_the_whole_text(page_of: Maker) -> None:
    page = page_of("今年签约项目18个。[[Place 太原市]]的客商来访。", "[[Zone 平川经开区]]跑出加速度")
    assert homes(page)[1] == "平川经开区"
    assert page.main is not None and not page.report


def test_work_report_is_at_home_in_its_city(page_of: Maker) -> None:
    page = page_of(
        "新开工项目30个。[[Zone 高新区]]入选国家示范。全年引进企业9家。",
        "2024年[[Place 清河市]]人民政府工作报告",
    )
    assert homes(page)[1:] == ["清河市", "高新区", "清河市"]
    assert page.report


def test_work_report_takes_its_city_from_the_publisher(page_of: Maker) -> None:
    page = page_of("新开工项目30个。", "2024年政府工作报告", publisher="清河市人民政府")
    assert homes(page)[1] == "清河市"


@pytest.mark.parametrize(
    ("headline", "first", "place"),
    [
        ("政府工作报告", "——2024年1月17日在清河市第十七届人民代表大会第四次会议上", "清河市"),
        ("清河市2024年政府工作报告", "各位代表：", "清河市"),
        ("2024年清河省《政府工作报告》", "各位代表：", "清河省"),
        ("东山省清河市人民政府工作报告", "各位代表：", "清河市"),
        ("政府工作报告", "——2024年3月5日在第十四届全国人民代表大会第二次会议上", "中国"),
    ],
)
def test_whose_work_report(page_of: Maker, headline: str, first: str, place: str) -> None:
    page = page_of(f"{first}\n新开工项目30个。", headline)
    assert page.main is not None and page.entities[page.main].name == place


def test_a_city_is_not_its_province(page_of: Maker) -> None:
    page = page_of("支持[[Place 吉林=吉林省]]发展。[[Place 吉林省]]开工。", "吉林市政府工作报告")
    assert page.main is not None and page.entities[page.main].name == "吉林市"


def test_words_for_zone_and_city(page_of: Maker) -> None:
    text = "该区签约12个项目。全市[[Project 晶电]]等项目开工。[[Place 清河市]]是工业城市。全市首家企业投产。"
    page = page_of(text, "[[Zone 平川经开区]]纪实")
    assert homes(page)[1:] == ["平川经开区", "清河市", "清河市", "平川经开区"]


def test_switch_inside_a_sentence(page_of: Maker) -> None:
    page = page_of(
        "[[Zone 东山经开区]]投产9个，[[Zone 西河经开区]]投产7个。", "[[Place 清河市]]开发区建设提速"
    )
    sentence = page.sentences[1]
    second = page.body.index("投产7个")
    assert page.entities[page.home(sentence, sentence.start + 3)].name == "东山经开区"
    assert page.entities[page.home(sentence, second)].name == "西河经开区"


def test_heading_moves_home_until_the_next(page_of: Maker) -> None:
    text = "【[[Zone 东山经开区]]】\n签约5个。\n【[[Zone 西河经开区]]】\n签约6个。"
    page = page_of(text, "[[Place 清河市]]开发区巡礼")
    assert homes(page)[2] == "东山经开区" and homes(page)[4] == "西河经开区"


def test_a_meeting_place_is_no_home(page_of: Maker) -> None:
    page = page_of(
        "在[[Place 北京市]]召开了招商会，聚焦[[Industry 新材料]]。", "2024年[[Place 清河市]]政府工作报告"
    )
    assert homes(page)[1] == "清河市"


def test_a_place_inside_a_firm_is_no_home(page_of: Maker) -> None:
    page = page_of("[[Firm [[Place 太原]]重机]]车间里机器轰鸣。", "[[Zone 平川经开区]]纪实")
    assert homes(page)[1] == "平川经开区"


def test_this_project_is_the_last_one_named(page_of: Maker) -> None:
    page = page_of("[[Firm 晋华]]的[[Project 碳纤维项目]]正在建设。该项目总投资9亿元。项目占地120亩。")
    assert topics(page)[1:] == ["碳纤维项目", "碳纤维项目"]


def test_this_project_is_the_plant_of_a_firm_in_a_later_paragraph(page_of: Maker) -> None:
    page = page_of("[[Project 东山电厂]]建设正酣。\n走进[[Firm 晋华]]车间。\n该项目占地120亩。")
    assert topics(page)[2] == "晋华"


def test_a_figure_belongs_to_what_it_qualifies(page_of: Maker) -> None:
    page = page_of("投资100亿元的[[Project 东山电厂]]、20亿元的[[Project 西河水厂]]开工。")
    sentence = page.sentences[0]
    for figure, owner in (("100亿元", "东山电厂"), ("20亿元", "西河水厂")):
        found = page.subject(sentence, page.body.index(figure), EntityType.PROJECT)
        assert found is not None and page.entities[found].name == owner


def test_a_figure_belongs_to_the_project_before_it(page_of: Maker) -> None:
    page = page_of("[[Project 东山电厂]]由[[Firm 晋能]]建设，总投资30亿元。")
    figure = page.body.index("30亿元")
    for types, owner in (
        ((EntityType.PROJECT, EntityType.FIRM), "东山电厂"),
        ((EntityType.FIRM, EntityType.PROJECT), "晋能"),
    ):
        found = page.subject(page.sentences[0], figure, *types)
        assert found is not None and page.entities[found].name == owner


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("山西省", "province"),
        ("大同", "prefecture"),
        ("左云", "county"),
        ("恩施州", "prefecture"),
        ("京津冀", None),
    ],
)
def test_level(name: str, expected: str | None) -> None:
    assert level(name) == expected


def test_a_report_that_goes_from_zone_to_zone(page_of: Maker) -> None:
    tour = "[[Zone 高新区]]发展医药。推进总部大楼。[[Zone 综保区]]发展贸易。力争税收增长。[[Zone 江东新区]]聚人气。"
    page = page_of(tour, "2024年[[Place 清河市]]政府工作报告")
    homes = [page.entities[s.home].name for s in page.sentences[1:] if s.home]
    assert homes == ["高新区", "高新区", "综保区", "综保区", "江东新区"]
    few = page_of("[[Zone 高新区]]发展医药。推进总部大楼。", "2024年[[Place 清河市]]政府工作报告")
    assert [few.entities[s.home].name for s in few.sentences[1:] if s.home] == ["高新区", "清河市"]
