"""RDF: N-Quads, TriG and JSON-LD keep the named graphs, Turtle merges them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.graph.graph import Graph
from kg.graph.vocabulary import prefixes


def nquads(graph: Graph) -> Iterator[bytes]:
    """Graph by graph, the lines of each in order; no more than one graph is in memory."""
    for name in graph.graphs():
        lines = _bytes(graph.quads(name), RdfFormat.N_QUADS).splitlines(keepends=True)
        yield b"".join(sorted(lines))


def trig(graph: Graph) -> Iterator[bytes]:
    """All graphs in order, with prefixes."""
    yield _bytes(_sorted(graph), RdfFormat.TRIG, prefixes(graph.iris))


def jsonld(graph: Graph) -> Iterator[bytes]:
    """All graphs in order, as flat JSON-LD."""
    yield _bytes(_sorted(graph), RdfFormat.JSON_LD) + b"\n"


def turtle(graph: Graph) -> Iterator[bytes]:
    """The union of all graphs, each triple once."""
    triples = {(str(q.subject), str(q.predicate), str(q.object)): q.triple for q in graph.quads()}
    ordered: list[Triple] = [triples[key] for key in sorted(triples)]
    yield _bytes(ordered, RdfFormat.TURTLE, prefixes(graph.iris))


def _sorted(graph: Graph) -> Iterator[Quad]:
    for name in graph.graphs():
        yield from sorted(graph.quads(name), key=str)


def _bytes(
    quads: Iterable[Quad] | Iterable[Triple], form: RdfFormat, names: dict[str, str] | None = None
) -> bytes:
    written = serialize(quads, format=form, prefixes=names)
    assert written is not None
    return written
