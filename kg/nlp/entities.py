"""To be written."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401


class Entities:
    """To be written."""

    def __call__(self, doc: Doc) -> Doc:
        doc.spans["entities"] = []
        return doc


@Language.factory("lz_entities")
def make_entities(nlp: Language, name: str) -> Entities:
    """No settings."""
    return Entities()
