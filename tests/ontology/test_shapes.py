"""The shapes accept a good graph, and each of them has a case that breaks it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH

from kg.graph.iris import Iris
from kg.graph.validation import Shapes
from kg.ontology import NAMESPACE, currencies, indicators, phases, properties, shapes_file

GOOD = (Path(__file__).parent / "good.ttl").read_text(encoding="utf-8")
QUOTE = 'lz:quote "左云经开区的甲公司建设乙项目，投资三亿元" ; lz:start 0 ; lz:end 20'

# one asserted claim of each predicate, as (subject, predicate, object, what else stands on it)
CLAIMS = [
    ("firm", "locatedIn", "id:zone", ""),
    ("park", "parkOf", "id:zone", ""),
    ("project", "developedBy", "id:firm", ""),
    ("firm", "inChain", "id:chain", ""),
    ("chain", "chainIn", "id:zone", ""),
    ("chain", "chainLeader", "id:firm", ""),
    ("chain", "chainCore", "id:other", ""),
    ("chain", "chainChief", "id:person", ""),
    ("firm", "suppliesTo", "id:project", ""),
    ("firm", "produces", "id:product", ""),
    ("zone", "cooperatesWith", "id:institution", ""),
    ("other", "subsidiaryOf", "id:firm", ""),
    ("zone", "leadingIndustry", "id:industry", ""),
    ("person", "holdsPost", "id:zone", '; lz:title "主任"'),
    ("project", "status", "lz:inProduction", ""),
    ("project", "totalInvestment", "300000000.0", '; lz:unit "CNY" ; lz:asPrinted "三亿元"'),
    ("project", "expectedOutputValue", "5.0", '; lz:unit "CNY" ; lz:maxValue 6.0'),
    ("project", "expectedTax", "1.0", '; lz:unit "CNY"'),
    ("project", "landArea", "80000.4", '; lz:unit "m2"'),
    ("project", "floorArea", "900.0", '; lz:unit "m2"'),
    ("project", "jobs", "500", '; lz:unit "person"'),
    ("project", "capacity", "100000.0", '; lz:unit "t/a" ; lz:product "活性炭" ; lz:date "2024/2025"'),
]


def claim(subject: str, predicate: str, target: str, more: str, *, direct: bool = True) -> str:
    head = f"id:c-{predicate} a lz:Claim ; rdf:subject id:{subject} ; rdf:predicate lz:{predicate} ;"
    head += f" rdf:object {target} "
    tail = (
        f'; lz:modality lz:asserted ; lz:confidence 0.9 ; lz:rule "r" ; {QUOTE} ; prov:wasQuotedFrom id:a .\n'
    )
    return head + more + tail + (f"id:{subject} lz:{predicate} {target} .\n" if direct else "")


WHOLE = GOOD + "".join(claim(*parts) for parts in CLAIMS)


def relation_cases() -> list[tuple[str, str, str]]:
    """For each predicate a claim whose subject fits not, and for each relation one whose object fits not."""
    cases = []
    for subject, predicate, target, more in CLAIMS:
        good = claim(subject, predicate, target, more)
        wrong = claim("industry", predicate, target, more)
        cases.append((good, wrong, f"The subject of lz:{predicate} must be"))
        if target.startswith("id:"):
            stranger = "id:firm" if predicate == "leadingIndustry" else "id:industry"
            wrong = claim(subject, predicate, stranger, more)
            cases.append((good, wrong, f"The object of lz:{predicate} must be"))
    return cases


# what is replaced, by what, and what the shapes then say
CASES = [
    ('dcterms:identifier "s"', 'skos:note "s"', "A source needs exactly one dcterms:identifier"),
    (
        'schema:headline "标题"',
        'schema:headline "标题" , "又一个"',
        "An article needs exactly one schema:headline",
    ),
    ('schema:articleBody "左', 'schema:text "左', "An article needs exactly one schema:articleBody"),
    ("dcterms:isPartOf id:s .", "dcterms:isPartOf id:a .", "An article must be dcterms:isPartOf"),
    (
        'datePublished "2024-02"',
        'datePublished "2024年2月"',
        "An article has at most one schema:datePublished",
    ),
    ("lz:refersTo id:zone", "lz:refersTo id:nothing", "A mention must lz:refersTo"),
    ('lz:text "左云经开区"', 'lz:text ""', "A mention needs exactly one lz:text"),
    ("lz:start 0 ; lz:end 5", "lz:start 5 ; lz:end 5", "A mention needs exactly one lz:start"),
    ("lz:start 0 ; lz:end 5", 'lz:start 0 ; lz:end "5"', "A mention needs exactly one lz:end"),
    ("lz:start 0 ; lz:end 5", "lz:start 1 ; lz:end 5", "A mention must be verbatim"),
    ("id/a#char=0,5", "id/a#char=0,6", "A mention must be verbatim"),
    ("id/a#char=0,5", "id/b#char=0,5", "A mention must be verbatim"),
    ('"左云经开区"@zh , "Zuoyun zone"@en', '"左云经开区"', "An entity needs a skos:prefLabel"),
    ('"左云经开区"@zh , "Zuoyun zone"@en', '"左云经开区"@zh , "左云"@zh', "An entity needs a skos:prefLabel"),
    (
        "rdf:subject id:firm ; rdf:predicate lz:suppliesTo",
        "rdf:predicate lz:suppliesTo",
        "exactly one rdf:subject, an IRI",
    ),
    (
        "rdf:predicate lz:suppliesTo ; rdf:object id:other",
        "rdf:predicate lz:sells ; rdf:object id:other",
        "rdf:predicate: a rel",
    ),
    ("lz:maxValue 6.0", "lz:maxValue 4.0", "A claim needs exactly one rdf:object"),
    ("lz:modality lz:negated", "lz:modality lz:doubted", "A claim needs exactly one lz:modality"),
    (
        "lz:negated ;\n    lz:confidence 0.5",
        "lz:negated ;\n    lz:confidence 1.5",
        "A claim needs exactly one lz:confidence",
    ),
    (
        "lz:negated ;\n    lz:confidence 0.5",
        "lz:negated ;\n    lz:confidence 0.5e0",
        "A claim needs exactly one lz:confidence",
    ),
    ('lz:rule "r" ; lz:quote', "lz:quote", "A claim needs exactly one lz:rule"),
    (QUOTE, 'lz:quote "" ; lz:start 0 ; lz:end 20', "A claim needs exactly one lz:quote"),
    (QUOTE, QUOTE.replace("start 0", "start -1"), "A claim needs exactly one lz:start"),
    (QUOTE, QUOTE.replace("lz:end 20", "lz:end 20.0"), "A claim needs exactly one lz:end"),
    (QUOTE, QUOTE.replace("lz:end 20", "lz:end 19"), "A quote must be verbatim"),
    ("prov:wasQuotedFrom id:a .", "prov:wasQuotedFrom id:s .", "A claim must be prov:wasQuotedFrom"),
    ("lz:maxValue 6.0", "lz:maxValue 6", "A claim has at most one lz:maxValue"),
    ('lz:unit "t/a"', 'lz:unit "吨"', "A claim has at most one lz:unit"),
    ('lz:date "2024-Q1"', 'lz:date "2024-Q5"', "A claim has at most one lz:date"),
    ("lz:indicator lz:growthRate", "lz:indicator lz:growth", "A claim has at most one lz:indicator"),
    ('lz:asPrinted "三亿元"', "lz:asPrinted 3", "A claim has at most one lz:asPrinted"),
    ('lz:product "活性炭"', 'lz:product "活性炭"@zh', "A claim has at most one lz:product"),
    ('lz:title "主任"', 'lz:title "主任" , "书记"', "A claim has at most one lz:title"),
    ('lz:of "工业增加值"', "lz:of 5", "A claim has at most one lz:of"),
    ("lz:inProduction", "lz:producing", "The object of lz:status must be one of the phases"),
    (
        '300000000.0 ; lz:unit "CNY"',
        '300000000.0 ; lz:unit "yuan"',
        "lz:totalInvestment must be an xsd:decimal",
    ),
    (
        "rdf:object 5.0 ; lz:unit",
        "rdf:object -5.0 ; lz:unit",
        "lz:completedInvestment must be an xsd:decimal",
    ),
    ("rdf:object 5.0 ; lz:unit", "rdf:object 5 ; lz:unit", "lz:completedInvestment must be an xsd:decimal"),
    (
        "rdf:subject id:project ; rdf:predicate lz:completedInvestment",
        "rdf:subject id:firm ; rdf:predicate lz:completedInvestment",
        "The subject of lz:completedInvestment",
    ),
    (
        '5.0 ; lz:unit "CNY" ; lz:max',
        '5.0 ; lz:unit "m2" ; lz:max',
        "lz:expectedOutputValue must be an xsd:decimal",
    ),
    ('1.0 ; lz:unit "CNY"', "1.0 ", "lz:expectedTax must be an xsd:decimal"),
    ('80000.4 ; lz:unit "m2"', '80000.4 ; lz:unit "mu"', "lz:landArea must be an xsd:decimal"),
    ('900.0 ; lz:unit "m2"', "900.0 ", "lz:floorArea must be an xsd:decimal"),
    ("500 ; lz:unit", "500.0 ; lz:unit", "lz:jobs must be a whole number"),
    ('500 ; lz:unit "person"', '500 ; lz:unit "count"', "lz:jobs must be a whole number"),
    ('100000.0 ; lz:unit "t/a" ; lz:product', "100000.0 ; lz:product", "lz:capacity must be an xsd:decimal"),
    (
        "id:zone ; rdf:predicate lz:observation",
        "id:person ; rdf:predicate lz:observation",
        "The subject of lz:observation",
    ),
    ('-2.5 ; lz:unit "%"', "-2.5 ", "An observation must be"),
    ("lz:indicator lz:growthRate ;", "", "An observation must be"),
    (
        "id:zone lz:hasSegment",
        "id:zone lz:observation 5.0 ; lz:hasSegment",
        "Observations stand on claims alone",
    ),
    (
        "id:zone lz:hasSegment",
        "id:zone lz:leadingIndustry id:park ; lz:hasSegment",
        "A direct triple needs an asserted claim",
    ),
    (
        "id:zone lz:hasSegment",
        "id:project lz:completedInvestment 5.0 . id:zone lz:hasSegment",
        "A direct triple of money needs",
    ),
    ("id:chain lz:chainLeader id:firm .", "", "An asserted claim (lz:asserted) needs the direct triple"),
    (
        "id:project lz:totalInvestment 300000000.0 .",
        "",
        "An asserted claim (lz:asserted) needs the direct triple",
    ),
    ('"某产业链"@zh , "Some chain"@en', '"某产业链"@zh', "A chain template needs a label"),
    ('"甲"@zh , "A"@en', '"甲"@zh , "甲"@ja', "A segment needs a label"),
    (
        "ex:x.a a lz:Segment ; skos:inScheme ex:x ",
        "ex:x.a a lz:Segment ; skos:inScheme ex:y ",
        "A segment must be skos:inScheme",
    ),
    ("lz:tier lz:upstream", "lz:tier lz:top", "A segment needs exactly one lz:tier"),
    ("lz:branch lz:mainBranch", "lz:branch lz:twig", "A segment needs exactly one lz:branch"),
    ("lz:critical true", 'lz:critical "yes"', "A segment needs exactly one lz:critical"),
    ("lz:feeds ex:x.b", "lz:feeds ex:x.c", "A segment can only lz:feeds"),
    ('lz:gbt4754 "3825"', 'lz:gbt4754 "C3825"', "An lz:gbt4754 code has"),
    ('lz:keyword "甲环节"', 'lz:keyword "甲"', "A segment needs an lz:keyword"),
    ("id:firm lz:inSegment", "id:person lz:inSegment", "The subject of lz:inSegment must be"),
    ("id:zone lz:hasSegment", "id:firm lz:hasSegment", "The subject of lz:hasSegment must be"),
    ("id:chain lz:follows", "id:industry lz:follows", "The subject of lz:follows must be"),
    (
        "lz:memberUnderLeader id:other",
        "lz:memberUnderLeader id:chain",
        "The object of lz:memberUnderLeader must be",
    ),
    (
        "id:zone lz:hasSegment",
        "id:zone lz:memberUnderLeader id:firm ; lz:hasSegment",
        "The subject of lz:memberUnderLeader must be",
    ),
    (
        "lz:potentialSupplierOf id:other",
        "lz:potentialSupplierOf id:zone",
        "The object of lz:potentialSupplierOf must be",
    ),
    (
        "id:zone lz:hasSegment",
        "id:zone lz:potentialSupplierOf id:firm ; lz:hasSegment",
        "The subject of lz:potentialSupplierOf must be",
    ),
    (
        "a lz:Placement ; rdf:subject id:firm",
        "a lz:Placement ; rdf:subject id:zone",
        "A placement needs exactly one rdf:subject",
    ),
    ("rdf:predicate lz:inSegment", "rdf:predicate lz:feeds", "The rdf:predicate of a placement"),
    ("rdf:object ex:x.a", 'rdf:object "x.a"', "A placement needs exactly one rdf:object"),
    ("lz:confidence 0.8", "lz:confidence -0.8", "A placement needs exactly one lz:confidence"),
    ('lz:matchedKeyword "组件" ;', "", "A placement needs exactly one lz:matchedKeyword"),
    ('lz:matchedText "组件"', "lz:matchedText 5", "A placement needs exactly one lz:matchedText"),
    ("lz:coverageIn id:zone", "lz:coverageIn id:firm", "A coverage needs exactly one lz:coverageIn"),
    ("lz:coverageOf ex:x.a ;", "", "A coverage needs exactly one lz:coverageOf"),
    ("lz:stateWeak", "lz:stateNoEvidence", "A coverage needs exactly one lz:segmentState"),
    ("lz:memberCount 1", "lz:memberCount 0", "A coverage needs exactly one lz:memberCount"),
    ("lz:producingCount 0", "lz:producingCount 2", "A coverage needs exactly one lz:producingCount"),
]
ALL_CASES = CASES + relation_cases()


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes(Iris())


def messages(shapes: Shapes, turtle: str) -> set[str]:
    triples = pyoxigraph.parse(turtle.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    quads = [pyoxigraph.Quad(t.subject, t.predicate, t.object) for t in triples]
    return {violation.message_en for violation in shapes.check(quads)}


def test_a_good_graph_conforms(shapes: Shapes) -> None:
    assert messages(shapes, WHOLE) == set()


@pytest.mark.parametrize(("good", "bad", "said"), ALL_CASES)
def test_what_breaks_a_shape_is_said(shapes: Shapes, good: str, bad: str, said: str) -> None:
    assert good in WHOLE
    found = messages(shapes, WHOLE.replace(good, bad, 1))
    assert any(said in message for message in found), found


def test_every_message_has_a_case_that_calls_it_forth() -> None:
    graph = rdflib.Graph().parse(shapes_file())
    every = {str(m) for m in graph.objects(None, SH.message) if m.language == "en"}  # type: ignore[attr-defined]
    untested = {message for message in every if not any(said in message for *_, said in ALL_CASES)}
    assert untested == set()
    chinese = [m for m in graph.objects(None, SH.message) if m.language == "zh"]  # type: ignore[attr-defined]
    assert len(chinese) == len(list(graph.subject_objects(SH.message))) / 2


def test_plain_pyshacl_judges_alike() -> None:
    rules = rdflib.Graph().parse(shapes_file())
    assert pyshacl.validate(rdflib.Graph().parse(data=WHOLE, format="turtle"), shacl_graph=rules)[0]
    bad = WHOLE.replace("id:chain lz:chainLeader id:firm .", "").replace(
        "lz:tier lz:upstream", "lz:tier lz:top"
    )
    conforms, report, _ = pyshacl.validate(rdflib.Graph().parse(data=bad, format="turtle"), shacl_graph=rules)
    assert not conforms
    assert isinstance(report, rdflib.Graph)
    assert len(list(report.objects(None, SH.result))) == 2


def test_shapes_and_ontology_name_the_same_things() -> None:
    rules = rdflib.Graph().parse(shapes_file())
    lz = rdflib.Namespace(NAMESPACE)

    def listed(path: rdflib.URIRef) -> set[str]:
        claim_shape = rdflib.URIRef(NAMESPACE.removesuffix("#") + "/shape/Claim")
        for prop in rules.objects(claim_shape, SH.property):
            if (prop, SH.path, path) in rules:
                return {str(i).removeprefix(NAMESPACE) for i in rules.items(rules.value(prop, SH["in"]))}
        raise AssertionError(path)

    assert listed(lz.indicator) == {c.name for c in indicators()}
    predicates = listed(rdflib.RDF.predicate)
    targets = {str(t).removeprefix(NAMESPACE) for t in rules.objects(None, SH.targetNode)}
    assert predicates <= targets
    assert predicates == {name for _, name, *_ in CLAIMS} | {"completedInvestment", "observation"}
    money = rdflib.URIRef(NAMESPACE.removesuffix("#") + "/shape/money")
    units = [
        rules.value(p, SH["in"]) for p in rules.objects(money, SH.property) if (p, SH.path, lz.unit) in rules
    ]
    assert {str(i) for i in rules.items(units[0])} == currencies()
    status = [str(i).removeprefix(NAMESPACE) for i in _items(rules, lz.planned)]
    assert status == [c.name for c in phases()]


def test_the_sides_of_each_relation_are_those_of_the_ontology() -> None:
    """The classes that a shape allows on each side are the domain and range of its property."""
    rules = rdflib.Graph().parse(shapes_file())
    by_name = {p.name: p for p in properties()}
    compared = 0
    for name in {name for _, name, *_ in CLAIMS} | {"observation"}:
        target = rdflib.URIRef(NAMESPACE + name)
        shape = next(s for s in rules.subjects(SH.targetNode, target) if str(s).endswith(f"/shape/{name}"))
        for outer in rules.objects(shape, SH.property):
            for inner in rules.objects(rules.value(outer, SH.node), SH.property):
                allowed = set(rules.objects(inner, SH["class"]))
                for alternatives in rules.objects(inner, SH["or"]):
                    allowed |= {rules.value(item, SH["class"]) for item in rules.items(alternatives)}
                if allowed:
                    subject = rules.value(inner, SH.path) == rdflib.RDF.subject
                    declared = by_name[name].domain if subject else by_name[name].range
                    assert {str(c).removeprefix(NAMESPACE) for c in allowed} == set(declared), (name, subject)
                    compared += 1
    assert compared >= 14 * 2 + 8


def _items(rules: rdflib.Graph, first: rdflib.URIRef) -> list[rdflib.term.Node]:
    for head in rules.subjects(rdflib.RDF.first, first):
        return list(rules.items(head))
    raise AssertionError(first)
