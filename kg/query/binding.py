"""Giving the parameters of a query a value.

A parameter is a variable written with a dollar, `$zone`: SPARQL takes it for a variable like any other, so a query
with parameters can be read and run as it is. Terms are put in their place as text, so that they work inside
subqueries, paths and aggregates, and on any SPARQL 1.1 store.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import pyoxigraph as ox

_PARAMETER = re.compile(r"\$(\w+)")


def bind(query: str, values: Mapping[str, ox.NamedNode | ox.Literal], left_out: Collection[str] = ()) -> str:
    """The query with each parameter of `values` replaced by its term, and less the lines that name one `left_out`."""

    def term(match: re.Match[str]) -> str:
        value = values.get(match[1])
        return match[0] if value is None else str(value)

    lines = [line for line in query.split("\n") if not set(_named(line)) & set(left_out)]
    return "\n".join(line if line.lstrip().startswith("#") else _PARAMETER.sub(term, line) for line in lines)


def parameters(query: str) -> frozenset[str]:
    """The names of the parameters in a query."""
    return frozenset(name for line in query.split("\n") for name in _named(line))


def _named(line: str) -> list[str]:
    return [] if line.lstrip().startswith("#") else _PARAMETER.findall(line)
