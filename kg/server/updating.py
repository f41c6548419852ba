"""Updates: each makes a new generation of the graph, as a build does, so readers never see half of one.

The default graph of an update reads as that of a query, the union of all graphs; what it inserts without
naming a graph goes into one of its own, `…/id/additions`, and what it deletes without naming a graph is deleted
from there. A build writes its own graphs anew and keeps all others.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.errors import StoreError, UsageError
from kg.graph import sparql
from kg.graph.iris import Iris
from kg.graph.store import drafting, hold
from kg.graph.vocabulary import prefixes
from kg.server.refusal import Refusal
from kg.server.rewriting import fetches, only_inserts, with_dataset

_UNNAMED = DefaultGraph()


def update(path: Path, text: str, default: Sequence[str], named: Sequence[str], base: str | None) -> None:
    """Carry out an update on the graph at `path`, as a whole or not at all.

    Raises UsageError for bad SPARQL and for what would reach beyond the graph, Refusal (503) while a build or
    another server writes, StoreError if the disk refuses.
    """
    sparql.check(text, ())
    if fetches(text):
        raise UsageError("LOAD is refused: nothing is fetched; send the data with INSERT DATA")
    text = with_dataset(text, default, named)
    try:
        with drafting(path) as draft:
            held = hold(path)
            try:
                _copy(held.folder, draft.folder)
                iris = Iris(held.manifest.ontology_base, held.manifest.id_base)
                after = Store(str(draft.folder / "store"))
                additions, known = NamedNode(iris.additions), prefixes(iris)
                if only_inserts(text):  # what is new is known without a look at all that is there
                    quads = held.manifest.quads + _insert(after, text, base, known, additions)
                else:
                    _run(after, text, base, known)
                    quads = _settle(Store.read_only(str(held.folder / "store")), after, additions)
                after.flush()
                del after
                draft.commit(replace(held.manifest, generation=draft.generation, quads=quads))
            finally:
                held.release()
    except StoreError as error:
        if "another build" in str(error):
            raise Refusal(503, "the graph is being written; try again", 10) from error
        raise


def _run(store: Store, text: str, base: str | None, known: dict[str, str]) -> None:
    try:
        store.update(text, base_iri=base, prefixes=known)
    except SyntaxError as error:
        raise UsageError(f"cannot read the update: {sparql.fault(text, error)}") from error
    except OSError as error:
        raise UsageError(f"the update fails: {error}") from error


def _insert(store: Store, text: str, base: str | None, known: dict[str, str], additions: NamedNode) -> int:
    """Insert what an update of INSERT DATA holds; how many quads of the named graphs are new."""
    data = Store()
    _run(data, text, base, known)
    placed = (
        Quad(q.subject, q.predicate, q.object, additions if q.graph_name == _UNNAMED else q.graph_name)
        for q in data
        if q.graph_name != _UNNAMED or q not in store
    )
    new = [quad for quad in placed if quad not in store]
    store.extend(new)
    store.extend(map(_plain, new))
    return len(new)


def _settle(before: Store, after: Store, additions: NamedNode) -> int:
    """Move what the update did to the unnamed graph to `additions`, and make the unnamed one the union again.

    Returns how many quads the named graphs hold.
    """
    new = [Quad(q.subject, q.predicate, q.object, additions) for q in _unnamed(after) if q not in before]
    gone = [
        quad
        for quad in after.quads_for_pattern(None, None, None, additions)
        if (plain := _plain(quad)) in before and plain not in after
    ]
    after.extend(new)
    for quad in gone:
        after.remove(quad)
    after.clear_graph(_UNNAMED)
    counted = count()
    after.bulk_extend(_plain(quad) for quad, _ in zip(_named(after), counted, strict=False))
    return next(counted)


def _plain(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)


def _unnamed(store: Store) -> Iterator[Quad]:
    return store.quads_for_pattern(None, None, None, _UNNAMED)


def _named(store: Store) -> Iterator[Quad]:
    for name in store.named_graphs():
        yield from store.quads_for_pattern(None, None, None, name)


def _copy(old: Path, new: Path) -> None:
    """The files of a generation into a new one; tables of the store are never written again, so they are linked."""
    for source in sorted(old.rglob("*")):
        target = new / source.relative_to(old)
        if source.is_dir():
            target.mkdir()
        elif not (source.suffix == ".sst" and _linked(source, target)):
            shutil.copyfile(source, target)


def _linked(source: Path, target: Path) -> bool:
    with suppress(OSError):  # a file system without links
        os.link(source, target)
        return True
    return False
