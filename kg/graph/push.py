"""Sending a graph to another SPARQL 1.1 store, by the Graph Store Protocol or by Update.

Each named graph is replaced as a whole. A graph of the store's own, `…/id/graph/pushed`, notes which graphs
arrived whole, with a digest of each: a push that was cut off goes on where it stopped, and a later one sends only
what has changed. The default graph is left to stores that show the union of all graphs there; others get the
union sent as well, for the queries of this package (and most people's) run on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol, TypeVar
from urllib.parse import quote

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, RdfFormat, serialize

from kg.errors import StoreError, UsageError
from kg.graph.endpoint import Endpoint
from kg.graph.graph import Graph
from kg.graph.http import Client, Login, address, said
from kg.graph.vocabulary import DCTERMS

Progress = Callable[[str, int, int], None]
_T = TypeVar("_T")

_BATCH = 5_000  # triples in a request
_NOTE_EVERY = 50  # graphs, after which it is noted which have arrived
_UPDATE_BATCH = 500  # Virtuoso compiles an update, and refuses long ones
_NOTED = f"<{DCTERMS}identifier>"
_UNION = "union"  # the note on the default graph

# where stores have the Graph Store Protocol, updates and queries: Oxigraph, Fuseki, Virtuoso, RDF4J and GraphDB
_PLACES = {
    "/store": ("store", "/query"),
    "/data": ("store", "/query"),
    "/sparql-graph-crud-auth": ("store", "/sparql"),
    "/sparql-graph-crud": ("store", "/sparql"),
    "/rdf-graphs/service": ("store", ""),
    "/update": ("update", "/query"),
    "/sparql-auth": ("update", "/sparql"),
    "/statements": ("update", ""),
}


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses of a store: where it is written to, by which protocol, and where it answers queries."""

    url: str
    update: bool
    query: str

    @classmethod
    def of(cls, url: str, query: str | None = None, update: bool | None = None) -> Places:
        """The places that follow from one address. Raises UsageError where they cannot be told from it."""
        url = address(url).rstrip("/")
        for ending, (kind, sibling) in _PLACES.items():
            if url.endswith(ending):
                guessed = url.removesuffix(ending) + sibling
                return cls(url, kind == "update" if update is None else update, query or guessed)
        if query is None:
            known = ", ".join(f"…{ending}" for ending in _PLACES)
            raise UsageError(
                f"{url}: cannot tell where this store answers queries; name it with --query URL "
                f"(told from addresses that end in {known})"
            )
        return cls(url, bool(update), address(query))


@dataclass(slots=True)
class Pushed:
    """What a push did: graphs sent, left as they were and removed, triples sent, and what became of the union."""

    sent: int = 0
    kept: int = 0
    removed: int = 0
    triples: int = 0
    union: str = "of the store"  # or: filled, kept


def push(
    graph: Graph, places: Places, *, login: Login | None = None, progress: Progress | None = None
) -> Pushed:
    """Make the store hold this graph: what has changed is sent, what is gone is removed, the rest stays.

    Graphs of the store that are not of this graph are not touched. Raises StoreError when the store cannot be
    reached, refuses, or holds other than what was sent; what has arrived by then is kept and noted.
    """
    client = Client(login)
    endpoint = Endpoint(places.query, login=login, iris=graph.iris)
    writer: _Writer = (_Updates if places.update else _GraphStore)(client, places.url)
    try:
        return _Push(graph, endpoint, writer, progress or (lambda *_: None)).run()
    finally:
        endpoint.close()
        client.close()


