"""The ontology says all that the contract promises, in two languages, with examples from the seeds."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from kg.errors import DataError
from kg.model import EntityType, Modality
from kg.ontology import (
    NAMESPACE,
    PREFIXES,
    Statements,
    Term,
    classes,
    concepts,
    currencies,
    datatypes,
    indicators,
    labels,
    ontology_dir,
    phases,
    properties,
    reference_files,
    schemes,
)

SEEDS = Path(__file__).parents[2] / "seeds"


def terms() -> list[Term]:
    found: list[Term] = [*classes(), *properties(), *datatypes(), *schemes()]
    for scheme in schemes():
        found += concepts(scheme.name)
    return found


def test_every_term_is_one_of_these_kinds() -> None:
    triples = pyoxigraph.parse(path=str(ontology_dir() / "lianzhu.ttl"))
    subjects = {t.subject.value for t in triples if isinstance(t.subject, pyoxigraph.NamedNode)}
    assert {s for s in subjects if s.startswith(NAMESPACE)} == {t.iri for t in terms()}


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.name)
def test_a_term_has_labels_and_meaning_in_both_languages(term: Term) -> None:
    assert term.label_zh
    assert term.label_en
    assert term.label_en.isascii()
    if term not in schemes():
        assert term.definition_zh
        assert term.definition_en
    assert NAMESPACE + term.name == term.iri


def test_examples_are_verbatim_from_the_seeds() -> None:
    bodies = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    examples = [(term.name, example) for term in terms() for example in term.examples]
    assert len(examples) > 90
    assert [(name, e) for name, e in examples if not any(e in body for body in bodies)] == []


def test_the_model_speaks_the_ontology() -> None:
    assert {kind.value for kind in EntityType} <= {c.name for c in classes()}
    assert {modality.value for modality in Modality} == {c.name for c in concepts("Modalities")}


def test_phases_come_in_the_order_of_a_project() -> None:
    names = ["planned", "negotiating", "signed", "started", "underConstruction"]
    names += ["trialProduction", "inProduction", "fullCapacity", "suspended"]
    assert [phase.name for phase in phases()] == names
    assert "".join(p.label_zh for p in phases()) == "谋划洽谈签约开工在建试生产投产达产停建"


def test_properties_join_what_exists() -> None:
    known = {c.name for c in classes()}
    for prop in properties():
        for side in (*prop.domain, *prop.range):
            assert side in known or side.partition(":")[0] in PREFIXES, (prop.name, side)


@pytest.mark.parametrize(
    ("name", "domain", "range_"),
    [
        ("parkOf", {"Park"}, {"Zone", "Park"}),
        ("chainLeader", {"Chain"}, {"Firm", "Project"}),
        ("chainChief", {"Chain"}, {"Person", "Institution"}),
        ("status", {"Project"}, {"Phase"}),
        ("totalInvestment", {"Project", "Firm", "Chain"}, {"xsd:decimal"}),
        ("jobs", {"Project", "Firm"}, {"xsd:integer"}),
        ("observation", {"Zone", "Park", "Place", "Chain", "Firm"}, {"xsd:decimal"}),
        ("feeds", {"Segment"}, {"Segment"}),
    ],
)
def test_domain_and_range(name: str, domain: set[str], range_: set[str]) -> None:
    prop = next(p for p in properties() if p.name == name)
    assert (set(prop.domain), set(prop.range)) == (domain, range_)


def test_a_side_with_several_classes_is_no_intersection() -> None:
    """Two rdfs:domain statements would mean things that are both."""
    data = Statements([ontology_dir() / "lianzhu.ttl"])
    for prop in properties():
        assert len(data.values(prop.iri, "rdfs:domain")) <= 1
        assert len(data.values(prop.iri, "rdfs:range")) <= 1


def test_alignments() -> None:
    parents = {c.name: set(c.parents) for c in classes()}
    for name in ("Zone", "Park", "Place"):
        assert parents[name] == {"geo:Feature", "prov:Location"}
    for name in ("Firm", "Institution"):
        assert parents[name] == {"org:FormalOrganization"}
    assert parents["Project"] == {"prov:Activity"}
    assert parents["Article"] == {"schema:NewsArticle"}
    assert parents["Claim"] == {"rdf:Statement", "prov:Entity"}
    assert parents["ChainTemplate"] == {"skos:ConceptScheme"}
    assert parents["Segment"] == {"skos:Concept"}


def test_figures_of_one_thing_and_of_a_whole_share_a_name() -> None:
    shared = {c.name for c in indicators()} & {p.name for p in properties()}
    assert shared == {"completedInvestment", "jobs"}


def test_labels_in_two_languages() -> None:
    assert labels("zh")["chainLeader"] == "链主"
    assert labels("en")["chainLeader"] == "chain leader"
    assert labels("zh")["pv.wafer"] == "硅片(切片)"
    assert labels("en")["pv"] == "Photovoltaics"
    assert "CNY" in currencies()


def test_no_such_scheme() -> None:
    with pytest.raises(DataError, match=r"Colours: no scheme of the ontology. It has Phases"):
        concepts("Colours")


def test_broken_turtle_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("@prefix lz: <https://example.org/> .\nlz:a lz:b", encoding="utf-8")
    with pytest.raises(DataError, match=r"broken\.ttl: is no valid Turtle: .*line 2"):
        Statements([broken])
    with pytest.raises(DataError, match=r"absent\.ttl: cannot be read"):
        Statements([tmp_path / "absent.ttl"])


def test_reference_files_are_all_there() -> None:
    assert len(reference_files()) == 37
    assert all(path.is_file() for path in reference_files())
