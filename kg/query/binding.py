"""Giving variables of a query a value.

The values go in as VALUES blocks, where the query has a line `# values`: so they work inside subqueries
and aggregates, and on any SPARQL 1.1 store.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

_MARK = re.compile(r"^[ \t]*# values[ \t]*$", re.MULTILINE)


def bind(query: str, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """The query with each variable of `values` bound to its term at every `# values` line."""
    blocks = " ".join(f"VALUES ?{name} {{ {term} }}" for name, term in sorted(values.items()))
    return _MARK.sub(lambda _: f"  {blocks}", query)


def has_place(query: str) -> bool:
    """Whether a query has a line where values go."""
    return _MARK.search(query) is not None
