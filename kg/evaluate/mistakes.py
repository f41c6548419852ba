"""What was missed and what is false, each with why and with its sentence, so that it can be mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.evaluate.documents import GROUPS, DocFact, Document
from kg.evaluate.scoring import Comparison, Scores, close

Side = Literal["missed", "false"]
REASONS = (
    "name",  # no entity of the other side stands for this one
    "type",  # one does, but it is of another type
    "subject",  # the fact's subject is no entity of the other side
    "object",  # its object is none
    "other-object",  # the other side says this of the subject with another object, figure or phase
    "other-subject",  # the other side says this of another subject
    "other-indicator",  # the figure is there, under another indicator or unit
    "alone",  # nothing like it is on the other side
)
_END = "。！？；!?;\n"


@dataclass(frozen=True, slots=True)
class Mistake:
    """An entity or fact that one side has alone.

    `kind` is its type or predicate, `text` says it in words, `reason` is one of `REASONS`, `instead` is what
    the other side has in its place. `sentence` is the sentence of the source around `quote` (the quote itself
    where the source's text is not known). `rule` and `confidence` are of false facts.
    """

    side: Side
    source: str
    group: str
    kind: str
    text: str
    reason: str
    instead: str = ""
    quote: str = ""
    sentence: str = ""
    rule: str = ""
    confidence: float | None = None


def mistakes(scores: Scores) -> list[Mistake]:
    """All of them, source by source: missed before false, entities before facts."""
    return [mistake for compared in scores.comparisons for mistake in _of(compared)]


def _of(compared: Comparison) -> Iterator[Mistake]:
    gold, found = compared.gold, compared.found
    counted, found_counted = compared.counted
    right = set(compared.right.values())
    missed = [fact for g, fact in enumerate(gold.facts) if g not in right]
    false = [fact for i, fact in enumerate(found.facts) if i not in compared.right]
    back = {g: f for f, g in compared.aligned.items()}
    ours = _Half("missed", gold, missed, counted, found.texts)
    theirs = _Half("false", found, false, found_counted, found.texts)
    yield from _names(ours, theirs, back)
    yield from _facts(ours, theirs, back)
    yield from _names(theirs, ours, compared.aligned)
    yield from _facts(theirs, ours, compared.aligned)


@dataclass(frozen=True, slots=True)
class _Half:
    """One side of a comparison: the document, its facts that the other has not, its entities that count."""

    side: Side
    document: Document
    alone: Sequence[DocFact]
    counted: set[str]
    texts: tuple[str, ...]


def _names(own: _Half, other: _Half, same: Mapping[str, str]) -> Iterator[Mistake]:
    others = {e.id: e for e in other.document.entities}
    for e in own.document.entities:
        twin = others.get(same.get(e.id, ""))
        if e.id not in own.counted or (twin is not None and twin.type == e.type):
            continue
        forms = sorted({f for f in e.forms if f}, key=lambda f: (-len(f), f))
        seen = next((f for f in forms if any(f in text for text in own.texts)), e.name)
        yield Mistake(
            own.side,
            own.document.id,
            "entity",
            e.type,
            " / ".join(forms),
            "type" if twin else "name",
            f"{twin.type} {twin.name}" if twin else "",
            seen,
            sentence_of(seen, own.texts),
        )


def _facts(own: _Half, other: _Half, same: Mapping[str, str]) -> Iterator[Mistake]:
    for fact in own.alone:
        reason, instead = _reason(fact, other.alone, same)
        yield Mistake(
            own.side,
            own.document.id,
            GROUPS[fact.predicate],
            fact.predicate,
            in_words(fact, own.document),
            reason,
            in_words(instead, other.document) if instead else "",
            fact.quote,
            sentence_of(fact.quote, own.texts),
            fact.rule,
            fact.confidence,
        )


def _reason(fact: DocFact, others: Sequence[DocFact], same: Mapping[str, str]) -> tuple[str, DocFact | None]:
    """Why a fact has no twin, and the fact of the other side that is nearest to it."""
    subject = same.get(fact.subject)
    if subject is None:
        return "subject", None
    target = same.get(fact.object) if fact.object is not None else None
    if fact.object is not None and target is None:
        return "object", None

    def first(holds: Callable[[DocFact], bool]) -> DocFact | None:
        return next((f for f in others if f.predicate == fact.predicate and holds(f)), None)

    def here(f: DocFact) -> bool:  # a container holds many, so that two have it says nothing by itself
        return f.quote in fact.quote or fact.quote in f.quote

    def same_figure(f: DocFact) -> bool:
        return close(f.value, fact.value) and (f.unit, f.indicator) == (fact.unit, fact.indicator)

    figure = fact.object is None
    tries: tuple[tuple[str, Callable[[DocFact], bool]], ...] = (
        ("other-indicator", lambda f: figure and f.subject == subject and close(f.value, fact.value)),
        ("other-subject", lambda f: figure and same_figure(f)),
        ("other-object", lambda f: f.subject == subject and f.indicator == fact.indicator),
        ("other-subject", lambda f: not figure and f.object == target and here(f)),
    )
    for reason, holds in tries:
        if near := first(holds):
            return reason, near
    return "alone", None


def in_words(fact: DocFact, document: Document) -> str:
    """A fact in one line: `耀邦 totalInvestment 650000000 CNY`."""
    names = {e.id: e.name for e in document.entities}
    target = names.get(fact.object, fact.object) if fact.object else fact.value
    if isinstance(target, float):
        target = f"{target:.10g}" if abs(target) < 1e10 else f"{target:.0f}"
    parts = (names.get(fact.subject, fact.subject), fact.predicate, target, fact.unit, fact.indicator)
    return " ".join(str(p) for p in parts if p not in (None, ""))


def sentence_of(quote: str, texts: Iterable[str]) -> str:
    """The sentence of the texts that holds a quote, in one line; the quote itself if none does."""
    found = next(((text, text.find(quote)) for text in texts if quote and quote in text), None)
    if found is None:
        return re.sub(r"\s+", " ", quote).strip()
    text, at = found
    start = max(text.rfind(mark, 0, at) for mark in _END) + 1
    last = at + len(quote)
    if quote[-1] not in _END:
        ends = [i for i in (text.find(mark, last) for mark in _END) if i >= 0]
        last = min(ends) + 1 if ends else len(text)
    return re.sub(r"\s+", " ", text[start:last]).strip()
