"""Figures of one thing that differ, phases out of order, a firm in two chains: whose mistake it is."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

from kg.audit import Finding, Kind, audit
from kg.audit.finding import Cause
from kg.graph import Graph, write
from kg.model import Concept, Entity, EntityType, Mention, Reading, Ref

sys.path.insert(0, str(Path(__file__).parents[1] / "graph"))

from graph_material import article, by_name, claim

ENTITIES = (
    Entity("e1", EntityType.PLACE, "云州县"),
    Entity("e2", EntityType.PROJECT, "晶阳硅片项目"),
    Entity("e3", EntityType.FIRM, "明光电子"),
    Entity("e4", EntityType.CHAIN, "光伏产业链"),
    Entity("e5", EntityType.CHAIN, "装备制造产业链"),
    Entity("e6", EntityType.FIRM, "晨光电子"),
    Entity("e7", EntityType.CHAIN, "玻璃产业链"),
    Entity("e8", EntityType.CHAIN, "陶瓷产业链"),
    Entity("e9", EntityType.PROJECT, "星河石英项目"),
    Entity("e10", EntityType.PLACE, "青石镇("),
)


def reading(
    name: str, published: str, lines: list[tuple[str, list[tuple[str, str, object, dict[str, object]]]]]
) -> Reading:
    """An article with a sentence a line, each with the claims read from it."""
    body = f"{name}报道\n" + "\n".join(line for line, _ in lines)
    claims = tuple(
        claim(body, subject, predicate, target, line, **more)  # type: ignore[arg-type]
        for line, some in lines
        for subject, predicate, target, more in some
    )
    mentions = tuple(
        Mention(start, start + len(e.name), e.name, e.id)
        for e in ENTITIES
        if (start := body.find(e.name)) >= 0
    )
    return Reading(article(body, name, published=published), ENTITIES, mentions, claims)


def investment(value: int, printed: str, project: str = "e2") -> tuple[str, str, object, dict[str, object]]:
    return project, "totalInvestment", Decimal(value), {"unit": "CNY", "printed": printed}


def rate(value: str, of: str = "财政收入", place: str = "e1") -> tuple[str, str, object, dict[str, object]]:
    more = {"unit": "%", "printed": f"{value}%", "indicator": "growthRate", "of": of, "date": "2023"}
    return place, "observation", Decimal(value), more


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    first = reading("甲", "2023-05", [
        ("晶阳硅片项目总投资8.9亿元。", [investment(890000000, "8.9亿元")]),
        ("总投资8亿元的星河石英项目、一期投资2亿元的另一个项目开工。", [investment(800000000, "8亿元", "e9")]),
        ("云州县财政收入增长3.1%。", [rate("3.1")]),
        ("全县固定资产投资增长9.5%。", [rate("9.5", "固定资产投资")]),
        ("云州县财政收入达90亿元、增长4.2%。", [rate("4.2")]),
        ("明光电子列入光伏产业链。", [("e3", "inChain", Ref("e4"), {})]),
        ("依托晨光电子，延伸玻璃和陶瓷产业链。",
         [("e6", "inChain", Ref("e7"), {}), ("e6", "inChain", Ref("e8"), {})]),
        ("晶阳硅片项目2023年4月投产。", [("e2", "status", Concept("inProduction"), {"date": "2023-04"})]),
    ])  # fmt: skip
    second = reading("乙", "2024-05", [
        ("晶阳硅片项目总投资9.8亿元。", [investment(980000000, "9.8亿元")]),
        ("一期投资5亿元的星河石英项目投产。", [investment(500000000, "5亿元", "e9")]),
        ("云州县财政收入年均增长6%。", [rate("6")]),
        ("云州县乡镇财政收入2亿元、增长47.1%。", [rate("47.1")]),
        ("装备制造产业链上有明光电子。", [("e3", "inChain", Ref("e5"), {})]),
        ("全县社会消费品零售总额增长5.5%。", [rate("5.5", "社会消费品零售总额")]),
        ("云州县社会消费品零售总额增长6.5%。", [rate("6.5", "社会消费品零售总额")]),
        ("青石镇(全域粮食产量增长5.1%，高于全县。", [rate("5.1", "粮食产量", "e10")]),
        ("青石镇(全域粮食产量增长5.8%。", [rate("5.8", "粮食产量", "e10")]),
        ("全县工业增加值增长5.1%。", [rate("5.1", "工业增加值")]),
        ("6个产业集群发展壮大，工业增加值增长8.1%。", [rate("8.1", "工业增加值")]),
        ("全县固定资产投资增长6.1%。", [rate("6.1", "固定资产投资")]),
        ("晶阳硅片项目2023年11月开工。", [("e2", "status", Concept("started"), {"date": "2023-11"})]),
    ])  # fmt: skip
    path = tmp_path_factory.mktemp("audit") / "x.kg"
    write([first, second], by_name(first, second), path)
    with Graph.open(path) as graph:
        return audit(graph, (Kind.FIGURE, Kind.ORDER, Kind.CHAINS))


def test_a_stage_is_no_whole(found: list[Finding]) -> None:
    (finding,) = [f for f in found if "星河石英项目" in f.what.zh]
    assert finding.cause is Cause.READING and "分期" in finding.why.zh


def test_two_articles_give_two_figures(found: list[Finding]) -> None:
    (finding,) = [f for f in found if f.about and f.about[1] == "晶阳硅片项目" and f.kind is Kind.FIGURE]
    assert "8.9亿元" in finding.what.zh and "9.8亿元" in finding.what.zh
    assert finding.cause is not Cause.READING
    assert [e.quote for e in finding.evidence] == [
        "晶阳硅片项目总投资9.8亿元。",
        "晶阳硅片项目总投资8.9亿元。",
    ]


@pytest.mark.parametrize(
    ("of", "cause"),
    [
        ("社会消费品零售总额", Cause.SOURCE),
        ("粮食产量", Cause.SOURCE),
        ("工业增加值", Cause.READING),
        ("固定资产投资", Cause.READING),
    ],
    ids=["both of the whole", "an odd name", "one of a part", "one said before the year was over"],
)
def test_whose_mistake_a_rate_is(found: list[Finding], of: str, cause: Cause) -> None:
    (finding,) = [f for f in found if of in f.what.zh]
    assert finding.cause is cause


def test_rates_of_two_wholes_and_of_years_are_no_conflict_of_the_sources(found: list[Finding]) -> None:
    rates = [f for f in found if "财政收入" in f.what.zh]
    assert all(f.cause is Cause.READING or "3.1%" in f.what.zh for f in rates)
    assert not any("47.1%" in f.what.zh and "4.2%" in f.what.zh for f in rates)


def test_phases_out_of_order_and_a_firm_in_two_chains(found: list[Finding]) -> None:
    kinds = {f.kind: f for f in found if f.kind in (Kind.ORDER, Kind.CHAINS)}
    assert set(kinds) == {Kind.ORDER, Kind.CHAINS}
    assert "2023" in kinds[Kind.ORDER].what.zh
    assert [f.about[1] for f in found if f.kind is Kind.CHAINS and f.about] == ["明光电子"]
    assert "光伏产业链" in kinds[Kind.CHAINS].what.zh and "装备制造产业链" in kinds[Kind.CHAINS].what.zh


def test_the_seeds_hold_at_least_eight_such_places(seeds: Graph) -> None:
    findings = [f for f in audit(seeds) if f.cause is not Cause.READING]
    assert len(findings) >= 8
    said = "\n".join(f.what.zh for f in findings)
    for place in ("62.5%", "83.96%", "45.29亿元", "写作四年", "2×100,000千瓦", "91.34%", "85.96%", "40.32%"):
        assert place in said
