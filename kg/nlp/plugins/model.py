"""`lz_model`: runs another spaCy pipeline (a transformer NER, …) over the text and takes over its entities.

The other pipeline may cut text into words as it likes: what it finds is taken over by offsets.
"""

from __future__ import annotations

from functools import cached_property

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import DataError
from kg.nlp.plugins.labels import checked, take


class Model:
    """Reads every block of an article with the other pipeline; it is loaded when the first article comes."""

    def __init__(self, name: str, model: str, labels: dict[str, str], score: float) -> None:
        self.name, self.model, self.score = name, model, score
        self.labels = checked(name, labels)
        if not model:
            raise DataError(f'pipeline config, {name}: say which pipeline to run: model = "zh_core_web_trf"')

    @cached_property
    def _other(self) -> Language:
        try:
            return spacy.load(self.model)
        except (OSError, ValueError, ImportError) as error:
            reason = str(error).strip().splitlines()[0]
            raise DataError(f"pipeline config, {self.name}: cannot load {self.model!r}: {reason}") from error

    def __call__(self, doc: Doc) -> Doc:
        """Add what it finds to the candidates; returns the same `Doc`."""
        blocks = [(b.start, doc.text[b.start : b.end]) for b in doc._.article.blocks]
        others = self._other.pipe(text for _, text in blocks)
        for (start, _), other in zip(blocks, others, strict=True):
            take(doc, self.name, other.ents, self.labels, self.score, start)
        return doc


@Language.factory("lz_model", default_config={"model": "", "labels": {}, "score": 0.8})
def make_model(nlp: Language, name: str, model: str, labels: dict[str, str], score: float) -> Model:
    """`model` is an installed spaCy package or a folder; `labels` and `score` as in `lz_adopt`."""
    return Model(name, model, labels, score)
