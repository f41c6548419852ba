"""What lies under an IRI of the graph, as RDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox

from kg.graph.vocabulary import prefixes
from kg.ontology import ontology_dir
from kg.server.formats import GRAPHS, write_graph
from kg.server.jobs import Desk, Sink
from kg.server.refusal import Refusal
from kg.server.source import AnyGraph

# what is said of a thing, the claims about it with their evidence, and what is said of others in relation to it
_ABOUT = """
CONSTRUCT { ?s ?p ?o } WHERE {
  { VALUES ?s { <@@> } ?s ?p ?o }
  UNION { ?s rdf:subject <@@> ; ?p ?o }
  UNION { ?s rdf:object <@@> ; ?p ?o }
  UNION { VALUES ?o { <@@> } ?s ?p ?o . FILTER(?p NOT IN (lz:refersTo, rdf:subject, rdf:object)) }
}"""


def address(path: str, ending: str | None) -> str:
    """Where the document about `…/id/PATH` is: the page, or with an `ending` (ttl) the RDF."""
    return f"/page/{quote(path)}" if ending is None else f"/rdf/{quote(path)}.{ending}"


def form_of(path: str) -> tuple[str, str]:
    """What an address under /rdf/ is about and its media type. Raises Refusal (404) for an unknown ending."""
    stem, _, ending = path.rpartition(".")
    for media_type, (form, _) in GRAPHS.items():
        if stem and ending == form.ending:
            return stem, media_type
    endings = ", ".join(f".{form.ending}" for form, _ in GRAPHS.values())
    raise Refusal(404, f"an address under /rdf/ ends in one of {endings}")


def named(graph: AnyGraph, path: str) -> str:
    """The IRI of the resource at `…/id/PATH`. Raises Refusal (404) if the graph says nothing of it."""
    iri = graph.iris.entity(path)
    try:
        known = iri in graph.graphs() or bool(graph.answer(f"ASK {{ <{iri}> ?p ?o }}"))
    except ValueError:
        known = False
    if not known:
        raise Refusal(404, f"the graph says nothing of {path}")
    return iri


@dataclass(frozen=True, slots=True)
class Resource:
    """The RDF about `…/id/PATH`: of a graph its triples, of anything else what is said of it, with evidence."""

    path: str
    media_type: str

    def run(self, desk: Desk, sink: Sink) -> str:
        """Write it. Raises Refusal."""
        graph = desk.graph
        iri = named(graph, self.path)
        known = prefixes(graph.iris)
        return write_graph(self._triples(graph, iri), self.media_type, sink, desk.limits.rows, known)

    def _triples(self, graph: AnyGraph, iri: str) -> Iterator[ox.Triple]:
        if iri in graph.graphs():
            yield from (quad.triple for quad in graph.quads(iri))
            return
        answer = graph.answer(_ABOUT.replace("@@", iri))
        assert isinstance(answer, ox.QueryTriples)
        yield from answer


@dataclass(frozen=True, slots=True)
class Ontology:
    """The terms of the graph: the ontology as it is published."""

    accept: str

    def run(self, desk: Desk, sink: Sink) -> str:
        """Write it as RDF. Raises Refusal."""
        iris = desk.graph.iris
        text = iris.rebase((ontology_dir() / "lianzhu.ttl").read_text(encoding="utf-8"))
        triples = (quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE))
        return write_graph(triples, self.accept, sink, desk.limits.rows, prefixes(iris))
