"""Where firms, projects and products stand in the chain templates.

Keywords of the segments are looked up in names, in the products that a text says are made and, where
the chain is known, in sentences. A keyword that several segments share needs the chain of the entity,
or else those of its zone, to decide. Who cannot be placed with some confidence stays unplaced: that
is no evidence of anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kg.link.following import Following, follow
from kg.link.keywords import Keywords, Match, folded
from kg.model import Entity, EntityType, Modality, Reading, Ref
from kg.names import firm_core
from kg.ontology import Template

_THRESHOLD = 0.5
PLACED = (EntityType.FIRM, EntityType.PROJECT, EntityType.PRODUCT)
# how far a keyword tells where its bearer stands: a product is what it is called, a firm often is not
_BASE = {EntityType.PRODUCT: 0.95, EntityType.PROJECT: 0.85, EntityType.FIRM: 0.75}
_BASE_PRODUCT, _BASE_SENTENCE = 0.85, 0.45
_SHORT = {EntityType.PRODUCT: 0.1, EntityType.PROJECT: 0.1, EntityType.FIRM: 0.3}  # two characters: 黄花
_SHORT_TRADE = 0.15  # two characters that end a firm's name before its legal form: 大运汽车, 伟星水泥
_CHAIN_AGREES, _CHAIN_DIFFERS, _ZONE_DECIDES = 0.1, -0.25, -0.15


class Basis(StrEnum):
    """What a placement rests on."""

    NAME = "name"  # the entity's own name
    PRODUCT = "product"  # what a text says it makes
    SENTENCE = "sentence"  # a sentence about it and no other firm or project


@dataclass(frozen=True, slots=True)
class Placement:
    """An entity stands in a segment (both by id), because `keyword` occurs in `text`."""

    entity: str
    segment: str
    keyword: str
    text: str
    basis: Basis
    confidence: float


@dataclass(frozen=True, slots=True)
class Segmentation:
    """All placements and all chains with their templates, in order of their ids."""

    placements: tuple[Placement, ...] = ()
    followings: tuple[Following, ...] = ()


def segment(
    readings: Iterable[Reading], entities: Sequence[Entity], templates: Sequence[Template]
) -> Segmentation:
    """Place firms, projects and products in segments, and match chains with templates.

    The mentions and claims of `readings` speak of `entities` by their corpus-wide ids.
    """
    chains = (entity for entity in entities if entity.type is EntityType.CHAIN)
    followings = follow(chains, templates)
    context = _gather(readings, {entity.id: entity for entity in entities}, followings)
    keywords = Keywords(templates)
    placed = [entity for entity in entities if entity.type in PLACED]
    placements = tuple(
        placement
        for entity in sorted(placed, key=lambda entity: entity.id)
        for placement in place(entity, context, keywords)
    )
    unnamed = by_members(context.members, {f.chain for f in followings}, placements, keywords)
    return Segmentation(
        placements, tuple(sorted([*followings, *unnamed], key=lambda f: (f.chain, f.template)))
    )


def place(entity: Entity, context: Context, keywords: Keywords) -> list[Placement]:
    """The placements of one entity, the surest for each segment, in order of segment."""
    best: dict[str, Placement] = {}
    for placement in _placements(entity, context, keywords):
        for part in (placement.segment, *keywords.same[placement.segment]):
            alike = replace(placement, segment=part)
            if part not in best or _rank(alike) < _rank(best[part]):
                best[part] = alike
    return [best[part] for part in sorted(best)]


def by_members(
    members: Mapping[str, set[str]], named: set[str], placements: Sequence[Placement], keywords: Keywords
) -> Iterator[Following]:
    """Chains whose name tells no template, but two of whose placed members in three stand in one, two at least."""
    placed: dict[str, set[str]] = defaultdict(set)
    for placement in placements:
        placed[placement.entity].add(keywords.template[placement.segment])
    for chain in sorted(members.keys() - named):
        held = [placed[member] for member in sorted(members[chain]) if placed[member]]
        counts = Counter(template for templates in held for template in templates)
        for template, count in sorted(counts.items()):
            if count >= 2 and 3 * count >= 2 * len(held):
                yield Following(chain, template, "", 0.6)


def _rank(placement: Placement) -> tuple[float, str, str]:
    return -placement.confidence, placement.keyword, placement.text


def _placements(entity: Entity, context: Context, keywords: Keywords) -> Iterator[Placement]:
    """The placements of one entity; sentences are asked only where names and products tell nothing."""
    texts = [(name, Basis.NAME, _BASE[entity.type]) for name in (entity.name, *entity.aliases)]
    texts += [(name, Basis.PRODUCT, _BASE_PRODUCT) for name in context.products[entity.id]]
    found = list(_read(entity, texts, context, keywords))
    if not found and context.chains[entity.id]:
        sentences = [(text, Basis.SENTENCE, _BASE_SENTENCE) for text in context.sentences[entity.id]]
        found = list(_read(entity, sentences, context, keywords))
    yield from found


def _read(
    entity: Entity, texts: Sequence[tuple[str, Basis, float]], context: Context, keywords: Keywords
) -> Iterator[Placement]:
    chains = context.chains[entity.id]
    for text, basis, base in texts:
        look = keywords.find if basis is Basis.SENTENCE else keywords.heads
        for match in look(text, chains):
            if (
                entity.type is EntityType.FIRM
                and basis is Basis.NAME
                and folded(text) == folded(match.keyword)
            ):
                continue  # no firm is called 氢燃料电池 and nothing more
            chosen, adjusted = _choose(match, chains, context.zones[entity.id], keywords)
            confidence = base + adjusted
            if len(match.keyword) <= 2 and basis is not Basis.SENTENCE:
                confidence -= _shortness(entity, basis, match)
            if confidence >= _THRESHOLD - 1e-9:
                confidence = round(min(confidence, 0.99), 2)
                for part in chosen:
                    yield Placement(entity.id, part, match.keyword, text, basis, confidence)


def _shortness(entity: Entity, basis: Basis, match: Match) -> float:
    """How much less a keyword of two characters tells."""
    if basis is not Basis.NAME:
        return _SHORT[EntityType.PRODUCT]
    trade = entity.type is EntityType.FIRM and any(
        core.endswith(folded(match.keyword)) and len(core) >= len(match.keyword) + 2
        for core in map(firm_core, (entity.name, *entity.aliases))
    )
    return _SHORT_TRADE if trade else _SHORT[entity.type]


def _choose(
    match: Match, chains: set[str], zone: set[str], keywords: Keywords
) -> tuple[tuple[str, ...], float]:
    """The segments that a keyword means here and what that does to the confidence; none if that is open.

    A keyword that several segments of one chain share stands for all of them: 光伏垂直一体化.
    """
    in_chain = [s for s in match.segments if keywords.template[s] in chains]
    if in_chain and len({keywords.template[s] for s in in_chain}) == 1:
        return tuple(in_chain), _CHAIN_AGREES
    first = match.segments[0]
    if set(match.segments) <= {first, *keywords.same[first]}:  # one thing, whatever the chains call it
        return (first,), _CHAIN_DIFFERS if chains else 0.0
    if len({keywords.template[s] for s in match.segments}) == 1:
        return match.segments, _CHAIN_DIFFERS if chains else 0.0
    in_zone = [s for s in match.segments if keywords.template[s] in zone]
    if not in_chain and not chains and len(in_zone) == 1:
        return (in_zone[0],), _ZONE_DECIDES
    return (), 0.0


@dataclass(slots=True)
class Context:
    """What texts say around each entity: its products, the templates of its chains and of its zone's, sentences;
    and of each chain, its members."""

    products: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    chains: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    zones: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    sentences: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def _gather(
    readings: Iterable[Reading], entities: Mapping[str, Entity], followings: Sequence[Following]
) -> Context:
    context = Context()
    templates: dict[str, set[str]] = defaultdict(set)
    for following in followings:
        templates[following.chain].add(following.template)
    within: dict[str, set[str]] = defaultdict(set)
    offered: dict[str, set[str]] = defaultdict(set)  # the templates of the chains in a zone or place
    for reading in readings:
        for claim in reading.claims:
            if claim.modality is Modality.NEGATED:
                continue
            subject, target = claim.subject, claim.object.entity if isinstance(claim.object, Ref) else None
            # what a project is to make says what it is; what a firm is to make says nothing of it yet
            holds = claim.modality is Modality.ASSERTED or entities[subject].type is EntityType.PROJECT
            if claim.predicate == "produces" and target and holds:
                context.products[subject].append(entities[target].name)
            elif claim.predicate == "capacity" and claim.product and holds:
                context.products[subject].append(claim.product)
            elif claim.predicate == "inChain" and target:
                context.members[target].add(subject)
                context.chains[subject] |= templates[target]
            elif claim.predicate in ("chainLeader", "chainCore") and target:
                context.chains[target] |= templates[subject]
            elif claim.predicate == "chainIn" and target:
                offered[target] |= templates[subject]
            elif claim.predicate in ("locatedIn", "parkOf") and target:
                within[subject].add(target)
        for subject, sentence in _lone_sentences(reading, entities):
            context.sentences[subject].append(sentence)
    for entity in entities:
        for container in containers(entity, within):
            context.zones[entity] |= offered[container]
    return context


def containers(entity: str, within: dict[str, set[str]]) -> set[str]:
    """All that an entity lies in, directly or through others; cycles do no harm."""
    seen: set[str] = set()
    todo = list(within.get(entity, ()))
    while todo:
        place = todo.pop()
        if place not in seen:
            seen.add(place)
            todo.extend(within.get(place, ()))
    return seen


def _lone_sentences(reading: Reading, entities: Mapping[str, Entity]) -> Iterator[tuple[str, str]]:
    """Stretches that carry a claim about a firm or project and mention no other firm or project."""
    actors = [
        mention
        for mention in reading.mentions
        if entities[mention.entity].type in (EntityType.FIRM, EntityType.PROJECT)
    ]
    for claim in reading.claims:
        named = {m.entity for m in actors if m.start >= claim.start and m.end <= claim.end}
        if named == {claim.subject} and claim.modality is not Modality.NEGATED:
            yield claim.subject, reading.article.body[claim.start : claim.end]
