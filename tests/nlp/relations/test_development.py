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
    planned = "[[Firm 晋华]]拟投资建设[[Project 碳纤维基地]]。"
    assert told("development", planned) == set()
    assert told("development", planned, modality=Modality.EXPECTED) == {("碳纤维基地", "developedBy", "晋华")}


def test_denied(told) -> None:
    text = "[[Firm 晋华]]没有投资[[Project 碳纤维基地]]。"
    assert told("development", text) == set()
    assert told("development", text, modality=Modality.NEGATED) == {("碳纤维基地", "developedBy", "晋华")}


def test_a_visitor_builds_nothing(told) -> None:
    assert told("development", "[[Firm 晋华]]负责人参观了[[Project 碳纤维基地]]。") == set()


def test_a_further_phase_and_a_list_by_size(told) -> None:
    text = (
        "[[Project [[Firm 晋华]]三期]]投产，[[Project 四期]]开工。"
        "推进[[Project [[Firm 建龙]]150万吨焦化]]、[[Project 100万吨冶炼]]、[[Project 城市展厅]]等项目。"
    )
    assert told("development", text) == {
        ("晋华三期", "developedBy", "晋华"),
        ("四期", "developedBy", "晋华"),
        ("建龙150万吨焦化", "developedBy", "建龙"),
        ("100万吨冶炼", "developedBy", "建龙"),
    }


def test_a_hospital_does_not_build_itself(told) -> None:
    assert told("development", "[[Project [[Institution 市中医院]]]]开工。") == set()
