"""The figures, on small documents whose answer is plain."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.evaluate import Document, from_graph, load_gold, score
from kg.evaluate.documents import DocEntity, DocFact
from kg.evaluate.scoring import align, likeness, normal
from kg.graph import Graph

SEEDS = Path(__file__).parents[1] / "gold" / "seeds"


def entity(id: str, type: str, *forms: str) -> DocEntity:
    return DocEntity(id, type, forms)


def relation(predicate: str, subject: str, target: str) -> DocFact:
    return DocFact(predicate, subject, target)


def figure(
    predicate: str, subject: str, value: float | str, unit: str = "", indicator: str | None = None
) -> DocFact:
    return DocFact(predicate, subject, None, value, unit, indicator)


ZONE, FIRM, PROJECT = (
    entity("e1", "Zone", "云州经济技术开发区", "云州经开区"),
    entity("e2", "Firm", "云州星火电池有限公司", "星火电池"),
    entity("e3", "Project", "年产10GWh储能电池项目"),
)


def rows(gold: Document, found: Document) -> dict[tuple[str, str], tuple[int, int, int]]:
    return {kind: (r.right, r.gold, r.found) for kind, r in score({"d": gold}, {"d": found}).rows.items()}


def test_what_agrees_entirely_is_right_entirely() -> None:
    facts = (relation("developedBy", "e3", "e2"), relation("locatedIn", "e3", "e1"), figure("status", "e3", "signed"),
             figure("observation", "e1", 12, "count", "signedProjects"))  # fmt: skip
    same = Document("d", (ZONE, FIRM, PROJECT), facts)
    for row in score({"d": same}, {"d": same}).rows.values():
        assert row.shares == (1.0, 1.0, 1.0)


def test_precision_recall_and_f1() -> None:
    gold = Document(
        "d", (ZONE, FIRM, PROJECT), (relation("locatedIn", "e3", "e1"), relation("developedBy", "e3", "e2"))
    )
    found = Document(
        "d", (ZONE, PROJECT), (relation("locatedIn", "e3", "e1"), relation("locatedIn", "e1", "e3"))
    )
    figures = score({"d": gold}, {"d": found}).rows
    assert figures["relation", "locatedIn"].shares == (0.5, 1.0, pytest.approx(2 / 3))
    assert figures["relation", "ALL"].shares == (0.5, 0.5, 0.5)
    assert figures["entity", "ALL"].shares == (1.0, pytest.approx(2 / 3), pytest.approx(0.8))
    assert figures["attribute", "ALL"].shares == (0.0, 0.0, 0.0)


def test_a_source_that_is_absent_counts_as_empty() -> None:
    gold = Document("d", (ZONE,), ())
    assert score({"d": gold}, {}).rows["entity", "ALL"].shares == (0.0, 0.0, 0.0)


def test_names_agree_by_any_form_and_loosely_where_names_vary() -> None:
    gold = Document("d", (ZONE, FIRM, PROJECT), ())
    found = (
        entity("x", "Zone", "云州经开区"),
        entity("y", "Firm", "“星火电池”"),
        entity("z", "Project", "10GWh储能电池项目"),
    )
    assert align(gold, Document("d", found, ())) == {"x": "e1", "y": "e2", "z": "e3"}
    other = entity("y", "Firm", "星火新能源电池")
    assert align(gold, Document("d", (other,), ())) == {}


def test_kinds_that_may_be_confused_align_for_facts_but_do_not_count() -> None:
    gold = Document("d", (ZONE, PROJECT), (relation("locatedIn", "e3", "e1"),))
    found = Document("d", (entity("e1", "Park", "云州经开区"), PROJECT), (relation("locatedIn", "e3", "e1"),))
    counts = rows(gold, found)
    assert counts["relation", "locatedIn"] == (1, 1, 1)
    assert counts["entity", "Zone"] == (0, 1, 0)
    assert counts["entity", "Park"] == (0, 0, 1)


def test_a_place_without_a_part_in_any_fact_counts_neither_way() -> None:
    document = Document("d", (ZONE, entity("e4", "Place", "云州市")), ())
    assert rows(document, document).get(("entity", "Place"), (0, 0, 0)) == (0, 0, 0)
    taking_part = replace(document, facts=(relation("locatedIn", "e1", "e4"),))
    assert rows(taking_part, document)["entity", "Place"] == (1, 1, 1)


def test_each_fact_counts_once_and_cooperation_both_ways() -> None:
    gold = Document("d", (ZONE, FIRM), (relation("cooperatesWith", "e1", "e2"),))
    twice = (relation("cooperatesWith", "e2", "e1"), relation("cooperatesWith", "e1", "e2"))
    assert rows(gold, Document("d", (ZONE, FIRM), twice))["relation", "cooperatesWith"] == (1, 1, 2)


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (figure("totalInvestment", "e3", 890_000_000, "CNY"), 1),
        (figure("totalInvestment", "e3", 893_000_000, "CNY"), 1),  # within half a percent
        (figure("totalInvestment", "e3", 900_000_000, "CNY"), 0),
        (figure("totalInvestment", "e3", 890_000_000, "USD"), 0),
        (figure("totalInvestment", "e2", 890_000_000, "CNY"), 0),
        (figure("completedInvestment", "e3", 890_000_000, "CNY"), 0),
    ],
)
def test_figures_need_their_value_unit_and_bearer(found: DocFact, right: int) -> None:
    gold = Document("d", (ZONE, FIRM, PROJECT), (figure("totalInvestment", "e3", 890_000_000, "CNY"),))
    assert rows(gold, Document("d", (ZONE, FIRM, PROJECT), (found,)))["attribute", "totalInvestment"][:2] == (
        right,
        1,
    )


def test_observations_need_their_indicator() -> None:
    gold = Document("d", (ZONE,), (figure("observation", "e1", 12, "count", "signedProjects"),))
    other = Document("d", (ZONE,), (figure("observation", "e1", 12, "count", "startedProjects"),))
    assert rows(gold, other)["observation", "observation"] == (0, 1, 1)


def test_confidence_is_kept_with_whether_it_was_right() -> None:
    fact = relation("locatedIn", "e2", "e1")
    sure = DocFact("locatedIn", "e2", "e1", confidence=0.9)
    unsure = DocFact("locatedIn", "e1", "e2", confidence=0.5)
    scores = score(
        {"d": Document("d", (ZONE, FIRM), (fact,))}, {"d": Document("d", (ZONE, FIRM), (sure, unsure))}
    )
    assert scores.reliability == [(0.9, True), (0.5, False)]


def test_names_are_compared_without_their_edges() -> None:
    assert normal("“云州”（经开区） ") == normal("云州(经开区)")
    assert likeness("abcd", "abcd") == 1.0
    assert likeness("abcd", "xabcdx") == 0.9
    assert likeness("abc", "xabc") < 0.9


# --- the two sources of documents ----------------------------------------------------------------------


def test_annotations_against_themselves() -> None:
    gold = load_gold(SEEDS)
    figures = score(gold, gold).rows
    assert all(row.shares == (1.0, 1.0, 1.0) for row in figures.values())
    assert figures["entity", "ALL"].gold > 300


def test_bad_annotations_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"holds no \.json annotations"):
        load_gold(tmp_path)
    (tmp_path / "a.json").write_text(json.dumps({"entities": [], "facts": [{"p": "likes", "s": "e1"}]}))
    with pytest.raises(
        DataError, match=r"a\.json: is no annotation of a document \(ValueError: 'likes' is none of"
    ):
        load_gold(tmp_path)


def test_the_graph_as_documents(seeds: Graph) -> None:
    documents = from_graph(seeds)
    assert documents.keys() == load_gold(SEEDS).keys()
    zuoyun = documents["002_abf20f84118b5701"]
    zone = next(e for e in zuoyun.entities if "左云经济技术开发区" in e.forms)
    assert {"左云经开区", "左云开发区"} <= set(zone.forms)
    assert zone.type == "Zone"
    names = {e.id: e.name for e in zuoyun.entities}
    led = {(f.subject, f.object) for f in zuoyun.facts if f.predicate == "chainLeader"}
    assert any("耀邦" in names[o] for _, o in led if o)
    (tax,) = [f for f in zuoyun.facts if f.indicator == "taxRevenue"]
    assert (tax.subject, tax.value, tax.unit) == (zone.id, 61_861_000.0, "CNY")
    assert "投产" not in {f.value for f in zuoyun.facts}, "phases go by their names in the ontology"
    assert "inProduction" in {f.value for f in zuoyun.facts if f.predicate == "status"}


def test_what_no_text_asserts_is_left_out(seeds: Graph) -> None:
    """Expected phases and relations, and all that is negated, are claims, but no statements of a document."""
    asserted = "SELECT ?c { ?c a lz:Claim ; rdf:predicate lz:status ; lz:modality lz:asserted }"
    expected = "SELECT ?c { ?c a lz:Claim ; rdf:predicate lz:status ; lz:modality lz:expected }"
    stated = sum(f.predicate == "status" for d in from_graph(seeds).values() for f in d.facts)
    assert 0 < stated <= len(list(seeds.answer(asserted)))  # type: ignore[arg-type]
    assert len(list(seeds.answer(expected))) > 0  # type: ignore[arg-type]
