"""Where names stand in the chain templates, and where they must not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.link.following import follow
from kg.link.keywords import Keywords
from kg.link.segments import Basis, Placement, segment
from kg.model import (
    Article,
    Claim,
    Concept,
    Entity,
    EntityType,
    Mention,
    Modality,
    Reading,
    Ref,
    Source,
)
from kg.ontology import Segment, Template, templates

BODY = "甲乙丙丁戊己庚辛。本句只说一家，产品是光刻胶。"
ARTICLE = Article("a", Source("a", "a.txt", "0", "text/plain"), "甲", BODY, ())


def part(chain: str, name: str, *keywords: str, same: tuple[str, ...] = ()) -> Segment:
    return Segment(
        f"{chain}.{name}", f"http://t/{chain}.{name}", chain, name, name, "midstream", "mainBranch", (), False, (),
        keywords, same,
    )  # fmt: skip


def template(chain: str, label: str, *parts: Segment, aliases: tuple[str, ...] = ()) -> Template:
    return Template(chain, f"http://t/{chain}", label, label, aliases, parts)


PV = template(
    "pv",
    "光伏产业链",
    part("pv", "ingot", "单晶硅"),
    part("pv", "wafer", "硅片", "单晶硅片"),
    part("pv", "heat", "碳毡"),
    part("pv", "wafering", "T300"),
    aliases=("太阳能",),
)
CF = template(
    "cf",
    "碳纤维与碳基新材料产业链",
    part("cf", "felt", "碳毡"),
    part("cf", "blade", "风电叶片", same=("wind.blade",)),
    part("cf", "millet", "小米"),
)
WIND = template(
    "wind",
    "风电与新能源电力产业链",
    part("wind", "blade", "风电叶片", same=("cf.blade",)),
    part("wind", "gangue", "煤矸石"),
    aliases=("新能源产业链",),
)
ALL = (CF, PV, WIND)


def firm(name: str) -> Entity:
    return Entity(f"firm/{name}", EntityType.FIRM, name)


def project(name: str) -> Entity:
    return Entity(f"project/{name}", EntityType.PROJECT, name)


def chain(name: str) -> Entity:
    return Entity(f"chain/{name}", EntityType.CHAIN, name)


def said(
    subject: Entity, predicate: str, target: Entity | str, modality: Modality = Modality.ASSERTED
) -> Claim:
    if isinstance(target, Entity):
        return Claim(subject.id, predicate, Ref(target.id), 0, 9, "t", 1.0, modality)
    return Claim(subject.id, predicate, Decimal(1), 0, 9, "t", 1.0, modality, unit="t/a", product=target)


def placed(
    *things: Entity, claims: tuple[Claim, ...] = (), mentions: tuple[Mention, ...] = ()
) -> list[Placement]:
    reading = Reading(ARTICLE, mentions=mentions, claims=claims)
    return list(segment([reading], things, ALL).placements)


def where(*things: Entity, claims: tuple[Claim, ...] = ()) -> set[tuple[str, str]]:
    return {(p.entity.partition("/")[2], p.segment) for p in placed(*things, claims=claims)}


def test_the_longest_keyword_wins() -> None:
    assert where(project("年产5GW单晶硅片项目")) == {("年产5GW单晶硅片项目", "pv.wafer")}
    assert where(project("单晶硅及硅片项目")) == {
        ("单晶硅及硅片项目", "pv.ingot"),
        ("单晶硅及硅片项目", "pv.wafer"),
    }


def test_latin_keywords_are_whole_words() -> None:
    assert where(project("Ｔ300级生产线")) == {("Ｔ300级生产线", "pv.wafering")}
    assert where(project("T3000压路机项目"), project("BT300机床")) == set()


@pytest.mark.parametrize(
    "name", ["煤矸石综合利用项目", "以煤矸石为原料的建材项目", "硅片设备项目", "硅片检测中心", "硅片物流园"]
)
def test_an_input_or_a_customer_is_not_what_is_made(name: str) -> None:
    assert where(project(name)) == set()


def test_a_keyword_of_two_chains_waits_for_the_context() -> None:
    felt, pv, zone = project("碳毡项目"), chain("光伏产业链"), Entity("zone/z", EntityType.ZONE, "z")
    assert where(felt) == set()
    assert where(felt, pv, claims=(said(felt, "inChain", pv),)) == {("碳毡项目", "pv.heat")}
    assert where(felt, pv, claims=(said(felt, "inChain", pv, Modality.NEGATED),)) == set()
    in_zone = (said(felt, "locatedIn", zone), said(pv, "chainIn", zone))
    assert where(felt, pv, zone, claims=in_zone) == {("碳毡项目", "pv.heat")}
    cf = chain("碳纤维产业链")
    both = (*in_zone, said(cf, "chainIn", zone))
    assert where(felt, pv, cf, zone, claims=both) == set(), "two chains of the zone would do"


def test_the_zone_is_found_through_its_park_even_where_texts_run_in_a_circle() -> None:
    felt, pv = project("碳毡项目"), chain("光伏产业链")
    zone, park = Entity("zone/z", EntityType.ZONE, "z"), Entity("park/p", EntityType.PARK, "p")
    claims = (
        said(felt, "locatedIn", park),
        said(park, "parkOf", zone),
        said(zone, "locatedIn", park),
        said(pv, "chainIn", zone),
    )
    assert where(felt, pv, zone, park, claims=claims) == {("碳毡项目", "pv.heat")}


def test_segments_that_are_one_thing_are_placed_in_both_chains() -> None:
    assert where(project("风电叶片项目")) == {("风电叶片项目", "cf.blade"), ("风电叶片项目", "wind.blade")}


def test_a_short_word_in_a_firms_name_is_a_name_unless_its_chain_agrees() -> None:
    phone, cf = firm("小米科技有限公司"), chain("碳纤维产业链")
    assert where(phone) == set()
    assert where(phone, cf, claims=(said(phone, "inChain", cf),)) == {("小米科技有限公司", "cf.millet")}
    assert where(project("小米加工项目")) == {("小米加工项目", "cf.millet")}


def test_another_chain_than_the_own_makes_a_placement_less_sure() -> None:
    wafer, wind = project("单晶硅片项目"), chain("新能源产业链")
    (alone,) = placed(wafer)
    (doubtful,) = placed(wafer, wind, claims=(said(wafer, "inChain", wind),))
    assert doubtful.confidence < alone.confidence


def test_products_tell_where_a_maker_stands() -> None:
    maker, product = firm("晶阳公司"), Entity("product/硅片", EntityType.PRODUCT, "硅片")
    assert where(maker, claims=(said(maker, "capacity", "单晶硅片"),)) == {("晶阳公司", "pv.wafer")}
    makes = said(maker, "produces", product)
    (found,) = [p for p in placed(maker, product, claims=(makes,)) if p.entity == maker.id]
    assert (found.basis, found.keyword, found.text) == (Basis.PRODUCT, "硅片", "硅片")


def test_what_a_firm_is_only_expected_or_denied_to_make_does_not_place_it() -> None:
    maker, plan = firm("晶阳公司"), project("晶阳项目")
    for modality in (Modality.EXPECTED, Modality.NEGATED):
        assert where(maker, claims=(said(maker, "capacity", "单晶硅片", modality),)) == set()
    # what a project is to make says what it is; whether it is there yet is told by its phase
    assert where(plan, claims=(said(plan, "capacity", "单晶硅片", Modality.EXPECTED),)) == {
        ("晶阳项目", "pv.wafer")
    }


def test_a_sentence_counts_only_where_it_is_about_one_and_the_chain_agrees() -> None:
    lone, other, pv = firm("甲"), firm("乙"), chain("光伏产业链")
    body = "甲拉出单晶硅。"
    article = Article("b", ARTICLE.source, "", body, ())
    claims = (
        Claim(lone.id, "inChain", Ref(pv.id), 0, len(body), "t", 1.0),
        Claim(lone.id, "status", Concept("inProduction"), 0, len(body), "t", 1.0),
    )
    mention = Mention(0, 1, "甲", lone.id)
    alone = Reading(article, mentions=(mention,), claims=claims)
    (found,) = segment([alone], [lone, other, pv], ALL).placements
    assert (found.segment, found.basis) == ("pv.ingot", Basis.SENTENCE)
    crowded = Reading(article, mentions=(mention, Mention(1, 2, "拉", other.id)), claims=claims)
    assert segment([crowded], [lone, other, pv], ALL).placements == ()
    unchained = Reading(article, mentions=(mention,), claims=claims[1:])
    assert segment([unchained], [lone, other, pv], ALL).placements == ()


@pytest.mark.parametrize(
    ("name", "followed"),
    [
        ("光伏产业链", {"pv"}),
        ("光伏", {"pv"}),
        ("太阳能产业链条", {"pv"}),
        ("高端光伏制造产业链", {"pv"}),
        ("新能源产业链", {"wind"}),
        ("碳基新材料产业链", {"cf"}),
        ("光伏、风电产业链", {"pv", "wind"}),
        ("新能源汽车产业链", set()),
        ("光伏小镇文旅链", set()),
        ("产业链", set()),
        ("供应链", set()),
    ],
)
def test_which_template_a_chain_follows_by_its_name(name: str, followed: set[str]) -> None:
    assert {following.template for following in follow([chain(name)], ALL)} == followed


def test_a_name_that_fits_two_templates_decides_for_neither() -> None:
    twins = (template("a", "石墨产业链"), template("b", "石墨与石墨烯产业链"))
    assert follow([chain("石墨产业链")], twins) == ()


def test_a_chain_of_unknown_name_follows_the_template_of_most_of_its_members() -> None:
    green = chain("绿色链")
    wafer, ingot, blade = project("单晶硅片一期"), project("单晶硅二期"), project("风电叶片项目")
    two = (said(wafer, "inChain", green), said(ingot, "inChain", green))
    found = segment([Reading(ARTICLE, claims=two)], [green, wafer, ingot, blade], ALL)
    assert [(f.template, f.matched) for f in found.followings] == [("pv", "")]
    for claims in (two[:1], (*two, said(blade, "inChain", green), said(project("碳毡"), "inChain", green))):
        few = segment([Reading(ARTICLE, claims=claims)], [green, wafer, ingot, blade], ALL)
        assert [f.template for f in few.followings] == (["pv"] if len(claims) > 1 else [])


def test_the_order_of_entities_and_readings_does_not_matter() -> None:
    things = [project("单晶硅片项目"), firm("甲"), chain("光伏产业链"), project("风电叶片项目")]
    readings = [
        Reading(ARTICLE, claims=(said(things[1], "capacity", "单晶硅"),)),
        Reading(ARTICLE, claims=(said(things[1], "inChain", things[2]),)),
    ]
    assert segment(readings, things, ALL) == segment(readings[::-1], things[::-1], ALL)


def test_no_templates_no_placements() -> None:
    assert Keywords(()).find("单晶硅片") == []
    assert segment([], [project("单晶硅片项目")], ()).placements == ()


def test_the_shipped_templates_tell_their_own_names_apart() -> None:
    """Every shipped template is followed by a chain that bears its label, and by no other."""
    shipped = templates()
    for one in shipped:
        assert {f.template for f in follow([chain(one.label_zh)], shipped)} == {one.id}
