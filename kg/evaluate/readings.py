"""What readings say of their sources, as documents: before anything is linked or stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from kg.evaluate.documents import DocEntity, DocFact, Document, states
from kg.model import Claim, Concept, Reading, Ref


def from_readings(readings: Iterable[Reading]) -> dict[str, Document]:
    """The documents of readings by source; see `document`."""
    by_source: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_source[reading.article.source.id].append(reading)
    return {source: document(found)[0] for source, found in sorted(by_source.items())}


def document(readings: Sequence[Reading]) -> tuple[Document, list[list[Claim]]]:
    """The document of one source's readings, and for each of its facts the claims that say it.

    Entities of several articles that share a form of their name (and the type) are one.
    """
    forms: dict[str, list[str]] = {}
    types: dict[str, str] = {}
    known: dict[tuple[str, str], str] = {}  # type and form → id in the document
    ids: dict[tuple[int, str], str] = {}
    for number, reading in enumerate(readings):
        mentioned: dict[str, set[str]] = defaultdict(set)
        for mention in reading.mentions:
            mentioned[mention.entity].add(mention.text)
        for entity in reading.entities:
            kind = str(entity.type)
            own = sorted(mentioned[entity.id] or {entity.name})
            id_ = next((known[kind, form] for form in own if (kind, form) in known), f"e{len(types) + 1}")
            types.setdefault(id_, kind)
            listed = forms.setdefault(id_, [])
            for form in own:
                known.setdefault((kind, form), id_)
                listed += [form] if form not in listed else []
            ids[number, entity.id] = id_
    facts: dict[tuple[object, ...], DocFact] = {}
    claims: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for number, reading in enumerate(readings):
        for claim in reading.claims:
            if not states(claim.predicate, claim.modality):
                continue
            fact = _fact(claim, number, ids, reading.article.body[claim.start : claim.end])
            key = (fact.predicate, fact.subject, fact.object, fact.value, fact.unit, fact.indicator, claim.of)
            facts.setdefault(key, fact)
            claims[key].append(claim)
    entities = tuple(DocEntity(id_, types[id_], tuple(forms[id_])) for id_ in types)
    texts = tuple(r.article.body for r in readings)
    made = Document(readings[0].article.source.id, entities, tuple(facts.values()), texts)
    return made, [claims[key] for key in facts]


def _fact(claim: Claim, number: int, ids: dict[tuple[int, str], str], quote: str) -> DocFact:
    target: str | None = None
    value: float | str | None = None
    match claim.object:
        case Ref(entity):
            target = ids[number, entity]
        case Concept(name):
            value = name
        case Decimal():
            value = float(claim.object)
    return DocFact(
        claim.predicate,
        ids[number, claim.subject],
        target,
        value,
        claim.unit or "",
        claim.indicator,
        quote,
        claim.confidence,
        claim.rule,
    )
