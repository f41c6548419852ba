"""The reference graph: the ontology and the chain templates, as shipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

from kg.errors import DataError
from kg.graph.iris import Iris
from kg.graph.vocabulary import node
from kg.ontology import reference_files


def reference_quads(iris: Iris, files: Sequence[Path] | None = None) -> Iterator[Quad]:
    """The quads of the reference graph; blank nodes get the same labels every time.

    Raises DataError, naming the file, where one cannot be read.
    """
    graph = node(iris.graph("reference"))
    dataset = Dataset()
    for file in reference_files() if files is None else files:
        try:
            text = iris.rebase(file.read_text(encoding="utf-8"))
            for triple in parse(text.encode(), format=RdfFormat.TURTLE):
                dataset.add(Quad(triple.subject, triple.predicate, triple.object, graph))
        except (OSError, SyntaxError) as error:
            raise DataError(f"{file}: cannot be read as Turtle: {error}") from error
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    yield from dataset
