"""Single things of a graph — firms, projects, zones, parks, places — read when first asked for, many at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from kg.chains.coverage import Evidence, Member
from kg.chains.evidence import read_evidence
from kg.chains.places import Nearness, nearness
from kg.chains.templates import templates_of
from kg.graph import Queryable
from kg.graph.deriving import PHASES
from kg.lookup import chunks
from kg.ontology import Segment, Template

ORDER: Final = tuple(PHASES)  # the phases in the order in which a project goes through them
KINDS = ("Zone", "Park", "Place")
_RUNNING = ORDER.index("inProduction")
_BATCH = 2000  # things that one query asks about

# What is asked of things: the columns, and where they are found.
_OF = {
    "named": ("?label ?type", """?s skos:prefLabel ?label ; a ?type . FILTER(lang(?label) = "zh")
  FILTER(?type IN (lz:Firm, lz:Project, lz:Zone, lz:Park, lz:Place))"""),
    "within": ("?o", "?s lz:locatedIn|lz:parkOf|geo:sfWithin|(lz:inChain/lz:chainIn) ?o"),
    "code": ("?code", "?s skos:notation ?code . FILTER(datatype(?code) = lz:gb2260)"),
    "phase": ("?phase", "?s lz:status ?phase"),
    "investment": ("?amount", "?s lz:totalInvestment ?amount"),
    "placed": ("?segment ?keyword ?text ?confidence", """?placement lz:matchedKeyword ?keyword ; rdf:subject ?s ;
    rdf:object ?segment ; lz:matchedText ?text ; lz:confidence ?confidence ."""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Container:
    """A zone, park or place; `code` is a place's division code ("" if none)."""

    iri: str
    label: str
    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Why a firm or project stands in a segment (by its id)."""

    segment: str
    keyword: str
    text: str
    confidence: Decimal


class Things:
    """What a graph knows of single things. Nothing here is changed by asking."""

    def __init__(self, graph: Queryable) -> None:
        """`graph` is read when something is asked; raises StoreError if it cannot be."""
        self.graph = graph
        self._of: dict[str, dict[str, list[tuple[str, ...]]]] = {what: {} for what in _OF}
        self._ready: set[str] = set()
        self._around: dict[str, frozenset[str]] = {}
        self._codes: dict[str, frozenset[str]] = {}
        self._homes: dict[str, Container | None] = {}
        self._members: dict[tuple[str, str], Member] = {}
        self._evidence: dict[str, tuple[Evidence, ...]] = {}

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """The chain templates of the graph, by id."""
        return templates_of(self.graph)

    @cached_property
    def by_id(self) -> dict[str, Template]:
        """The templates by id."""
        return {template.id: template for template in self.templates}

    @cached_property
    def segments(self) -> dict[str, Segment]:
        """The segments of all templates by id."""
        return {segment.id: segment for template in self.templates for segment in template.segments}

    @cached_property
    def _segment_of(self) -> dict[str, Segment]:
        return {segment.iri: segment for segment in self.segments.values()}

    def segment_of(self, iri: str) -> Segment | None:
        """The segment of an IRI."""
        return self._segment_of.get(iri)

    def prepare(self, iris: Iterable[str]) -> None:
        """Read at once what will be asked of many things: names, phases, money, segments, what they lie in."""
        found = set(iris) - self._ready
        if not found:
            return
        self._ready |= found
        acting = {iri for iri in found if self.acts(iri)}
        for what in ("phase", "investment", "placed"):
            self._read(what, acting)
        new: set[str] = found
        while new:
            self._read("within", new)
            new = {outer for iri in new for (outer,) in self._of["within"][iri]} - self._of["within"].keys()
        self.introduce(found | {outer for iri in found for outer in self.around(iri)})

    def introduce(self, iris: Iterable[str]) -> None:
        """Read at once what zones, parks and places are called and their codes, and no more."""
        areas = set(iris)
        self._read("named", areas)
        self._read("code", areas)

    def acts(self, iri: str) -> bool:
        """Whether an IRI is that of a firm or project."""
        return (self.graph.iris.entity_id(iri) or "").startswith(("firm/", "project/"))

    def phases(self, iri: str) -> tuple[str, ...]:
        """The phases of a project that a text asserts, in the order in which they are gone through."""
        names = {self.local(phase) for (phase,) in self._rows("phase", iri)}
        return tuple(sorted(names & PHASES.keys(), key=ORDER.index))

    def investment(self, iri: str) -> Decimal | None:
        """The largest total investment stated of a project, in yuan."""
        return max((Decimal(amount) for (amount,) in self._rows("investment", iri)), default=None)

    def placed(self, iri: str) -> tuple[Placed, ...]:
        """The segments that a firm or project stands in, with why."""
        return tuple(
            Placed(known.id, keyword, text, Decimal(confidence))
            for segment, keyword, text, confidence in self._rows("placed", iri)
            if (known := self._segment_of.get(segment))
        )

    def label(self, iri: str) -> str:
        """What a firm, project, zone, park or place is called."""
        return next((label for label, _ in self._rows("named", iri)), iri)

    def container(self, iri: str) -> Container | None:
        """A zone, park or place; None for anything else."""
        for label, kind in self._rows("named", iri):
            if (local := self.local(kind)) in KINDS:
                codes = self._rows("code", iri)
                return Container(iri, label, local, codes[0][0] if codes else "")
        return None

    def around(self, iri: str) -> frozenset[str]:
        """All that a thing lies in, directly or through others; never itself."""
        if iri not in self._around:
            seen: set[str] = set()
            todo = [outer for (outer,) in self._rows("within", iri)]
            while todo:
                outer = todo.pop()
                if outer not in seen:
                    seen.add(outer)
                    todo.extend(further for (further,) in self._rows("within", outer))
            self._around[iri] = frozenset(seen - {iri})
        return self._around[iri]

    def codes(self, iri: str) -> frozenset[str]:
        """The division codes of a thing and of all that it lies in."""
        if iri not in self._codes:
            places = (iri, *self.around(iri))
            self._codes[iri] = frozenset(code for place in places for (code,) in self._rows("code", place))
        return self._codes[iri]

    def nearness(self, here: str, there: str) -> Nearness:
        """How near two things (IRIs) are."""
        return nearness(self.codes(here), self.codes(there))

    def home(self, iri: str) -> Container | None:
        """Where a thing is: its zone, else its park, else the smallest place known."""
        if iri not in self._homes:
            known = [found for outer in self.around(iri) if (found := self.container(outer))]
            depth = {container.iri: len(self.around(container.iri)) for container in known}
            self._homes[iri] = min(
                known, key=lambda c: (KINDS.index(c.kind), -depth[c.iri], c.label, c.iri), default=None
            )
        return self._homes[iri]

    def member(self, iri: str, segment: str = "") -> Member:
        """A firm or project, with why it stands in a segment where one is named; without its evidence."""
        if (iri, segment) not in self._members:
            ((label, kind), *_) = self._rows("named", iri)
            placements = self.placed(iri)
            why = next((one for one in placements if one.segment == segment), None)
            self._members[iri, segment] = Member(
                iri,
                label,
                self.local(kind),
                self.phases(iri),
                self.investment(iri),
                (),
                why.keyword if why else "",
                why.text if why else "",
                why.confidence if why else None,
                tuple(one.segment for one in placements),
            )
        return self._members[iri, segment]

    def rank(self, iri: str) -> tuple[bool, int, Decimal, str, str]:
        """What puts a firm or project before others: that it does not stand still, how far it is, how large."""
        phases = self.phases(iri)
        stage = max((ORDER.index(phase) for phase in phases if phase != "suspended"), default=-1)
        money = self.investment(iri) or Decimal(0)
        return "suspended" in phases, -min(stage, _RUNNING), -money, self.label(iri), iri

    def evidence(self, iris: Collection[str]) -> Mapping[str, tuple[Evidence, ...]]:
        """The sentences on firms and projects, what tells most first, each once."""
        missing = set(iris) - self._evidence.keys()
        for batch in chunks(missing, _BATCH):
            self._evidence |= read_evidence(self.graph, batch)
        return self._evidence

    def ask(self, query: str) -> Iterator[tuple[str, ...]]:
        """The rows of a query as texts; what is unbound is ""."""
        answer = self.graph.answer(query)
        assert isinstance(answer, ox.QuerySolutions)
        width = range(len(answer.variables))
        for row in answer:
            yield tuple(["" if (term := row[i]) is None else term.value for i in width])

    def local(self, iri: str) -> str:
        """A term of the ontology by its local name."""
        return iri.removeprefix(self.graph.iris.ontology_base)

    def _rows(self, what: str, iri: str) -> list[tuple[str, ...]]:
        if iri not in self._of[what]:
            self._read(what, [iri])
        return self._of[what][iri]

    def _read(self, what: str, iris: Collection[str]) -> None:
        """Ask for what is not yet known of things."""
        held = self._of[what]
        columns, where = _OF[what]
        for batch in chunks(set(iris) - held.keys(), _BATCH):
            held.update({iri: [] for iri in batch})
            for row in self.ask(f"SELECT ?s {columns} WHERE {{ {values('s', batch)} {where} }}"):
                held[row[0]].append(row[1:])
            for iri in batch:
                held[iri].sort()


def values(name: str, iris: Iterable[str]) -> str:
    """The clause that binds a variable to IRIs."""
    return f"VALUES ?{name} {{ {' '.join(str(ox.NamedNode(iri)) for iri in iris)} }}"
