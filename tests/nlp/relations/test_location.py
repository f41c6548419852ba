"""locatedIn and parkOf."""

from __future__ import annotations

from kg.model import Modality

ZONE = "[[Zone 平川经开区]]纪实"
CITY = "2024年[[Place 清河市]]政府工作报告"


def test_stated_sites(told) -> None:
    text = (
        "位于[[Zone 东山高新区]]的省级重点项目——[[Project 晶电项目]]正在建设。"
        "[[Firm 晋华]]落户[[Park 西河产业园]]。"
        "[[Place 右山县]]电商企业[[Firm 农人家]]、[[Firm 塞上香]]亮相。"
    )
    assert told("location", text) == {
        ("晶电项目", "locatedIn", "东山高新区"),
        ("晋华", "locatedIn", "西河产业园"),
        ("农人家", "locatedIn", "右山县"),
        ("塞上香", "locatedIn", "右山县"),
    }


def test_an_article_on_a_zone_places_its_projects(told) -> None:
    facts = told("location", "[[Project 晶电项目]]加快建设。[[Firm 晋华]]、[[Firm 明泉]]租用厂房。", ZONE)
    assert {("晶电项目", "locatedIn", "平川经开区"), ("晋华", "locatedIn", "平川经开区")} <= facts


def test_partners_and_papers_are_not_residents(told) -> None:
    text = "与[[Firm 华东集团]]深度合作。[[Institution 清河日报]]作了报道。外出考察[[Firm 希本]]。"
    assert told("location", text, ZONE) == set()


def test_a_work_report_places_what_names_no_container(told) -> None:
    text = "[[Project 晶电项目]]开工，[[Zone 高新区]][[Project 水厂]]投用。"
    assert told("location", text, CITY) >= {
        ("晶电项目", "locatedIn", "清河市"),
        ("水厂", "locatedIn", "高新区"),
        ("高新区", "locatedIn", "清河市"),
    }


def test_news_places_no_firm_by_the_country_over(told) -> None:
    text = "[[Firm 晋华]]发布新品。[[Place 江西省]]加快发展。"
    assert told("location", text, "各地一批工程加快推进") == set()


def test_parks_of_a_zone(told) -> None:
    text = "[[Park 新材料产业园]]面积2平方公里。[[Zone 平川经开区]][[Park 物流园]]入驻了[[Institution 孵化中心]]。"
    assert told("location", text, ZONE) == {
        ("新材料产业园", "parkOf", "平川经开区"),
        ("物流园", "parkOf", "平川经开区"),
        ("孵化中心", "locatedIn", "物流园"),
    }


def test_a_zone_is_where_its_name_says(told) -> None:
    assert ("长治高新区", "locatedIn", "长治市") in told(
        "location", "为[[Place 长治市]]医药产业添力。", "[[Zone 长治高新区]]纪实"
    )


def test_a_zone_may_span_two_cities(told) -> None:
    text = "[[Zone 综改区]]，横跨[[Place 太原]]、[[Place 晋中]]两市。"
    assert told("location", text, "[[Zone 综改区]]纪实") == {
        ("综改区", "locatedIn", "太原"),
        ("综改区", "locatedIn", "晋中"),
    }


def test_the_ends_of_a_road_do_not_hold_it(told) -> None:
    text = "推进[[Project [[Place 榕江县=榕江县]]至[[Place 融安县]]高速公路]]开工。"
    assert told("location", text, CITY) == {("榕江县至融安县高速公路", "locatedIn", "清河市")}


def test_negated_site(told) -> None:
    text = "[[Firm 晋华]]并未落户[[Zone 东山高新区]]。"
    assert told("location", text) == set()
    assert told("location", text, modality=Modality.NEGATED) == {("晋华", "locatedIn", "东山高新区")}


def test_a_planned_project_has_its_place_all_the_same(told) -> None:
    text = "计划建设[[Project 抽水蓄能电站]]。"
    assert told("location", text, CITY) == {("抽水蓄能电站", "locatedIn", "清河市")}


def test_a_firm_that_only_names_a_project_is_not_placed(told) -> None:
    text = "启动[[Firm 立坤]]、[[Firm 华晟]]等新材料项目。支持[[Firm 明泉]]等企业发展。"
    assert told("location", text, CITY) == {("明泉", "locatedIn", "清河市")}


def test_the_builder_s_province_does_not_hold_the_project(told) -> None:
    text = "[[Project [[Place 北京市]]泓方牧场]]开工。"
    assert told("location", text, "2024年[[Place 大同市]]政府工作报告") == {
        ("北京市泓方牧场", "locatedIn", "大同市")
    }


def test_a_zone_named_only_in_other_names(told) -> None:
    text = "建设[[Park [[Zone 经开区]]特钢产业园]]。"
    assert told("location", text, CITY) == {
        ("经开区特钢产业园", "parkOf", "经开区"),
        ("经开区", "locatedIn", "清河市"),
    }


def test_the_innermost_of_two_places(told) -> None:
    text = "[[Project 数据训练场]]在[[Place 北京]][[Place 石景山]]投运。"
    assert told("location", text) == {("数据训练场", "locatedIn", "石景山")}


def test_zones_listed_with_places_do_not_lie_in_them(told) -> None:
    text = "[[Place 东山县]]、[[Zone 高新区]]各招引1个项目。"
    assert told("location", text, CITY) == {("高新区", "locatedIn", "清河市")}
