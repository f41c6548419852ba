"""developedBy."""

from __future__ import annotations

from kg.model import Modality


def test_the_firm_in_the_name(told) -> None:
    assert told("development", "[[Project [[Firm 泰山玻纤]]项目]]投产。") == {
        ("泰山玻纤项目", "developedBy", "泰山玻纤")
    }


def test_a_project_named_only_by_its_firm(told) -> None:
    text = "[[Project [[Firm 友联科技]]]]等24个项目开工。"
    assert told("development", text) == {("友联科技", "developedBy", "友联科技")}


def test_owners_before_a_project(told) -> None:
    text = "[[Firm 君星建筑]]投资1.5亿元的[[Project 装配式墙板]]、[[Firm 中能建]]“[[Project 煤矸石综合利用项目]]”开工。"
    assert told("development", text) == {
        ("装配式墙板", "developedBy", "君星建筑"),
        ("煤矸石综合利用项目", "developedBy", "中能建"),
    }


def test_by_several_together(told) -> None:
    text = "[[Project 创新药项目]]开工。该项目由[[Firm 百泰药业]]与[[Firm 长高科技]]共同投资建设。"
    assert told("development", text) == {
        ("创新药项目", "developedBy", "百泰药业"),
        ("创新药项目", "developedBy", "长高科技"),
    }


def test_a_doer_and_its_plan(told) -> None:
    assert told("development", "[[Firm 晋华]]投资建设[[Project 碳纤维基地]]。") == {
        ("碳纤维基地", "developedBy", "晋华")
    }
    planned = (
        "[[Firm 晋华]]拟投资建设[[Project 碳纤维基地]]。"  # the project is planned, but it is 晋华's plan
    )
    assert told("development", planned) == {("碳纤维基地", "developedBy", "晋华")}


def test_denied(told) -> None:
    text = "[[Firm 晋华]]没有投资[[Project 碳纤维基地]]。"
    assert told("development", text) == set()
    assert told("development", text, modality=Modality.NEGATED) == {("碳纤维基地", "developedBy", "晋华")}


def test_a_visitor_builds_nothing(told) -> None:
    assert told("development", "[[Firm 晋华]]负责人参观了[[Project 碳纤维基地]]。") == set()


def test_a_further_phase(told) -> None:
    text = (
        "[[Project [[Firm 晋华]]三期]]投产，[[Project 四期]]开工。"
        "推进[[Project [[Firm 建龙]]焦化]]、[[Project 100万吨冶炼]]等项目。"
    )
    assert told("development", text) == {
        ("晋华三期", "developedBy", "晋华"),
        ("四期", "developedBy", "晋华"),
        ("建龙焦化", "developedBy", "建龙"),
    }


def test_the_company_itself(told) -> None:
    text = "[[Firm 晋华]]公告。公司拟投资5亿元建设[[Project 光芯片项目]]。"
    assert told("development", text) == {("光芯片项目", "developedBy", "晋华")}


def test_the_ends_of_a_line_build_nothing(told) -> None:
    assert told("development", "[[Project [[Firm 京唐]]城际铁路]]开通。") == set()
    built = "[[Project [[Firm 中铁建设有限公司]]铁路专用线]]开通。"
    assert told("development", built) == {("中铁建设有限公司铁路专用线", "developedBy", "中铁建设有限公司")}


def test_the_firm_that_a_project_begins_with(told) -> None:
    text = (
        "[[Firm 晶科能源=晶科能源股份有限公司]]签约。[[Project 晶科能源年产56GW大基地]]开工。"
        "[[Project 大同吉邦项目]]。[[Firm 大同吉]]。"
    )
    assert told("development", text) == {("晶科能源年产56GW大基地", "developedBy", "晶科能源股份有限公司")}


def test_a_firm_deep_in_a_name_is_only_named(told) -> None:
    text = "[[Project 年产10万吨的电池材料[[Firm 晋华]]项目]]开工。"
    assert told("development", text) == set()


def test_a_hospital_does_not_build_itself(told) -> None:
    assert told("development", "[[Project [[Institution 市中医院]]]]开工。") == set()


def test_a_company_and_its_announcement(told) -> None:
    text = "[[Firm 晋华]]（600000）7月1日公告：公司拟投资建设[[Project 光芯片项目]]。"
    assert told("development", text) == {("光芯片项目", "developedBy", "晋华")}
    others = "[[Firm 晋华]]供货[[Firm 明泉]]，公司拟投资建设[[Project 光芯片项目]]。"
    assert told("development", others) == set()


def test_a_line_is_no_firm_s(told) -> None:
    assert told("development", "建成[[Project [[Firm 福莆宁]]F1线]]。") == set()
    built = "建成[[Project [[Firm 晋华]]电路板生产线]]。"
    assert told("development", built) == {("晋华电路板生产线", "developedBy", "晋华")}
