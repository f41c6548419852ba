"""How sure a claim is, all things told: the chance that a reader would say the same.

A rule says how sure it is of itself. Whether its claim is right also hangs on whether the names in it are
names at all and read whole, on how far apart they stand, and on how crowded their sentence is. These traits of
a claim are weighed by `data/confidence_weights.csv` (`kg.nlp.weigh`), so that of the claims at 0.9 about nine
in ten are right. `kg.evaluate.calibration` makes the weights anew from annotated articles.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.model import Claim, Concept, Entity, Ref
from kg.nlp.view import Page, Sentence
from kg.nlp.weigh import score, weights

TABLE = "confidence"

_MOST, _LEAST = 0.99, 0.01
_SURE = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_DISTANCES = (0, 1, 3, 6, 12, 24, 48)
_LENGTHS = (20, 40, 80, 160)
_FAMILY = re.compile(r"[/-]")


class Judge:
    """Tells the traits of the claims of one document."""

    def __init__(self, doc: Doc) -> None:
        self.page: Page = doc._.page
        self.entities: dict[str, Entity] = doc._.entities
        self.spans: dict[str, list[Span]] = defaultdict(list)
        for span in doc.spans.get("entities", ()):
            self.spans[span.id_].append(span)
        claims: list[Claim] = doc._.claims
        self.alike = Counter((c.subject, c.predicate) for c in claims)
        self.borne = Counter((c.predicate, c.object) for c in claims)

    def traits(self, claim: Claim) -> frozenset[str]:
        """What speaks for and against a claim."""
        return frozenset(self._traits(claim))

    def _traits(self, claim: Claim) -> Iterator[str]:
        predicate = claim.predicate
        yield f"claim:{predicate}"
        yield f"family:{_FAMILY.split(claim.rule)[0]}"
        yield f"rule:{claim.rule}"
        yield f"own:{claim.rule}:{claim.confidence:.2f}"
        yield f"held:{predicate}:{claim.modality}"
        if claim.indicator:
            yield f"indicator:{claim.indicator}"
            yield f"unit:{claim.unit}"
        if claim.date is None and predicate in ("status", "observation"):
            yield f"undated:{predicate}"
        sentence = self.page.sentence_at(claim.start)
        yield f"stands:{sentence.kind if sentence else 'nowhere'}"
        yield f"long:{_step(claim.end - claim.start, _LENGTHS)}"
        yield f"same:{predicate}:{min(self.alike[claim.subject, predicate], 4)}"
        subject = self._nearest(claim.subject, claim, sentence)
        yield from self._named("subject", claim.subject, claim, subject)
        if isinstance(claim.object, Ref):
            yield f"ends:{predicate}:{self.entities[claim.object.entity].type}"
            target = self._nearest(claim.object.entity, claim, sentence)
            yield from self._named("object", claim.object.entity, claim, target)
            yield f"borne:{predicate}:{min(self.borne[predicate, claim.object], 4)}"
            if subject is not None and target is not None:
                yield from self._apart(predicate, *sorted([_stretch(subject), _stretch(target)]))
        elif subject is not None and not isinstance(claim.object, Concept):
            at = self.page.body.find(claim.printed or "", claim.start, claim.end)
            if at >= 0:
                figure = (at, at + len(claim.printed or ""))
                yield from self._apart(predicate, *sorted([_stretch(subject), figure]))

    def _nearest(self, entity: str, claim: Claim, sentence: Sentence | None) -> Span | None:
        """The surest mention of an entity in the claim's sentence."""
        here = [s for s in self.spans[entity] if claim.start <= s.start_char and s.end_char <= claim.end]
        return max(here, key=lambda s: (s._.score, -s.start_char), default=None)

    def _named(self, role: str, entity: str, claim: Claim, here: Span | None) -> Iterator[str]:
        """The traits of the name of a claim's subject or object."""
        kind = self.entities[entity].type
        known = here or max(self.spans[entity], key=lambda s: s._.score, default=None)
        yield f"{role}:{claim.predicate}:{kind}"
        if here is None:
            yield f"{role}-elsewhere:{claim.predicate}"
        if known is not None:
            for sure in _SURE:
                if known._.score >= sure:
                    yield f"{role}-sure:{kind}:{sure}"
                    yield f"{role}-sure:{claim.predicate}:{sure}"
            yield f"{role}-how:{known._.rule}"
            yield f"{role}-length:{kind}:{min(len(known.text) // 2, 6)}"
        yield f"{role}-seen:{kind}:{min(len(self.spans[entity]), 4)}"

    def _apart(self, predicate: str, first: tuple[int, int], second: tuple[int, int]) -> Iterator[str]:
        """How far two stretches are apart, and what stands between."""
        if second[0] < first[1]:
            yield f"inside:{predicate}"
            return
        between = self.page.body[first[1] : second[0]]
        for step in _DISTANCES:
            if len(between) > step:
                yield f"apart:{predicate}:{step}"
        commas = sum(between.count(mark) for mark in "，；：")
        yield f"clauses:{predicate}:{min(commas, 3)}"


def _stretch(span: Span) -> tuple[int, int]:
    return span.start_char, span.end_char


def _step(value: int, steps: tuple[int, ...]) -> int:
    return sum(value > step for step in steps)


class Confidence:
    """Gives every claim of `doc._.claims` its confidence, from 0.01 to 0.99, and leaves out what is too unsure."""

    def __init__(self, least: dict[str, float] | None = None) -> None:
        self._least = least or {}

    def __call__(self, doc: Doc) -> Doc:
        """Weigh the claims; returns the same `Doc`."""
        table, judge = weights(TABLE), Judge(doc)
        weighed = [
            replace(c, confidence=max(_LEAST, min(_MOST, round(score(judge.traits(c), table), 2))))
            for c in doc._.claims
        ]
        doc._.claims = [c for c in weighed if c.confidence >= self._least.get(c.predicate, 0.0)]
        return doc


@Language.factory("lz_confidence", default_config={"least": {}})
def make_confidence(nlp: Language, name: str, least: dict[str, float]) -> Confidence:
    """`least` says, by predicate, how sure a claim must be to be made at all."""
    return Confidence(least)
