"""To be written."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401


class Firms:
    """To be written."""

    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("lz_firms")
def make_firms(nlp: Language, name: str) -> Firms:
    """No settings."""
    return Firms()
