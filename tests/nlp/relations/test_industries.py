"""leadingIndustry."""

from __future__ import annotations

from kg.model import Modality

CITY = "2024年[[Place 清河市]]政府工作报告"


def test_of_the_home(told) -> None:
    text = "聚焦[[Industry 新材料]]、[[Industry 高端陶瓷]]等主导产业。"
    assert told("industries", text, CITY) == {
        ("清河市", "leadingIndustry", "新材料"),
        ("清河市", "leadingIndustry", "高端陶瓷"),
    }


def test_of_the_park_the_clause_opens_on(told) -> None:
    text = "[[Park 新兴产业园]]面积2平方公里，重点发展[[Industry 食品加工]]。"
    assert told("industries", text, "[[Zone 平川经开区]]纪实") == {
        ("新兴产业园", "leadingIndustry", "食品加工")
    }


def test_of_the_place_right_before(told) -> None:
    assert told("industries", "[[Place 临泉县]][[Industry 电子信息产业]]壮大。", CITY) == {
        ("临泉县", "leadingIndustry", "电子信息产业")
    }


def test_planned_is_a_priority_too(told) -> None:
    assert told("industries", "将重点发展[[Industry 氢能]]。", CITY) == {
        ("清河市", "leadingIndustry", "氢能")
    }


def test_given_up(told) -> None:
    text = "加快淘汰[[Industry 炼焦]]。"
    assert told("industries", text, CITY) == set()
    assert told("industries", text, CITY, modality=Modality.NEGATED) == {
        ("清河市", "leadingIndustry", "炼焦")
    }


def test_of_each_place_that_is_helped(told) -> None:
    text = "支持[[Place 东州县]]、[[Place 西州县]]打造[[Industry 绿色建材]]基地。"
    assert told("industries", text, CITY) == {
        ("东州县", "leadingIndustry", "绿色建材"),
        ("西州县", "leadingIndustry", "绿色建材"),
    }


def test_of_each_place_that_builds_it_up(told) -> None:
    text = "支持[[Place 东州县]]打造[[Industry 锂电池]]基地、[[Place 西州县]]打造[[Industry 先进制造]]基地。"
    assert told("industries", text, CITY) == {
        ("东州县", "leadingIndustry", "锂电池"),
        ("西州县", "leadingIndustry", "先进制造"),
    }
    text = "[[Place 南京]]、[[Place 无锡]]等地相继出台[[Industry 机器人产业]]计划。"
    assert told("industries", text) == {
        ("南京", "leadingIndustry", "机器人产业"),
        ("无锡", "leadingIndustry", "机器人产业"),
    }


def test_whom_one_works_with_builds_nothing_up(told) -> None:
    text = "协同[[Place 东州县]]建设[[Industry 汽车]]集群。"
    assert told("industries", text, CITY) == {("清河市", "leadingIndustry", "汽车")}


def test_what_is_bought_is_no_industry_of_the_place(told) -> None:
    text = "扩大[[Industry 新能源汽车]]、[[Industry 电子产品]]等大宗消费。"
    assert told("industries", text, CITY) == set()
