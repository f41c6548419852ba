"""What the graph knows of the chains of each zone and place: members by segment, with their evidence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from kg.graph import Graph
from kg.ontology import Template, templates
from kg.query.results import Value, rows

_MEMBERS = """
SELECT ?container ?segment ?member ?memberLabel ?type ?keyword ?text ?confidence WHERE {
  ?placement a lz:Placement ; rdf:subject ?member ; rdf:object ?segment ;
    lz:matchedKeyword ?keyword ; lz:matchedText ?text ; lz:confidence ?confidence .
  ?member skos:prefLabel ?memberLabel ; a ?type ; (lz:locatedIn|lz:parkOf|geo:sfWithin)+ ?container .
  FILTER(?type IN (lz:Firm, lz:Project))
}"""

_STATES = """
SELECT ?container ?segment ?state WHERE {
  ?coverage a lz:Coverage ; lz:coverageIn ?container ; lz:coverageOf ?segment ; lz:segmentState ?state .
}"""

_FOLLOWED = """
SELECT ?container ?template ?chainLabel ?leaderLabel WHERE {
  ?chain lz:follows ?template ; lz:chainIn ?container ; skos:prefLabel ?chainLabel .
  OPTIONAL { ?chain lz:chainLeader ?leader . ?leader skos:prefLabel ?leaderLabel }
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
    """A firm or project in a segment: the word that placed it, its phases, investment (yuan) and evidence."""

    iri: str
    label: str
    kind: str
    keyword: str
    matched: str
    confidence: Decimal
    phases: tuple[str, ...]
    investment: Decimal | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """A template's chain in one zone, park or place.

    `names` and `leaders` are what texts call it and its leaders there (both may be empty: then the chain is
    only seen through members). `states` and `members` go by segment id; a segment absent from `states` has
    no evidence.
    """

    container: str
    container_label: str
    container_kind: str
    template: Template
    names: tuple[str, ...]
    leaders: tuple[str, ...]
    states: dict[str, str]
    members: dict[str, tuple[Member, ...]]


def chains_of(graph: Graph, container: str | None = None, template: str | None = None) -> list[Chain]:
    """The chains of every zone and place (or of the one with the IRI `container`), by label and template.

    A chain is told of where a text names it, or where at least two of its segments have evidence.
    """
    by_iri = {t.iri: t for t in templates() if template in (None, t.id)}
    segment_of = {s.iri: s for t in by_iri.values() for s in t.segments}
    kinds = {str(r["container"]): (str(r["label"]), _local(r["type"])) for r in rows(graph, _CONTAINERS)}
    evidence, money, phases = _said(rows(graph, _EVIDENCE))
    states: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows(graph, _STATES):
        if (segment := segment_of.get(str(row["segment"]))) is not None:
            states[str(row["container"]), segment.chain][segment.id] = _local(row["state"])
    members: dict[tuple[str, str], dict[str, dict[str, Member]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows(graph, _MEMBERS):
        if (segment := segment_of.get(str(row["segment"]))) is not None:
            iri = str(row["member"])
            members[str(row["container"]), segment.chain][segment.id][iri] = Member(
                iri,
                str(row["memberLabel"]),
                _local(row["type"]),
                str(row["keyword"]),
                str(row["text"]),
                Decimal(str(row["confidence"])),
                tuple(sorted(phases[iri])),
                money.get(iri),
                tuple(evidence[iri]),
            )
    named: dict[tuple[str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for row in rows(graph, _FOLLOWED):
        if (followed := by_iri.get(str(row["template"]))) is not None:
            names, leaders = named[str(row["container"]), followed.id]
            names.add(str(row["chainLabel"]))
            if row["leaderLabel"] is not None:
                leaders.add(str(row["leaderLabel"]))
    wanted = {key for key, found in states.items() if len(found) > 1} | set(named)
    chains = []
    for where, template_id in wanted:
        if where not in kinds or container not in (None, where):
            continue
        names, leaders = named[where, template_id]
        inside = members[where, template_id]
        chains.append(
            Chain(
                where,
                *kinds[where],
                next(t for t in by_iri.values() if t.id == template_id),
                tuple(sorted(names)),
                tuple(sorted(leaders)),
                dict(sorted(states[where, template_id].items())),
                {s: tuple(sorted(m.values(), key=lambda m: m.label)) for s, m in sorted(inside.items())},
            )
        )
    order = {"Zone": 0, "Park": 1, "Place": 2}
    return sorted(
        chains,
        key=lambda c: (not c.names, order[c.container_kind], c.container_label, c.container, c.template.id),
    )


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
            if predicate == "status":
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
