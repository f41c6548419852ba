"""Whether a graph keeps its contract: the SHACL shapes of `ontology/shapes.ttl` are the one statement of it.

Checked is a batch of articles at a time: the constraints of SHACL Core by `kg.graph.shacl`, those in SPARQL
(`sh:sparql`) by Oxigraph over the same batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.errors import DataError
from kg.graph.graph import Graph
from kg.graph.iris import Iris
from kg.graph.shacl import SH, Core, Data
from kg.graph.vocabulary import LABEL, TYPE
from kg.ontology import shapes_file

# so many quads at once: some constraints in SPARQL take time by the square of it
BATCH = 5_000


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
            self._core = Core(iris.rebase(file.read_text(encoding="utf-8")))
        except (OSError, ValueError, DataError) as error:
            raise DataError(f"{file}: cannot read the shapes: {error}; install lianzhu again") from error
        self._questions = list(_questions(self._core))

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
        for query, said in self._questions:
            answer = store.query(query)
            assert isinstance(answer, QuerySolutions)
            for solution in answer:
                value = solution["value"]
                if isinstance(value, NamedNode):
                    yield Violation(value.value, *said)

    def _run(self, quads: list[Quad]) -> Iterator[Violation]:
        """The constraints of SHACL Core."""
        for fault in self._core.check(Data(quads)):
            focus = fault.focus
            # a shape that has a term of ours as its target names the node at fault as the value
            if fault.value is not None and str(focus.value).startswith(self._iris.ontology_base):
                focus = fault.value
            yield Violation(focus.value, *_said(fault.messages))


def _questions(core: Core) -> Iterator[tuple[str, tuple[str, str]]]:
    """The SPARQL and messages of each `sh:sparql` for each target node, `$this` filled in."""
    for shape, constraint in sorted(core.graph.using(NamedNode(SH + "sparql")), key=str):
        prefixes = "".join(
            f"PREFIX {core.value(declared, 'prefix').value}: <{core.value(declared, 'namespace').value}>\n"
            for owner in core.values(constraint, "prefixes")
            for declared in core.values(owner, "declare")
        )
        select = core.value(constraint, "select").value
        said = _said(core.values(constraint, "message"))
        for target in sorted(core.values(shape, "targetNode"), key=str):
            yield prefixes + select.replace("SELECT $this", "SELECT").replace("$this", str(target)), said


def _said(messages: Iterable[Literal]) -> tuple[str, str]:
    """Messages in Chinese and in English; where there is none in Chinese, the other."""
    by_language = {message.language: message.value for message in messages}
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
