"""Annotated articles as the learned reader sees them: read by the rules, with the names that annotators gave.

Rules weigh their guesses by tables that were themselves fitted to annotations. So that the reader learns how far
rules can be trusted on articles they have not seen, those of a fold are read with tables fitted to the other folds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from kg.errors import DataError
from kg.model import Article, EntityType
from kg.nlp.fitting import KINDS, Example, annotated, examples, fit_table
from kg.nlp.learned.features import LONGEST, TYPES, Array, Piece, pieces
from kg.nlp.pipeline import make_doc, make_pipeline
from kg.nlp.weigh import Table, using
from kg.training.rewording import reword

Stretch = tuple[int, int]  # first and last character, from the start of a piece


@dataclass(slots=True)
class Text:
    """An annotated article: its pieces, and the names in it by (start, end)."""

    source: str
    fold: int
    doc: Doc
    pieces: list[Piece]
    names: Mapping[tuple[int, int], Array]
    reworded: bool = False

    def named(self, piece: Piece) -> dict[Stretch, Array]:
        """The names that lie in a piece, with 1 for each of their types."""
        return {
            (start - piece.start, end - 1 - piece.start): types
            for (start, end), types in self.names.items()
            if piece.start <= start and end <= piece.end and end - start <= LONGEST
        }


@dataclass(frozen=True, slots=True)
class Annotations:
    """Annotated articles and, for each fold, the tables fitted to the others; `tables` are those fitted to all."""

    texts: tuple[Text, ...]
    folds: tuple[Mapping[str, Table], ...]
    tables: Mapping[str, Table]

    def held(self, fold: int) -> list[Text]:
        """The articles of a fold as they were written."""
        return [text for text in self.texts if text.fold == fold and not text.reworded]

    def rest(self, fold: int) -> list[Text]:
        """The articles of all other folds, and their reworded copies."""
        return [text for text in self.texts if text.fold != fold]


def gather(
    gold: Sequence[Path], texts: Sequence[Path], folds: int, copies: int, say: Callable[[str], None]
) -> Annotations:
    """The articles that `gold` folders have annotations of, their sources dealt out over folds.

    Beside each article stand as many reworded copies (see `kg.training.rewording`) as `copies` says.

    Raises DataError if there are fewer sources than folds or a file cannot be understood.
    """
    nlp = make_pipeline()
    articles = [a for g, t in zip(gold, texts, strict=True) for a in annotated(nlp, g, t, say)]
    order = {source: n for n, source in enumerate(sorted({a.source for a in articles}))}
    if len(order) < folds:
        raise DataError(f"{len(order)} annotated texts are too few for {folds} folds")
    found, whole = examples(nlp, articles, say)
    made: list[Text] = []
    by_fold: list[Mapping[str, Table]] = []
    for fold in range(folds):
        say(f"reading fold {fold + 1} of {folds} by the rules")
        by_fold.append(_tables(found, lambda e, fold=fold: order[e.source] % folds != fold))  # type: ignore[misc]
        held = [a for a in articles if order[a.source] % folds == fold]
        written = [(a, a.doc._.article, a.names, False) for a in held]
        for copy in range(copies):
            written += [(a, *reword(a.doc._.article, a.names, f"{a.source} {copy}"), True) for a in held]
        docs = _read([article for _, article, _, _ in written], by_fold[-1])
        for (one, _, names, reworded), doc in zip(written, docs, strict=True):
            made.append(Text(one.source, fold, doc, _light(pieces(doc)), _names(names), reworded))
            doc._.states = None  # the pieces hold them
    return Annotations(
        tuple(sorted(made, key=lambda t: (t.source, t.doc._.article.id))), tuple(by_fold), whole
    )


def _tables(found: Mapping[str, Sequence[Example]], seen: Callable[[Example], bool]) -> dict[str, Table]:
    return {name: fit_table(name, filter(seen, found[name])) for name in KINDS}


def _read(articles: Sequence[Article], tables: Mapping[str, Table]) -> Iterator[Doc]:
    """The articles as the rules read them with these tables, up to the learned reader."""
    with using(tables):
        rules = make_pipeline()
        for article in articles:
            doc = make_doc(rules, article)
            for name, component in rules.pipeline:
                if name in ("reader", "entities"):
                    break
                doc = component(doc)
            yield doc


def _light(found: Sequence[Piece]) -> list[Piece]:
    """Pieces at half the memory."""
    return [
        Piece(p.start, p.end, p.states.astype(np.float16), p.marks, p.words, p.characters, p.rules)
        for p in found
    ]


def _names(by_type: Mapping[EntityType, frozenset[tuple[int, int]]]) -> dict[tuple[int, int], Array]:
    names: dict[tuple[int, int], Array] = {}
    for type_, spans in by_type.items():
        for span in sorted(spans):
            if span[1] - span[0] > 1:
                names.setdefault(span, np.zeros(len(TYPES), np.float32))[TYPES.index(str(type_))] = 1
    return names
