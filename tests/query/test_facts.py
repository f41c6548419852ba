"""Finding a thing by what people call it, and all that is said of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from plain import Plain

from kg.errors import UsageError
from kg.graph import Graph
from kg.ontology import labels
from kg.query import describe, find
from kg.query.facts import Fact, merged, things
from kg.query.wording import figure, number


@pytest.mark.parametrize(
    "name",
    [
        "左云经济技术开发区",
        "左云经开区",
        "左云开发区",
        "山西省左云经济技术开发区",
        " 左云经开区 ",
        "左云“经开区”",
        "zone/左云经济技术开发区",
        "https://w3id.org/lianzhu/id/zone/左云经济技术开发区",
    ],
)
def test_one_zone_by_all_its_names(seeds: Graph, name: str) -> None:
    assert find(seeds, name).iri == "https://w3id.org/lianzhu/id/zone/左云经济技术开发区"


def test_every_thing_is_found_by_its_iri_and_its_short_id(seeds: Graph) -> None:
    some = [thing for i, thing in enumerate(things(seeds)) if i % 20 == 0 or "%" in thing.iri]
    assert len(some) > 10
    for thing in some:
        assert find(seeds, thing.iri) == thing
        assert find(seeds, thing.iri.partition("/id/")[2]) == thing


def test_part_of_a_name_does_where_it_fits_one_thing(seeds: Graph) -> None:
    assert find(seeds, "耀邦年产7400").kind == "Project"
    with pytest.raises(
        UsageError, match=r"'产业园' fits \d+ things: park/.* and \d+ more; name one of these"
    ):
        find(seeds, "产业园")


def test_what_is_not_there_is_answered_with_what_comes_near(seeds: Graph) -> None:
    with pytest.raises(UsageError, match="nothing in the graph is named '左雲经开區'; near it: "):
        find(seeds, "左雲经开區")
    for nothing in ("", "  "):
        with pytest.raises(UsageError, match="no name given"):
            find(seeds, nothing)


@pytest.mark.parametrize("name", ["左云经开区", "耀邦", "食品加工产业链", "大同市", "新能源"])
def test_all_that_is_said_of_a_thing(seeds: Graph, plain: Plain, name: str) -> None:
    thing = find(seeds, name)
    found = describe(seeds, name).stated
    claims = [
        (p, o)
        for p in {fact.predicate for fact in found}
        for c in plain.claims(p)
        for o in [c["object"]]
        if thing.iri in (c["subject"], o)
    ]
    every = sum(
        thing.iri in (s, o)
        for claim in plain.a("Claim")
        for s in plain("http://www.w3.org/1999/02/22-rdf-syntax-ns#subject", claim)
        for o in plain("http://www.w3.org/1999/02/22-rdf-syntax-ns#object", claim)
    )
    assert len(found) == len(claims) == every > 0
    assert all(fact.quote and fact.headline and fact.rule and fact.confidence for fact in found)


def test_what_was_computed_stands_apart(seeds: Graph) -> None:
    leader = describe(seeds, "耀邦年产7400")
    assert {f.predicate for f in leader.derived} <= {"memberUnderLeader", "inSegment", "potentialSupplierOf"}
    assert all(fact.quote is None for fact in leader.derived)
    assert len([f for f in leader.derived if f.predicate == "memberUnderLeader"]) == 7
    assert not {f.predicate for f in leader.stated} & {"memberUnderLeader", "inSegment"}


def test_segments_are_named_in_the_language_asked_for(seeds: Graph) -> None:
    zh, en = (
        [f.object_label for f in describe(seeds, "左云经开区", lang).derived if f.predicate == "hasSegment"]
        for lang in ("zh", "en")
    )
    assert len(zh) == len(en) > 5
    assert all(label and label.isascii() for label in en)
    assert not any(label and label.isascii() for label in zh)


def fact(**fields: object) -> Fact:
    plain = {"subject": "s", "subject_label": "S", "predicate": "p", "object": "o", "object_label": "O"}
    return Fact(**{**plain, **fields})  # type: ignore[arg-type]


def test_the_same_fact_of_several_sentences_is_one() -> None:
    one, two = fact(quote="a", start=1), fact(quote="b", start=9, confidence=Decimal("0.5"))
    other = fact(quote="a", start=1, date="2024")
    assert merged([one, other, two]) == [(one, two), (other,)]


def test_figures_read_as_printed() -> None:
    names = labels("zh")
    money = fact(object=Decimal(890_000_000), object_label=None, unit="CNY")
    assert figure(money, names) == "8.9亿元"
    assert figure(fact(object=1, object_label=None, printed="8.90亿元左右"), names) == "8.90亿元左右"
    assert figure(
        fact(object=12, object_label=None, indicator="signedProjects", unit="count"), names
    ).endswith(" 12")
    phase = fact(object="…#inProduction", object_label="投产", concept="inProduction")
    assert (figure(phase, names), figure(phase, labels("en"))) == ("投产", "in production")


@pytest.mark.parametrize(
    ("value", "unit", "read"),
    [
        (Decimal(650_000_000), "CNY", "6.5亿元"),
        (Decimal(12_345_600), "CNY", "1234.56万元"),
        (Decimal(500), "CNY", "500元"),
        (Decimal("-120000000"), "CNY", "-1.2亿元"),
        (Decimal(7400), "vehicle/a", "7400 vehicle/a"),
        (85, "count", "85"),
        (Decimal("12.50"), "%", "12.5 %"),
        (None, None, "None"),
    ],
)
def test_numbers_with_their_units(value: object, unit: str | None, read: str) -> None:
    assert number(value, unit) == read
