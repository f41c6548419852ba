"""Who stands where in the chains of all zones and places of a graph: what every report of chains is drawn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import Final

import pyoxigraph as ox

from kg.chains.coverage import Chain, Evidence, Member
from kg.chains.places import Nearness, nearness
from kg.chains.templates import templates_of
from kg.graph import Queryable
from kg.graph.deriving import PHASES
from kg.ontology import Segment, Template

ORDER: Final = tuple(PHASES)  # the phases in the order in which a project goes through them
# What shows best that a member is where it is said to be, first to last.
_TELLING = ("inChain", "status", "totalInvestment", "produces", "developedBy", "locatedIn", "chainLeader")
KINDS = ("Zone", "Park", "Place")
# Beyond so many members it is quicker to read the evidence of everyone.
_MANY = 1500

_PLACED = """
SELECT ?member ?segment ?keyword ?text ?confidence WHERE {
  ?placement a lz:Placement ; rdf:subject ?member ; rdf:object ?segment ;
    lz:matchedKeyword ?keyword ; lz:matchedText ?text ; lz:confidence ?confidence .
  ?member a ?type . FILTER(?type IN (lz:Firm, lz:Project))
}"""

_TOLD = """
SELECT ?chain ?member WHERE { ?member lz:inChain ?chain ; a ?type . FILTER(?type IN (lz:Firm, lz:Project)) }"""

# What is asked of single things, for those at hand alone: the columns, and where they are found.
_OF = {
    "named": ("?label ?type", """?s skos:prefLabel ?label ; a ?type . FILTER(lang(?label) = "zh")
  FILTER(?type IN (lz:Firm, lz:Project, lz:Zone, lz:Park, lz:Place))"""),
    "within": ("?o", "?s lz:locatedIn|lz:parkOf|geo:sfWithin|(lz:inChain/lz:chainIn) ?o"),
    "code": ("?code", "?s skos:notation ?code . FILTER(datatype(?code) = lz:gb2260)"),
    "phase": ("?phase", "?s lz:status ?phase"),
    "investment": ("?amount", "?s lz:totalInvestment ?amount"),
}  # fmt: skip

_INSIDE = """
SELECT DISTINCT ?member WHERE {
  # values
  ?member (lz:locatedIn|lz:parkOf|geo:sfWithin|(lz:inChain/lz:chainIn))+ ?container
}"""

_STATES = """
SELECT ?container ?segment ?state WHERE {
  # values
  ?coverage lz:coverageIn ?container ; lz:coverageOf ?segment ; lz:segmentState ?state .
}"""

_NAMED = """
SELECT ?container ?template ?chain ?chainLabel ?leader ?leaderLabel WHERE {
  ?chain lz:chainIn ?container ; skos:prefLabel ?chainLabel .
  OPTIONAL { ?chain lz:follows ?template }
  OPTIONAL { ?chain lz:chainLeader ?leader . ?leader skos:prefLabel ?leaderLabel }
}"""

_EVIDENCE = """
SELECT ?subject ?predicate ?quote ?confidence ?headline ?published ?modality WHERE {
  # values
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; lz:quote ?quote ;
    lz:confidence ?confidence ; lz:modality ?modality ; prov:wasQuotedFrom ?article .
  FILTER(?modality != lz:negated)
  FILTER(?predicate IN (lz:inChain, lz:status, lz:totalInvestment, lz:produces, lz:locatedIn, lz:developedBy))
  ?article schema:headline ?headline .
  OPTIONAL { ?article schema:datePublished ?published }
}"""

_LED = """
SELECT ?subject ?predicate ?quote ?confidence ?headline ?published ?modality WHERE {
  ?claim rdf:predicate lz:chainLeader ; rdf:predicate ?predicate ; rdf:object ?subject ; lz:quote ?quote ;
    lz:confidence ?confidence ; lz:modality ?modality ; prov:wasQuotedFrom ?article .
  FILTER(?modality != lz:negated)
  ?article schema:headline ?headline .
  OPTIONAL { ?article schema:datePublished ?published }
}"""


@dataclass(frozen=True, slots=True)
class Container:
    """A zone, park or place; `code` is a place's division code ("" if none)."""

    iri: str
    label: str
    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Why a firm or project stands in a segment."""

    segment: str
    keyword: str
    text: str
    confidence: Decimal


@dataclass(frozen=True, slots=True)
class _Named:
    """What texts call the chain of a template in a container, and its leaders by IRI."""

    names: set[str]
    leaders: dict[str, str]


class Landscape:
    """The chains of a graph, read once. Nothing here is changed by asking."""

    def __init__(self, graph: Queryable) -> None:
        """Read who stands where; raises StoreError if the graph cannot be read."""
        self.graph = graph
        self.templates = templates_of(graph)
        self.by_id: dict[str, Template] = {t.id: t for t in self.templates}
        self.segments: dict[str, Segment] = {s.id: s for t in self.templates for s in t.segments}
        self._segment_of = {s.iri: s for s in self.segments.values()}
        self._template_of = {t.iri: t for t in self.templates}
        self._of: dict[str, dict[str, list[tuple[str, ...]]]] = {what: {} for what in _OF}
        self._ready: set[str] = set()
        self._around: dict[str, frozenset[str]] = {}
        self._codes: dict[str, frozenset[str]] = {}
        self._evidence: dict[str, tuple[Evidence, ...]] = {}

    # what is read, each when first needed

    @cached_property
    def placed(self) -> dict[str, tuple[Placed, ...]]:
        """The placements of each firm and project in segments."""
        found: dict[str, list[Placed]] = defaultdict(list)
        for member, segment, keyword, text, confidence in self.ask(_PLACED):
            if known := self._segment_of.get(segment):
                found[member].append(Placed(known.id, keyword, text, Decimal(confidence)))
        return {m: tuple(sorted(p, key=lambda one: one.segment)) for m, p in sorted(found.items())}

    @cached_property
    def in_segment(self) -> dict[str, tuple[str, ...]]:
        """The members of each segment, wherever they are."""
        found: dict[str, list[str]] = defaultdict(list)
        for member, placements in self.placed.items():
            for one in placements:
                found[one.segment].append(member)
        return {segment: tuple(members) for segment, members in found.items()}

    @cached_property
    def members_of(self) -> dict[str, frozenset[str]]:
        """The firms and projects that texts put into each chain."""
        found: dict[str, set[str]] = defaultdict(set)
        for chain, member in self.ask(_TOLD):
            found[chain].add(member)
        return {chain: frozenset(members) for chain, members in found.items()}

    @cached_property
    def _named(self) -> list[tuple[str, ...]]:
        return list(self.ask(_NAMED))

    def prepare(self, iris: Iterable[str]) -> None:
        """Read at once what will be asked of many things: what they lie in, their phases and investment."""
        found = set(iris) - self._ready
        if not found:
            return
        self._ready |= found
        for what in ("named", "phase", "investment"):
            self._read(what, found)
        new: set[str] = found
        while new:
            self._read("within", new)
            new = {outer for iri in new for (outer,) in self._of["within"][iri]} - self._of["within"].keys()
        outer = {outer for iri in found for outer in self.around(iri)}
        self._read("named", outer)
        self._read("code", outer | found)

    # what is asked

    def phases(self, iri: str) -> tuple[str, ...]:
        """The phases of a project that a text asserts, in the order in which they are gone through."""
        names = {self._local(phase) for (phase,) in self._rows("phase", iri)}
        return tuple(sorted(names & PHASES.keys(), key=ORDER.index))

    def investment(self, iri: str) -> Decimal | None:
        """The largest total investment stated of a project, in yuan."""
        return max((Decimal(amount) for (amount,) in self._rows("investment", iri)), default=None)

    def segment_of(self, iri: str) -> Segment | None:
        """The segment of an IRI."""
        return self._segment_of.get(iri)

    def label(self, iri: str) -> str:
        """What a firm, project, zone, park or place is called."""
        return next((label for label, _ in self._rows("named", iri)), iri)

    def container(self, iri: str) -> Container | None:
        """A zone, park or place; None for anything else."""
        for label, kind in self._rows("named", iri):
            if (local := self._local(kind)) in KINDS:
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

    def inside(self, container: str) -> frozenset[str]:
        """All that lies in a zone, park or place, directly or through others."""
        query = _INSIDE.replace("# values", _values("container", [container]))
        return frozenset(member for (member,) in self.ask(query))

    def codes(self, iri: str) -> frozenset[str]:
        """The division codes of a thing and of all that it lies in."""
        if iri not in self._codes:
            places = (iri, *self.around(iri))
            self._codes[iri] = frozenset(code for place in places for (code,) in self._rows("code", place))
        return self._codes[iri]

    def nearness(self, here: str, there: str) -> Nearness:
        """How near two things (IRIs) are."""
        return nearness(self.codes(here), self.codes(there))

    @cache  # noqa: B019 - a landscape lives as long as a report is made
    def home(self, iri: str) -> Container | None:
        """Where a thing is: its zone, else its park, else the smallest place known."""
        known = [found for outer in self.around(iri) if (found := self.container(outer))]
        depth = {container.iri: len(self.around(container.iri)) for container in known}
        return min(known, key=lambda c: (KINDS.index(c.kind), -depth[c.iri], c.label, c.iri), default=None)

    def member(self, iri: str, segment: str = "") -> Member:
        """A firm or project, with why it stands in a segment where one is named; without its evidence."""
        ((label, kind), *_) = self._rows("named", iri)
        placements = self.placed.get(iri, ())
        why = next((one for one in placements if one.segment == segment), None)
        return Member(
            iri,
            label,
            self._local(kind),
            self.phases(iri),
            self.investment(iri),
            (),
            why.keyword if why else "",
            why.text if why else "",
            why.confidence if why else None,
            tuple(one.segment for one in placements),
        )

    def evidence(self, iris: Collection[str]) -> Mapping[str, tuple[Evidence, ...]]:
        """The sentences on firms and projects, what tells most first, each once."""
        missing = sorted(set(iris) - self._evidence.keys())
        if missing:
            found: dict[str, list[Evidence]] = defaultdict(list)
            values = _values("subject", missing) if len(missing) <= _MANY else ""
            for query in (_EVIDENCE.replace("# values", values), _LED):
                for subject, predicate, quote, confidence, headline, published, modality in self.ask(query):
                    found[subject].append(
                        Evidence(
                            quote,
                            headline,
                            published or None,
                            self._local(predicate),
                            Decimal(confidence),
                            self._local(modality),
                        )
                    )
            for iri in missing:
                self._evidence[iri] = _ranked(found.get(iri, ()))
        return self._evidence

    def told(self, member: Member) -> Member:
        """A member with its evidence."""
        return replace(member, evidence=self.evidence([member.iri])[member.iri])

    def chains(self, container: str | None = None, *, evidence: bool = True) -> list[Chain]:
        """The chains of one zone, park or place, or of all of which anything is known; named ones first.

        With `evidence`, members carry their sentences.
        """
        states = self._states(container)
        named, told = self._names(container), self._told(container)
        placed = self._inside(container)
        self.prepare(
            {m for found in (placed, told) for inside in found.values() for _, m in inside}
            | {where for where, _ in (*states, *named)}
        )
        if evidence:
            everyone = {m for found in (placed, told) for inside in found.values() for _, m in inside}
            self.evidence(everyone)
        made: dict[tuple[str, str], Member] = {}

        def member(iri: str, segment: str = "") -> Member:
            if (iri, segment) not in made:
                one = self.member(iri, segment)
                made[iri, segment] = replace(one, evidence=self._evidence[iri]) if evidence else one
            return made[iri, segment]

        chains = []
        for where, template in sorted(states.keys() | named.keys()):
            if (place := self.container(where)) is None:
                continue
            inside: dict[str, list[Member]] = defaultdict(list)
            for segment, iri in placed.get((where, template), ()):
                inside[segment].append(member(iri, segment))
            somewhere = {m.iri for found in inside.values() for m in found}
            called = named.get((where, template), _Named(set(), {}))
            chains.append(
                Chain(
                    where,
                    place.label,
                    place.kind,
                    self.by_id[template],
                    tuple(sorted(called.names)),
                    tuple(sorted(set(called.leaders.values()))),
                    dict(sorted(states.get((where, template), {}).items())),
                    {s: _sorted(found) for s, found in sorted(inside.items())},
                    _sorted(
                        member(iri) for _, iri in told.get((where, template), ()) if iri not in somewhere
                    ),
                    self.around(where),
                )
            )
        return sorted(
            chains,
            key=lambda c: (
                not c.names, KINDS.index(c.container_kind), c.container_label, c.container, c.template.id
            ),
        )  # fmt: skip

    def without_template(self, container: str | None = None) -> list[tuple[str, str]]:
        """Where texts name a chain that follows no template, and what they call it."""
        found = [
            (where, name)
            for where, template, _, name, *_ in self._named
            if not template and container in (None, where)
        ]
        self._read("named", {where for where, _ in found})
        return sorted({(place.label, name) for where, name in found if (place := self.container(where))})

    def _states(self, container: str | None) -> dict[tuple[str, str], dict[str, str]]:
        values = _values("container", [container]) if container else ""
        found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for where, segment, state in self.ask(_STATES.replace("# values", values)):
            if known := self._segment_of.get(segment):
                found[where, known.chain][known.id] = self._local(state)
        return found

    def _names(self, container: str | None) -> dict[tuple[str, str], _Named]:
        found: dict[tuple[str, str], _Named] = {}
        for where, template, _, name, leader, leader_label in self._named:
            if container in (None, where) and (known := self._template_of.get(template)):
                called = found.setdefault((where, known.id), _Named(set(), {}))
                called.names.add(name)
                if leader:
                    called.leaders[leader] = leader_label
        return found

    def _told(self, container: str | None) -> dict[tuple[str, str], set[tuple[str, str]]]:
        """Members by what texts say, of the chains of each container and template; their segment is left open."""
        found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for where, template, chain, *_ in self._named:
            if container in (None, where) and (known := self._template_of.get(template)):
                found[where, known.id] |= {("", member) for member in self.members_of.get(chain, ())}
        return found

    def _inside(self, container: str | None) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """Who stands in which segment, by container and template."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        if container is None:
            self.prepare(self.placed)
            inside = {member: self.around(member) for member in self.placed}
        else:
            inside = dict.fromkeys(self.inside(container), frozenset([container]))
        for member, placements in self.placed.items():
            for where in inside.get(member, ()):
                for one in placements:
                    found[where, self.segments[one.segment].chain].append((one.segment, member))
        return found

    def _rows(self, what: str, iri: str) -> list[tuple[str, ...]]:
        if iri not in self._of[what]:
            self._read(what, [iri])
        return self._of[what][iri]

    def _read(self, what: str, iris: Collection[str]) -> None:
        """Ask for what is not yet known of things."""
        held = self._of[what]
        missing = sorted(set(iris) - held.keys())
        if not missing:
            return
        held.update({iri: [] for iri in missing})
        columns, where = _OF[what]
        values = _values("s", missing) if len(missing) <= _MANY else ""
        wanted = set(missing)
        for row in self.ask(f"SELECT ?s {columns} WHERE {{ {values} {where} }}"):
            if row[0] in wanted:
                held[row[0]].append(row[1:])
        for iri in missing:
            held[iri].sort()

    def ask(self, query: str) -> Iterator[tuple[str, ...]]:
        """The rows of a query as texts; what is unbound is ""."""
        answer = self.graph.answer(query)
        assert isinstance(answer, ox.QuerySolutions)
        width = len(answer.variables)
        for row in answer:
            yield tuple("" if (term := row[i]) is None else term.value for i in range(width))

    def _local(self, iri: str) -> str:
        return iri.removeprefix(self.graph.iris.ontology_base)


def chains_of(graph: Queryable) -> list[Chain]:
    """Every chain of every zone, park and place of which anything is known, named ones first."""
    return Landscape(graph).chains()


def without_template(graph: Queryable) -> list[tuple[str, str]]:
    """Where texts name a chain that follows no template, and what they call it."""
    return Landscape(graph).without_template()


def _values(name: str, iris: Iterable[str]) -> str:
    """The clause that binds a variable to IRIs."""
    return f"VALUES ?{name} {{ {' '.join(str(ox.NamedNode(iri)) for iri in iris)} }}"


def _sorted(members: Iterable[Member]) -> tuple[Member, ...]:
    return tuple(sorted(members, key=lambda m: (m.label, m.iri)))


def _ranked(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    ranked = sorted(
        found,
        key=lambda e: (_TELLING.index(e.predicate), e.modality, -e.confidence, e.headline, e.quote),
    )
    return tuple({e.quote: e for e in reversed(ranked)}.values())[::-1]
