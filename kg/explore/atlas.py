"""A graph's content by number, and the parts of it that pages take, as plain data for JSON.

Things, articles, links and claims are numbered in the order of the content, so that a page that holds one part
can take in another: the same number is the same thing. A part is a dictionary of

things    i, id (the IRI, without the base), kind, label and, where there is any: also (other names), py (their
          pinyin), state, money (yuan) and printed, at (where it lies), y (years), c (surest claim),
          n neighbours, f claims, s articles that name it, lead (1 for chain leaders)
links     k, from, to, p, strength and c, y
claims    k, id, s, p, o or v, q (its sentence), a (its article), at [start, end], c, m (modality), n (notes)
quotes    number → sentence
articles  a, id, headline, date, source
sources   number of a thing → [[article, how often it is named], …]
full      things all of whose links are here
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from kg.explore.content import Content, Link, Statement
from kg.explore.search import pinyin
from kg.query.facts import Thing

Part = dict[str, Any]

_HOMES = (
    "chainIn",
    "parkOf",
    "locatedIn",
    "inChain",
    "developedBy",
)  # what a table gives as where a thing is
_NEIGHBOURS = 240  # of a thing, sent at once
_CLAIMS = 800


class Atlas:
    """The content of a graph by number. `order` are the predicates by importance, `base` the IRIs' base."""

    def __init__(self, found: Content, order: Sequence[str], base: str) -> None:
        self.found = found
        self.base = base
        self.things: list[Thing] = list(found.things.values())
        self.number = {iri: i for i, iri in enumerate(found.things)}
        self.articles = list(found.articles)
        self.article = {iri: i for i, iri in enumerate(found.articles)}
        self._rank = {predicate: i for i, predicate in enumerate(order)}
        self._texts = list(dict.fromkeys(s.quote for s in found.statements))
        self._quotes = {q: i for i, q in enumerate(self._texts)}
        self._pinyin: dict[str, str] = {}

    @cached_property
    def links_of(self) -> list[list[int]]:
        """The numbers of the links that touch each thing."""
        touching: list[list[int]] = [[] for _ in self.things]
        for k, link in enumerate(self.found.links):
            touching[self.number[link.source]].append(k)
            touching[self.number[link.target]].append(k)
        return touching

    @cached_property
    def claims_of(self) -> list[list[int]]:
        """The numbers of the claims of which each thing is subject or object."""
        touching: list[list[int]] = [[] for _ in self.things]
        for k, s in enumerate(self.found.statements):
            touching[self.number[s.subject]].append(k)
            if s.target is not None and s.target != s.subject:
                touching[self.number[s.target]].append(k)
        return touching

    @cached_property
    def near(self) -> list[dict[int, int]]:
        """The neighbours of each thing with the rank of the most telling link to them."""
        near: list[dict[int, int]] = [{} for _ in self.things]
        for link in self.found.links:
            rank = self._rank.get(link.predicate, len(self._rank))
            one, other = self.number[link.source], self.number[link.target]
            near[one][other] = min(rank, near[one].get(other, rank))
            near[other][one] = min(rank, near[other].get(one, rank))
        return near

    def neighbours(self, i: int) -> list[int]:
        """The neighbours of a thing, the most telling first."""
        return sorted(self.near[i], key=lambda j: (self.near[i][j], -len(self.near[j]), j))

    @cached_property
    def leaders(self) -> frozenset[str]:
        """The IRIs of chain leaders."""
        return frozenset(link.target for link in self.found.links if link.predicate == "chainLeader")

    @cached_property
    def money(self) -> dict[str, tuple[Decimal, str]]:
        """The largest total investment that texts state of a thing, in yuan, and as printed."""
        most: dict[str, tuple[Decimal, str]] = {}
        for s in self.found.statements:
            stated = s.predicate == "totalInvestment" and s.modality == "asserted"
            if stated and s.notes.get("unit") == "CNY":
                amount = Decimal(str(s.value))
                if s.subject not in most or amount > most[s.subject][0]:
                    most[s.subject] = (amount, s.notes.get("printed", ""))
        return most

    @cached_property
    def homes(self) -> dict[str, str]:
        """The name of what each thing lies in, as near as told."""
        best: dict[str, tuple[int, int, str]] = {}
        rank = {name: i for i, name in enumerate(_HOMES)}
        width = {"Zone": 0, "Park": 1, "Chain": 2}
        for link in self.found.links:
            if link.predicate in rank and link.strength == "stated":
                kind = self.found.things[link.target].kind
                told = (rank[link.predicate], width.get(kind, 3), self.found.things[link.target].label)
                best[link.source] = min(best.get(link.source, told), told)
        return {iri: label for iri, (_, _, label) in best.items()}

    def thing(self, i: int) -> Part:
        """A thing in brief."""
        thing = self.things[i]
        names = (thing.label, *thing.aliases)
        claims = [self.found.statements[k] for k in self.claims_of[i]]
        money, printed = self.money.get(thing.iri, (None, ""))
        return _lean(
            {
                "i": i,
                "id": thing.iri.removeprefix(self.base),
                "kind": thing.kind,
                "label": thing.label,
                "also": list(thing.aliases),
                "py": [self.spelt(name) for name in names],
                "state": self.found.states.get(thing.iri),
                "money": None if money is None else float(money),
                "printed": printed,
                "at": self.homes.get(thing.iri),
                "y": sorted({year for s in claims for year in s.years}),
                "c": max((s.confidence for s in claims), default=None),
                "n": len(self.near[i]),
                "f": len(claims),
                "s": len(self.found.mentioned.get(thing.iri, ())),
                "lead": int(thing.iri in self.leaders),
            }
        )

    def spelt(self, name: str) -> str:
        """The pinyin of a name, worked out once."""
        if name not in self._pinyin:
            self._pinyin[name] = pinyin(name)
        return self._pinyin[name]

    def link(self, k: int) -> Part:
        """A link, its ends by number."""
        link: Link = self.found.links[k]
        return _lean(
            {
                "k": k,
                "from": self.number[link.source],
                "to": self.number[link.target],
                "p": link.predicate,
                "strength": link.strength,
                "c": link.confidence,
                "y": list(link.years),
            }
        ) | {"from": self.number[link.source], "to": self.number[link.target]}

    def claim(self, k: int) -> Part:
        """A claim, with its sentence and article by number."""
        s: Statement = self.found.statements[k]
        return {
            "k": k,
            "id": s.id,
            "s": self.number[s.subject],
            "p": s.predicate,
            "o": self.number[s.target] if s.target else None,
            "v": None if s.value is None else str(s.value),
            "q": self._quotes[s.quote],
            "a": self.article.get(s.article),
            "at": [s.start, s.end],
            "c": s.confidence,
            "m": s.modality,
            "y": list(s.years),
            "n": dict(s.notes),
        }

    def source(self, a: int) -> Part:
        """An article in brief."""
        iri = self.articles[a]
        told = self.found.articles[iri]
        return {
            "a": a,
            "id": iri.removeprefix(self.base),
            "headline": told.headline,
            "date": told.date,
            "source": told.file,
        }

    def part(
        self, things: Iterable[int], links: Iterable[int], claims: Iterable[int], full: Iterable[int] = ()
    ) -> Part:
        """Some things, links and claims, with all that they refer to."""
        told = [self.claim(k) for k in sorted(set(claims))]
        drawn = [self.link(k) for k in sorted(set(links))]
        whole = sorted(set(full))
        named = {i for link in drawn for i in (link["from"], link["to"])}
        named |= {i for claim in told for i in (claim["s"], claim["o"]) if i is not None}
        sources = {i: self.appearances(i) for i in whole}
        cited = {claim["a"] for claim in told if claim["a"] is not None}
        cited |= {a for found in sources.values() for a, _ in found}
        return {
            "things": [self.thing(i) for i in sorted(named | set(things))],
            "links": drawn,
            "claims": told,
            "quotes": {q: self._texts[q] for q in sorted({claim["q"] for claim in told})},
            "articles": [self.source(a) for a in sorted(cited)],
            "sources": {i: found for i, found in sources.items() if found},
            "full": whole,
        }

    def appearances(self, i: int) -> list[tuple[int, int]]:
        """The articles that name a thing and how often, those that do most first."""
        told = self.found.mentioned.get(self.things[i].iri, {})
        return sorted(((self.article[a], n) for a, n in told.items()), key=lambda pair: (-pair[1], pair[0]))

    def within(self, things: Collection[int]) -> Part:
        """Some things with all that lies between them and all that is said of them alone."""
        keep = set(things)
        links = (
            k
            for k, link in enumerate(self.found.links)
            if self.number[link.source] in keep and self.number[link.target] in keep
        )
        claims = (
            k
            for k, s in enumerate(self.found.statements)
            if self.number[s.subject] in keep and (s.target is None or self.number[s.target] in keep)
        )
        return self.part(keep, links, claims, keep)

    def around(self, i: int, shown: Collection[int] = ()) -> Part:
        """A thing with its neighbours and claims (the most telling, where there are very many), and the links
        among these and to what is `shown` already.
        """
        things = {i, *self.neighbours(i)[:_NEIGHBOURS]}
        ranked = sorted(self.claims_of[i], key=self._telling)
        return self.part(things, self.between(things, things | set(shown)), ranked[:_CLAIMS], [i])

    def between(self, things: Collection[int], others: Collection[int]) -> set[int]:
        """The links from some things to others."""
        reach = set(others)
        return {
            k
            for i in things
            for k in self.links_of[i]
            if self.number[self.found.links[k].source] in reach
            and self.number[self.found.links[k].target] in reach
        }

    def _telling(self, k: int) -> tuple[int, float, int]:
        s = self.found.statements[k]
        return (self._rank.get(s.predicate, len(self._rank)), -s.confidence, k)

    def nearest(self, root: int, most: int) -> list[int]:
        """Up to `most` things around one, step by step outwards."""
        found, layer = {root: None}, [root]
        while layer and len(found) < most:
            following = dict.fromkeys(j for i in layer for j in self.neighbours(i) if j not in found)
            layer = list(following)[: most - len(found)]
            found.update(dict.fromkeys(layer))
        rest = sorted(
            (i for i in range(len(self.things)) if i not in found), key=lambda i: (-len(self.near[i]), i)
        )
        return [*found, *rest[: most - len(found)]]

    def tallies(self) -> dict[str, dict[str, int]]:
        """How many things of each kind and state, and links of each strength and relation, there are."""
        counts: Mapping[str, Counter[str]] = defaultdict(Counter)
        for thing in self.things:
            counts["kind"][thing.kind] += 1
        counts["state"].update(self.found.states.values())
        for link in self.found.links:
            counts["strength"][link.strength] += 1
            counts["relation"][link.predicate] += 1
        return {group: dict(sorted(told.items())) for group, told in sorted(counts.items())}

    def years(self) -> tuple[int, int] | None:
        """The first and the last year of which anything is said."""
        told = [year for s in self.found.statements for year in s.years]
        return (min(told), max(told)) if told else None


def _lean(entry: Part) -> Part:
    """An entry without what is empty."""
    return {key: value for key, value in entry.items() if value or key == "i"}
