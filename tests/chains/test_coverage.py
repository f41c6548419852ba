"""Which chains a graph knows of, and which of them are told."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from chain_material import STRONG, WEAK, chain, member
from graph_material import BODY, ENTITIES, article, by_name, claim
from hypothesis import given
from hypothesis import strategies as st

from kg.chains import Chain, chains_of, without_repeats, without_template
from kg.graph import Graph, write
from kg.model import Entity, EntityType, Mention, Reading, Ref


def test_the_chain_of_a_zone_with_who_is_in_which_segment(graph: Graph) -> None:
    (zone,) = [c for c in chains_of(graph) if c.container_kind == "Zone"]
    assert (zone.container_label, zone.template.id) == ("云州经济开发区", "pv")
    assert zone.names == ("光伏产业链",)
    assert zone.leaders == ("晶阳硅片项目",)
    assert {s: [m.label for m in found] for s, found in zone.members.items()} == {
        "pv.cell": ["明光电池片项目"],
        "pv.crucible": ["星河石英坩埚项目"],
        "pv.wafer": ["晶阳硅片项目"],
    }
    assert zone.states == {"pv.cell": "statePlanned", "pv.crucible": "stateWeak", "pv.wafer": "stateStrong"}
    (wafer,) = zone.members["pv.wafer"]
    assert wafer.phases == ("inProduction",)
    assert wafer.investment == Decimal(890_000_000)
    assert wafer.segments == ("pv.wafer",)
    assert all(e.quote in BODY for e in wafer.evidence)
    assert any(c.endswith("云州县") for c in zone.around)


def test_the_county_has_the_same_chain_and_is_not_told_again(graph: Graph) -> None:
    both = chains_of(graph)
    assert [c.container_label for c in both] == ["云州经济开发区", "云州县"]
    assert [c.container_label for c in without_repeats(both)] == ["云州经济开发区"]


def test_members_without_a_segment_and_chains_without_a_template_are_kept(tmp_path: Path) -> None:
    body = (
        "云州\n云州经济开发区的光伏产业链有晶阳硅片项目、明光电池片项目和老李饭庄项目。"
        "云州经济开发区还有醒狮鼓乐产业链。"
    )
    entities = (
        ENTITIES[0],
        *ENTITIES[2:4],
        ENTITIES[5],
        Entity("e8", EntityType.PROJECT, "老李饭庄项目"),
        Entity("e9", EntityType.CHAIN, "醒狮鼓乐产业链"),
    )
    mentions = tuple(
        Mention(body.index(e.name), body.index(e.name) + len(e.name), e.name, e.id) for e in entities
    )
    quote = body.split("\n")[1].split("。")[0]
    told = [("e3", "chainIn", "e1"), ("e9", "chainIn", "e1"), ("e4", "locatedIn", "e1")]
    told += [(e, "inChain", "e3") for e in ("e4", "e6", "e8")]
    claims = tuple(
        claim(body, s, p, Ref(o), quote if s != "e9" else "云州经济开发区还有醒狮鼓乐产业链")
        for s, p, o in told
    )
    reading = Reading(article(body, "云州"), entities, mentions, claims)
    path = tmp_path / "one.kg"
    write([reading], by_name(reading), path)
    with Graph.open(path, memory=True) as graph:
        (zone,) = chains_of(graph)
        # who is in the zone's chain is in the zone, also where no text says where it lies
        assert zone.states == {"pv.cell": "stateWeak", "pv.wafer": "stateWeak"}
        assert [m.label for m in zone.members["pv.cell"]] == ["明光电池片项目"]
        assert [m.label for m in zone.unplaced] == ["老李饭庄项目"]
        assert zone.unplaced[0].confidence is None
        assert without_template(graph) == [("云州经济开发区", "醒狮鼓乐产业链")]


def test_a_chain_of_one_segment_that_no_text_names_is_not_worth_a_table() -> None:
    assert not chain({"pv.cell": WEAK}).telling
    assert chain({"pv.cell": WEAK}, names=("光伏产业链",)).telling
    assert chain({"pv.cell": WEAK, "pv.wafer": WEAK}).telling
    assert chain({}, names=("光伏产业链",)).telling


def told(*chains: Chain) -> list[str]:
    return [c.container for c in without_repeats(chains)]


def test_parks_and_places_that_repeat_a_zone_are_left_out() -> None:
    inside = {"pv.cell": (member("一"), member("二"))}
    zone = chain({"pv.cell": STRONG}, inside, where="区", around=("县", "市"))
    park = chain({"pv.cell": STRONG}, inside, where="园", kind="Park", around=("区", "县", "市"))
    county = chain({"pv.cell": STRONG}, inside, where="县", kind="Place", around=("市",))
    city = chain({"pv.cell": STRONG}, inside, where="市", kind="Place")
    assert told(city, county, park, zone) == ["区"]
    assert told(city, county, park) == ["园"]
    assert told(city, county) == ["县"]
    assert told(city) == ["市"]


def test_a_place_with_more_of_its_own_and_one_that_is_named_are_kept() -> None:
    zone = chain({"pv.cell": WEAK}, {"pv.cell": (member("一"),)}, where="区", around=("市",))
    more = {"pv.cell": (member("一"), member("二"), member("三"))}
    assert told(zone, chain({"pv.cell": WEAK}, more, where="市", kind="Place")) == ["区", "市"]
    same = {"pv.cell": (member("一"),)}
    assert told(zone, chain({"pv.cell": WEAK}, same, where="市", kind="Place", names=("光伏链",))) == [
        "区",
        "市",
    ]


def test_a_zone_elsewhere_does_not_speak_for_a_place() -> None:
    inside = {"pv.cell": (member("一"),)}
    zone = chain({"pv.cell": WEAK}, inside, where="区", around=("甲市",))
    assert told(zone, chain({"pv.cell": WEAK}, inside, where="乙市", kind="Place")) == ["区", "乙市"]


@given(st.permutations(["区", "园", "县", "市"]))
def test_what_is_told_does_not_depend_on_the_order(order: list[str]) -> None:
    around = {"区": ("县", "市"), "园": ("区", "县", "市"), "县": ("市",), "市": ()}
    kinds = {"区": "Zone", "园": "Park", "县": "Place", "市": "Place"}
    inside = {"pv.cell": (member("一"),)}
    chains = [chain({"pv.cell": WEAK}, inside, where=w, kind=kinds[w], around=around[w]) for w in order]
    assert told(*chains) == ["区"]
