"""subsidiaryOf."""

from __future__ import annotations

import pytest

from kg.model import Modality


@pytest.mark.parametrize(
    "text",
    [
        "[[Firm 富临]]控股子公司[[Firm 升华]]投产。",
        "[[Firm 富临]]旗下[[Firm 升华]]投产。",
        "[[Firm 升华]]隶属于[[Firm 富临]]。",
        "[[Firm 升华]]是[[Firm 富临]]的全资子公司。",
        "[[Firm 富临]]发布公告，公司全资子公司[[Firm 升华]]投产。",
    ],
)
def test_ways_of_saying_so(told, text: str) -> None:
    assert told("subsidiaries", text) == {("升华", "subsidiaryOf", "富临")}


def test_a_branch_bears_its_parent_s_name(told) -> None:
    text = "[[Firm 华通银行]]年报显示，[[Firm 华通银行清河分行]]盈利。"
    assert told("subsidiaries", text) == {("华通银行清河分行", "subsidiaryOf", "华通银行")}


def test_a_joint_venture_belongs_to_each_parent(told) -> None:
    text = "[[Firm 富临]]、[[Firm 磷泰]]共同出资设立[[Firm 富磷新材]]。"
    assert told("subsidiaries", text) == {
        ("富磷新材", "subsidiaryOf", "富临"),
        ("富磷新材", "subsidiaryOf", "磷泰"),
    }


def test_denied(told) -> None:
    text = "[[Firm 升华]]不再隶属于[[Firm 富临]]。"
    assert told("subsidiaries", text) == set()
    assert told("subsidiaries", text, modality=Modality.NEGATED) == {("升华", "subsidiaryOf", "富临")}


def test_planned(told) -> None:
    text = "[[Firm 富临]]、[[Firm 磷泰]]拟共同出资设立[[Firm 富磷新材]]。"
    assert told("subsidiaries", text) == set()
    assert ("富磷新材", "subsidiaryOf", "富临") in told("subsidiaries", text, modality=Modality.EXPECTED)


def test_neighbours_are_not_kin(told) -> None:
    assert told("subsidiaries", "[[Firm 富临]]，[[Firm 升华]]相继投产。") == set()
