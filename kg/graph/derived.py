"""The derived graph: facts gathered from the other graphs, put through the rules, written as quads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.graph.deriving import PHASES, Derived, Facts, Status, derive
from kg.graph.iris import Iris
from kg.graph.vocabulary import GEO, RDF, SKOS, TYPE, decimal, integer, node
from kg.link.segments import Segmentation
from kg.model import EntityType
from kg.ontology import Template


@dataclass(frozen=True, slots=True)
class DerivedGraph:
    """The quads of the derived graph, how many there are of each property, and what was left out.

    `dropped` counts potential suppliers beyond the limit of the settings.
    """

    quads: tuple[Quad, ...]
    counts: dict[str, int]
    dropped: int


def derived_graph(
    store: Store, iris: Iris, segmentation: Segmentation, templates: Sequence[Template], supplier_pairs: int
) -> DerivedGraph:
    """Compute the derived graph from the article and entity graphs in `store` and from the placements."""
    facts = gather(store, iris, segmentation, templates)
    derived = derive(facts, supplier_pairs)
    quads = tuple(_quads(derived, segmentation, templates, iris))
    counts = Counter(quad.predicate.value.removeprefix(iris.ontology_base) for quad in quads)
    told = ("follows", "hasSegment", "inSegment", "memberUnderLeader", "potentialSupplierOf")
    return DerivedGraph(quads, {name: counts[name] for name in told}, derived.dropped)


def gather(store: Store, iris: Iris, segmentation: Segmentation, templates: Sequence[Template]) -> Facts:
    """What the rules need, from the asserted triples of the store and the placements."""
    facts = Facts()
    for kind in (EntityType.FIRM, EntityType.PROJECT):
        facts.actors |= {s for s, _ in _pairs(store, TYPE, node(iris.term(kind)))}
    facts.places = {s for s, _ in _pairs(store, TYPE, node(iris.term(EntityType.PLACE)))}
    facts.wide = facts.places - _counties_and_cities(store, iris)
    for property_iri, held in (
        (iris.term("locatedIn"), facts.within),
        (iris.term("parkOf"), facts.within),
        (GEO + "sfWithin", facts.within),
        (iris.term("chainLeader"), facts.leaders),
        (iris.term("developedBy"), facts.developers),
    ):
        for subject, target in _pairs(store, node(property_iri)):
            held[subject].add(target)
    for member, chain in _pairs(store, node(iris.term("inChain"))):
        facts.members[chain].add(member)
    # who is in a zone's chain is in the zone, also where no text says so in other words
    for chain, container in _pairs(store, node(iris.term("chainIn"))):
        for member in facts.members.get(chain, ()):
            facts.within[member].add(container)
    facts.supplies = set(_pairs(store, node(iris.term("suppliesTo"))))
    _claimed(store, iris, facts)
    segments = {segment.id: segment for template in templates for segment in template.segments}
    for placement in segmentation.placements:
        entity, segment = iris.entity(placement.entity), segments[placement.segment]
        facts.placements[entity][segment.iri] = placement.confidence
    for segment in segments.values():
        facts.feeds[segment.iri] = {segments[fed].iri for fed in segment.feeds if fed in segments}
    return facts


def _pairs(store: Store, predicate: NamedNode, target: NamedNode | None = None) -> Iterator[tuple[str, str]]:
    for quad in store.quads_for_pattern(None, predicate, target):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            yield quad.subject.value, quad.object.value


def _counties_and_cities(store: Store, iris: Iris) -> set[str]:
    code = node(iris.term("gb2260"))
    return {
        quad.subject.value
        for quad in store.quads_for_pattern(None, node(SKOS + "notation"), None)
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
        and quad.object.datatype == code
        and not quad.object.value.endswith("0000")
    }


def _claimed(store: Store, iris: Iris, facts: Facts) -> None:
    """What only claims tell: the dates of phases, and what a text denies."""
    asserted, negated = node(iris.term("asserted")), node(iris.term("negated"))
    for claim in _claims_of(store, iris, "status", asserted):
        phase = claim[RDF + "object"].value.removeprefix(iris.ontology_base)
        date = claim.get(iris.term("date"))
        if phase in PHASES:
            facts.statuses[claim[RDF + "subject"].value].append(Status(phase, date.value if date else ""))
    for modality in (node(iris.term("expected")), negated):
        facts.hoped |= {claim[RDF + "subject"].value for claim in _claims_of(store, iris, "status", modality)}
    for claim in _claims_of(store, iris, "suppliesTo", negated):
        facts.denied.add((claim[RDF + "subject"].value, claim[RDF + "object"].value))


def _claims_of(
    store: Store, iris: Iris, predicate: str, modality: NamedNode
) -> Iterator[dict[str, NamedNode | Literal]]:
    for about in store.quads_for_pattern(None, node(RDF + "predicate"), node(iris.term(predicate))):
        quads = store.quads_for_pattern(about.subject, None, None, about.graph_name)
        claim = {q.predicate.value: q.object for q in quads if isinstance(q.object, NamedNode | Literal)}
        if claim.get(iris.term("modality")) == modality:
            yield claim


def _quads(
    derived: Derived, segmentation: Segmentation, templates: Sequence[Template], iris: Iris
) -> Iterator[Quad]:
    graph = node(iris.graph("derived"))
    by_id: dict[str, str] = {template.id: template.iri for template in templates}
    by_id |= {segment.id: segment.iri for template in templates for segment in template.segments}

    def quad(subject: str, name: str, target: NamedNode | Literal | str) -> Quad:
        value = node(target) if isinstance(target, str) else target
        return Quad(node(subject), node(iris.term(name)), value, graph)

    for following in segmentation.followings:
        yield quad(iris.entity(following.chain), "follows", by_id[following.template])
    for placement in segmentation.placements:
        entity, segment = iris.entity(placement.entity), by_id[placement.segment]
        yield quad(entity, "inSegment", segment)
        this = node(iris.placement(placement.entity, segment))
        yield Quad(this, TYPE, node(iris.term("Placement")), graph)
        yield Quad(this, node(RDF + "subject"), node(entity), graph)
        yield Quad(this, node(RDF + "predicate"), node(iris.term("inSegment")), graph)
        yield Quad(this, node(RDF + "object"), node(segment), graph)
        yield quad(this.value, "confidence", decimal(Decimal(repr(placement.confidence))))
        yield quad(this.value, "rule", Literal(f"segments/{placement.basis}"))
        yield quad(this.value, "matchedKeyword", Literal(placement.keyword))
        yield quad(this.value, "matchedText", Literal(placement.text))
    for member, leader in derived.under_leader:
        yield quad(member, "memberUnderLeader", leader)
    for one, other in derived.potential:
        yield quad(one, "potentialSupplierOf", other)
    for coverage in derived.coverage:
        if coverage.present:
            yield quad(coverage.container, "hasSegment", coverage.segment)
        container = iris.entity_id(coverage.container) or coverage.container
        this = node(iris.coverage(container, coverage.segment))
        yield Quad(this, TYPE, node(iris.term("Coverage")), graph)
        yield quad(this.value, "coverageIn", coverage.container)
        yield quad(this.value, "coverageOf", coverage.segment)
        yield quad(this.value, "segmentState", iris.term(coverage.state))
        yield quad(this.value, "memberCount", integer(coverage.members))
        yield quad(this.value, "producingCount", integer(coverage.producing))
