from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from graph_material import BODY, article, claim, paths, seeds, small
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import Graph, write
from kg.graph.iris import Iris
from kg.graph.vocabulary import LABEL, PROV, RDF, SCHEMA, SKOS, XSD, decimal
from kg.graph.writing import ArticleWriter, has_direct_triple, resolve
from kg.model import Claim, Entity, EntityType, Linked, Mention, Modality, Reading, Ref

IRIS = Iris()
LZ = IRIS.ontology_base


def written(reading: Reading) -> list[Quad]:
    writer = ArticleWriter(resolve(reading, paths(reading), IRIS), IRIS)
    parts = [*writer.mentions(), *writer.claims()]
    return [*writer.article(), *(quad for _, quads in parts for quad in quads)]


def triples(quads: list[Quad]) -> set[tuple[str, str, str]]:
    return {(q.subject.value, q.predicate.value, q.object.value) for q in quads}  # type: ignore[union-attr]


def direct(quads: list[Quad]) -> set[tuple[str, str, str]]:
    """The triples that are not about claims, mentions, articles or sources."""
    return {
        tuple(part.removeprefix(LZ).removeprefix(IRIS.id_base) for part in triple)  # type: ignore[misc]
        for triple in triples(quads)
        if "/article/" not in triple[0] and "/source/" not in triple[0]
    }


def test_asserted_claims_alone_become_direct_triples() -> None:
    assert direct(written(small())) == {
        ("zone/云州经济开发区", "locatedIn", "place/云州县"),
        ("chain/光伏产业链", "chainIn", "zone/云州经济开发区"),
        ("chain/光伏产业链", "chainLeader", "project/晶阳硅片项目"),
        ("project/晶阳硅片项目", "inChain", "chain/光伏产业链"),
        ("project/星河石英坩埚项目", "inChain", "chain/光伏产业链"),
        ("project/明光电池片项目", "inChain", "chain/光伏产业链"),
        ("project/晶阳硅片项目", "locatedIn", "zone/云州经济开发区"),
        ("project/星河石英坩埚项目", "locatedIn", "zone/云州经济开发区"),
        ("project/明光电池片项目", "locatedIn", "zone/云州经济开发区"),
        ("project/晶阳硅片项目", "totalInvestment", "890000000"),
        ("project/晶阳硅片项目", "status", "inProduction"),
        ("project/明光电池片项目", "status", "planned"),
    }


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, True),
        ({"modality": Modality.EXPECTED}, False),
        ({"modality": Modality.NEGATED}, False),
        ({"unit": "USD"}, False),
        ({"predicate": "capacity", "unit": "GWH"}, True),
        ({"predicate": "observation"}, False),
    ],
)
def test_what_is_told_as_a_plain_triple(change: dict[str, object], told: bool) -> None:
    asserted = Claim("e4", "totalInvestment", Decimal(1), 0, 1, "r", 1.0, unit="CNY")
    assert has_direct_triple(replace(asserted, **change)) is told  # type: ignore[arg-type]


def test_a_claim_carries_all_that_the_contract_lists() -> None:
    reading = small()
    rich = replace(
        claim(BODY, "e4", "capacity", Decimal("5.0"), "晶阳硅片项目已经投产"),
        unit="GW",
        max_value=Decimal("10.50"),
        printed="5-10.5GW",
        date="2024-Q1",
        product="硅片",
        title="职务",
        of="所指",
        indicator="other",
    )
    resolved = resolve(replace(reading, claims=(rich,)), paths(reading), IRIS)
    ((iri, quads),) = ArticleWriter(resolved, IRIS).claims()
    told = {q.predicate.value: q.object for q in quads if q.subject.value == iri}  # type: ignore[union-attr]
    start = BODY.index("晶阳硅片项目已经投产")
    number = {"5": decimal(Decimal(5)), "10.5": decimal(Decimal("10.5"))}
    assert told == {
        RDF + "type": NamedNode(LZ + "Claim"),
        RDF + "subject": NamedNode(IRIS.id_base + "project/晶阳硅片项目"),
        RDF + "predicate": NamedNode(LZ + "capacity"),
        RDF + "object": number["5"],
        LZ + "modality": NamedNode(LZ + "asserted"),
        LZ + "confidence": decimal(Decimal("0.9")),
        LZ + "rule": Literal("test/hand"),
        LZ + "quote": Literal("晶阳硅片项目已经投产"),
        LZ + "start": Literal(start),
        LZ + "end": Literal(start + 10),
        PROV + "wasQuotedFrom": NamedNode(IRIS.article("云州")),
        LZ + "maxValue": number["10.5"],
        LZ + "unit": Literal("GW"),
        LZ + "asPrinted": Literal("5-10.5GW"),
        LZ + "date": Literal("2024-Q1"),
        LZ + "product": Literal("硅片"),
        LZ + "title": Literal("职务"),
        LZ + "of": Literal("所指"),
        LZ + "indicator": NamedNode(LZ + "other"),
    }


