"""Which chains follow which template and who stands in which segment, kept up to date with what has changed.

A placement depends on an entity's names, on what it makes, on its chains, on the chains of the zones and places
that it lies in, and on sentences about it alone: only where one of these changed is it made anew.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import astuple

from kg.graph.state import State
from kg.link.following import Following, follow
from kg.link.keywords import Keywords
from kg.link.segments import PLACED, Basis, Context, Placement, by_members, place
from kg.model import Entity, EntityType, Modality
from kg.ontology import Template

PLACEMENT, FOLLOWING, _OFFER = "placement", "following", "offer"
_NAMED, _BY_MEMBERS = "named", "by members"
_KINDS = tuple(f"{kind.value.lower()}/" for kind in PLACED)
_CHAIN = "chain/"

_WITHIN = ("locatedIn", "parkOf")

Row = tuple[str, str, str, str]
"""What was derived: its kind, the two things that it is about, and the rest in JSON."""

Known = Callable[[str], Entity | None]


class Placing:
    """Brings placements and followings in a state up to date."""

    def __init__(self, state: State, known: Known, templates: Sequence[Template]) -> None:
        """`known` gives the entity of a path, None if there is none."""
        self._state = state
        self._known = known
        self._templates = templates

    def update(
        self, touched: Collection[str], renamed: Collection[str], moved: Collection[tuple[str, str, str]]
    ) -> tuple[list[Row], list[Row]]:
        """Make anew what has changed; the rows that went and those that came.

        `touched` are the entities (paths) of facts that came or went, `renamed` those that came, went or have
        other names, `moved` the facts (subject, predicate, object) that no article told before or tells now.
        """
        state = self._state
        gone: list[Row] = []
        come: list[Row] = []

        def settle(kind: str, one: str, wanted: dict[str, str]) -> None:
            held = state.derived_of(kind, one)
            for other in sorted({*held, *wanted}):
                before, now = held.get(other), wanted.get(other)
                if before != now:
                    state.derive(kind, one, other, now)
                    if before is not None:
                        gone.append((kind, one, other, before))
                    if now is not None:
                        come.append((kind, one, other, now))

        changed = {*touched, *renamed}
        chains = {entity for entity in changed if entity.startswith(_CHAIN)}
        affected = {entity for entity in changed if entity.startswith(_KINDS)}
        affected |= {fact.subject for e in renamed for fact in state.facts_to(e, "produces")}
        for chain in sorted(chains):
            entity = self._known(chain)
            named = {f.template: f for f in follow([entity], self._templates)} if entity is not None else {}
            before = state.derived_of(_NAMED, chain)
            settle(_NAMED, chain, {t: json.dumps(astuple(f)[2:]) for t, f in named.items()})
            if before.keys() != named.keys():
                affected |= self._members(chain)
        containers = {fact.object for chain in chains for fact in state.facts_of(chain, "chainIn")}
        containers |= {target for _, predicate, target in moved if predicate == "chainIn"}
        for container in sorted(containers):
            before = state.derived_of(_OFFER, container)
            offered = {
                template: ""
                for fact in state.facts_to(container, "chainIn")
                if fact.modality != Modality.NEGATED
                for template in state.derived_of(_NAMED, fact.subject)
            }
            settle(_OFFER, container, offered)
            if before != offered:
                affected |= self._inside(container)
        for container, predicate, _ in moved:
            if predicate in _WITHIN and not container.startswith(_KINDS):
                affected |= self._inside(container)
        keywords = Keywords(self._templates)
        for path in sorted(affected):
            entity = self._known(path)
            placed = place(entity, self._context(entity), keywords) if entity is not None else []
            settle(PLACEMENT, path, {p.segment: _said(p) for p in placed})
        chains |= {f.object for e in affected for f in state.facts_of(e, "inChain")}
        for chain in sorted(chains):
            unnamed = {} if state.derived_of(_NAMED, chain) else self._by_members(chain, keywords)
            settle(_BY_MEMBERS, chain, {t: json.dumps(astuple(f)[2:]) for t, f in unnamed.items()})
            settle(
                FOLLOWING, chain, {**state.derived_of(_BY_MEMBERS, chain), **state.derived_of(_NAMED, chain)}
            )
        told = (PLACEMENT, FOLLOWING)
        return [row for row in gone if row[0] in told], [row for row in come if row[0] in told]

    def _members(self, chain: str) -> set[str]:
        state = self._state
        found = {fact.subject for fact in state.facts_to(chain, "inChain")}
        return found | {fact.object for fact in state.facts_of(chain, "chainLeader", "chainCore")}

    def _inside(self, container: str) -> set[str]:
        """All that may be placed and lies in a container, directly or through others."""
        seen: set[str] = set()
        todo = [container]
        while todo:
            for fact in self._state.facts_to(todo.pop(), *_WITHIN):
                if fact.subject not in seen and fact.modality != Modality.NEGATED:
                    seen.add(fact.subject)
                    todo.append(fact.subject)
        return {entity for entity in seen if entity.startswith(_KINDS)}

    def _around(self, entity: str) -> set[str]:
        """All that an entity lies in, directly or through others."""
        seen: set[str] = set()
        todo = [entity]
        while todo:
            for fact in self._state.facts_of(todo.pop(), *_WITHIN):
                if fact.object not in seen and fact.modality != Modality.NEGATED:
                    seen.add(fact.object)
                    todo.append(fact.object)
        return seen

    def _context(self, entity: Entity) -> Context:
        """What the texts say around one entity."""
        state, context, this = self._state, Context(), entity.id
        for fact in state.facts_of(this, "produces", "capacity"):
            # what a project is to make says what it is; what a firm is to make says nothing of it yet
            if fact.modality == Modality.ASSERTED or (
                fact.modality == Modality.EXPECTED and entity.type is EntityType.PROJECT
            ):
                made = fact.object
                if fact.predicate == "produces":
                    product = self._known(fact.object)
                    made = product.name if product is not None else ""
                if made:
                    context.products[this].append(made)
        for fact in state.facts_of(this, "inChain"):
            if fact.modality != Modality.NEGATED:
                context.chains[this] |= state.derived_of(_NAMED, fact.object).keys()
        for fact in state.facts_to(this, "chainLeader", "chainCore"):
            if fact.modality != Modality.NEGATED:
                context.chains[this] |= state.derived_of(_NAMED, fact.subject).keys()
        for container in self._around(this):
            context.zones[this] |= state.derived_of(_OFFER, container).keys()
        if context.chains[this]:
            context.sentences[this] = state.sentences(this)
        return context

    def _by_members(self, chain: str, keywords: Keywords) -> dict[str, Following]:
        members = {
            f.subject for f in self._state.facts_to(chain, "inChain") if f.modality != Modality.NEGATED
        }
        placements = [
            Placement(member, segment, "", "", Basis.NAME, 0.0)
            for member in members
            for segment in self._state.derived_of(PLACEMENT, member)
        ]
        return {f.template: f for f in by_members({chain: members}, set(), placements, keywords)}


def _said(placement: Placement) -> str:
    said = (placement.keyword, placement.text, placement.basis, placement.confidence)
    return json.dumps(said, ensure_ascii=False)


def placement_of(one: str, other: str, said: str) -> Placement:
    """The placement that was kept."""
    keyword, text, basis, confidence = json.loads(said)
    return Placement(one, other, keyword, text, Basis(basis), confidence)


def following_of(one: str, other: str, said: str) -> Following:
    """The following that was kept."""
    matched, confidence = json.loads(said)
    return Following(one, other, matched, confidence)


def placements(state: State) -> dict[str, dict[str, float]]:
    """The segments of each entity that is placed, with the confidence."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for (entity, segment), said in state.derived(PLACEMENT).items():
        found[entity][segment] = json.loads(said)[3]
    return found
