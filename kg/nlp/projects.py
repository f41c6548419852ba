"""To be written."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401


class Projects:
    """To be written."""

    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("lz_projects")
def make_projects(nlp: Language, name: str) -> Projects:
    """No settings."""
    return Projects()
