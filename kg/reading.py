"""One source through `read` and `nlp`: its readings, or the reason why there are none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DataError, KgError
from kg.model import Article, Reading
from kg.read import read_source
from kg.timing import timed

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of reading a source: `readings`, or in one line why there are none; seconds by step."""

    readings: tuple[Reading, ...] = ()
    failure: str | None = None
    spent: dict[str, float] = field(default_factory=dict)


@cache
def _pipeline(config: Path | None) -> Language:
    """The pipeline, made once a process."""
    try:
        with _to_stay():
            from kg.nlp import make_pipeline

            return make_pipeline(config)
    except KgError:
        raise
    except Exception as error:  # a component from elsewhere may fail in any way as it loads
        raise DataError(
            f"{config or 'the built-in pipeline'}: cannot be loaded ({_named(error)}); mend its components"
        ) from error


@contextmanager
def _to_stay() -> Iterator[None]:
    """What is loaded inside stays as long as the program does: the garbage collector is not to look at it again."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if at_work:
            gc.enable()


def read_one(path: Path, config: Path | None) -> Outcome:
    """Read one source. A fault in it, of whatever kind, stays its own: it becomes the `failure`.

    Raises DataError if the pipeline of `config` cannot be made.
    """
    spent: dict[str, float] = {}
    with timed(spent, "load"):
        nlp = _pipeline(config)
    try:
        with timed(spent, "read"):
            articles = read_source(path)
        return Outcome(tuple(_read(articles, nlp, spent)), spent=spent)
    except KgError as error:
        return Outcome(failure=str(error), spent=spent)
    except Exception as error:  # one odd text must not cost a corpus
        reason = f"{path}: reading it failed unexpectedly ({_named(error)}); please report this with the file"
        return Outcome(failure=reason, spent=spent)


def _read(articles: list[Article], nlp: Language, spent: dict[str, float]) -> Iterator[Reading]:
    """The components one by one, as spaCy runs them, to see how long each takes and what it really raises."""
    from kg.nlp import make_doc, reading

    for article in articles:
        doc = make_doc(nlp, article)
        for name, component in nlp.pipeline:
            with timed(spent, name):
                doc = component(doc)
        yield reading(doc)


def _named(error: Exception) -> str:
    """An exception in one line: its kind and the first line of what it says."""
    said = str(error).strip().splitlines()
    return f"{type(error).__name__}: {said[0]}" if said else type(error).__name__
