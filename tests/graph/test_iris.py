from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from kg.graph.iris import Iris, decode, encode
from kg.model import Claim, Concept, Modality, Ref
from kg.settings import ONTOLOGY_BASE, Settings

CLAIM = Claim("project/甲", "totalInvestment", Decimal("8.90E+8"), 3, 9, "test", 0.9, unit="CNY")
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


@given(TEXT)
@example("zone/..")
@example("a%2Fb")
@example("50%/甲#乙?丙")
@example("\u200b \u202e")
def test_a_name_can_be_read_back_from_its_iri(name: str) -> None:
    assert decode(encode(name)) == name


@given(TEXT)
def test_every_name_gives_an_iri_that_survives_every_format(name: str) -> None:
    node = NamedNode(Iris().entity("firm/" + name))
    for form in (RdfFormat.N_QUADS, RdfFormat.TRIG, RdfFormat.JSON_LD):
        written = serialize([Quad(node, node, node, node)], format=form)
        assert written is not None
        assert [quad.subject for quad in parse(written, format=form)] == [node]


@pytest.mark.parametrize(
    ("entity", "ending"),
    [
        ("zone/左云经济技术开发区", "zone/左云经济技术开发区"),
        ("firm/中能建科锐技术(大同)有限公司", "firm/中能建科锐技术(大同)有限公司"),
        ("project/2×100万千瓦“煤电”联产、项目", "project/2×100万千瓦“煤电”联产、项目"),
        ("firm/A B", "firm/A%20B"),
        ("product/100%果汁", "product/100%25果汁"),
        ("project/甲#1", "project/甲%231"),
        ("park/..", "park/%2E%2E"),
    ],
)
def test_iris_stay_readable(entity: str, ending: str) -> None:
    iri = Iris().entity(entity)
    assert iri == "https://w3id.org/lianzhu/id/" + ending
    assert Iris().entity_id(iri) == entity


def test_names_of_everything() -> None:
    iris = Iris()
    assert iris.article("002/1") == "https://w3id.org/lianzhu/id/article/002/1"
    assert iris.mention("002/1", 3, 9) == "https://w3id.org/lianzhu/id/article/002/1#char=3,9"
    assert iris.source("002") == "https://w3id.org/lianzhu/id/source/002"
    assert iris.graph("derived") == "https://w3id.org/lianzhu/id/graph/derived"
    assert iris.term("inProduction") == ONTOLOGY_BASE + "inProduction"
    assert iris.entity_id("http://elsewhere.org/x") is None


def test_the_same_claim_has_the_same_iri_however_it_was_found() -> None:
    iri = Iris().claim("002", CLAIM)
    assert iri == Iris().claim("002", replace(CLAIM, object=Decimal(890000000), rule="other", confidence=0.1))
    assert iri.startswith("https://w3id.org/lianzhu/id/article/002#claim=")


@pytest.mark.parametrize(
    "other",
    [
        replace(CLAIM, subject="project/乙"),
        replace(CLAIM, predicate="completedInvestment"),
        replace(CLAIM, object=Decimal(1)),
        replace(CLAIM, object=Ref("890000000")),
        replace(CLAIM, object=Concept("890000000")),
        replace(CLAIM, start=4),
        replace(CLAIM, end=10),
        replace(CLAIM, modality=Modality.NEGATED),
        replace(CLAIM, unit="USD"),
        replace(CLAIM, date="2024"),
        replace(CLAIM, product="2024"),
        replace(CLAIM, title="2024"),
        replace(CLAIM, of="2024"),
        replace(CLAIM, max_value=Decimal(2)),
        replace(CLAIM, indicator="jobs"),
    ],
)
def test_another_claim_has_another_iri(other: Claim) -> None:
    assert Iris().claim("002", other) != Iris().claim("002", CLAIM)


def test_bases_are_settings() -> None:
    iris = Iris.of(Settings(ontology_base="http://o.example/#", id_base="http://i.example/"))
    assert iris.entity("zone/甲") == "http://i.example/zone/甲"
    assert iris.rebase(f"@prefix lz: <{ONTOLOGY_BASE}> .") == "@prefix lz: <http://o.example/#> ."
