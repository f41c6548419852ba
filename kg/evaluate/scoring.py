"""Precision, recall and F1 of documents against annotations.

Entities are aligned one to one within a document, greedily by how well their forms agree; facts
are compared through that alignment. A place that takes part in no fact is context and counts
neither way.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from kg.evaluate.documents import GROUPS, DocEntity, DocFact, Document

# Kinds a reader may fairly confuse: aligned for facts, not counted as the entity.
_NEAR = ({"Zone", "Park"}, {"Firm", "Institution"}, {"Chain", "Industry"})
# Kinds whose names vary in their edges: the likeness that still counts as the same name.
_LIKE = {"Project": 0.6, "Chain": 0.75, "Product": 0.7, "Industry": 0.7}
_IGNORED = re.compile(r"[\s\"'“”‘’《》「」()（）·,，、.。\-—]+")


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one kind and the figures that follow from them."""

    right: int
    gold: int
    found: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotations that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    @property
    def shares(self) -> tuple[float, float, float]:
        """Precision, recall and F1."""
        return self.precision, self.recall, self.f1


@dataclass(slots=True)
class Scores:
    """Rows by (group, kind), kind `ALL` for the group's micro average, and the comparison of each source.

    `reliability` holds (confidence, was it right) of each fact found that has a confidence.
    """

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    comparisons: list[Comparison] = field(default_factory=list)

    @property
    def reliability(self) -> list[tuple[float, bool]]:
        """(confidence, was it right) of each fact found that has a confidence."""
        return [
            (fact.confidence, i in c.right)
            for c in self.comparisons
            for i, fact in enumerate(c.found.facts)
            if fact.confidence is not None
        ]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A source as annotated and as found: found entity id → annotated one, found fact (by index) → annotated one."""

    gold: Document
    found: Document
    aligned: Mapping[str, str]
    right: Mapping[int, int]

    @property
    def counted(self) -> tuple[set[str], set[str]]:
        """The entities that count, annotated and found: a place that takes part in no fact is context."""
        gold = _counted(self.gold)
        return gold, _counted(self.found) | {f for f, g in self.aligned.items() if g in gold}


def normal(text: str) -> str:
    """A name without spaces, brackets and punctuation, in compatibility form and lower case."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).lower()


def likeness(a: str, b: str) -> float:
    """How alike two normalised names are: 1 the same, 0.9 one inside the other, else their ratio."""
    if a == b:
        return 1.0
    if min(len(a), len(b)) >= 4 and (a in b or b in a):
        return 0.9
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def agreement(gold: DocEntity, found: DocEntity) -> float:
    """How well one entity stands for another; 0 is not at all."""
    same = gold.type == found.type
    if not same and {gold.type, found.type} not in _NEAR:
        return 0.0
    bonus = 0.5 if same else 0.0
    a, b = ({normal(f) for f in e.forms} - {""} for e in (gold, found))
    if a & b:
        return 1 + len(a & b) / len(a | b) + bonus
    floor = _LIKE.get(gold.type)
    if floor is not None:
        best = max((likeness(x, y) for x in a for y in b), default=0.0)
        if best >= floor:
            return best + bonus
    return 0.0


def align(gold: Document, found: Document) -> dict[str, str]:
    """Found entity id → annotated entity id, one to one, best agreement first."""
    pairs = sorted(
        ((agreement(g, f), g.id, f.id) for g in gold.entities for f in found.entities),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    aligned: dict[str, str] = {}
    taken: set[str] = set()
    for value, g, f in pairs:
        if value > 0 and g not in taken and f not in aligned:
            aligned[f] = g
            taken.add(g)
    return aligned


def matches(gold: DocFact, found: DocFact, aligned: Mapping[str, str]) -> bool:
    """Whether a found fact says what an annotated one says."""
    if gold.predicate != found.predicate or (gold.object is None) != (found.object is None):
        return False
    subject = aligned.get(found.subject)
    if gold.object is not None:
        target = aligned.get(found.object or "")
        both = (
            {(subject, target), (target, subject)}
            if gold.predicate == "cooperatesWith"
            else {(subject, target)}
        )
        return None not in (subject, target) and (gold.subject, gold.object) in both
    if subject != gold.subject or not close(gold.value, found.value):
        return False
    if gold.predicate == "status":
        return True
    same_unit = gold.unit == found.unit
    return same_unit and (gold.predicate != "observation" or gold.indicator == found.indicator)


def close(a: float | str | None, b: float | str | None) -> bool:
    """Whether two values are the same, numbers to half a percent."""
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b) <= 0.005 * max(abs(a), abs(b), 1e-9)
    return a == b


def compare(gold: Document, found: Document) -> Comparison:
    """What of one source was found. Each annotated fact takes the first found one that says the same."""
    aligned = align(gold, found)
    right: dict[int, int] = {}
    for g, fact in enumerate(gold.facts):
        for i, other in enumerate(found.facts):
            if i not in right and matches(fact, other, aligned):
                right[i] = g
                break
    return Comparison(gold, found, aligned, right)


def score(gold: Mapping[str, Document], found: Mapping[str, Document]) -> Scores:
    """The figures of `found` against `gold` (documents absent from `found` count as empty)."""
    right: Counter[tuple[str, str]] = Counter()
    wanted: Counter[tuple[str, str]] = Counter()
    got: Counter[tuple[str, str]] = Counter()
    scores = Scores()
    for name, document in gold.items():
        compared = compare(document, found.get(name, Document(name, (), ())))
        _tally(compared, right, wanted, got)
        scores.comparisons.append(compared)
    for group in ("entity", "relation", "attribute", "observation"):
        kinds = sorted({k for k in (*wanted, *got) if k[0] == group}, key=lambda k: (-wanted[k], k))
        for kind in kinds:
            scores.rows[kind] = Row(right[kind], wanted[kind], got[kind])
        total = (sum(c[k] for k in kinds) for c in (right, wanted, got))
        scores.rows[group, "ALL"] = Row(*total)
    return scores


def _tally(
    compared: Comparison,
    right: Counter[tuple[str, str]],
    wanted: Counter[tuple[str, str]],
    got: Counter[tuple[str, str]],
) -> None:
    gold, found = compared.gold, compared.found
    types = {e.id: e.type for e in gold.entities}
    counted, found_counted = compared.counted
    for e in gold.entities:
        wanted["entity", e.type] += e.id in counted
    for e in found.entities:
        got["entity", e.type] += e.id in found_counted
        same = compared.aligned.get(e.id)
        right["entity", e.type] += same is not None and types[same] == e.type and same in counted
    for facts, counts in ((gold.facts, wanted), (found.facts, got)):
        for fact in facts:
            counts[GROUPS[fact.predicate], fact.predicate] += 1
    for g in compared.right.values():
        right[GROUPS[gold.facts[g].predicate], gold.facts[g].predicate] += 1


def _counted(document: Document) -> set[str]:
    takes_part = {x for f in document.facts for x in (f.subject, f.object)}
    return {e.id for e in document.entities if e.type != "Place" or e.id in takes_part}
