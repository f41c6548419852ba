"""To be written."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401


class Places:
    """To be written."""

    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("lz_places")
def make_places(nlp: Language, name: str) -> Places:
    """No settings."""
    return Places()
