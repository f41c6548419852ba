"""To be written."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401


class Quantities:
    """To be written."""

    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("lz_quantities")
def make_quantities(nlp: Language, name: str) -> Quantities:
    """No settings."""
    return Quantities()
