"""The sentences that speak of firms and projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal

import pyoxigraph as ox

from kg.chains.coverage import Evidence
from kg.graph import Queryable

# What shows best that a member is where it is said to be, first to last.
_TELLING = ("inChain", "status", "totalInvestment", "produces", "developedBy", "locatedIn", "chainLeader")

_OF = """
SELECT ?subject ?predicate ?quote ?confidence ?headline ?published ?modality WHERE {
  VALUES ?subject { # values
  }
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; lz:quote ?quote ;
    lz:confidence ?confidence ; lz:modality ?modality ; prov:wasQuotedFrom ?article .
  FILTER(?modality != lz:negated)
  FILTER(?predicate IN (lz:inChain, lz:status, lz:totalInvestment, lz:produces, lz:locatedIn, lz:developedBy))
  ?article schema:headline ?headline .
  OPTIONAL { ?article schema:datePublished ?published }
}"""

_LED = """
SELECT ?subject ?predicate ?quote ?confidence ?headline ?published ?modality WHERE {
  VALUES ?subject { # values
  }
  ?claim rdf:object ?subject ; rdf:predicate lz:chainLeader ; rdf:predicate ?predicate ; lz:quote ?quote ;
    lz:confidence ?confidence ; lz:modality ?modality ; prov:wasQuotedFrom ?article .
  FILTER(?modality != lz:negated)
  ?article schema:headline ?headline .
  OPTIONAL { ?article schema:datePublished ?published }
}"""


def read_evidence(graph: Queryable, iris: Collection[str]) -> dict[str, tuple[Evidence, ...]]:
    """The sentences on firms and projects (IRIs), what tells most first, each once."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    named = " ".join(str(ox.NamedNode(iri)) for iri in iris)
    base = graph.iris.ontology_base
    for query in (_OF, _LED):
        answer = graph.answer(query.replace("# values", named))
        assert isinstance(answer, ox.QuerySolutions)
        for row in answer:
            subject, predicate, quote, confidence, headline, published, modality = (
                "" if term is None else term.value for term in (row[i] for i in range(7))
            )
            found[subject].append(
                Evidence(
                    quote,
                    headline,
                    published or None,
                    predicate.removeprefix(base),
                    Decimal(confidence),
                    modality.removeprefix(base),
                )
            )
    return {iri: _ranked(found.get(iri, ())) for iri in iris}


def _ranked(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    ranked = sorted(
        found,
        key=lambda e: (_TELLING.index(e.predicate), e.modality, -e.confidence, e.headline, e.quote),
    )
    return tuple({e.quote: e for e in reversed(ranked)}.values())[::-1]
