"""The spaCy pipeline: made from a config file, run over articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_config, load_model_from_config, registry

from kg.errors import DataError
from kg.model import Article, Mention, Reading
from kg.nlp.weigh import install

DEFAULT_CONFIG = Path(__file__).parent / "default.cfg"

_MODULES = (
    "sentences tagger quantities dates places zones projects firms chains industries products people"
    " learned.component entities context relations confidence plugins.adopt plugins.model plugins.llm plugins.llm_facts"
)


def register_factories() -> None:
    """Import the modules whose factories the default config names."""
    from importlib import import_module

    for module in _MODULES.split():
        import_module(f"kg.nlp.{module}")


def make_pipeline(config: Path | None = None, model: Path | None = None) -> Language:
    """The pipeline of a spaCy config file (the package's own by default).

    The file need say only what is to be otherwise than in the package's own. `model` is the folder of another
    learned reader than the config names. Raises DataError if the file cannot be used.
    """
    register_factories()
    path = config or DEFAULT_CONFIG
    try:
        loaded = load_config(DEFAULT_CONFIG)
        if config is not None:
            loaded = loaded.merge(load_config(config))
        if model is not None:
            loaded["components"]["reader"]["model"] = str(model)
        return load_model_from_config(loaded, auto_fill=True)
    except (OSError, KeyError, ValueError) as error:
        reason = str(error).strip().splitlines()[0]
        raise DataError(f"the pipeline config {path} cannot be used: {reason}") from error


def config_of(folder: Path) -> str:
    """The text of a config: the package's pipeline with the tables and the reader that `kg train` wrote to a folder."""
    config = load_config(DEFAULT_CONFIG)
    config["nlp"]["before_creation"] = {"@callbacks": "lianzhu.tables.v1", "folder": str(folder / "tables")}
    config["components"]["reader"]["model"] = str(folder / "reader")
    return config.to_str()


def _tables(folder: str) -> Callable[[type[Language]], type[Language]]:
    """Has all components weigh guesses by the tables of a folder, for the whole process."""

    def install_them(language: type[Language]) -> type[Language]:
        install(Path(folder))
        return language

    return install_them


registry.callbacks.register("lianzhu.tables.v1", func=_tables)


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
