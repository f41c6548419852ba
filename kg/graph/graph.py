"""A graph that is open for reading."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pyoxigraph import NamedNode, Quad, Store

from kg.errors import StoreError, UsageError
from kg.graph import readings, sparql
from kg.graph.iris import Iris
from kg.graph.sparql import Answer
from kg.graph.state import FILE, Kept, Rejected, State, read_state
from kg.graph.store import Held, hold
from kg.graph.vocabulary import prefixes
from kg.model import Decision, Reading

if TYPE_CHECKING:
    import rdflib


class Graph:
    """A graph in a folder. Make one with `Graph.open`; close it, or use it in a `with` statement."""

    def __init__(self, held: Held, store: Store) -> None:
        self._held = held
        self._store: Store | None = store
        self.path = held.path
        self.iris = Iris(held.manifest.ontology_base, held.manifest.id_base)
        self._graphs = frozenset(name.value for name in store.named_graphs())
        self._prefixes = prefixes(self.iris)

    @classmethod
    def open(cls, path: Path | str, *, memory: bool = False) -> Self:
        """Open the graph in a folder, as it is now: a build that ends later does not change it.

        With `memory` it is copied to memory first, for quicker queries. Raises StoreError, one line, if
        there is no graph, it was written by a newer version, or it cannot be read.
        """
        held = hold(Path(path))
        try:
            store = Store.read_only(str(held.folder / "store"))
            if memory:
                copy = Store()
                copy.bulk_extend(store)
                held.release()
                store = copy
        except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: RocksDB found files missing
            held.release()
            raise StoreError(f"{path}: cannot open the graph: {error}; build it again") from error
        return cls(held, store)

    @property
    def _open(self) -> Store:
        if self._store is None:
            raise StoreError(f"{self.path}: this graph was closed; open it again")
        return self._store

    def answer(
        self, query: str, *, base: str | None = None, default: Sequence[str] = (), named: Sequence[str] = ()
    ) -> Answer:
        """Oxigraph's answer to a SPARQL query over the union of all graphs (or over what its FROM names).

        The prefixes of `kg.graph.vocabulary.prefixes` need no declaration. Relative IRIs are resolved against
        `base`. Where `default` or `named` name graphs, these make up the dataset whatever the query says.
        Raises UsageError for bad SPARQL, an update, or a query that would reach beyond this graph.
        """
        store = self._open
        sparql.check(query, self._graphs)
        sparql.check_dataset((*default, *named), self._graphs)
        try:
            if default or named:
                return store.query(
                    query,
                    base_iri=base,
                    prefixes=self._prefixes,
                    default_graph=[NamedNode(name) for name in default],
                    named_graphs=[NamedNode(name) for name in named],
                )
            return store.query(
                query, base_iri=base, prefixes=self._prefixes
            )  # the unnamed graph holds the union
        except SyntaxError as error:
            raise UsageError(f"cannot read the query: {sparql.fault(query, error)}") from error
        except OSError as error:
            raise StoreError(f"{self.path}: cannot read the graph: {error}") from error

    def rdflib(self) -> rdflib.Dataset:
        """The same quads as an rdflib Dataset to read, without a copy, the prefixes bound.

        Its default graph is the union of the named graphs, as in `answer`. It ends with this graph.
        """
        from kg.graph.rdflib_view import dataset

        return dataset(self._open, self._prefixes, self._graphs)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, in order."""
        return sorted(self._graphs)

    def articles(self) -> list[str]:
        """The IRIs of the articles, each of which names the graph of what it says, in order."""
        return [name for name in self.graphs() if name.startswith(self.iris.article(""))]

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """The quads of one named graph, or of all (graph by graph), in no particular order within a graph."""
        for name in self.graphs() if graph is None else [graph]:
            yield from self._open.quads_for_pattern(None, None, None, NamedNode(name))

    def readings(self) -> Iterator[Reading]:
        """What was read from the articles, as it was before linking, in order of source."""
        pool = readings.Pool(self.path)
        with self._state() as state:
            kept = list(state.sources().values())
        for source in kept:
            yield from pool.load(source.readings)

    def sources(self) -> dict[str, Kept]:
        """The sources whose articles the graph holds, by id."""
        with self._state() as state:
            return state.sources()

    def rejected(self) -> tuple[Rejected, ...]:
        """The claims and mentions that the build set aside, with the reason."""
        with self._state() as state:
            return tuple(state.rejected())

    def decisions(self, entity: str = "") -> tuple[Decision, ...]:
        """Which names were, or were not, taken for one thing, and why, least certain first.

        With `entity` (an IRI), those alone that are about it.
        """
        from kg.link import Corpus  # here, since most commands need it not

        path = self.iris.entity_id(entity) if entity else ""
        with self._state() as state:
            return tuple(Corpus.reading(state.db).decisions(path or ""))

    @contextmanager
    def _state(self) -> Iterator[State]:
        state = read_state(self._held.folder / FILE)
        try:
            yield state
        except sqlite3.Error as error:
            raise StoreError(
                f"{self._held.folder / FILE}: cannot be read: {error}; build the graph again"
            ) from error
        finally:
            state.db.close()

    def info(self) -> dict[str, Any]:
        """What the graph holds: format, version and generation, and counts by kind."""
        return asdict(self._held.manifest)

    def close(self) -> None:
        """Let go of the graph's files."""
        self._store = None
        self._held.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
