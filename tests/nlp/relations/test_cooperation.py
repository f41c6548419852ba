"""cooperatesWith."""

from __future__ import annotations

from kg.model import Modality

ZONE = "[[Zone 平川经开区]]纪实"


def pairs(facts: set[tuple[str, str, str]]) -> set[frozenset[str]]:
    return {frozenset((s, o)) for s, _, o in facts}


def test_the_home_with_a_list(told) -> None:
    text = "与[[Institution 天津商会]]、[[Zone 湾区开发区]]分别签订了战略合作协议。"
    assert pairs(told("cooperation", text, ZONE)) == {
        frozenset(("平川经开区", "天津商会")),
        frozenset(("平川经开区", "湾区开发区")),
    }


def test_a_named_party_with_another_and_each_pair_once(told) -> None:
    text = "[[Firm 晋华]]与[[Firm 明泉]]深度合作。[[Firm 明泉]]与[[Firm 晋华]]共建实验室。"
    assert told("cooperation", text) == {("晋华", "cooperatesWith", "明泉")}


def test_teaming_up_and_jointly(told) -> None:
    text = (
        "[[Zone 东山园区]]携手[[Institution 理工大学]]主攻新材料。"
        "[[Institution 科技厅]]、[[Institution 教育厅]]联合印发通知。"
    )
    assert pairs(told("cooperation", text)) == {
        frozenset(("东山园区", "理工大学")),
        frozenset(("科技厅", "教育厅")),
    }


def test_where_they_met_is_no_party(told) -> None:
    text = "[[Firm 晋华]]在[[Place 北京市]]与[[Firm 明泉]]签署协议。"
    assert told("cooperation", text) == {("晋华", "cooperatesWith", "明泉")}


def test_denied_and_planned(told) -> None:
    for text, mode in (
        ("[[Firm 晋华]]尚未与[[Firm 明泉]]签约。", Modality.NEGATED),
        ("[[Firm 晋华]]拟与[[Firm 明泉]]签订协议。", Modality.EXPECTED),
    ):
        assert told("cooperation", text) == set()
        assert told("cooperation", text, modality=mode) == {("晋华", "cooperatesWith", "明泉")}


def test_side_by_side_is_not_together(told) -> None:
    assert told("cooperation", "[[Firm 晋华]]与[[Firm 明泉]]均已投产。") == set()


def test_two_pairs_in_one_list(told) -> None:
    text = "支持[[Place 东州市]]与[[Place 南圳市]]、[[Place 西安县]]与[[Place 北莞市]]对口合作。"
    assert pairs(told("cooperation", text)) == {
        frozenset(("东州市", "南圳市")),
        frozenset(("西安县", "北莞市")),
    }


def test_the_last_of_three_signs_with_the_others(told) -> None:
    text = "[[Institution 网信办]]、[[Institution 农业部]]和[[Place 浙江省]]签署备忘录。"
    assert told("cooperation", text) == {
        ("网信办", "cooperatesWith", "浙江省"),
        ("农业部", "cooperatesWith", "浙江省"),
    }


def test_who_the_sentence_opens_on(told) -> None:
    text = "[[Firm 晋华]]公布选址，与[[Firm 明泉]]合作建设。"
    assert told("cooperation", text) == {("晋华", "cooperatesWith", "明泉")}


def test_firms_approached_are_no_partners(told) -> None:
    text = "[[Zone 高新区]]积极与[[Firm 晋华]]、[[Firm 明泉]]等行业龙头企业对接。"
    assert told("cooperation", text) == set()
