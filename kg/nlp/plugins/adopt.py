"""`lz_adopt`: takes over the entities that another component of the pipeline has found (GLiNER, a matcher, …)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.plugins.labels import checked, take


class Adopt:
    """Adds what stands in `doc.ents`, or in a group of `doc.spans`, to the candidates."""

    def __init__(self, name: str, group: str, labels: dict[str, str], score: float) -> None:
        self.name, self.group, self.score = name, group, score
        self.labels = checked(name, labels)

    def __call__(self, doc: Doc) -> Doc:
        """Add them; returns the same `Doc`."""
        spans = doc.spans.get(self.group, ()) if self.group else doc.ents
        take(doc, self.name, spans, self.labels, self.score)
        return doc


@Language.factory("lz_adopt", default_config={"group": "", "labels": {}, "score": 0.8})
def make_adopt(nlp: Language, name: str, group: str, labels: dict[str, str], score: float) -> Adopt:
    """`group` of `doc.spans` (empty: `doc.ents`); `labels` says which type a label is; `score` how sure they are.

    Candidates from 0.35 to 0.5 on, depending on the type, may become mentions; of two that overlap the surer
    and longer one does.
    """
    return Adopt(name, group, labels, score)
