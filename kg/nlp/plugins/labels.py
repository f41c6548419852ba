"""From the labels of others to the types of the ontology."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Doc, Span

from kg.errors import DataError
from kg.model import EntityType
from kg.nlp.plugins.setting_aside import put_aside
from kg.nlp.spotting import propose

TYPES = tuple(str(t) for t in EntityType)


def checked(component: str, labels: Mapping[str, str]) -> dict[str, str]:
    """A table of labels whose every value is a type; an empty one takes each type for itself.

    Raises DataError naming the component and the value that is no type.
    """
    for label, type_ in labels.items():
        if type_ not in TYPES:
            known = ", ".join(TYPES)
            raise DataError(f"pipeline config, {component}: label {label!r} is {type_!r}, none of {known}")
    return dict(labels) or {t: t for t in TYPES}


def take(
    doc: Doc, component: str, spans: Iterable[Span], labels: Mapping[str, str], score: float, offset: int = 0
) -> None:
    """Propose the spans (of this document, or of a text that begins at `offset` of it) as candidates.

    A label that the table does not have, or a stretch that is none of the document, is set aside.
    """
    text = doc.text
    for span in spans:
        start, end = offset + span.start_char, offset + span.end_char
        if span.label_ not in labels:
            put_aside(doc, component, span.text, f"label {span.label_!r} is not in the table of labels")
        elif text[start:end] != span.text or not span.text.strip():
            put_aside(doc, component, span.text, "is not in the text at its offsets")
        else:
            propose(doc, start, end, labels[span.label_], score, f"{component}.{span.label_}")
