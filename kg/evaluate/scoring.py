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


@dataclass(frozen=True, slots=True)
class Error:
    """An entity or fact of a source that was missed or is false: its type or predicate, and it in words."""

    source: str
    kind: str
    text: str


@dataclass(slots=True)
class Scores:
    """Rows by (group, kind), kind `ALL` for the group's micro average; misses and false claims.

    `reliability` holds (confidence, was it right) of each fact found that has a confidence.
    """

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    missed: list[Error] = field(default_factory=list)
    false: list[Error] = field(default_factory=list)
    reliability: list[tuple[float, bool]] = field(default_factory=list)


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
    if subject != gold.subject or not _close(gold.value, found.value):
        return False
    if gold.predicate == "status":
        return True
    same_unit = gold.unit == found.unit
    return same_unit and (gold.predicate != "observation" or gold.indicator == found.indicator)


def _close(a: float | str | None, b: float | str | None) -> bool:
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b) <= 0.005 * max(abs(a), abs(b), 1e-9)
    return a == b


def score(gold: Mapping[str, Document], found: Mapping[str, Document]) -> Scores:
    """The figures of `found` against `gold` (documents absent from `found` count as empty)."""
    right: Counter[tuple[str, str]] = Counter()
    wanted: Counter[tuple[str, str]] = Counter()
    got: Counter[tuple[str, str]] = Counter()
    scores = Scores()
    for name, document in gold.items():
        other = found.get(name, Document(name, (), ()))
        _score_document(document, other, right, wanted, got, scores)
    for group in ("entity", "relation", "attribute", "observation"):
        kinds = sorted({k for k in (*wanted, *got) if k[0] == group}, key=lambda k: (-wanted[k], k))
        for kind in kinds:
            scores.rows[kind] = Row(right[kind], wanted[kind], got[kind])
        total = (sum(c[k] for k in kinds) for c in (right, wanted, got))
        scores.rows[group, "ALL"] = Row(*total)
    return scores


def _score_document(
    gold: Document,
    found: Document,
    right: Counter[tuple[str, str]],
    wanted: Counter[tuple[str, str]],
    got: Counter[tuple[str, str]],
    scores: Scores,
) -> None:
    aligned = align(gold, found)
    gold_types = {e.id: e.type for e in gold.entities}
    counted = _counted(gold)
    back = set(aligned.values())
    found_counted = _counted(found) | {f for f, g in aligned.items() if g in counted}
    for e in gold.entities:
        wanted["entity", e.type] += e.id in counted
        if e.id in counted and e.id not in back:
            scores.missed.append(Error(gold.id, e.type, e.name))
    for e in found.entities:
        got["entity", e.type] += e.id in found_counted
        if e.id in found_counted and e.id not in aligned:
            scores.false.append(Error(gold.id, e.type, e.name))
        if e.id in aligned and gold_types[aligned[e.id]] == e.type and aligned[e.id] in counted:
            right["entity", e.type] += 1
    used: set[int] = set()
    for fact in gold.facts:
        key = (GROUPS[fact.predicate], fact.predicate)
        wanted[key] += 1
        hit = next(
            (i for i, f in enumerate(found.facts) if i not in used and matches(fact, f, aligned)), None
        )
        if hit is None:
            scores.missed.append(Error(gold.id, fact.predicate, sentence(fact, gold)))
        else:
            used.add(hit)
            right[key] += 1
    for i, fact in enumerate(found.facts):
        got[GROUPS[fact.predicate], fact.predicate] += 1
        if i not in used:
            scores.false.append(Error(gold.id, fact.predicate, sentence(fact, found)))
        if fact.confidence is not None:
            scores.reliability.append((fact.confidence, i in used))


def _counted(document: Document) -> set[str]:
    takes_part = {x for f in document.facts for x in (f.subject, f.object)}
    return {e.id for e in document.entities if e.type != "Place" or e.id in takes_part}


def sentence(fact: DocFact, document: Document) -> str:
    """A fact in one line with its evidence: `耀邦 totalInvestment 650000000.0 CNY | 投资6.5亿元的…`."""
    names = {e.id: e.name for e in document.entities}
    target = names.get(fact.object, fact.object) if fact.object else fact.value
    parts = (names.get(fact.subject, fact.subject), fact.predicate, target, fact.unit, fact.indicator)
    return " ".join(str(p) for p in parts if p not in (None, "")) + f" | {fact.quote}"
