"""The spaCy pipeline: made from a config file, run over articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_config, load_model_from_config

from kg.errors import DataError
from kg.model import Article, Mention, Reading

DEFAULT_CONFIG = Path(__file__).parent / "default.cfg"

_MODULES = (
    "sentences tagger quantities dates places zones projects firms chains industries products people entities"
    " context relations"
)


def register_factories() -> None:
    """Import the modules whose factories the default config names."""
    from importlib import import_module

    for module in _MODULES.split():
        import_module(f"kg.nlp.{module}")


def make_pipeline(config: Path | None = None) -> Language:
    """The pipeline of a spaCy config file (the package's own by default).

    Raises DataError if the file cannot be used.
    """
    register_factories()
    path = config or DEFAULT_CONFIG
    try:
        return load_model_from_config(load_config(path), auto_fill=True)
    except (OSError, ValueError) as error:
        reason = str(error).strip().splitlines()[0]
        raise DataError(f"the pipeline config {path} cannot be used: {reason}") from error


def make_doc(nlp: Language, article: Article) -> Doc:
    """An unread `Doc` of an article."""
    doc = nlp.make_doc(article.body)
    doc._.article = article
    return doc


def reading(doc: Doc) -> Reading:
    """What the pipeline found in a `Doc`."""
    mentions = tuple(
        Mention(span.start_char, span.end_char, doc._.article.body[span.start_char : span.end_char], span.id_)
        for span in doc.spans.get("entities", ())
    )
    return Reading(
        article=doc._.article,
        entities=tuple(doc._.entities.values()),
        mentions=tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.entity))),
        claims=tuple(doc._.claims),
    )


def read(nlp: Language, articles: Iterable[Article]) -> Iterator[Reading]:
    """Readings of articles, in order, one at a time."""
    for article in articles:
        yield reading(nlp(make_doc(nlp, article)))


__all__ = ["DEFAULT_CONFIG", "make_doc", "make_pipeline", "read", "reading", "spacy"]
