"""The claims of a graph as the checks need them.

What only a finding shows (sentence, figure as printed) is fetched for the few claims that take part in one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.audit.finding import Evidence
from kg.graph import Queryable
from kg.lookup import chunks
from kg.query.columns import column
from kg.query.results import Value, rows

_DETAILS = """
SELECT ?claim ?start ?end ?quote ?printed ?confidence ?article ?headline ?published WHERE {
  VALUES ?claim { %s }
  ?claim lz:start ?start ; lz:end ?end ; lz:quote ?quote ; lz:confidence ?confidence ; prov:wasQuotedFrom ?article .
  ?article schema:headline ?headline .
  OPTIONAL { ?claim lz:asPrinted ?printed }
  OPTIONAL { ?article schema:datePublished ?published }
}"""

_LABELS = """
SELECT ?iri ?name ?main WHERE {
  VALUES ?iri { %s }
  ?iri skos:prefLabel ?main . FILTER(lang(?main) = "zh")
  ?iri skos:prefLabel|skos:altLabel ?name
}"""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a claim says; `predicate`, `modality`, `indicator` and an `object` that is a concept are local names."""

    iri: str
    subject: str
    predicate: str
    object: Value
    modality: str
    unit: str | None
    date: str | None
    indicator: str | None
    of: str | None
    product: str | None
    max: Value


@dataclass(frozen=True, slots=True)
class Detail:
    """How a claim is carried: its evidence, the figure as printed, how sure the reading is."""

    evidence: Evidence
    printed: str | None
    confidence: float


class Claims:
    """The claims of a graph."""

    def __init__(self, graph: Queryable) -> None:
        self._graph = graph

    def _local(self, item: Value) -> str:
        return str(item).removeprefix(self._graph.iris.ontology_base)

    @cached_property
    def all(self) -> tuple[Statement, ...]:
        """All claims but those that only say where things are, in order of IRI."""
        predicates = {
            claim: name
            for claim, predicate in column(self._graph, "rdf:predicate").items()
            if (name := self._local(predicate)) not in ("locatedIn", "leadingIndustry", "inSegment")
        }
        modalities = {c: self._local(v) for c, v in column(self._graph, "lz:modality").items()}

        def those(term: str) -> dict[str, Value]:
            return {claim: v for claim, v in column(self._graph, term).items() if claim in predicates}

        subjects, objects = those("rdf:subject"), those("rdf:object")
        texts = {name: those(f"lz:{name}") for name in ("unit", "date", "of", "product")}
        indicators, highs = those("lz:indicator"), those("lz:maxValue")

        def text(name: str, claim: str) -> str | None:
            found = texts[name].get(claim)
            return None if found is None else str(found)

        return tuple(
            Statement(
                claim,
                str(subjects[claim]),
                predicates[claim],
                self._local(objects[claim]) if isinstance(objects[claim], str) else objects[claim],
                modalities[claim],
                text("unit", claim),
                text("date", claim),
                self._local(indicators[claim]) if claim in indicators else None,
                text("of", claim),
                text("product", claim),
                highs.get(claim),
            )
            for claim in sorted(predicates)
            if claim in modalities
        )

    def of(self, *predicates: str) -> Iterator[Statement]:
        """The claims of some properties."""
        return (statement for statement in self.all if statement.predicate in predicates)

    def details(self, statements: Iterable[Statement]) -> dict[str, Detail]:
        """How some claims are carried, by their IRIs."""
        found = {}
        for row in self._about(_DETAILS, {s.iri for s in statements}):
            published = row["published"]
            evidence = Evidence(
                str(row["article"]),
                str(row["headline"]),
                None if published is None else str(published),
                int(str(row["start"])),
                int(str(row["end"])),
                str(row["quote"]).strip(),
            )
            printed = row["printed"]
            found[str(row["claim"])] = Detail(
                evidence, None if printed is None else str(printed), float(str(row["confidence"]))
            )
        return found

    def names(self, iris: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The names of things, the label first."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for row in self._about(_LABELS, set(iris)):
            found[str(row["iri"])].setdefault(str(row["main"]))
            found[str(row["iri"])].setdefault(str(row["name"]))
        return {iri: (*list(names)[:1], *sorted(list(names)[1:])) for iri, names in found.items()}

    def _about(self, query: str, iris: set[str]) -> Iterator[Mapping[str, Value]]:
        for some in chunks(iris):
            yield from rows(self._graph, query % " ".join(f"<{iri}>" for iri in some))
