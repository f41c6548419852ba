"""Where firms, projects and products stand in the chain templates, and which template a chain follows.

Keywords of the segments are looked up in names, in the products a text says are made, and, where the
chain is known, in the sentence itself. The longest keyword wins; one that several segments share needs
the chain of the entity, or else of its zone, to decide. Who is not placed with some confidence stays
unplaced: an unplaced firm is no evidence of anything.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

import ahocorasick
import yaml

from kg.model import Claim, Entity, EntityType, Linked, Modality, Reading, Ref
from kg.ontology import ChainTemplate

_DATA = Path(__file__).parent / "data" / "segments.yaml"
_PLACED = (EntityType.FIRM, EntityType.PROJECT, EntityType.PRODUCT)
_THRESHOLD = 0.5


class Basis(StrEnum):
    """What a placement rests on."""

    NAME = "name"  # the entity's own name
    PRODUCT = "product"  # what a text says it makes
    SENTENCE = "sentence"  # a sentence that speaks of it alone


@dataclass(frozen=True, slots=True)
class Placement:
    """An entity stands in a segment, because `keyword` occurs in `text` (a name, a product, a sentence)."""

    entity: str
    segment: str
    keyword: str
    text: str
    basis: Basis
    confidence: float


@dataclass(frozen=True, slots=True)
class Following:
    """A chain of a zone or place follows a template, because its name holds `matched`."""

    chain: str
    template: str
    matched: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Segmentation:
    """All placements and all chains with their templates, in order of their ids."""

    placements: tuple[Placement, ...] = ()
    followings: tuple[Following, ...] = ()


def segment(readings: Sequence[Reading], linked: Linked, templates: Sequence[ChainTemplate]) -> Segmentation:
    """Place the corpus's firms, projects and products, and match its chains, with the templates."""
    chains = [entity for entity in linked.entities if entity.type is EntityType.CHAIN]
    followings = follow(chains, templates)
    context = _Context.gather(readings, linked, followings)
    keywords = Keywords(templates)
    placements: dict[tuple[str, str], Placement] = {}
    for entity in linked.entities:
        if entity.type in _PLACED:
            for placement in _place(entity, context, keywords):
                key = placement.entity, placement.segment
                if key not in placements or placement.confidence > placements[key].confidence:
                    placements[key] = placement
    return Segmentation(tuple(placements[key] for key in sorted(placements)), followings)


# --- chains and their templates ------------------------------------------------------------------------


def follow(chains: Iterable[Entity], templates: Sequence[ChainTemplate]) -> tuple[Following, ...]:
    """Which templates the chains follow, by label or alias.

    A chain whose name holds something that no template knows follows none: 新能源汽车 is not 新能源.
    """
    forms: dict[str, set[str]] = defaultdict(set)
    for template in templates:
        for name in (template.zh, *template.aliases):
            for form in _forms(name):
                forms[form].add(template.id)
    known = {form: next(iter(owners)) for form, owners in forms.items() if len(owners) == 1}
    found = []
    for chain in sorted(chains, key=lambda chain: chain.id):
        best: dict[str, Following] = {}
        for name in (chain.name, *sorted(chain.aliases)):
            for following in _follow(chain.id, name, known):
                held = best.get(following.template)
                if held is None or following.confidence > held.confidence:
                    best[following.template] = following
        found += [best[template] for template in sorted(best)]
    return tuple(found)


def _follow(chain: str, name: str, known: Mapping[str, str]) -> Iterator[Following]:
    core = _core(name)
    if core in known:
        yield Following(chain, known[core], core, 0.95)
        return
    matched, rest = [], core
    while form := max((f for f in known if f in rest), key=lambda f: (len(f), f), default=""):
        matched.append(form)
        rest = rest.replace(form, "\n")
    if matched and not _without(rest, [*_words("chain_fillers"), "\n"]):
        for form in matched:
            yield Following(chain, known[form], form, 0.9 if len(matched) == 1 else 0.7)


def _forms(name: str) -> set[str]:
    """How the name of a template may appear: whole, in parts (锂电池与新型储能), without fillers."""
    parts = {name}
    for mark in "与和及、()（）/":
        parts = {piece for part in parts for piece in (part, *part.split(mark))}
    cores = {_core(part) for part in parts}
    return {form for form in cores if len(form) >= 2 and _without(form, _words("chain_fillers"))}


def _core(name: str) -> str:
    text = _normal(name)
    for ending in _words("chain_endings"):
        if text.endswith(ending) and len(text) > len(ending) + 1:
            return text.removesuffix(ending)
    return text


def _without(text: str, words: Sequence[str]) -> str:
    for word in words:
        text = text.replace(word, "")
    return text


