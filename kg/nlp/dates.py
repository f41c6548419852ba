"""To be written."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401


class Dates:
    """To be written."""

    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("lz_dates")
def make_dates(nlp: Language, name: str) -> Dates:
    """No settings."""
    return Dates()
