"""What linking looks at: one node for each entity of each article, with what the article says around it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kg.link.location import Locations, locations
from kg.model import EntityType, Modality, Reading, Ref

_TITLE = 6  # characters behind a person's name that may be a title
_FIGURES = ("capacity", "totalInvestment")


@dataclass(frozen=True, slots=True)
class Node:
    """An entity of one article.

    `forms` are its names with how often the article uses each, most frequent first. `links` maps a predicate
    to the local ids it points to (`^predicate` for those that point to it). `figures` are its capacities and
    investments as text. Of divisions (GB/T 2260 codes, "" where not clear), `code` is the one that a place is,
    `named` the one that the name begins with, `at` the one that name or claims put the entity in, `main` the one
    that the article is about.
    """

    article: str
    source: str
    local: str
    type: EntityType
    name: str
    forms: tuple[tuple[str, int], ...]
    titles: tuple[str, ...] = ()
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)
    code: str = ""
    named: str = ""
    at: str = ""
    main: str = ""
    figures: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Its forms, most frequent first."""
        return tuple(form for form, _ in self.forms)

    @property
    def key(self) -> tuple[str, str]:
        """Article and local id, by which nodes are put in order."""
        return self.article, self.local

    def to_json(self) -> str:
        """The node as one line of JSON, less what stands in columns of its own."""
        said = {
            "name": self.name,
            "forms": self.forms,
            "titles": self.titles,
            "links": self.links,
            "code": self.code,
            "named": self.named,
            "at": self.at,
            "main": self.main,
            "figures": self.figures,
        }
        kept = {name: value for name, value in said.items() if value}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    @lru_cache(maxsize=20_000)
    def from_json(cls, article: str, source: str, local: str, kind: str, text: str) -> Node:
        """The node that `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        return cls(
            article,
            source,
            local,
            EntityType(kind),
            data["name"],
            tuple((form, count) for form, count in data["forms"]),
            tuple(data.get("titles", ())),
            {predicate: tuple(ids) for predicate, ids in data.get("links", {}).items()},
            data.get("code", ""),
            data.get("named", ""),
            data.get("at", ""),
            data.get("main", ""),
            tuple(data.get("figures", ())),
        )


def nodes_of(reading: Reading) -> Iterator[Node]:
    """The nodes of an article, in order of its entities."""
    article = reading.article
    forms: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    titles: dict[str, set[str]] = defaultdict(set)
    for mention in reading.mentions:
        forms[mention.entity][mention.text] += 1
        behind = article.body[mention.end : mention.end + _TITLE]
        before = article.body[max(0, mention.start - _TITLE) : mention.start]
        titles[mention.entity] |= {behind, "^" + before}
    links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    figures: dict[str, set[str]] = defaultdict(set)
    for claim in reading.claims:
        if claim.modality is Modality.NEGATED:
            continue
        if isinstance(claim.object, Ref):
            links[claim.subject][claim.predicate].append(claim.object.entity)
            links[claim.object.entity]["^" + claim.predicate].append(claim.subject)
        elif claim.predicate in _FIGURES:
            figures[claim.subject].add(f"{claim.object} {claim.unit or ''}".strip())
    where: Locations = locations(reading, forms, links)
    for entity in reading.entities:
        counted = forms[entity.id]
        names = {entity.name, *entity.aliases, *counted}
        yield Node(
            article.id,
            article.source.id,
            entity.id,
            entity.type,
            entity.name,
            tuple(
                (form, counted.get(form, 0))
                for form in sorted(names, key=lambda n: (-counted.get(n, 0), -len(n), n))
            ),
            tuple(sorted(titles[entity.id])) if entity.type is EntityType.PERSON else (),
            {
                predicate: tuple(sorted(set(ids)))
                for predicate, ids in sorted(links.get(entity.id, {}).items())
            },
            where.codes.get(entity.id, ""),
            where.named.get(entity.id, ""),
            where.at.get(entity.id, ""),
            where.main,
            tuple(sorted(figures.get(entity.id, ()))),
        )