class _Push:
    """One run; `notes` are the digests of what the store holds whole."""

    def __init__(self, graph: Graph, endpoint: Endpoint, writer: _Writer, progress: Progress) -> None:
        self._graph, self._endpoint, self._writer, self._tell = graph, endpoint, writer, progress
        self._book = graph.iris.graph("pushed")
        self._notes: dict[str, str] = {}
        self._done = self._total = 0

    def run(self) -> Pushed:
        report = Pushed()
        self._notes = self._noted()
        digests, sizes = {}, {}
        for name in self._graph.graphs():
            lines = _lines(self._graph.quads(name))
            digests[name], sizes[name] = hashlib.sha256(b"".join(lines)).hexdigest(), len(lines)
            self._tell("compare", len(digests), len(self._graph.graphs()))
        changed = [name for name in digests if self._notes.get(name) != digests[name]]
        gone = sorted(self._notes.keys() - digests.keys() - {self._union})
        report.sent, report.removed, report.kept = len(changed), len(gone), len(digests) - len(changed)
        report.triples = sum(sizes[name] for name in changed)
        self._total = report.triples
        for name in (*changed, *gone):
            self._notes.pop(name, None)
        if changed or gone:
            self._write_notes()
        for name in gone:
            self._writer.remove(name)
        self._send(changed, digests)
        self._check(changed, sizes)
        report.union = self._fill_union(digests)
        return report

    @property
    def _union(self) -> str:
        return self._graph.iris.graph(_UNION)

    def _send(self, names: Sequence[str], digests: dict[str, str]) -> None:
        unnoted = 0
        try:
            for name in names:
                self._replace(name, _lines(self._graph.quads(name)))
                self._notes[name] = digests[name]
                unnoted += 1
                if unnoted == _NOTE_EVERY:
                    self._write_notes()
                    unnoted = 0
        finally:
            if unnoted:
                self._write_notes()

    def _replace(self, name: str | None, lines: Iterable[bytes]) -> None:
        self._writer.remove(name)
        for part in _parts(lines, self._writer.batch):
            self._writer.add(name, part)
            self._done += len(part)
            self._tell("push", min(self._done, self._total), self._total)

    def _noted(self) -> dict[str, str]:
        query = f"SELECT ?graph ?digest WHERE {{ GRAPH <{self._book}> {{ ?graph {_NOTED} ?digest }} }}"
        answer = self._endpoint.answer(query)
        assert isinstance(answer, QuerySolutions)
        return {row["graph"].value: row["digest"].value for row in answer}

    def _write_notes(self) -> None:
        lines = [f'<{name}> {_NOTED} "{digest}" .\n'.encode() for name, digest in sorted(self._notes.items())]
        self._writer.remove(self._book)
        for part in _parts(lines, self._writer.batch):
            self._writer.add(self._book, part)

    def _check(self, names: Sequence[str], sizes: dict[str, int]) -> None:
        """StoreError where the store holds another number of triples than was sent."""
        for some in _batches(names, 200):
            graphs = " ".join(str(NamedNode(name)) for name in some)
            answer = self._endpoint.answer(
                f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ {graphs} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
            )
            assert isinstance(answer, QuerySolutions)
            held = {row["g"].value: int(row["n"].value) for row in answer}
            for name in some:
                if held.get(name, 0) != sizes[name]:
                    self._notes.pop(name, None)
                    self._write_notes()
                    raise StoreError(
                        f"{self._endpoint.url}: holds {held.get(name, 0)} of the {sizes[name]} triples of {name}; "
                        "push again"
                    )

    def _fill_union(self, digests: dict[str, str]) -> str:
        """Put the union into the default graph, where the store does not show it there by itself."""
        digest = hashlib.sha256("".join(sorted(digests.values())).encode()).hexdigest()
        ours = self._notes.get(self._union)
        if ours == digest:
            return "kept"
        if ours is None:
            if self._ask("?article a lz:Article"):
                return "of the store"
            if self._ask("?s ?p ?o"):
                raise StoreError(
                    f"{self._endpoint.url}: all graphs have arrived, but the default graph holds other triples and "
                    "is not their union; empty it and push again, or have the store show the union there"
                )
        self._notes[self._union] = "begun"
        self._write_notes()
        lines = list(chain.from_iterable(_lines(self._graph.quads(name)) for name in self._graph.graphs()))
        union = list(dict.fromkeys(lines))
        self._done, self._total = 0, len(union)
        self._replace(None, union)
        self._notes[self._union] = digest
        self._write_notes()
        return "filled"

    def _ask(self, pattern: str) -> bool:
        answer = self._endpoint.answer(f"ASK {{ {pattern} }}")
        assert isinstance(answer, QueryBoolean)
        return bool(answer)


class _Writer(Protocol):
    """Writes graphs; None is the default graph."""

    batch: int

    def remove(self, name: str | None) -> None: ...
    def add(self, name: str | None, lines: Sequence[bytes]) -> None: ...


class _GraphStore:
    """The SPARQL 1.1 Graph Store HTTP Protocol."""

    batch = _BATCH

    def __init__(self, client: Client, url: str) -> None:
        self._client, self._url = client, url

    def remove(self, name: str | None) -> None:
        """Empty a graph; none there is as good."""
        answer = self._client.send("DELETE", self._at(name))
        if not answer.ok and answer.status_code != 404:
            raise _refused(self._url, answer.status_code, said(answer))

    def add(self, name: str | None, lines: Sequence[bytes]) -> None:
        """Add triples (N-Triples, so Turtle) to a graph."""
        answer = self._client.send(
            "POST",
            self._at(name),
            data=b"".join(lines),
            headers={"Content-Type": "text/turtle; charset=utf-8"},
        )
        if not answer.ok:
            raise _refused(self._url, answer.status_code, said(answer))

    def _at(self, name: str | None) -> str:
        return f"{self._url}?default" if name is None else f"{self._url}?graph={quote(name, safe='')}"


class _Updates:
    """SPARQL 1.1 Update."""

    batch = _UPDATE_BATCH

    def __init__(self, client: Client, url: str) -> None:
        self._client, self._url = client, url

    def remove(self, name: str | None) -> None:
        """Empty a graph; none there is as good."""
        self._run(b"DROP SILENT DEFAULT" if name is None else f"DROP SILENT GRAPH <{name}>".encode())

    def add(self, name: str | None, lines: Sequence[bytes]) -> None:
        """Add triples to a graph."""
        triples = b"".join(lines)
        into = triples if name is None else b"GRAPH <" + name.encode() + b"> {\n" + triples + b"}"
        self._run(b"INSERT DATA {\n" + into + b"}")

    def _run(self, update: bytes) -> None:
        answer = self._client.send(
            "POST",
            self._url,
            data=update,
            headers={"Content-Type": "application/sparql-update; charset=utf-8"},
        )
        if not answer.ok:
            raise _refused(self._url, answer.status_code, said(answer))


def _refused(url: str, status: int, why: str) -> StoreError:
    return StoreError(f"{url}: refused what was sent ({status}: {why}); push again to go on from there")


def _lines(quads: Iterable[Quad]) -> list[bytes]:
    """Triples as lines of N-Triples, in order."""
    written = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    assert written is not None
    return sorted(written.splitlines(keepends=True))


def _parts(lines: Iterable[bytes], size: int) -> Iterator[Sequence[bytes]]:
    """Lines in parts of about that size; all that have blank nodes are in the first: these hold within a request."""
    blank: list[bytes] = []
    rest: list[bytes] = []
    for line in lines:
        (blank if line.startswith(b"_:") or b"> _:" in line else rest).append(line)
    first = [*blank, *rest[: max(0, size - len(blank))]]
    if first:
        yield first
    yield from _batches(rest[max(0, size - len(blank)) :], size)


def _batches(many: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    for start in range(0, len(many), size):
        yield many[start : start + size]
