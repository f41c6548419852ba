"""Rows of an answer and the formats they are written in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kg.errors import UsageError
from kg.graph import Graph
from kg.text import safe_cell

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {_XSD + name for name in ("decimal", "integer", "double", "float", "long", "int")}

_MARKS = {"csv": ",", "tsv": "\t"}

Value = str | int | float | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a SELECT (or ASK, or CONSTRUCT) query: variables and rows of plain values.

    IRIs and texts come as `str`, numbers as `int` or `Decimal`, unbound variables as None.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __iter__(self) -> Iterator[dict[str, Value]]:
        for row in self.rows:
            yield dict(zip(self.variables, row, strict=True))

    def __len__(self) -> int:
        return len(self.rows)

    def to(self, form: str) -> str:
        """The rows as `csv`, `tsv`, `json` (a list) or `jsonl` text. Raises UsageError for another format."""
        if form in _MARKS:
            return _delimited(self.variables, self.rows, _MARKS[form])
        objects = [{k: _jsonable(v) for k, v in row.items()} for row in self]
        if form == "jsonl":
            return "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects)
        if form == "json":
            return json.dumps(objects, ensure_ascii=False, indent=1) + "\n"
        raise UsageError(f"unknown format {form!r}; formats are csv, tsv, json, jsonl")


def value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    """A term of the store as a plain value."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        kind = term.datatype.value
        if kind == _XSD + "boolean":
            return term.value in ("true", "1")
        if kind in _NUMBERS:
            try:
                number = Decimal(term.value)
            except InvalidOperation:
                return term.value
            if not number.is_finite():
                return term.value
            return int(number) if number == number.to_integral_value() else number
        return term.value
    if isinstance(term, ox.NamedNode | ox.BlankNode):
        return term.value
    return str(term)


def rows(graph: Graph, query: str) -> list[dict[str, Value]]:
    """The rows of a SELECT query as dictionaries by variable."""
    return list(results(graph.query(query)))


def results(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Results:
    """The store's answer as `Results`."""
    if isinstance(answer, ox.QueryBoolean):
        return Results(("answer",), ((bool(answer),),))
    if isinstance(answer, ox.QueryTriples):
        rows = tuple((value(t.subject), value(t.predicate), value(t.object)) for t in answer)
        return Results(("subject", "predicate", "object"), rows)
    names = tuple(v.value for v in answer.variables)
    return Results(names, tuple(tuple(value(solution[n]) for n in names) for solution in answer))


def plain(item: Value) -> str | int | float | None:
    """A value as a cell: `true` and `false` as in SPARQL, decimals in full."""
    if isinstance(item, bool):
        return "true" if item else "false"
    return format(item, "f") if isinstance(item, Decimal) else item


def _delimited(header: Sequence[str], rows: Sequence[Sequence[Value]], mark: str) -> str:
    """Cells that no spreadsheet takes for formulas; quoted where they must be."""
    cells = ([safe_cell(c) if isinstance(c, str) else plain(c) for c in row] for row in rows)
    return "".join(_line(row, mark) for row in (header, *cells))


def _line(cells: Sequence[object], mark: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\r\n").writerow(cells)  # so that it quotes a lone \r, too
    return out.getvalue().removesuffix("\r\n") + "\n"


def _jsonable(item: Value) -> str | int | float | bool | None:
    return float(item) if isinstance(item, Decimal) else item
