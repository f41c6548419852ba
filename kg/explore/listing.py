"""The table of everything as a server gives it: filtered, sorted, a page at a time (the page itself does the
same with what it holds, in assets/table.js).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from kg.errors import UsageError
from kg.explore.atlas import Atlas, Part
from kg.explore.search import folded
from kg.ontology import labels

MOST_ROWS = 1000
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Filter:
    """What is left out of a list. `off` holds keys such as `kind.Person`, `state.planned`, `strength.potential`,
    `relation.locatedIn`; `years` is first and last; `confidence` and `money` (yuan) are the least.
    """

    off: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None
    confidence: float = 0.0
    money: float = 0.0

    def thing(self, thing: Part) -> bool:
        """Whether a thing stays (in brief, as `Atlas.thing` gives it)."""
        if f"kind.{thing['kind']}" in self.off or f"state.{thing.get('state')}" in self.off:
            return False
        if self.money and thing["kind"] in ("Firm", "Project") and thing.get("money", 0) < self.money:
            return False
        return not thing.get("f") or self._told(thing.get("y", ()), thing.get("c", 0.0))

    def claim(self, claim: Part) -> bool:
        """Whether a claim stays."""
        strength = {"asserted": "stated", "expected": "expected"}.get(claim["m"])
        if f"relation.{claim['p']}" in self.off or f"strength.{strength}" in self.off:
            return False
        return self._told(claim["y"], claim["c"])

    def _told(self, years: Any, confidence: float) -> bool:
        if self.years and not any(self.years[0] <= year <= self.years[1] for year in years):
            return False
        return confidence >= self.confidence


class Listing:
    """Lists of an atlas' things and facts."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    @cached_property
    def _things(self) -> list[tuple[Part, str]]:
        """All things in brief, each with the words it is found by."""
        found = (self._atlas.thing(i) for i in range(len(self._atlas.things)))
        return [(t, folded(" ".join((t["label"], *t.get("also", ()), t.get("at", ""))))) for t in found]

    def things(
        self, words: str, chosen: Filter, sort: str, descending: bool, offset: int, limit: int, lang: str
    ) -> Part:
        """A page of things: `rows` (things in brief), how many there are in all (`found`) and of how many."""
        names = labels("en" if lang == "en" else "zh")
        keys: dict[str, Callable[[Part], Any]] = {
            "name": lambda t: t["py"][0],
            "kind": lambda t: self._atlas.spelt(names.get(t["kind"], t["kind"])),
            "state": lambda t: t.get("state", ""),
            "at": lambda t: self._atlas.spelt(t.get("at", "")),
            "money": lambda t: t.get("money", -1.0),
            "year": lambda t: max(t.get("y", (0,))),
            "facts": lambda t: t.get("f", 0),
            "sources": lambda t: t.get("s", 0),
        }
        wanted = folded(words).split()
        rows = [
            thing
            for thing, text in self._things
            if all(word in text for word in wanted) and chosen.thing(thing)
        ]
        _sort(rows, keys, sort, descending)
        return {"rows": rows[offset : offset + limit], "found": len(rows), "of": len(self._things)}

    def facts(
        self, words: str, chosen: Filter, sort: str, descending: bool, offset: int, limit: int, lang: str
    ) -> Part:
        """A page of facts: `rows` (numbers of claims), `found`, `of`, and the `part` that they need."""
        names = labels("en" if lang == "en" else "zh")
        atlas = self._atlas
        statements = atlas.found.statements
        keys: dict[str, Callable[[int], Any]] = {
            "subject": lambda k: atlas.spelt(atlas.found.things[statements[k].subject].label),
            "relation": lambda k: atlas.spelt(names.get(statements[k].predicate, statements[k].predicate)),
            "object": lambda k: atlas.spelt(self._object(k)),
            "date": lambda k: statements[k].notes.get("date", ""),
            "held": lambda k: statements[k].modality,
            "confidence": lambda k: statements[k].confidence,
            "article": lambda k: atlas.spelt(atlas.found.articles[statements[k].article].headline),
        }
        holding = self._holding(words)

        def fits(k: int) -> bool:
            s = statements[k]
            if not chosen.claim({"m": s.modality, "p": s.predicate, "y": s.years, "c": s.confidence}):
                return False
            for word, names, quotes in holding:
                if s.quote in quotes or s.subject in names or (s.target or "") in names:
                    continue
                if s.target is not None or word not in folded(self._object(k)):
                    return False
            return True

        rows = [k for k in range(len(statements)) if fits(k)]
        _sort(rows, keys, sort, descending)
        shown = rows[offset : offset + limit]
        return {"rows": shown, "found": len(rows), "of": len(statements), "part": atlas.part((), (), shown)}

    def _holding(self, words: str) -> list[tuple[str, set[str], set[str]]]:
        """Each word with the things (IRIs) in whose names it is, and the sentences that have it."""
        return [
            (
                word,
                {iri for iri, name in self._labels.items() if word in name},
                {quote for quote, text in self._quotes.items() if word in text},
            )
            for word in folded(words).split()
        ]

    def prepare(self) -> None:
        """Work out now what is worked out once, so that nobody waits for it."""
        self._things, self._labels, self._quotes  # noqa: B018 — each is kept

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {iri: folded(thing.label) for iri, thing in self._atlas.found.things.items()}

    @cached_property
    def _quotes(self) -> dict[str, str]:
        return {s.quote: folded(s.quote) for s in self._atlas.found.statements}

    def _object(self, k: int) -> str:
        s = self._atlas.found.statements[k]
        if s.target is not None:
            return self._atlas.found.things[s.target].label
        return s.notes.get("printed") or str(s.value)


def _sort(rows: list[_T], keys: dict[str, Callable[[_T], Any]], sort: str, descending: bool) -> None:
    if sort and sort not in keys:
        raise UsageError(f"no column {sort!r}; columns are {', '.join(keys)}")
    if sort:
        rows.sort(key=keys[sort], reverse=descending)
