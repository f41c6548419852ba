"""One form for what annotators and the graph say of a source: entities with surface forms, and facts.

The form is that of the annotation guide: one JSON a source with `entities` (id, type, name,
mentions) and `facts` (p, s, and o or value, unit, indicator …).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.graph import Graph
from kg.model import EntityType
from kg.query.results import rows

RELATIONS = (
    "locatedIn", "parkOf", "developedBy", "inChain", "chainIn", "chainLeader", "suppliesTo", "produces",
    "cooperatesWith", "subsidiaryOf", "leadingIndustry", "holdsPost",
)  # fmt: skip
ATTRIBUTES = (
    "status", "totalInvestment", "completedInvestment", "capacity", "expectedOutputValue", "expectedTax",
    "landArea", "floorArea", "jobs",
)  # fmt: skip
GROUPS = (
    dict.fromkeys(RELATIONS, "relation")
    | dict.fromkeys(ATTRIBUTES, "attribute")
    | {"observation": "observation"}
)
_TYPES = tuple(str(t) for t in EntityType)


@dataclass(frozen=True, slots=True)
class DocEntity:
    """An entity of a document with every form of its name."""

    id: str
    type: str
    forms: tuple[str, ...]

    @property
    def name(self) -> str:
        """The longest form."""
        return max(self.forms, key=len)


@dataclass(frozen=True, slots=True)
class DocFact:
    """A fact of a document: `object` is an entity id of it, or else `value` counts."""

    predicate: str
    subject: str
    object: str | None = None
    value: float | str | None = None
    unit: str = ""
    indicator: str | None = None
    quote: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What is said of one source."""

    id: str
    entities: tuple[DocEntity, ...]
    facts: tuple[DocFact, ...]


def load_gold(folder: Path) -> dict[str, Document]:
    """The annotations of a folder by source. Raises DataError naming the file that is off."""
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        raise DataError(f"{folder} holds no .json annotations")
    return {f.stem: _gold(f) for f in files}


def _gold(file: Path) -> Document:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        entities = tuple(
            DocEntity(e["id"], _one_of(_TYPES, e["type"]), (e["name"], *e.get("mentions", [])))
            for e in data["entities"]
        )
        facts = tuple(
            DocFact(
                _one_of(GROUPS, f["p"]),
                f["s"],
                f.get("o"),
                f.get("value"),
                f.get("unit") or "",
                f.get("indicator"),
                f.get("quote", ""),
            )
            for f in data["facts"]
        )
    except OSError as error:
        raise DataError(f"{file}: cannot be read: {error.strerror}") from error
    except json.JSONDecodeError as error:
        raise DataError(f"{file}: is no JSON: {error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"{file}: is no annotation of a document ({type(error).__name__}: {error})"
        ) from error
    return Document(file.stem, entities, facts)


def _one_of(known: Collection[str], name: str) -> str:
    if name not in known:
        raise ValueError(f"{name!r} is none of {', '.join(known)}")
    return name


def from_graph(graph: Graph) -> dict[str, Document]:
    """What the graph says of each of its sources, by the source's identifier.

    Negated claims are left out; so are expected relations and phases, which no text asserts.
    """
    source = {
        str(r["a"]): str(r["id"])
        for r in rows(graph, "SELECT ?a ?id { ?a dcterms:isPartOf ?s . ?s dcterms:identifier ?id }")
    }
    kinds: dict[str, str] = {}
    for r in rows(graph, "SELECT ?e ?t { ?e a ?t }"):
        kind = str(r["t"]).removeprefix(graph.iris.ontology_base)
        if kind in _TYPES and (
            str(r["e"]) not in kinds or _TYPES.index(kind) < _TYPES.index(kinds[str(r["e"])])
        ):
            kinds[str(r["e"])] = kind
    labels: dict[str, set[str]] = defaultdict(set)
    for r in rows(graph, "SELECT ?e ?l { ?e skos:prefLabel ?l . FILTER(lang(?l) != 'en') }"):
        labels[str(r["e"])].add(str(r["l"]))
    forms: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for r in rows(graph, "SELECT ?g ?e ?t { GRAPH ?g { ?m a lz:Mention ; lz:refersTo ?e ; lz:text ?t } }"):
        if str(r["g"]) in source:
            forms[source[str(r["g"])]][str(r["e"])].add(str(r["t"]))
    claims: dict[str, dict[str, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    for r in rows(graph, "SELECT ?g ?c ?p ?o { GRAPH ?g { ?c a lz:Claim ; ?p ?o } }"):
        if str(r["g"]) in source:
            value = r["o"]
            if isinstance(value, str):
                value = value.removeprefix(graph.iris.ontology_base)
            claims[source[str(r["g"])]][str(r["c"])][_local(graph, str(r["p"]))] = value
    return {
        doc: _document(doc, kinds, labels, forms[doc], claims[doc]) for doc in sorted(set(source.values()))
    }


def _local(graph: Graph, property: str) -> str:
    return property.removeprefix(graph.iris.ontology_base).rsplit("#", 1)[-1]


def _document(
    doc: str,
    kinds: dict[str, str],
    labels: dict[str, set[str]],
    forms: dict[str, set[str]],
    claims: dict[str, dict[str, Any]],
) -> Document:
    entities: dict[str, DocEntity] = {}

    def entity(iri: str) -> str | None:
        if iri not in entities:
            names = sorted(forms.get(iri) or labels.get(iri) or (), key=lambda n: (-len(n), n))
            if iri not in kinds or not names:
                return None
            entities[iri] = DocEntity(f"e{len(entities) + 1}", kinds[iri], tuple(names))
        return entities[iri].id

    for iri in sorted(forms):
        entity(iri)
    facts: dict[tuple[object, ...], DocFact] = {}
    for _, claim in sorted(claims.items()):
        fact = _fact(claim, entity)
        if fact is not None:
            key = (
                fact.predicate,
                fact.subject,
                fact.object,
                fact.value,
                fact.unit,
                fact.indicator,
                claim.get("of"),
            )
            period = claim.get("date") if fact.predicate == "observation" else None
            facts.setdefault((*key, claim.get("product"), claim.get("maxValue"), period), fact)
    return Document(doc, tuple(entities.values()), tuple(facts.values()))


def _fact(claim: dict[str, Any], entity: Callable[[str], str | None]) -> DocFact | None:
    predicate = str(claim["predicate"])
    modality = str(claim.get("modality", "asserted"))
    unasserted = predicate in RELATIONS or predicate == "status"
    if predicate not in GROUPS or modality == "negated" or (modality == "expected" and unasserted):
        return None
    subject = entity(str(claim["subject"]))
    target = entity(str(claim["object"])) if predicate in RELATIONS else None
    if subject is None or (predicate in RELATIONS and target is None):
        return None
    value: float | str | None = None
    if predicate == "status":
        value = str(claim["object"])
    elif predicate not in RELATIONS:
        value = float(claim["object"])
    return DocFact(
        predicate,
        subject,
        target,
        value,
        str(claim.get("unit") or ""),
        claim.get("indicator"),
        str(claim.get("quote", "")),
        float(claim["confidence"]) if "confidence" in claim else None,
    )
