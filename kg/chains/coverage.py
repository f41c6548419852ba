"""What the graph knows of the chains of each zone and place: members by segment, with their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.graph import Queryable
from kg.graph.deriving import PHASES
from kg.ontology import Segment, Template, templates
from kg.query.results import Value, rows

_MEMBERS = """
SELECT ?container ?segment ?member ?memberLabel ?type ?keyword ?text ?confidence WHERE {
  ?placement a lz:Placement ; rdf:subject ?member ; rdf:object ?segment ;
    lz:matchedKeyword ?keyword ; lz:matchedText ?text ; lz:confidence ?confidence .
  ?member skos:prefLabel ?memberLabel ; a ?type ;
    (lz:locatedIn|lz:parkOf|geo:sfWithin|(lz:inChain/lz:chainIn))+ ?container .
  FILTER(?type IN (lz:Firm, lz:Project))
}"""

_STATES = """
SELECT ?container ?segment ?state WHERE {
  ?coverage a lz:Coverage ; lz:coverageIn ?container ; lz:coverageOf ?segment ; lz:segmentState ?state .
}"""

_NAMED = """
SELECT ?container ?template ?chainLabel ?leaderLabel WHERE {
  ?chain lz:chainIn ?container ; skos:prefLabel ?chainLabel .
  OPTIONAL { ?chain lz:follows ?template }
  OPTIONAL { ?chain lz:chainLeader ?leader . ?leader skos:prefLabel ?leaderLabel }
}"""

_TOLD = """
SELECT ?container ?template ?member ?memberLabel ?type WHERE {
  ?chain lz:follows ?template ; lz:chainIn ?container .
  ?member lz:inChain ?chain ; skos:prefLabel ?memberLabel ; a ?type .
  FILTER(?type IN (lz:Firm, lz:Project))
}"""

_AROUND = """
SELECT ?inner ?outer WHERE {
  ?inner a ?type . FILTER(?type IN (lz:Zone, lz:Park, lz:Place))
  ?inner (lz:locatedIn|lz:parkOf|geo:sfWithin)+ ?outer .
}"""

_CONTAINERS = """
SELECT ?container ?label ?type WHERE {
  ?container a ?type ; skos:prefLabel ?label .
  FILTER(?type IN (lz:Zone, lz:Park, lz:Place) && lang(?label) = "zh")
}"""

_EVIDENCE = """
SELECT ?subject ?predicate ?object ?quote ?confidence ?headline ?published ?modality WHERE {
  ?claim a lz:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; lz:quote ?quote ;
    lz:confidence ?confidence ; lz:modality ?modality ; prov:wasQuotedFrom ?article .
  FILTER(?modality != lz:negated)
  FILTER(?predicate IN (lz:inChain, lz:status, lz:totalInvestment, lz:produces, lz:locatedIn, lz:developedBy,
    lz:chainLeader))
  ?article schema:headline ?headline .
  OPTIONAL { ?article schema:datePublished ?published }
}"""

_ORDER = tuple(PHASES)  # the phases in the order in which a project goes through them

# What shows best that a member is where it is said to be, first to last.
_TELLING = ("inChain", "status", "totalInvestment", "produces", "developedBy", "locatedIn")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of an article that says something of a member."""

    quote: str
    headline: str
    published: str | None
    predicate: str
    confidence: Decimal


