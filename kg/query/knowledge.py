"""A graph as people work with it in Python: on disk, or behind an endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph import Graph, Queryable
from kg.graph.endpoint import Endpoint
from kg.ontology import Language, labels
from kg.query import html
from kg.query.facts import Description, describe, find
from kg.query.results import Iri, Results
from kg.query.saved import run, saved_queries
from kg.query.wording import figure

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

_FACTS = (
    "subject", "property", "object", "value", "unit", "date", "modality", "confidence", "quote", "headline",
    "published", "article",
)  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Entity(Description):
    """An entity with what texts say of it (`stated`) and what was computed (`derived`), as `Fact`s."""

    lang: Language = "zh"

    def __repr__(self) -> str:
        """Short, for a prompt: the facts themselves are in `stated` and `derived`."""
        return f"<{self.kind} {self.label}: {len(self.stated)} stated, {len(self.derived)} derived>"

    @property
    def iri(self) -> str:
        """Its IRI."""
        return self.thing.iri

    @property
    def kind(self) -> str:
        """Its class: `Zone`, `Firm`, …"""
        return self.thing.kind

    @property
    def label(self) -> str:
        """Its Chinese name."""
        return self.thing.label

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its other names."""
        return self.thing.aliases

    def facts(self) -> Results:
        """All facts as rows; what was computed comes last and has the modality `derived` and no quote."""
        words = labels(self.lang)
        rows = [
            (
                fact.subject_label,
                words.get(fact.predicate, fact.predicate),
                figure(fact, words),
                None if isinstance(fact.object, Iri) else fact.object,
                fact.unit,
                fact.date,
                fact.modality if fact.quote else "derived",
                fact.confidence,
                fact.quote,
                fact.headline,
                fact.published,
                fact.article,
            )
            for fact in (*self.stated, *self.derived)
        ]
        return Results(_FACTS, tuple(rows))

    def to_pandas(self) -> pd.DataFrame:
        """The facts as a DataFrame. Raises UsageError if pandas is not installed."""
        return self.facts().to_pandas()

    def _repr_html_(self) -> str:
        words = labels(self.lang)
        name = f"{self.label}（{words.get(self.kind, self.kind)}）{'、'.join(self.aliases)}"
        shown = ("subject", "property", "object", "date", "modality", "confidence", "quote", "headline")
        columns = [self.facts().column(variable) for variable in shown]
        return html.paragraph(name) + html.first(shown, list(zip(*columns, strict=True)))


class Asking:
    """What any graph that answers SPARQL can be asked."""

    def query(
        self: Queryable, question: str, /, *, queries: Sequence[Path | str] = (), **parameters: object
    ) -> Results:
        """The answer to a saved question by name, or to SPARQL: rows of plain values.

        `graph.query("projects", zone="左云经开区")`. `queries` are folders with saved questions of one's own.
        Raises UsageError for what cannot be asked.
        """
        saved = saved_queries([Path(folder) for folder in queries])
        given = {name: str(value) for name, value in parameters.items() if value is not None}
        return run(self, saved.get(question.strip(), question), given)

    def entity(self: Queryable, name: str, lang: Language = "zh") -> Entity:
        """All that is known of the entity of a name, an alias or an IRI, each fact with its sentence.

        Raises UsageError if the name fits nothing, or several things.
        """
        found = describe(self, name, lang)
        return Entity(found.thing, found.stated, found.derived, lang)

    def network(
        self: Queryable,
        around: str | None = None,
        *,
        hops: int = 1,
        derived: bool = True,
        lang: Language = "zh",
    ) -> nx.MultiDiGraph[str]:
        """The entities and the relations between them for networkx, as `kg.graph.network` describes them.

        With `around` only the entity of that name and what is within `hops` of it, in either direction; without
        `derived` only what texts say.
        """
        from networkx import single_source_shortest_path_length

        from kg.graph.network import network

        center = find(self, around).iri if around else None
        drawn = network(self, lang)
        if not derived:
            computed = [e for e in drawn.edges(keys=True) if drawn.edges[e]["provenance"] == "derived"]
            drawn.remove_edges_from(computed)
        if center is not None:  # not ego_graph, which loses the order of the nodes
            either_way = drawn.to_undirected(as_view=True)
            near = single_source_shortest_path_length(either_way, center, cutoff=hops)
            drawn.remove_nodes_from([node for node in drawn if node not in near])
        return drawn

    def _repr_html_(self: Queryable) -> str:
        held = self.info()
        words = labels("zh")
        counts = {"文章 articles": held["articles"]}
        for kind in ("entities", "claims"):
            ranked = sorted(held[kind].items(), key=lambda item: (-int(item[1]), item[0]))
            counts |= {f"{words.get(name, name)} {name}": number for name, number in ranked}
        return html.table(("", ""), counts.items())


class KnowledgeGraph(Asking, Graph):
    """A graph in a folder, to ask and to look at. Open one with `kg.open`."""


class RemoteGraph(Asking, Endpoint):
    """A graph behind a SPARQL endpoint, to ask in the same way. Reach one with `kg.connect`."""