# --- keywords ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Match:
    """A keyword found in a text, with the segments it may mean."""

    keyword: str
    segments: tuple[str, ...]
    start: int
    end: int


class Keywords:
    """The keywords of all segments, ready to be found in texts."""

    def __init__(self, templates: Iterable[ChainTemplate]) -> None:
        self.template: dict[str, str] = {}
        owners: dict[str, set[str]] = defaultdict(set)
        for template in templates:
            for part in template.segments:
                self.template[part.id] = template.id
                for keyword in part.keywords:
                    owners[_normal(keyword)].add(part.id)
        self._automaton = ahocorasick.Automaton()
        for keyword, segments in sorted(owners.items()):
            self._automaton.add_word(keyword, (keyword, tuple(sorted(segments))))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Match]:
        """The keywords in a text that do not overlap, longest first, less those that are only its input."""
        text = _normal(text)
        if not len(self._automaton):
            return []
        found = [
            Match(keyword, segments, end + 1 - len(keyword), end + 1)
            for end, (keyword, segments) in self._automaton.iter(text)
        ]
        found = [match for match in found if not _inside_word(text, match)]
        taken: list[Match] = []
        for match in sorted(found, key=lambda match: (match.start - match.end, match.start)):
            if all(match.end <= other.start or match.start >= other.end for other in taken):
                taken.append(match)
        return [match for match in taken if not _about(text, match)]


def _inside_word(text: str, match: Match) -> bool:
    """Whether a keyword in Latin letters or digits is cut out of a longer word: T300 in T3000."""

    def joined(left: str, right: str) -> bool:
        return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()

    before, after = text[match.start - 1 : match.start], text[match.end : match.end + 1]
    return joined(before, text[match.start]) or joined(text[match.end - 1], after)


def _about(text: str, match: Match) -> bool:
    before, after = text[: match.start], text[match.end :]
    return after.startswith(_words("about_after")) or before.endswith(_words("about_before"))


# --- placing -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Context:
    """What texts say around an entity: its products, its chains' templates, those of its zone, its sentences."""

    names: dict[str, str] = field(default_factory=dict)
    products: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    chains: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    zone: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    sentences: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def gather(
        cls, readings: Sequence[Reading], linked: Linked, followings: Sequence[Following]
    ) -> _Context:
        context = cls(names={entity.id: entity.name for entity in linked.entities})
        kinds = {entity.id: entity.type for entity in linked.entities}
        templates: dict[str, set[str]] = defaultdict(set)
        for following in followings:
            templates[following.chain].add(following.template)
        within: dict[str, set[str]] = defaultdict(set)
        for reading in readings:
            alone = _Alone(reading, linked, kinds)
            for claim in reading.claims:
                subject = linked.same.get((reading.article.id, claim.subject))
                if subject is None or claim.modality is Modality.NEGATED:
                    continue
                target = None
                if isinstance(claim.object, Ref):
                    target = linked.same.get((reading.article.id, claim.object.entity))
                context._note(kinds, subject, claim, target, templates, within)
                if alone.speaks_of(claim, subject):
                    context.sentences[subject].add(reading.article.body[claim.start : claim.end])
        for entity in list(within):
            seen, todo = set(), list(within[entity])
            while todo:
                place = todo.pop()
                if place not in seen:
                    seen.add(place)
                    todo += within.get(place, ())
            context.zone[entity] = set().union(*(context.zone_chains(place, templates) for place in seen))
        return context

    _in: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def zone_chains(self, place: str, templates: Mapping[str, set[str]]) -> set[str]:
        """The templates of the chains that a zone or place has."""
        return set().union(*(templates.get(chain, set()) for chain in self._in.get(place, ())))

    def _note(
        self,
        kinds: Mapping[str, EntityType],
        subject: str,
        claim: Claim,
        target: str | None,
        templates: Mapping[str, set[str]],
        within: dict[str, set[str]],
    ) -> None:
        # what a project is to make says what it is; what a firm is to make does not say what it makes now
        holds = claim.modality is Modality.ASSERTED or kinds.get(subject) is EntityType.PROJECT
        match claim.predicate:
            case "produces" if target is not None and holds:
                self.products[subject].add(self.names[target])
            case "capacity" if claim.product and holds:
                self.products[subject].add(claim.product)
            case "inChain" if target is not None:
                self.chains[subject] |= templates.get(target, set())
            case "chainLeader" if target is not None:
                self.chains[target] |= templates.get(subject, set())
            case "chainIn" if target is not None:
                self._in[target].add(subject)
            case "locatedIn" | "parkOf" if target is not None:
                within[subject].add(target)
            case _:
                pass