def test_all_offsets_hold_in_unicode_characters() -> None:
    body = "𠮷野区\n𠮷野区位于云州。"  # a character outside the basic plane
    mentions = (Mention(0, 3, "𠮷野区", "e1"), Mention(4, 7, "𠮷野区", "e1"), Mention(9, 11, "云州", "e2"))
    entities = (Entity("e1", EntityType.ZONE, "𠮷野区"), Entity("e2", EntityType.PLACE, "云州"))
    said = claim(body, "e1", "locatedIn", Ref("e2"), "𠮷野区位于云州")
    for reading in (Reading(article(body, "a"), entities, mentions, (said,)), *seeds()):
        told: dict[str, dict[str, str]] = {}
        for quad in written(reading):
            told.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value  # type: ignore[union-attr]
        found = [t for t in told.values() if LZ + "start" in t]
        assert len(found) >= 4
        for fields in found:
            stretch = reading.article.body[int(fields[LZ + "start"]) : int(fields[LZ + "end"])]
            assert stretch == fields.get(LZ + "text", fields.get(LZ + "quote"))


def test_one_stretch_may_name_two_entities() -> None:
    body = "中泰煤业投产。"
    entities = (Entity("e1", EntityType.FIRM, "中泰煤业"), Entity("e2", EntityType.PROJECT, "中泰煤业"))
    reading = Reading(
        article(body, "a"), entities, (Mention(0, 4, "中泰煤业", "e2"), Mention(0, 4, "中泰煤业", "e1"))
    )
    named = {o for s, p, o in triples(written(reading)) if p == LZ + "refersTo"}
    assert named == {IRIS.entity("firm/中泰煤业"), IRIS.entity("project/中泰煤业")}
    assert len([t for t in triples(written(reading)) if t[1] == LZ + "text"]) == 1


def test_the_same_claim_found_twice_is_told_once_with_the_surer_rule() -> None:
    said = claim(BODY, "e4", "inChain", Ref("e3"), "延伸了星河石英坩埚项目")
    surer = replace(said, rule="other", confidence=0.95)
    for order in ((said, surer), (surer, said)):
        resolved = resolve(replace(small(), claims=order), paths(small()), IRIS)
        assert [c.rule for c in resolved.claims.values()] == ["other"]


@pytest.mark.parametrize(
    "broken",
    [
        {"start": -1},
        {"end": len(BODY) + 1},
        {"start": 9, "end": 9},
        {"start": 9, "end": 5},
        {"subject": "e99"},
        {"object": Ref("e99")},
        {"object": Decimal("NaN")},
        {"object": Decimal("Infinity")},
        {"max_value": Decimal("NaN")},
        {"confidence": float("nan")},
    ],
)
def test_what_cannot_become_rdf_is_set_aside_with_a_reason(broken: dict[str, object]) -> None:
    bad = replace(claim(BODY, "e4", "inChain", Ref("e3"), "延伸了"), **broken)  # type: ignore[arg-type]
    resolved = resolve(replace(small(), claims=(bad,)), paths(small()), IRIS)
    assert resolved.claims == {}
    ((part, (chinese, english)),) = resolved.unsound
    assert part == bad
    assert chinese.endswith("。") and english.endswith(".")


def test_a_mention_that_is_not_verbatim_is_set_aside() -> None:
    bad = Mention(0, 5, "云州开发区", "e1")
    resolved = resolve(replace(small(), mentions=(bad,), claims=()), paths(small()), IRIS)
    assert resolved.mentions == {} and resolved.unsound[0][0] == bad


def test_the_article_its_source_and_its_date() -> None:
    told = triples(written(small()))
    this, source = IRIS.article("云州"), IRIS.source("云州")
    assert (this, SCHEMA + "articleBody", BODY) in told
    assert (this, SCHEMA + "headline", "云州经开区向新而行") in told
    assert (this, SCHEMA + "datePublished", "2024-02") in told  # the source's, the article has none
    assert (this, SCHEMA + "author", "本刊记者") in told
    assert (this, "http://purl.org/dc/terms/isPartOf", source) in told
    assert (source, "http://purl.org/dc/terms/identifier", "云州") in told
    assert not any("云州.txt" in value for _, _, value in told), "where a file lay is no part of the graph"


def test_entities_have_types_names_codes_and_divisions_lie_in_each_other(tmp_path: Path) -> None:
    entities = (
        Entity("place/左云县", EntityType.PLACE, "左云县", ("左云",), (("gb2260", "140226"),)),
        Entity("place/山西省", EntityType.PLACE, "山西省", (), (("gb2260", "140000"),)),
        Entity("place/大同市", EntityType.PLACE, "大同市", (), (("gb2260", "140200"),)),
        Entity("place/河北省", EntityType.PLACE, "河北省", (), (("gb2260", "130000"),)),
        Entity("place/晋北", EntityType.PLACE, "晋北"),
    )
    write([], Linked(entities), tmp_path / "x.kg")
    with Graph.open(tmp_path / "x.kg") as graph:
        quads = list(graph.quads(IRIS.graph("entities")))
    county = NamedNode(IRIS.entity("place/左云县"))
    assert Quad(county, LABEL, Literal("左云县", language="zh"), quads[0].graph_name) in quads
    code = Literal("140226", datatype=NamedNode(LZ + "gb2260"))
    assert Quad(county, NamedNode(SKOS + "notation"), code, quads[0].graph_name) in quads
    within = {(s, o) for s, p, o in triples(quads) if p.endswith("sfWithin")}
    place = [IRIS.entity(f"place/{name}") for name in ("左云县", "大同市", "山西省")]
    assert within == {(place[0], place[1]), (place[1], place[2])}


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_decimals_are_canonical(value: Decimal) -> None:
    literal = decimal(value)
    assert literal.datatype.value == XSD + "decimal"
    assert Decimal(literal.value) == value
    assert "E" not in literal.value and not literal.value.endswith(".")
    assert literal == decimal(value * Decimal("1.000"))
