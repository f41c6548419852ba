"""Who supplies whom, in three strengths that are never mixed: stated, member under a leader, potential by segment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kg.chains.coverage import Evidence, Member
from kg.chains.landscape import Landscape
from kg.chains.things import values
from kg.ontology import Segment

_STATED = """
SELECT ?other ?quote ?headline ?published ?predicate ?confidence ?modality WHERE {
  # values
  ?claim rdf:predicate lz:suppliesTo ; rdf:predicate ?predicate ; rdf:subject ?supplier ; rdf:object ?customer ;
    lz:quote ?quote ; lz:confidence ?confidence ; lz:modality ?modality ; prov:wasQuotedFrom ?article .
  ?article schema:headline ?headline .
  OPTIONAL { ?article schema:datePublished ?published }
  BIND(?OTHER AS ?other)
}"""

# What puts a member under a leader: the sentence that has it in the chain, and the one that names the leader.
_UNDER = """
SELECT ?other ?chainName ?quote ?headline ?published ?predicate ?confidence WHERE {
  # values
  ?supplier lz:memberUnderLeader ?customer .
  ?chain lz:chainLeader ?customer ; skos:prefLabel ?chainName .
  ?supplier lz:inChain ?chain .
  { ?claim rdf:subject ?supplier ; rdf:predicate lz:inChain ; rdf:object ?chain . }
  UNION { ?claim rdf:subject ?chain ; rdf:predicate lz:chainLeader ; rdf:object ?customer . }
  ?claim lz:modality lz:asserted ; rdf:predicate ?predicate ; lz:quote ?quote ; lz:confidence ?confidence ;
    prov:wasQuotedFrom ?article .
  ?article schema:headline ?headline .
  OPTIONAL { ?article schema:datePublished ?published }
  BIND(?OTHER AS ?other)
}"""

_POTENTIAL = """
SELECT ?other WHERE {
  # values
  ?supplier lz:potentialSupplierOf ?customer .
  BIND(?OTHER AS ?other)
}"""


class Strength(StrEnum):
    """How it is known that one supplies another: by the property that says so."""

    STATED = "suppliesTo"
    MEMBER = "memberUnderLeader"
    POTENTIAL = "potentialSupplierOf"


@dataclass(frozen=True, slots=True)
class Tie:
    """One firm or project supplies another, known in one strength.

    `evidence` are the sentences: for STATED those that say it (also such as only expect or deny it: see their
    modality), for MEMBER those that put the one into the chain (`via`, its names) that the other leads. For
    POTENTIAL there is none; `feeds` are the segments of the one that feed segments of the other, and `via` are
    the zones or places where both are.
    """

    strength: Strength
    supplier: Member
    customer: Member
    evidence: tuple[Evidence, ...] = ()
    via: tuple[str, ...] = ()
    feeds: tuple[tuple[Segment, Segment], ...] = ()

    @property
    def denied(self) -> bool:
        """Whether all that texts say of it is that it is not so."""
        return bool(self.evidence) and all(e.modality == "negated" for e in self.evidence)


def suppliers(landscape: Landscape, iri: str) -> tuple[Tie, ...]:
    """Who supplies a firm or project (an IRI): stated first, then members under it, then potential suppliers."""
    return _ties(landscape, iri, "customer", "supplier")


def customers(landscape: Landscape, iri: str) -> tuple[Tie, ...]:
    """Whom a firm or project (an IRI) supplies: stated first, then its leaders, then potential customers."""
    return _ties(landscape, iri, "supplier", "customer")


def _ties(landscape: Landscape, iri: str, side: str, other: str) -> tuple[Tie, ...]:
    def asked(query: str) -> list[tuple[str, ...]]:
        filled = query.replace("# values", values(side, [iri])).replace("?OTHER", f"?{other}")
        return sorted(landscape.ask(filled))

    stated: dict[str, list[Evidence]] = defaultdict(list)
    for whom, *said in asked(_STATED):
        stated[whom].append(_evidence(landscape, *said))
    under: dict[str, list[Evidence]] = defaultdict(list)
    chains: dict[str, set[str]] = defaultdict(set)
    for whom, chain, *said in asked(_UNDER):
        under[whom].append(_evidence(landscape, *said))
        chains[whom].add(chain)
    potential = [whom for (whom,) in asked(_POTENTIAL)]
    landscape.prepare({iri, *stated, *under, *potential})

    def tie(strength: Strength, whom: str, evidence: Iterable[Evidence] = (), via: Iterable[str] = ()) -> Tie:
        ends = (landscape.member(whom), landscape.member(iri))
        supplier, customer = ends if other == "supplier" else ends[::-1]
        feeds = _feeds(landscape, supplier.iri, customer.iri) if strength is Strength.POTENTIAL else ()
        told = sorted(dict.fromkeys(evidence), key=lambda e: (-e.confidence, e.headline, e.quote))
        return Tie(strength, supplier, customer, tuple(told), tuple(sorted(via)), feeds)

    found = [tie(Strength.STATED, whom, told) for whom, told in stated.items()]
    found += [tie(Strength.MEMBER, whom, told, chains[whom]) for whom, told in under.items()]
    found += [tie(Strength.POTENTIAL, whom, via=_shared(landscape, iri, whom)) for whom in potential]
    order = list(Strength)
    end = 0 if other == "supplier" else 1
    return tuple(
        sorted(
            found,
            key=lambda t: (order.index(t.strength), t.denied, (t.supplier, t.customer)[end].label,
                           (t.supplier, t.customer)[end].iri),
        )
    )  # fmt: skip


def _evidence(
    landscape: Landscape, quote: str, headline: str, published: str, predicate: str, confidence: str,
    modality: str = "asserted",
) -> Evidence:  # fmt: skip
    return Evidence(
        quote,
        headline,
        published or None,
        landscape.local(predicate),
        Decimal(confidence),
        landscape.local(modality),
    )


def _feeds(landscape: Landscape, supplier: str, customer: str) -> tuple[tuple[Segment, Segment], ...]:
    """The segments of the one that feed segments of the other; a segment that two chains share counts once."""
    wanted = [landscape.segments[one.segment] for one in landscape.placed(customer)]
    found: list[tuple[Segment, Segment]] = []
    for one in landscape.placed(supplier):
        segment = landscape.segments[one.segment]
        for fed in wanted:
            repeats = any(
                a.id in (*segment.same, segment.id) and b.id in (*fed.same, fed.id) for a, b in found
            )
            if fed.id in segment.feeds and not repeats:
                found.append((segment, fed))
    return tuple(found)


def _shared(landscape: Landscape, one: str, other: str) -> list[str]:
    """Where both are: the smallest zones, parks and places that hold them."""
    both = landscape.around(one) & landscape.around(other)
    outer = {further for iri in both for further in landscape.around(iri)}
    return [found.label for iri in both - outer if (found := landscape.container(iri))]
