"""The reference graph: the ontology and the chain templates, as shipped and as people add them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

from kg.errors import DataError
from kg.graph.iris import Iris
from kg.graph.vocabulary import node
from kg.ontology import Template, read_templates, reference_files, template_files, templates
from kg.ontology_check import check_templates
from kg.settings import Settings


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


def known_templates(settings: Settings) -> tuple[Template, ...]:
    """The chain templates of the package and of the settings, by id.

    A file of the settings' folder takes the place of its namesake in the package. Raises DataError, one line, where
    one of them is not sound.
    """
    own = settings.chain_files()
    if not own:
        return templates()
    others = read_templates(file for file in template_files(own) if file not in own)
    if problems := check_templates(own, others):
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise DataError(f"{settings.chains}: {problems[0]}{more}; kg chains check tells all")
    return read_templates(template_files(own))
