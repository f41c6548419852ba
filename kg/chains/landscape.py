"""Who stands where in the chains of all zones and places of a graph: what every report of chains is drawn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from kg.chains.coverage import Chain, Member
from kg.chains.things import KINDS, Things, values
from kg.graph import Queryable
from kg.ontology import Template

_STANDING = """
SELECT ?segment ?member WHERE {
  # values
  ?member lz:inSegment ?segment
}"""

_TOLD = """
SELECT ?chain ?member WHERE { ?member lz:inChain ?chain ; a ?type . FILTER(?type IN (lz:Firm, lz:Project)) }"""

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
  # values
  ?chain lz:chainIn ?container ; skos:prefLabel ?chainLabel .
  OPTIONAL { ?chain lz:follows ?template }
  OPTIONAL { ?chain lz:chainLeader ?leader . ?leader skos:prefLabel ?leaderLabel }
}"""


@dataclass(frozen=True, slots=True)
class _Named:
    """What texts call the chain of a template in a container, and its leaders by IRI."""

    names: set[str]
    leaders: dict[str, str]


class Landscape(Things):
    """The chains of a graph: who stands in which segment, in which zone or place, under which leader."""

    def __init__(self, graph: Queryable) -> None:
        """`graph` is read when something is asked; raises StoreError if it cannot be."""
        super().__init__(graph)
        self._standing: dict[str, tuple[str, ...]] = {}
        self._called: dict[str | None, list[tuple[str, ...]]] = {}

    @cached_property
    def _template_of(self) -> dict[str, Template]:
        return {template.iri: template for template in self.templates}

    def template_of(self, iri: str) -> Template | None:
        """The template of an IRI."""
        return self._template_of.get(iri)

    @cached_property
    def members_of(self) -> dict[str, frozenset[str]]:
        """The firms and projects that texts put into each chain."""
        found: dict[str, set[str]] = defaultdict(set)
        for chain, member in self.ask(_TOLD):
            found[chain].add(member)
        return {chain: frozenset(members) for chain, members in found.items()}

    def _named(self, container: str | None) -> list[tuple[str, ...]]:
        if container not in self._called:
            among = values("container", [container]) if container else ""
            self._called[container] = sorted(self.ask(_NAMED.replace("# values", among)))
        return self._called[container]

    def in_segments(self, segments: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The firms and projects in each of some segments (ids), wherever they are; the best to turn to first."""
        wanted = list(dict.fromkeys(segments))
        if missing := [self.segments[one].iri for one in wanted if one not in self._standing]:
            found: dict[str, list[str]] = {one: [] for one in wanted if one not in self._standing}
            for segment, member in self.ask(_STANDING.replace("# values", values("segment", missing))):
                if self.acts(member):
                    found[self._segment_of[segment].id].append(member)
            self.prepare({member for members in found.values() for member in members})
            self._standing |= {one: tuple(sorted(held, key=self.rank)) for one, held in found.items()}
        return {one: self._standing[one] for one in wanted}

    def inside(self, container: str) -> frozenset[str]:
        """All that lies in a zone, park or place, directly or through others."""
        query = _INSIDE.replace("# values", values("container", [container]))
        return frozenset(member for (member,) in self.ask(query))

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
        everyone = {m for found in (placed, told) for inside in found.values() for _, m in inside}
        self.prepare(everyone | {where for where, _ in (*states, *named)})
        if evidence:
            self.evidence(everyone)

        def member(iri: str, segment: str = "") -> Member:
            one = self.member(iri, segment)
            return self.told(one) if evidence else one

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

    def loose(self, container: str | None = None) -> list[tuple[str, str, tuple[str, ...], frozenset[str]]]:
        """Chains that follow no template: where (an IRI), name, leaders, and the members that texts put into them."""
        leaders: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for where, template, chain, name, _, leader in self._named(container):
            if not template:
                leaders[where, name, chain] |= {leader} - {""}
        members = {chain: self.members_of.get(chain, frozenset()) for _, _, chain in leaders}
        self.prepare({m for found in members.values() for m in found} | {where for where, _, _ in leaders})
        return [
            (where, name, tuple(sorted(led)), members[chain])
            for (where, name, chain), led in sorted(leaders.items())
        ]

    def without_template(self, container: str | None = None) -> list[tuple[str, str]]:
        """Where texts name a chain that follows no template, and what they call it."""
        found = [(where, name) for where, template, _, name, *_ in self._named(container) if not template]
        self._read("named", {where for where, _ in found})
        return sorted({(place.label, name) for where, name in found if (place := self.container(where))})

    def _states(self, container: str | None) -> dict[tuple[str, str], dict[str, str]]:
        among = values("container", [container]) if container else ""
        found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for where, segment, state in self.ask(_STATES.replace("# values", among)):
            if known := self.segment_of(segment):
                found[where, known.chain][known.id] = self.local(state)
        return found

    def _names(self, container: str | None) -> dict[tuple[str, str], _Named]:
        found: dict[tuple[str, str], _Named] = {}
        for where, template, _, name, leader, leader_label in self._named(container):
            if known := self.template_of(template):
                called = found.setdefault((where, known.id), _Named(set(), {}))
                called.names.add(name)
                if leader:
                    called.leaders[leader] = leader_label
        return found

    def _told(self, container: str | None) -> dict[tuple[str, str], set[tuple[str, str]]]:
        """Members by what texts say, of the chains of each container and template; their segment is left open."""
        found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for where, template, chain, *_ in self._named(container):
            if known := self.template_of(template):
                found[where, known.id] |= {("", member) for member in self.members_of.get(chain, ())}
        return found

    def _inside(self, container: str | None) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """Who stands in which segment, by container and template."""
        if container is None:
            held = self.in_segments(self.segments)
            members = {member for found in held.values() for member in found}
            inside = {member: self.around(member) for member in members}
        else:
            members = {member for member in self.inside(container) if self.acts(member)}
            self.prepare(members)
            inside = dict.fromkeys(members, frozenset([container]))
        found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for member in sorted(members):
            for one in self.placed(member):
                for where in inside[member]:
                    found[where, self.segments[one.segment].chain].append((one.segment, member))
        return found


def chains_of(graph: Queryable) -> list[Chain]:
    """Every chain of every zone, park and place of which anything is known, named ones first."""
    return Landscape(graph).chains()


def without_template(graph: Queryable) -> list[tuple[str, str]]:
    """Where texts name a chain that follows no template, and what they call it."""
    return Landscape(graph).without_template()


def _sorted(members: Iterable[Member]) -> tuple[Member, ...]:
    return tuple(sorted(members, key=lambda m: (m.label, m.iri)))
