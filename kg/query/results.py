"""Rows of an answer and the formats they are written in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import UsageError
from kg.graph import Queryable
from kg.graph.sparql import Answer
from kg.query import html
from kg.text import safe_cell

if TYPE_CHECKING:
    import pandas as pd

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {_XSD + name for name in ("decimal", "integer", "double", "float", "long", "int")}

_ANSWER = "answer"  # the variable of the answer to ASK
_MARKS = {"csv": ",", "tsv": "\t"}


class Iri(str):
    """The name of a thing or term, told from text by its type."""

    __slots__ = ()


Value = str | int | float | Decimal | bool | None


class Row(dict[str, Value]):
    """A row by variable: `row["firm"]`, or `row.firm`."""

    def __getattr__(self, name: str) -> Value:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"this row has no {name!r}; it has {', '.join(self)}") from None


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a SELECT (or ASK, or CONSTRUCT) query: variables and rows of plain values.

    IRIs come as `Iri`, texts as `str`, numbers as `int` or `Decimal`, unbound variables as None. The answer
    to ASK is one row with one value, and as true as that.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            yield self._row(row)

    def __getitem__(self, index: int) -> Row:
        return self._row(self.rows[index])

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return self.rows[0] == (True,) if self.variables == (_ANSWER,) and self.rows else bool(self.rows)

    def _row(self, row: tuple[Value, ...]) -> Row:
        return Row(zip(self.variables, row, strict=True))

    def column(self, variable: str) -> list[Value]:
        """The values of one variable. Raises UsageError if there is none of that name."""
        if variable not in self.variables:
            raise UsageError(f"no variable {variable!r}; there are {', '.join(self.variables)}")
        place = self.variables.index(variable)
        return [row[place] for row in self.rows]

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a DataFrame: whole numbers as Int64 (int64 where none is missing), others as float64.

        Raises UsageError if pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise UsageError(
                "to_pandas() needs pandas: pip install 'lianzhu[notebooks]', or pandas alone"
            ) from None
        columns = {i: pd.Series([row[i] for row in self.rows], dtype=self._dtype(i)) for i in self._places}
        frame = pd.DataFrame(columns, columns=list(self._places))
        frame.columns = pd.Index(self.variables)
        return frame

    @property
    def _places(self) -> range:
        return range(len(self.variables))

    def _dtype(self, place: int) -> str:
        """The type of a column in pandas."""
        values = [row[place] for row in self.rows]
        known = {type(value) for value in values} - {type(None)}
        gaps = any(value is None for value in values)
        if known == {bool}:
            return "boolean" if gaps else "bool"
        if known == {int} and all(abs(value) < 2**63 for value in values if isinstance(value, int)):
            return "Int64" if gaps else "int64"
        return "float64" if known and known <= {int, float, Decimal} else "object"

    def _repr_html_(self) -> str:
        return html.first(self.variables, self.rows)

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
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.BlankNode):
        return str(term)
    return str(term)


def rows(graph: Queryable, query: str) -> list[dict[str, Value]]:
    """The rows of a SELECT query."""
    return [*results(graph.answer(query))]


def results(answer: Answer) -> Results:
    """The store's answer as `Results`."""
    if isinstance(answer, ox.QueryBoolean):
        return Results((_ANSWER,), ((bool(answer),),))
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
