"""The whole way on the five seed articles: what the graph must say of them, and how it says it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import kg
from kg.evaluate import from_graph, load_gold, score
from kg.graph import Graph
from kg.graph.export import export
from kg.graph.validation import validate
from kg.query import describe, find
from kg.query.results import rows

SEEDS = Path(__file__).parent.parent / "seeds"
GOLD = Path(__file__).parent / "gold" / "seeds"

# Reached so far; a change that lowers them must say why. The reader has seen these five articles: what it is worth on
# others is in its model card.
FLOORS = {"entity": 0.87, "relation": 0.74, "attribute": 0.75, "observation": 0.77}


def test_figures_reached(seeds: Graph) -> None:
    scores = score(load_gold(GOLD), from_graph(seeds))
    reached = {group: scores.rows[group, "ALL"].f1 for group in FLOORS}
    assert {g: f for g, f in reached.items() if f < FLOORS[g]} == {}


def test_every_quote_and_mention_stands_in_its_article(seeds: Graph) -> None:
    bodies = {r["a"]: str(r["b"]) for r in rows(seeds, "SELECT ?a ?b { ?a schema:articleBody ?b }")}
    claims = rows(
        seeds, "SELECT ?a ?q ?s ?e { ?c lz:quote ?q; lz:start ?s; lz:end ?e; prov:wasQuotedFrom ?a }"
    )
    mentions = rows(
        seeds, "SELECT ?a ?q ?s ?e { GRAPH ?a { ?m a lz:Mention; lz:text ?q; lz:start ?s; lz:end ?e } }"
    )
    assert len(claims) > 300
    assert len(mentions) > 300
    for r in claims + mentions:
        assert bodies[r["a"]][int(str(r["s"])) : int(str(r["e"]))] == r["q"]


def test_the_graph_keeps_its_shapes(seeds: Graph) -> None:
    assert validate(seeds) == ()


def test_same_input_same_bytes_whatever_the_jobs(seeds: Graph, tmp_path: Path) -> None:
    kg.build(SEEDS, tmp_path / "again.kg", jobs=2)
    export(seeds, tmp_path / "one.nq")
    with kg.open(tmp_path / "again.kg") as again:
        export(again, tmp_path / "two.nq")
    assert (tmp_path / "one.nq").read_bytes() == (tmp_path / "two.nq").read_bytes()


def test_one_zone_under_several_spellings(seeds: Graph) -> None:
    zone = find(seeds, "左云经开区")
    assert zone.iri.endswith("/id/zone/左云经济技术开发区")
    assert find(seeds, "左云开发区") == find(seeds, "左云经济技术开发区") == zone
    assert find(seeds, "山西综改示范区") == find(seeds, "山西转型综改示范区")
    assert find(seeds, "云冈经开区") != zone


MEMBERS = {
    "煤化工精细化工": (
        "年产10万吨活性炭煤化工项目",
        "研一新材料 星汉 伽伽 安盛清洁能源 全盛正远竹制活性炭 中泰煤业 源华煤业 恒盛选煤",
    ),
    "装备制造": (
        "耀邦年产7400辆作业类专用汽车及环卫装备制造项目",
        "广州美雅途 玉衡科技 亿诚 西安捷马 鲁艺机械 全盛正远竹制品 恒和非晶",
    ),
    "食品加工": ("雁门古道农副产品深加工项目", "左云同冀 桶装刀削面 朝阳花开"),
    "新能源": ("联合光伏", "能科光伏 华阳智慧 铭阳新能源 大唐五路山风电 华电新能源"),
}


@pytest.mark.parametrize("name", MEMBERS)
def test_the_four_chains_of_zuoyun(seeds: Graph, name: str) -> None:
    leader, members = MEMBERS[name]
    zone = find(seeds, "左云经开区").iri
    found = rows(
        seeds,
        f"""SELECT ?leader ?member WHERE {{
          ?chain lz:chainIn <{zone}> ; skos:prefLabel ?name ; lz:chainLeader ?l . ?m lz:inChain ?chain .
          ?l skos:prefLabel ?leader . ?m skos:prefLabel ?member . FILTER(STRSTARTS(?name, "{name}")) }}""",
    )
    assert {r["leader"] for r in found} == {leader}
    inside = [str(r["member"]) for r in found]
    for member in members.split():
        assert any(member in label for label in inside), member
    assert len(set(inside)) <= len(members.split()) + 1  # the leader is a member too


def test_the_rest_of_a_list_has_its_own_status(seeds: Graph) -> None:
    """除伽伽…、全盛正远竹制活性炭和山西安盛…外，其余项目全部建成投产."""
    producing = {
        str(r["n"]) for r in rows(seeds, "SELECT ?n { ?p lz:status lz:inProduction ; skos:prefLabel ?n }")
    }
    assert any("源华煤业" in n for n in producing)
    assert any("星汉" in n for n in producing)
    assert not any("伽伽" in n for n in producing)


def test_totals_of_a_chain_are_the_chains(seeds: Graph) -> None:
    chain = describe(seeds, "食品加工产业链").stated
    figures = {(f.predicate, f.object) for f in chain}
    assert ("totalInvestment", 564_000_000) in figures
    assert ("expectedOutputValue", 670_000_000) in figures


def test_what_is_expected_is_not_asserted(seeds: Graph) -> None:
    """其余项目预计2024年正式投产 makes no project produce."""
    stated = rows(
        seeds,
        """SELECT ?q { ?c rdf:predicate lz:status ; rdf:object lz:inProduction ; lz:modality lz:asserted ;
           rdf:subject ?p ; lz:quote ?q . ?p skos:prefLabel ?n FILTER(CONTAINS(?n, "捷马")) }""",
    )
    assert stated == []


def test_a_fact_carries_its_sentence_and_figure(seeds: Graph) -> None:
    facts = describe(seeds, "年产10万吨活性炭煤化工项目").stated
    money = next(f for f in facts if f.predicate == "totalInvestment")
    assert money.object == Decimal(890_000_000)
    assert money.printed == "8.9亿元"
    assert "投资8.9亿元的年产10万吨活性炭煤化工项目" in str(money.quote)
    assert money.confidence is not None
    assert 0 < money.confidence <= 1


def test_pull_out_figures_do_not_count_twice(seeds: Graph) -> None:
    signed = rows(
        seeds,
        """SELECT ?c { ?c rdf:predicate lz:observation ; lz:indicator lz:signedProjects ; rdf:object ?n ;
           prov:wasQuotedFrom ?a . ?a dcterms:isPartOf/dcterms:identifier ?id .
           FILTER(?n = 85 && STRSTARTS(?id, "003")) }""",
    )
    assert len(signed) == 1
