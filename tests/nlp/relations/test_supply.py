"""suppliesTo: only what a text states."""

from __future__ import annotations

import pytest

from kg.model import Modality

STATED = {("明泉", "suppliesTo", "晋华")}


@pytest.mark.parametrize(
    "text",
    [
        "[[Firm 明泉]]为[[Firm 晋华]]配套。",
        "[[Firm 明泉]]向[[Firm 晋华]]供应碳酸锂。",
        "[[Firm 明泉]]的产品直供[[Firm 晋华]]。",
        "[[Firm 晋华]]向[[Firm 明泉]]采购阀门。",
        "[[Firm 晋华]]的热源由[[Firm 明泉]]提供。",
        "[[Firm 明泉]]投产。该公司为[[Firm 晋华]]供货。",
        "[[Firm 明泉]]就近为[[Firm 晋华]]供货。",
        "[[Firm 明泉]]成为[[Firm 晋华]]电解液溶剂重要供应商。",
        "[[Firm 晋华]]的一级供应商[[Firm 明泉]]落户。",
        "[[Firm 明泉]]公司融入[[Firm 晋华]]公司供应链。",
        "[[Firm 明泉]]主要客户包括[[Firm 晋华]]。",
    ],
)
def test_ways_of_saying_so(told, text: str) -> None:
    assert told("supply", text) == STATED


def test_lists_on_both_sides(told) -> None:
    text = "[[Firm 晋华]]的芯片依赖[[Place 美国]][[Firm 美光]]、[[Place 韩国]][[Firm 三星]]供应。"
    assert told("supply", text) == {("美光", "suppliesTo", "晋华"), ("三星", "suppliesTo", "晋华")}


def test_suppliers_to_several(told) -> None:
    text = (
        "[[Firm 三赢兴公司]]、[[Firm 南玻公司]]等多家企业融入[[Firm 华为]]公司供应链，"
        "[[Firm 海威]]进入[[Firm 比亚迪]]供应链。"
    )
    assert told("supply", text) == {
        ("三赢兴公司", "suppliesTo", "华为"),
        ("南玻公司", "suppliesTo", "华为"),
        ("海威", "suppliesTo", "比亚迪"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "[[Firm 建设银行]]为[[Firm 晋华]]提供贷款。",
        "[[Firm 明泉]]与[[Firm 晋华]]同在一条产业链。",
        "引进[[Firm 明泉]]、[[Firm 晋华]]等上下游配套企业。",
        "开发区燃气由[[Firm 明泉]]提供。",
        "[[Firm 明泉]]、[[Firm 晋华]]成为全国最大的供应商。",
        "[[Firm 明泉]]客户众多，[[Firm 晋华]]也是。",
        "[[Firm 晋华]]引进配套企业，[[Firm 明泉]]落户。",
        "[[Firm 明泉]]为[[Firm 晋华]]引进供应商服务。",
        "建设[[Project 东山中心]]、应急保障基地、[[Project 西河实验室]]。",
    ],
)
def test_what_is_no_supply(told, text: str) -> None:
    assert told("supply", text) == set()


def test_denied_and_planned(told) -> None:
    denied = "[[Firm 明泉]]尚未向[[Firm 晋华]]供货。"
    planned = "[[Firm 明泉]]将为[[Firm 晋华]]供货。"
    for text, mode in ((denied, Modality.NEGATED), (planned, Modality.EXPECTED)):
        assert told("supply", text) == set()
        assert told("supply", text, modality=mode) == STATED


def test_what_is_supplied_is_no_customer(told) -> None:
    text = "[[Project 新兴供热站]]临近竣工，[[Firm 热源]]由[[Firm 云中供热公司]]提供。"
    assert told("supply", text) == {("云中供热公司", "suppliesTo", "新兴供热站")}
