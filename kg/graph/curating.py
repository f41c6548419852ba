"""Which lines of a graph's curation apply to it, and which do not (any longer)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.curation import CURATED, Curation, Finding, Line, Reject, load_curation
from kg.curation.facts import sentences
from kg.graph.state import FILE, State, read_state
from kg.graph.store import hold
from kg.link import Corpus
from kg.link.curated import Directives


def findings(state: State, corpus: Corpus, curation: Curation) -> list[Finding]:
    """The lines that did not apply when the graph was linked and written, with the reason."""
    rejects = (found for line in curation.reject if (found := _rejection(state, line)) is not None)
    return [*Directives(corpus, curation).findings(), *rejects, *_facts(state, curation)]


def _facts(state: State, curation: Curation) -> Iterator[Finding]:
    """The facts that people added and that break the graph's contract."""
    aside = {(r.article, r.quote): r for r in state.rejected() if r.article.partition("/")[0] == CURATED}
    for article, sentence, line in sentences(curation):
        if (rejected := aside.get((article, sentence))) is not None:
            yield Finding(line, f"搁置：{rejected.reason}", f"set aside: {rejected.reason_en}")


def _rejection(state: State, line: Reject) -> Finding | None:
    if not articles_of(state, line.article):
        return Finding(line, f"图谱里没有“{line.article}”", f"the graph holds no {line.article}")
    if not state.used(str(line)):
        return Finding(line, "文章里没有读出这一条", "the article was not read to say this")
    return None


def articles_of(state: State, name: str) -> set[str]:
    """The article of an id, or all articles of a source."""
    return {name} if state.source_of(name) else set(state.articles(name))


def lines_of(path: Path) -> list[tuple[Line, Finding | None]]:
    """The lines of the curation of the graph at `path`, each with the reason if it does not apply to the graph.

    Raises as `load_curation` and `hold` do.
    """
    curation = load_curation(path)
    with _state(path) as state:
        found = {finding.line: finding for finding in findings(state, Corpus.reading(state.db), curation)}
    return [(line, found.get(line)) for line in curation.lines]


def unclear(path: Path, line: Line) -> list[Finding]:
    """The names of a line that stand for nothing in the graph at `path`, or for several things."""
    with _state(path) as state:
        return list(Directives(Corpus.reading(state.db), Curation()).unclear(line))


@contextmanager
def _state(path: Path) -> Iterator[State]:
    held = hold(path)
    try:
        state = read_state(held.folder / FILE)
        try:
            yield state
        finally:
            state.db.close()
    finally:
        held.release()
