"""chainLeader, chainCore, chainIn and inChain."""

from __future__ import annotations

import pytest

from kg.model import Modality
from kg.nlp.relations.membership import akin

ZONE = "[[Zone 平川经开区]]纪实"


def test_leader_and_members_under_this_chain(told) -> None:
    text = (
        "[[Chain 化工产业链]]，现有重点项目4个。该产业链以投资8亿元的[[Project 年产10万吨活性炭项目]]为“链主”，"
        "延伸了[[Project 明源年产1万吨负极材料]]、[[Project 星海助剂]]和[[Firm 中泰煤业]]等项目，"
        "[[Chain 化工产业链]]条初步形成。"
    )
    leader = "年产10万吨活性炭项目"
    assert told("chain-leaders", text, ZONE) == {
        ("化工产业链", "chainLeader", leader),
        (leader, "inChain", "化工产业链"),
    }
    assert told("membership", text, ZONE) == {
        (name, "inChain", "化工产业链") for name in (leader, "明源年产1万吨负极材料", "星海助剂", "中泰煤业")
    }
    assert told("chain-places", text, ZONE) == {("化工产业链", "chainIn", "平川经开区")}


def test_several_leaders_before_the_chain(told) -> None:
    text = "以[[Firm 烁晶]]、[[Firm 晋芯]]为龙头的[[Chain 半导体产业链]]聚链成势。"
    assert told("chain-leaders", text) >= {
        ("半导体产业链", "chainLeader", "烁晶"),
        ("半导体产业链", "chainLeader", "晋芯"),
    }


def test_leader_of_the_chain_named_next(told) -> None:
    text = "以[[Firm 海油]]等企业为龙头，做强[[Chain 煤化工产业链]]。"
    assert ("煤化工产业链", "chainLeader", "海油") in told("chain-leaders", text)


def test_named_a_leader_by_the_province(told) -> None:
    text = "[[Firm 振东制药]]被确定为全省[[Chain 医药产业链]]“链主”企业。"
    assert ("医药产业链", "chainLeader", "振东制药") in told("chain-leaders", text)


def test_core_firm(told) -> None:
    facts = told("chain-leaders", "以[[Firm 龙芯]]为“链核”的[[Chain 信创产业链]]壮大。")
    assert facts == {("信创产业链", "chainCore", "龙芯"), ("龙芯", "inChain", "信创产业链")}


@pytest.mark.parametrize(
    "text",
    [
        "[[Firm 晋华]]是“链主”企业。",
        "发挥[[Firm 晋华]]等链主企业带动作用。",
        "以[[Firm 晋华]]为龙头的加工基地建成，[[Chain 电子产业链]]延伸。",
        "引进[[Firm 晋华]]，为[[Chain 电子产业链]]链主企业配套。",
    ],
)
def test_no_leader_without_its_chain(told, text: str) -> None:
    assert told("chain-leaders", text) == set()


def test_denied_and_hoped_for(told) -> None:
    denied = "[[Firm 晋华]]不是[[Chain 电子产业链]]“链主”企业。"
    hoped = "[[Firm 晋华]]力争成为[[Chain 电子产业链]]“链主”企业。"
    for text, mode in ((denied, Modality.NEGATED), (hoped, Modality.EXPECTED)):
        assert told("chain-leaders", text) == set()
        assert ("电子产业链", "chainLeader", "晋华") in told("chain-leaders", text, modality=mode)


def test_the_rest_of_a_paragraph_needs_kinship(told) -> None:
    text = (
        "做强[[Chain 聚乳酸产业链]]，建成[[Project 15万吨聚乳酸]]。"
        "开工[[Project 3万吨聚乳酸纤维]]、[[Project 东山电厂]]。"
    )
    assert told("membership", text) == {
        ("15万吨聚乳酸", "inChain", "聚乳酸产业链"),
        ("3万吨聚乳酸纤维", "inChain", "聚乳酸产业链"),
    }


def test_a_project_that_fills_a_gap(told) -> None:
    text = "[[Project 创新药项目]]开工。该项目建成后，将填补[[Chain 医药产业链]]空白。"
    assert told("membership", text) == {("创新药项目", "inChain", "医药产业链")}


def test_not_a_member(told) -> None:
    text = "[[Firm 晋华]]尚未融入[[Chain 电子产业链]]。"
    assert told("membership", text) == set()
    assert told("membership", text, modality=Modality.NEGATED) == {("晋华", "inChain", "电子产业链")}


def test_akin() -> None:
    assert akin("氢能全产业链", "液氢工厂")
    assert akin("石墨全产业链", "年产20万吨石墨精粉")
    assert not akin("高端装备制造产业链", "新型建材高端制造项目")


def test_a_paragraph_that_turns_to_its_chain(told) -> None:
    text = (
        "加快打造[[Chain 高端造纸全产业链]]集群。推进[[Project 太阳项目]]，开工[[Project 深加工园]]。"
        "大力发展[[Industry 冶金]]，推进[[Project 华润项目]]。"
    )
    assert told("membership", text) == {
        (name, "inChain", "高端造纸全产业链") for name in ("太阳项目", "深加工园")
    }


def test_projects_fall_to_the_chain_of_their_sentence(told) -> None:
    text = (
        "深耕[[Chain 有色]]、[[Chain 稀土]]等产业链。推进[[Project 白银炉升级]]，有色金属产能增加。"
        "实施[[Project 高纯稀土生产线]]。"
    )
    assert told("membership", text) == {
        ("白银炉升级", "inChain", "有色"),
        ("高纯稀土生产线", "inChain", "稀土"),
    }


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("加快发展[[Firm 亿纬]]、[[Firm 格林]]等企业，[[Chain 电池产业链]]建设取得突破。", {"亿纬", "格林"}),
        (
            "依托[[Firm 云箭]]等企业，引导[[Firm 华峰]]等企业参与生产，建设[[Chain 军民产业链]]。",
            {"云箭", "华峰"},
        ),
        ("包括[[Project 奥泰影像]]等项目在内的[[Chain 医药产业链]]。", {"奥泰影像"}),
        ("[[Firm 亿纬]]考察[[Place 平川]]，[[Chain 电池产业链]]产值增长。", set()),
    ],
)
def test_members_named_before_the_chain(told, text: str, members: set[str]) -> None:
    chain = "军民产业链" if "军民" in text else "医药产业链" if "医药" in text else "电池产业链"
    assert told("membership", text) == {(name, "inChain", chain) for name in members}
