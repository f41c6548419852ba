"""A field of very many things, in one scan.

A query that asks for a dozen fields of a hundred thousand claims takes a minute; a scan a field takes seconds.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph import Queryable
from kg.query.results import Value, value


def column(graph: Queryable, term: str) -> dict[str, Value]:
    """What each thing has as the property `term` (a prefixed name), by IRI; one value where it has several."""
    answer = graph.answer(f"SELECT ?thing ?value WHERE {{ ?thing {term} ?value }}")
    assert isinstance(answer, ox.QuerySolutions)
    return {one.value: value(other) for one, other in answer if isinstance(one, ox.NamedNode)}
