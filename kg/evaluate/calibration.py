"""Makes the weights of `kg.nlp.confidence` from annotated articles; tells how far they hold on articles left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.evaluate.documents import Document
from kg.evaluate.readings import document
from kg.evaluate.reliability import Reliability, reliability
from kg.evaluate.scoring import compare
from kg.nlp.confidence import Judge
from kg.nlp.pipeline import reading
from kg.nlp.weigh import Table, fit, score

FOLDS = 10
RIDGE = 3.0
RARE = 12


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim of a source by its traits, and whether an annotator says the same."""

    source: str
    traits: frozenset[str]
    right: bool


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Weights fitted to all claims; `held_out` is the reliability of confidences on sources left out of the fit."""

    table: Table
    held_out: Reliability
    claims: int


def judge(docs: Sequence[Doc], gold: Document) -> list[Judged]:
    """The claims of one source's documents (read up to relations), each with whether it is right.

    Claims that state nothing (see `documents.states`) are left out; one that says again what another
    claim of the source says counts once.
    """
    found, claims = document([reading(doc) for doc in docs])
    judges = [Judge(doc) for doc in docs]
    traits = {id(c): one.traits(c) for doc, one in zip(docs, judges, strict=True) for c in doc._.claims}
    right = compare(gold, found).right
    return [Judged(gold.id, traits[id(said[0])], i in right) for i, said in enumerate(claims)]


def fit_confidence(judged: Sequence[Judged], folds: int = FOLDS) -> Calibrated:
    """Weights for all claims; how far they hold is told by folds over sources. Deterministic."""
    order = {source: n for n, source in enumerate(sorted({j.source for j in judged}))}
    held: list[tuple[float, bool]] = []
    for fold in range(folds):
        own = [j for j in judged if order[j.source] % folds == fold]
        rest = [j for j in judged if order[j.source] % folds != fold]
        if own and rest:
            table = _fit(rest)
            held += [(score(j.traits, table), j.right) for j in own]
    return Calibrated(_fit(judged), reliability(held), len(judged))


def _fit(judged: Sequence[Judged]) -> Table:
    return fit([(j.traits, j.right) for j in judged], RIDGE, RARE)
