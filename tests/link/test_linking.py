"""Names of different articles that stand for one thing, and names that do not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from link_material import Spec, reading

from kg.link import link
from kg.model import EntityType, Reading


def one(kind: EntityType, a: list[str], b: list[str]) -> bool:
    """Whether two articles' names of a kind end up as one thing."""
    linked = link([reading("a", [(kind, a)]), reading("b", [(kind, b)])])
    return linked.same["a", "e1"] == linked.same["b", "e1"]


def test_spellings_of_one_zone() -> None:
    assert one(EntityType.ZONE, ["左云经济技术开发区"], ["左云经开区"])
    assert one(EntityType.ZONE, ["左云经济技术开发区", "左云经开区"], ["左云开发区"])
    assert one(EntityType.ZONE, ["山西省左云经济技术开发区"], ["左云经开区"])
    assert one(EntityType.ZONE, ["山西转型综改示范区"], ["山西综改示范区"])
    assert one(EntityType.ZONE, ["长治高新技术产业开发区"], ["长治高新区"])


def test_zones_that_only_look_alike() -> None:
    assert not one(EntityType.ZONE, ["云冈经开区"], ["左云经开区"])
    assert not one(EntityType.ZONE, ["大同经开区"], ["大同高新区"])
    assert not one(EntityType.ZONE, ["怀仁经开区"], ["怀仁经开区化工园区"])


def test_a_zone_carries_its_official_name() -> None:
    linked = link([reading("a", [(EntityType.ZONE, ["左云经开区"])])])
    assert linked.entities[0].id == "zone/左云经济技术开发区"
    assert linked.entities[0].aliases == ("左云经开区",)


def test_places_by_division() -> None:
    assert one(EntityType.PLACE, ["大同市"], ["大同"])
    assert not one(EntityType.PLACE, ["大同市"], ["大同区"])
    beijing = reading("a", [(EntityType.PLACE, ["北京市"]), (EntityType.PLACE, ["朝阳区"])])
    changchun = reading("b", [(EntityType.PLACE, ["长春市"]), (EntityType.PLACE, ["朝阳区"])])
    linked = link([beijing, changchun])
    assert linked.same["a", "e2"] != linked.same["b", "e2"]
    codes = {e.id: dict(e.identifiers).get("gb2260") for e in linked.entities}
    assert codes[linked.same["a", "e2"]] == "110105"
    assert codes[linked.same["b", "e2"]] == "220104"


def test_firms() -> None:
    assert one(EntityType.FIRM, ["太原重型机械集团有限公司"], ["太原重型机械集团"])
    assert not one(EntityType.FIRM, ["华阳碳材科技有限公司"], ["华阳智慧"])
    assert not one(EntityType.FIRM, ["大同华润燃气有限公司"], ["大同华润燃气有限公司左云分公司"])


def test_projects_share_a_name_or_a_developer() -> None:
    short = reading(
        "a",
        [(EntityType.PROJECT, ["泰山玻纤年产60万吨玻璃纤维生产线"]), (EntityType.FIRM, ["泰山玻纤"])],
        [(1, "developedBy", 2)],
    )
    long = reading(
        "b",
        [(EntityType.PROJECT, ["泰山玻纤年产60万吨玻璃纤维智能生产线项目"]), (EntityType.FIRM, ["泰山玻纤"])],
        [(1, "developedBy", 2)],
    )
    linked = link([short, long])
    assert linked.same["a", "e1"] == linked.same["b", "e1"]
    assert any(d.merged and "同一建设方" in d.reason for d in linked.decisions)


def test_a_chain_belongs_to_its_zone() -> None:
    def of(source: str, zone: str) -> Reading:
        spec: Spec = [(EntityType.CHAIN, ["装备制造产业链"]), (EntityType.ZONE, [zone])]
        return reading(source, spec, [(1, "chainIn", 2)])

    linked = link([of("a", "左云经开区"), of("b", "左云经济技术开发区"), of("c", "云冈经开区")])
    assert linked.same["a", "e1"] == linked.same["b", "e1"] != linked.same["c", "e1"]


def test_homonymous_persons_stay_apart() -> None:
    assert not one(EntityType.PERSON, ["李强"], ["李强"])


def test_offices_that_only_their_article_makes_clear() -> None:
    assert not one(EntityType.INSTITUTION, ["县政府"], ["县政府"])
    assert one(EntityType.INSTITUTION, ["清华大学"], ["清华大学"])


NAMES = ["左云经开区", "左云开发区", "大同", "大同市", "泰山玻纤", "泰山玻纤有限公司", "泰山玻纤项目"]


@given(st.lists(st.tuples(st.sampled_from(list(EntityType)), st.sampled_from(NAMES)), min_size=1, max_size=8))
def test_order_of_articles_does_not_matter(things: list[tuple[EntityType, str]]) -> None:
    readings = [reading(f"s{i}", [(kind, [name])]) for i, (kind, name) in enumerate(things)]
    forward, backward = link(readings), link(readings[::-1])
    assert forward == backward
    assert len({e.id for e in forward.entities}) == len(forward.entities)
    assert set(forward.same) == {(f"s{i}", "e1") for i in range(len(things))}


def test_official_names_are_written_out_but_not_invented() -> None:
    def name(*names: str) -> str:
        return link([reading("a", [(EntityType.ZONE, list(names))])]).entities[0].name

    assert name("长治高新区") == "长治高新技术产业开发区"
    assert name("临汾经济开发区") == "临汾经济开发区"
    assert name("山西省左云经济技术开发区", "左云经开区") == "左云经济技术开发区"
    assert name("云州现代农业产业示范区") == "云州现代农业产业示范区"
    assert name("天津港保税区") == "天津港保税区"
