"""What linking looks at: one node for each entity of each article, with its surroundings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model import Entity, EntityType, Modality, Reading, Ref

Node = tuple[str, str]
"""(article id, local entity id)"""


@dataclass(slots=True)
class Surroundings:
    """An entity of one article and what the article says around it.

    `names` are its forms, most frequent first; `linked` maps a predicate to the local ids it points to
    (`^predicate` for those that point to it).
    """

    node: Node
    source: str
    entity: Entity
    names: tuple[str, ...]
    titles: frozenset[str] = frozenset()
    linked: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def type(self) -> EntityType:
        """The entity's type."""
        return self.entity.type

    def to(self, predicate: str) -> list[Node]:
        """The nodes that a predicate leads to."""
        return [(self.node[0], e) for e in self.linked.get(predicate, ())]


def surroundings(readings: Sequence[Reading]) -> dict[Node, Surroundings]:
    """Every entity of every article with its surroundings, in reading order."""
    found: dict[Node, Surroundings] = {}
    for reading in readings:
        article = reading.article
        forms: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        titles: dict[str, set[str]] = defaultdict(set)
        for mention in reading.mentions:
            forms[mention.entity][mention.text] += 1
            titles[mention.entity].add(article.body[mention.end : mention.end + 3])
        for entity in reading.entities:
            counted = forms[entity.id]
            names = sorted(
                {*counted, entity.name, *entity.aliases}, key=lambda n: (-counted.get(n, 0), -len(n), n)
            )
            node = (article.id, entity.id)
            found[node] = Surroundings(
                node,
                article.source.id,
                entity,
                tuple(names),
                frozenset(t for t in titles[entity.id] if len(t) == 3),
            )
        for claim in reading.claims:
            if isinstance(claim.object, Ref) and claim.modality is not Modality.NEGATED:
                subject, target = (article.id, claim.subject), (article.id, claim.object.entity)
                if subject in found and target in found:
                    found[subject].linked[claim.predicate].append(claim.object.entity)
                    found[target].linked["^" + claim.predicate].append(claim.subject)
    return found
