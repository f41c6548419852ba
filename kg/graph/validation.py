"""Whether a graph keeps its contract: the SHACL shapes of `ontology/shapes.ttl` are the one statement of it.

pySHACL checks on rdflib graphs in memory, a batch of articles at a time. Constraints in SPARQL (`sh:sparql`)
it would answer with rdflib, which takes seconds where Oxigraph takes milliseconds; so those whose shape has
target nodes are asked of Oxigraph, over the same batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyshacl
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store
from rdflib.namespace import SH

from kg.errors import DataError
from kg.graph.graph import Graph
from kg.graph.iris import Iris
from kg.graph.vocabulary import LABEL, TYPE, XSD
from kg.ontology import shapes_file

# so many quads at once: some constraints in SPARQL take time by the square of it
BATCH = 15_000


@dataclass(frozen=True, slots=True)
class Violation:
    """A node of the graph (its IRI) that breaks a rule, and the rule in words."""

    focus: str
    message: str
    message_en: str = ""

    def text(self, lang: str) -> str:
        """The message in `zh` or `en`."""
        return self.message_en if lang == "en" and self.message_en else self.message


class Shapes:
    """The shapes, parsed once, to check many batches with."""

    def __init__(self, iris: Iris) -> None:
        """Read the shapes; DataError if the file is missing or broken."""
        self._iris = iris
        file = shapes_file()
        try:
            text = iris.rebase(file.read_text(encoding="utf-8"))
            self._core = rdflib.Graph().parse(data=text, format="turtle")
        except (OSError, ValueError, SyntaxError) as error:
            raise DataError(f"{file}: cannot read the shapes: {error}; install lianzhu again") from error
        self._questions = list(_questions(self._core))
        for shape, constraint in {(shape, constraint) for shape, constraint, *_ in self._questions}:
            self._core.remove((shape, SH.sparql, constraint))
        _hoist(self._core)

    def check(self, quads: Iterable[Quad]) -> list[Violation]:
        """What in a batch breaks the shapes, in order of node.

        `quads` are article graphs with the types and labels of their entities. The focus of a violation
        is the claim, mention or other node at fault.
        """
        batch = list(quads)
        found = {*self._ask(batch), *self._run(batch)}
        return sorted(found, key=lambda violation: (violation.focus, violation.message))

    def _ask(self, quads: list[Quad]) -> Iterator[Violation]:
        """The constraints in SPARQL."""
        store = Store()
        store.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        for _, _, query, said in self._questions:
            answer = store.query(query)
            assert isinstance(answer, QuerySolutions)
            for solution in answer:
                value = solution["value"]
                if isinstance(value, NamedNode):
                    yield Violation(value.value, *said)

    def _run(self, quads: list[Quad]) -> Iterator[Violation]:
        """The constraints of SHACL Core."""
        data = rdflib.Graph()
        for quad in quads:
            data.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
        conforms, report, _ = pyshacl.validate(data, shacl_graph=self._core, inplace=True)
        if conforms:
            return
        if not isinstance(report, rdflib.Graph):
            raise DataError(f"{shapes_file()}: the shapes cannot be used: {report}")
        for result in report.objects(None, SH.result):
            focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
            # a shape that has a term of ours as its target names the node at fault as the value
            if str(focus).startswith(self._iris.ontology_base) and value is not None:
                focus = value
            yield Violation(str(focus), *_said(report.objects(result, SH.resultMessage)))


def _hoist(shapes: rdflib.Graph) -> None:
    """Give property shapes the targets of their node shape, which means the same.

    pySHACL then checks each once for all focus nodes, and not once for every focus node.
    """
    for owner, shape in list(shapes.subject_objects(SH.property)):
        targets = [(p, o) for p in (SH.targetClass, SH.targetNode) for o in shapes.objects(owner, p)]
        for predicate, target in targets:
            shapes.add((shape, predicate, target))
        if targets:
            shapes.remove((owner, SH.property, shape))


def _questions(shapes: rdflib.Graph) -> Iterator[tuple[Any, Any, str, tuple[str, str]]]:
    """The shape, constraint, SPARQL and messages of each `sh:sparql` for each target node, `$this` filled in."""
    for shape, constraint in sorted(shapes.subject_objects(SH.sparql), key=str):
        targets = sorted(shapes.objects(shape, SH.targetNode), key=str)
        prefixes = "".join(
            f"PREFIX {shapes.value(declared, SH.prefix)}: <{shapes.value(declared, SH.namespace)}>\n"
            for owner in shapes.objects(constraint, SH.prefixes)
            for declared in shapes.objects(owner, SH.declare)
        )
        select = str(shapes.value(constraint, SH.select))
        said = _said(shapes.objects(constraint, SH.message))
        for target in targets:
            query = prefixes + select.replace("SELECT $this", "SELECT").replace("$this", f"<{target}>")
            yield shape, constraint, query, said


def _said(messages: Iterable[Any]) -> tuple[str, str]:
    """Messages in Chinese and in English; where there is none in Chinese, the other."""
    by_language = {getattr(message, "language", None): str(message) for message in messages}
    english = by_language.get("en") or by_language.get(None, "")
    return by_language.get("zh") or english, english


def validate(graph: Graph, lang: str = "zh") -> tuple[Violation, ...]:
    """What in a graph breaks its contract, in order of node; the messages in `zh` or `en`.

    Articles are checked batch by batch. What a build set aside is not in the graph: see `Graph.rejected`.
    """
    iris, shapes = graph.iris, Shapes(graph.iris)
    types = _entities(graph)
    found: set[Violation] = set()
    for batch in _batches(graph):
        found.update(shapes.check([*batch, *about(batch, types)]))
    found.update(shapes.check(graph.quads(iris.graph("reference"))))
    derived = list(graph.quads(iris.graph("derived")))
    found.update(shapes.check([*derived, *about(derived, types)]))
    told = (Violation(violation.focus, violation.text(lang)) for violation in found)
    return tuple(sorted(told, key=lambda violation: (violation.focus, violation.message)))


def about(quads: Iterable[Quad], entities: Mapping[str, list[Quad]]) -> Iterator[Quad]:
    """The types and labels of the entities that some quads speak of."""
    named = {
        term.value for quad in quads for term in (quad.subject, quad.object) if isinstance(term, NamedNode)
    }
    for name in sorted(named & entities.keys()):
        yield from entities[name]


def _entities(graph: Graph) -> dict[str, list[Quad]]:
    entities: dict[str, list[Quad]] = defaultdict(list)
    for quad in graph.quads(graph.iris.graph("entities")):
        if quad.predicate in (TYPE, LABEL) and isinstance(quad.subject, NamedNode):
            entities[quad.subject.value].append(quad)
    return entities


def _batches(graph: Graph) -> Iterator[list[Quad]]:
    batch: list[Quad] = []
    for article in graph.articles():
        batch += graph.quads(article)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    yield batch


def _term(term: object) -> Any:
    match term:
        case NamedNode():
            return rdflib.URIRef(term.value)
        case Literal():
            if term.language:
                return rdflib.Literal(term.value, lang=term.language)
            if term.datatype.value == XSD + "string":  # rdflib takes "CNY" and "CNY"^^xsd:string for two
                return rdflib.Literal(term.value)
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
        case _:
            return rdflib.BNode(getattr(term, "value", ""))
