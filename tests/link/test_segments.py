"""Keywords in names, and the segments they stand for."""

from __future__ import annotations

import pytest

from kg.link.keywords import Keywords
from kg.link.segments import segment
from kg.model import Entity, EntityType
from kg.ontology import templates


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("储能电池电极用碳毡", {"cf.cc"}),  # the head is the felt, not the battery it is for
        ("年产1万吨高性能锂离子电池负极材料", {"li.anode"}),
        ("作业类专用汽车及环卫装备制造项目", {"spv.operation", "spv.sanitation"}),
        ("硅料、硅片、电池片项目", {"pv.polysilicon", "pv.wafer", "pv.cell"}),
        ("煤矸石综合利用项目", {"waste.sort"}),
        ("营商环境建设", set()),
    ],
)
def test_the_head_of_a_name_decides(name: str, expected: set[str]) -> None:
    found = {s for match in Keywords(templates()).heads(name) for s in match.segments}
    assert expected <= found if expected else not found
    if expected and name.startswith("储能"):
        assert "li.cell" not in found


def test_a_keyword_of_several_segments_of_one_chain_fills_them_all() -> None:
    project = Entity("project/x", EntityType.PROJECT, "年产56GW垂直一体化大基地项目")
    placed = {p.segment for p in segment([], [project], templates()).placements}
    assert {"pv.ingot", "pv.wafer", "pv.cell", "pv.module"} <= placed
