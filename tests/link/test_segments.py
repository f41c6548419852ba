"""Keywords in names, and the segments they stand for."""

from __future__ import annotations

import pytest

from kg.link.following import follow
from kg.link.keywords import Keywords
from kg.link.segments import segment
from kg.model import Entity, EntityType
from kg.ontology import segments, templates

# Segments of chains beside these may be the same thing seen from another chain.
CHAINS = {s for s in segments() if s.partition(".")[0] in ("cf", "li", "spv", "pv", "waste", "steel", "eq")}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("储能电池电极用碳毡", {"cf.cc"}),  # the head is the felt, not the battery it is for
        ("年产1万吨高性能锂离子电池负极材料", {"li.anode"}),
        ("作业类专用汽车及环卫装备制造项目", {"spv.operation", "spv.sanitation"}),
        ("硅料、硅片、电池片项目", {"pv.polysilicon", "pv.wafer", "pv.cell"}),
        ("煤矸石综合利用项目", {"waste.sort"}),
        ("营商环境建设", set()),
        ("3万吨动力电池铝箔", {"li.parts"}),
        ("临汾年产100万千瓦光伏组件项目", {"pv.module"}),
        ("特种钢丝绳", {"steel.product"}),
        ("磷酸铁锂回收利用", {"li.recycle"}),
        ("锂电池正负极材料回收再利用", set()),
        ("新能源汽车核心零部件产业园", set()),
        ("轴承重点实验室", set()),
        ("赛纬锂电池新材料", set()),
    ],
)
def test_the_head_of_a_name_decides(name: str, expected: set[str]) -> None:
    found = {s for match in Keywords(templates()).heads(name) for s in match.segments}
    assert found & CHAINS == expected


def test_a_keyword_of_several_segments_of_one_chain_fills_them_all() -> None:
    project = Entity("project/x", EntityType.PROJECT, "年产56GW垂直一体化大基地项目")
    placed = {p.segment for p in segment([], [project], templates()).placements}
    assert {"pv.ingot", "pv.wafer", "pv.cell", "pv.module"} <= placed


def test_no_firm_is_called_a_keyword_and_nothing_more() -> None:
    for name, there in (("氢燃料电池", False), ("国鸿氢燃料电池", True)):
        found = segment([], [Entity("firm/x", EntityType.FIRM, name)], templates()).placements
        assert bool(found) == there


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("山西省光伏产业链", {"pv"}),
        ("首个氢能全产业链", {"h2"}),
        ("西南风电装备全产业链", {"wind"}),
        ("光伏主产业链", {"pv"}),
        ("阳光能源“光伏全产业链", {"pv"}),
        ("阳光能源光伏产业链", set()),  # a short name says little behind a word that is not known
        ("船舶产业链", {"ship"}),
        ("冰雪旅游产业链", set()),
    ],
)
def test_what_leads_up_to_the_name_of_a_chain_does_not_count(name: str, expected: set[str]) -> None:
    chain = Entity("chain/x", EntityType.CHAIN, name)
    assert {following.template for following in follow([chain], templates())} == expected
