"""The chain templates that a graph was built with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions

from kg.graph import Queryable
from kg.ontology import NAMESPACE, TIERS, Segment, Statements, Template, templates_from

_CHAIN = "产业链"
_TEMPLATES = """
SELECT ?s ?p ?o WHERE { VALUES ?kind { lz:ChainTemplate lz:Segment } ?s a ?kind ; ?p ?o }"""

_READ: WeakKeyDictionary[Queryable, tuple[Template, ...]] = WeakKeyDictionary()  # an open graph never changes


def templates_of(graph: Queryable) -> tuple[Template, ...]:
    """The templates in a graph's reference graph, by id: those of the package and those a user added.

    Segments come upstream first, and within a tier as they feed one another.
    """
    if graph not in _READ:
        _READ[graph] = _read(graph)
    return _READ[graph]


def _read(graph: Queryable) -> tuple[Template, ...]:
    base, statements = graph.iris.ontology_base, Statements([])
    told = []
    answer = graph.answer(_TEMPLATES)
    assert isinstance(answer, QuerySolutions)
    for subject, predicate, value in answer:
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | BlankNode | Literal):
            moved = NamedNode(_moved(value.value, base)) if isinstance(value, NamedNode) else value
            told.append((subject.value, _moved(predicate.value, base), moved))
    for about, predicate, moved in sorted(told, key=lambda one: (one[0], one[1], one[2].value)):
        statements.add(about, predicate, moved)
    return tuple(replace(t, segments=_in_order(t.segments)) for t in templates_from(statements))


def template_named(name: str, templates: Sequence[Template]) -> Template | None:
    """The template of an id, a label or an alias (光伏, 光伏产业链, pv)."""
    bare = _bare(name)
    for template in templates:
        names = (template.id, template.label_zh, template.label_en, *template.aliases)
        if name in names or bare in map(_bare, names):
            return template
    return None


def _in_order(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    depth = {segment.id: 0 for segment in segments}
    for _ in segments:  # no path is longer; circles (which `kg chains check` refuses) end here too
        before = dict(depth)
        for segment in segments:
            for fed in segment.feeds:
                if fed in depth:
                    depth[fed] = max(depth[fed], depth[segment.id] + 1)
        if before == depth:
            break
    return tuple(
        sorted(
            segments,
            key=lambda s: (TIERS.index(s.tier), s.branch != "mainBranch", depth[s.id], s.id),
        )
    )


def _bare(name: str) -> str:
    return name.removesuffix(_CHAIN).removesuffix("链").casefold()


def _moved(iri: str, base: str) -> str:
    """A term of a graph whose ontology has another base, as the package's files write it."""
    return NAMESPACE + iri.removeprefix(base) if base != NAMESPACE and iri.startswith(base) else iri
