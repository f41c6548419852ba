"""The derived graph: what the rules of `kg.graph.deriving` make of the facts, told apart row by row.

Rows that were there before keep their quads; only those that came or went are written.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.deriving import PHASES, Coverage, Facts, Status, derive
from kg.graph.iris import Iris
from kg.graph.placing import FOLLOWING, PLACEMENT, Row, following_of, placement_of, placements
from kg.graph.state import Fact, State
from kg.graph.vocabulary import RDF, TYPE, decimal, integer, node
from kg.link.corpus import Corpus
from kg.model import EntityType, Modality
from kg.ontology import Template

_UNDER, _POTENTIAL, _COVERAGE = "memberUnderLeader", "potentialSupplierOf", "coverage"
_PLACE = f"{EntityType.PLACE.value.lower()}/"
_ACTORS = tuple(f"{kind.value.lower()}/" for kind in (EntityType.FIRM, EntityType.PROJECT))


@dataclass(frozen=True, slots=True)
class Update:
    """The quads of the derived graph that went and came, how many rows there are now, and what was left out.

    `dropped` counts potential suppliers beyond the limit of the settings.
    """

    gone: tuple[Quad, ...]
    come: tuple[Quad, ...]
    counts: dict[str, int]
    dropped: int


class Deriver:
    """Keeps the derived graph up to date."""

    def __init__(self, state: State, corpus: Corpus, iris: Iris, templates: Sequence[Template]) -> None:
        self._state = state
        self._corpus = corpus
        self._iris = iris
        self._templates = templates
        self._iri = {template.id: template.iri for template in templates}
        self._iri |= {segment.id: segment.iri for template in templates for segment in template.segments}

    def quads(self, rows: Iterable[Row]) -> list[Quad]:
        """The quads of rows."""
        return [quad for row in rows for quad in self._quads(*row)]

    def update(self, supplier_pairs: int) -> Update:
        """Derive anew from placements and facts as they are now; what is kept of it before and after."""
        derived = derive(self._facts(), supplier_pairs)
        wanted: dict[str, dict[tuple[str, str], str]] = {
            _UNDER: dict.fromkeys(derived.under_leader, ""),
            _POTENTIAL: dict.fromkeys(derived.potential, ""),
            _COVERAGE: {(c.container, c.segment): json.dumps(c[2:]) for c in derived.coverage},
        }
        gone: list[Quad] = []
        come: list[Quad] = []
        for kind, rows in wanted.items():
            held = self._state.derived(kind)
            for one, other in sorted(held.keys() - rows.keys()):
                gone += self._quads(kind, one, other, held[one, other])
                self._state.derive(kind, one, other, None)
            for (one, other), said in rows.items():
                if (before := held.get((one, other))) != said:
                    gone += self._quads(kind, one, other, before) if before is not None else ()
                    come += self._quads(kind, one, other, said)
                    self._state.derive(kind, one, other, said)
        counts = {
            "follows": self._state.count(FOLLOWING),
            "hasSegment": sum(coverage.present for coverage in derived.coverage),
            "inSegment": self._state.count(PLACEMENT),
            _UNDER: len(derived.under_leader),
            _POTENTIAL: len(derived.potential),
        }
        return Update(tuple(gone), tuple(come), counts, derived.dropped)

    def _facts(self) -> Facts:
        """What the rules need of who is placed or stands in a chain that is led; all goes by path and id."""
        state, facts = self._state, Facts()
        told: dict[str, list[Fact]] = defaultdict(list)
        for fact in state.facts("chainLeader", "inChain", "chainIn", "suppliesTo"):
            told[fact.predicate].append(fact)
        facts.placements.update(placements(state))
        for fact in filter(_asserted, told["chainLeader"]):
            facts.leaders[fact.subject].add(fact.object)
        for fact in filter(_asserted, told["inChain"]):
            facts.members[fact.object].add(fact.subject)
        for fact in filter(_asserted, told["chainIn"]):  # who is in a zone's chain is in the zone
            for member in facts.members.get(fact.subject, ()):
                facts.within[member].add(fact.object)
        for fact in told["suppliesTo"]:
            known = facts.supplies if _asserted(fact) else facts.denied
            if fact.modality != Modality.EXPECTED:
                known.add((fact.subject, fact.object))
        actors = {*facts.placements}.union(*facts.members.values(), *facts.leaders.values())
        facts.actors = {actor for actor in actors if actor.startswith(_ACTORS)}
        for fact in state.facts_about(facts.actors, "developedBy", "status"):
            if fact.predicate == "status" and not _asserted(fact):
                facts.hoped.add(fact.subject)
            elif fact.predicate == "status" and fact.object in PHASES:
                facts.statuses[fact.subject].append(Status(fact.object, fact.date))
            elif fact.predicate == "developedBy" and _asserted(fact):
                facts.developers[fact.subject].add(fact.object)
        self._within(facts)
        segments = {segment.id: segment for template in self._templates for segment in template.segments}
        for segment in segments.values():
            facts.feeds[segment.id] = {fed for fed in segment.feeds if fed in segments}
        return facts

    def _within(self, facts: Facts) -> None:
        """What the actors lie in, and that in turn, up to the provinces."""
        seen: set[str] = set()
        todo = {*facts.actors, *(c for many in facts.within.values() for c in many)}
        while todo:
            seen |= todo
            for fact in filter(_asserted, self._state.facts_about(todo, "locatedIn", "parkOf")):
                facts.within[fact.subject].add(fact.object)
            for place in (inner for inner in todo if inner.startswith(_PLACE)):
                facts.places.add(place)
                code = self._corpus.code(place)
                if not code or code.endswith("0000"):
                    facts.wide.add(place)
                if outer := self._corpus.outer(code):
                    facts.within[place].add(outer)
            todo = {outer for inner in todo for outer in facts.within.get(inner, ())} - seen

    def _quads(self, kind: str, one: str, other: str, said: str) -> Iterator[Quad]:
        iris, graph = self._iris, node(self._iris.graph("derived"))
        this = node(iris.entity(one))

        def quad(subject: NamedNode, name: str, target: NamedNode | Literal) -> Quad:
            return Quad(subject, node(iris.term(name)), target, graph)

        if kind == FOLLOWING:
            yield quad(this, "follows", node(self._iri[following_of(one, other, said).template]))
        elif kind == PLACEMENT:
            placement, segment = placement_of(one, other, said), self._iri[other]
            yield quad(this, "inSegment", node(segment))
            about = node(iris.placement(one, segment))
            yield Quad(about, TYPE, node(iris.term("Placement")), graph)
            yield Quad(about, node(RDF + "subject"), this, graph)
            yield Quad(about, node(RDF + "predicate"), node(iris.term("inSegment")), graph)
            yield Quad(about, node(RDF + "object"), node(segment), graph)
            yield quad(about, "confidence", decimal(Decimal(repr(placement.confidence))))
            yield quad(about, "rule", Literal(f"segments/{placement.basis}"))
            yield quad(about, "matchedKeyword", Literal(placement.keyword))
            yield quad(about, "matchedText", Literal(placement.text))
        elif kind == _COVERAGE:
            coverage = Coverage(one, other, *json.loads(said))
            segment = self._iri[other]
            if coverage.present:
                yield quad(this, "hasSegment", node(segment))
            about = node(iris.coverage(one, segment))
            yield Quad(about, TYPE, node(iris.term("Coverage")), graph)
            yield quad(about, "coverageIn", this)
            yield quad(about, "coverageOf", node(segment))
            yield quad(about, "segmentState", node(iris.term(coverage.state)))
            yield quad(about, "memberCount", integer(coverage.members))
            yield quad(about, "producingCount", integer(coverage.producing))
        else:
            yield quad(this, kind, node(iris.entity(other)))


def _asserted(fact: Fact) -> bool:
    return fact.modality == Modality.ASSERTED