@dataclass(frozen=True, slots=True)
class Member:
    """A firm or project with its phases (in the order they are gone through), investment (yuan) and evidence.

    `keyword`, `matched` and `confidence` tell why it stands in its segment; without a segment they are empty.
    `segments` are the ids of all segments that it stands in, of whatever chain.
    """

    iri: str
    label: str
    kind: str
    phases: tuple[str, ...]
    investment: Decimal | None
    evidence: tuple[Evidence, ...]
    keyword: str = ""
    matched: str = ""
    confidence: Decimal | None = None
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """A template's chain in one zone, park or place.

    `names` and `leaders` are what texts call it and its leaders there (both may be empty: then the chain is
    only seen through members). `states` and `members` go by segment id; a segment absent from `states` has
    no evidence. `unplaced` are members by what texts say of whom no segment of the template is known.
    `around` are the IRIs of what the container lies in.
    """

    container: str
    container_label: str
    container_kind: str
    template: Template
    names: tuple[str, ...]
    leaders: tuple[str, ...]
    states: dict[str, str]
    members: dict[str, tuple[Member, ...]]
    unplaced: tuple[Member, ...] = ()
    around: frozenset[str] = frozenset()

    @property
    def telling(self) -> bool:
        """Whether it is worth a table: a text names it, or at least two of its segments have evidence."""
        return bool(self.names) or len(self.states) > 1

    @property
    def everyone(self) -> frozenset[str]:
        """The IRIs of all members."""
        placed = (m.iri for members in self.members.values() for m in members)
        return frozenset(placed) | {m.iri for m in self.unplaced}


