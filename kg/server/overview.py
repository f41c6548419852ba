"""What the first page shows of the graph."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.query.results import rows
from kg.server.cards import href
from kg.server.source import AnyGraph

_ZONES = """
SELECT ?zone ?name (COUNT(?claim) AS ?facts) WHERE {
  ?zone a lz:Zone ; skos:prefLabel ?name . FILTER(lang(?name) = "zh")
  OPTIONAL { ?claim rdf:subject|rdf:object ?zone }
} GROUP BY ?zone ?name ORDER BY DESC(?facts) ?zone"""

_CHAINS = """
SELECT ?zone ?chain ?name (COUNT(DISTINCT ?member) AS ?members) WHERE {
  ?chain lz:chainIn ?zone ; skos:prefLabel ?name . ?zone a lz:Zone . FILTER(lang(?name) = "zh")
  OPTIONAL { ?member lz:inChain ?chain }
} GROUP BY ?zone ?chain ?name ORDER BY DESC(?members) ?chain"""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone: its name and page, how many facts are told of it, and its chains (name, page, members)."""

    name: str
    page: str | None
    facts: int
    chains: list[tuple[str, str | None, int]] = field(default_factory=list)


def zones(graph: AnyGraph) -> list[Zone]:
    """The zones, those of which most is told first."""
    found = {
        str(r["zone"]): Zone(str(r["name"]), href(graph.iris, str(r["zone"])), int(str(r["facts"])))
        for r in rows(graph, _ZONES)
    }
    for r in rows(graph, _CHAINS):
        if zone := found.get(str(r["zone"])):
            page = href(graph.iris, str(r["chain"]))
            zone.chains.append((str(r["name"]), page, int(str(r["members"]))))
    return list(found.values())