def chains_of(graph: Queryable) -> list[Chain]:
    """Every chain of every zone, park and place of which anything is known, named ones first."""
    by_iri = {t.iri: t for t in templates()}
    segment_of = {s.iri: s for t in by_iri.values() for s in t.segments}
    kinds = {str(r["container"]): (str(r["label"]), _local(r["type"])) for r in rows(graph, _CONTAINERS)}
    placements = rows(graph, _MEMBERS)
    member = _Members(graph, placements, segment_of)
    states: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows(graph, _STATES):
        if (segment := segment_of.get(str(row["segment"]))) is not None:
            states[str(row["container"]), segment.chain][segment.id] = _local(row["state"])
    members: dict[tuple[str, str], dict[str, dict[str, Member]]] = defaultdict(lambda: defaultdict(dict))
    for row in placements:
        if (segment := segment_of.get(str(row["segment"]))) is not None:
            placed = member.of(
                row,
                keyword=str(row["keyword"]),
                matched=str(row["text"]),
                confidence=Decimal(str(row["confidence"])),
            )
            members[str(row["container"]), segment.chain][segment.id][placed.iri] = placed
    told: dict[tuple[str, str], dict[str, Member]] = defaultdict(dict)
    for row in rows(graph, _TOLD):
        if (followed := by_iri.get(str(row["template"]))) is not None:
            told[str(row["container"]), followed.id][str(row["member"])] = member.of(row)
    named: dict[tuple[str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for row in rows(graph, _NAMED):
        if (followed := by_iri.get(str(row["template"]))) is not None:
            names, leaders = named[str(row["container"]), followed.id]
            names.add(str(row["chainLabel"]))
            if row["leaderLabel"] is not None:
                leaders.add(str(row["leaderLabel"]))
    around: dict[str, set[str]] = defaultdict(set)
    for row in rows(graph, _AROUND):
        around[str(row["inner"])].add(str(row["outer"]))
    by_id = {t.id: t for t in by_iri.values()}
    chains = []
    for where, template_id in set(states) | set(named):
        if where not in kinds:
            continue
        names, leaders = named[where, template_id]
        inside = members[where, template_id]
        somewhere = {iri for found in inside.values() for iri in found}
        chains.append(
            Chain(
                where,
                *kinds[where],
                by_id[template_id],
                tuple(sorted(names)),
                tuple(sorted(leaders)),
                dict(sorted(states[where, template_id].items())),
                {s: _sorted(m.values()) for s, m in sorted(inside.items())},
                _sorted(m for iri, m in told[where, template_id].items() if iri not in somewhere),
                frozenset(around[where] - {where}),
            )
        )
    order = {"Zone": 0, "Park": 1, "Place": 2}
    return sorted(
        chains,
        key=lambda c: (not c.names, order[c.container_kind], c.container_label, c.container, c.template.id),
    )


def without_repeats(chains: Sequence[Chain]) -> list[Chain]:
    """Chains without those that only repeat what is told of a zone.

    What lies in a zone lies in its park, its county, its city and its province as well, so each of them has
    the same chain. Zones are kept, and what texts name; a park goes where its zone has the chain, a place
    where zones (or smaller places) within it hold half of its members or more.
    """
    size = {"Zone": -2, "Park": -1}
    kept: list[Chain] = []
    for chain in sorted(chains, key=lambda c: (size.get(c.container_kind, len(c.everyone)), c.container)):
        same = [other for other in kept if other.template.id == chain.template.id]
        outer = [other for other in same if other.container in chain.around]
        within = [other for other in same if chain.container in other.around]
        covered = chain.everyone & {iri for other in within for iri in other.everyone}
        repeats = (chain.container_kind == "Park" and outer) or (
            chain.container_kind == "Place" and within and 2 * len(covered) >= len(chain.everyone)
        )
        if chain.names or not repeats:
            kept.append(chain)
    return [chain for chain in chains if any(chain is one for one in kept)]


def without_template(graph: Queryable) -> list[tuple[str, str]]:
    """Where texts name a chain that follows no template, and what they call it."""
    kinds = {str(r["container"]): str(r["label"]) for r in rows(graph, _CONTAINERS)}
    return sorted(
        {
            (kinds[str(r["container"])], str(r["chainLabel"]))
            for r in rows(graph, _NAMED)
            if r["template"] is None and str(r["container"]) in kinds
        }
    )


class _Members:
    """Makes members with what is said of them."""

    def __init__(
        self, graph: Queryable, placements: list[dict[str, Value]], segment_of: dict[str, Segment]
    ) -> None:
        self._evidence, self._money, self._phases = _said(rows(graph, _EVIDENCE))
        self._segments: dict[str, set[str]] = defaultdict(set)
        for row in placements:
            if (segment := segment_of.get(str(row["segment"]))) is not None:
                self._segments[str(row["member"])].add(segment.id)

    def of(
        self,
        row: dict[str, Value],
        keyword: str = "",
        matched: str = "",
        confidence: Decimal | None = None,
    ) -> Member:
        iri = str(row["member"])
        return Member(
            iri,
            str(row["memberLabel"]),
            _local(row["type"]),
            tuple(sorted(self._phases[iri], key=_ORDER.index)),
            self._money.get(iri),
            tuple(self._evidence[iri]),
            keyword,
            matched,
            confidence,
            tuple(sorted(self._segments[iri])),
        )


def _sorted(members: Iterable[Member]) -> tuple[Member, ...]:
    return tuple(sorted(members, key=lambda m: (m.label, m.iri)))


def _said(
    claims: list[dict[str, Value]],
) -> tuple[dict[str, list[Evidence]], dict[str, Decimal], dict[str, set[str]]]:
    """The evidence, the largest stated investment and the phases of each subject."""
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    money: dict[str, Decimal] = {}
    phases: dict[str, set[str]] = defaultdict(set)
    for row in claims:
        subject, predicate = str(row["subject"]), _local(row["predicate"])
        published = None if row["published"] is None else str(row["published"])
        confidence = Decimal(str(row["confidence"]))
        if predicate in _TELLING:
            evidence[subject].append(
                Evidence(str(row["quote"]), str(row["headline"]), published, predicate, confidence)
            )
        if predicate == "chainLeader":
            continue
        if _local(row["modality"]) == "asserted":
            if predicate == "status" and _local(row["object"]) in PHASES:
                phases[subject].add(_local(row["object"]))
            elif predicate == "totalInvestment":
                money[subject] = max(money.get(subject, Decimal(0)), Decimal(str(row["object"])))
    for subject, found in evidence.items():
        ranked = sorted(
            found, key=lambda e: (_TELLING.index(e.predicate), -e.confidence, e.headline, e.quote)
        )
        evidence[subject] = list({e.quote: e for e in reversed(ranked)}.values())[::-1]
    return evidence, money, phases


def _local(value: object) -> str:
    return str(value).rsplit("#", 1)[-1]
