"""Saved questions: `.rq` files whose head says what they ask and which parameters they take.

    # zh: 一个开发区的项目
    # en: Projects of a zone
    # param zone entity: 开发区 / zone
    # param min decimal?: 最低投资 / least investment
    SELECT ?project ?money WHERE {
      ?project lz:locatedIn $zone ; lz:totalInvestment ?money .
      FILTER(?money >= $min)
    }

A parameter is written with a dollar, and is an `entity` (any name or alias will do), a `text`, a `decimal`, an
`integer` or a `year` (text, as dates begin with). One with a default after its type may be left out. One
marked `?` may be left out too: then the lines that name it go, so each of these has to be a whole condition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError, UsageError
from kg.graph import Queryable
from kg.query.binding import bind
from kg.query.binding import parameters as named
from kg.query.facts import find
from kg.query.results import Results, results

FOLDER = Path(__file__).parent / "saved"
_HEAD = re.compile(r"^#\s*(zh|en):\s*(.+)$")
_PARAM = re.compile(
    r"^#\s*param\s+(\w+)\s+(entity|text|decimal|integer|year)(\?)?(?:\s+([^:]+?))?\s*:\s*(.+)$"
)
_YEAR = re.compile(r"[0-9]{4}")
_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a saved query."""

    name: str
    kind: str
    about: str
    default: str | None = None
    optional: bool = False

    @property
    def usage(self) -> str:
        """How it is given, in brackets where it may be left out: `[min=2]`."""
        usage = f"{self.name}={'…' if self.default is None else self.default}"
        return f"[{usage}]" if self.optional or self.default is not None else usage


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A saved query: its name (the file's stem), what it asks, its parameters and its SPARQL."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    sparql: str

    @property
    def example(self) -> str:
        """SPARQL to start from: defaults filled in, lines of optional parameters gone, the others left as `$zone`."""
        defaults = {p.name: _literal(p, p.default) for p in self.parameters if p.default is not None}
        return bind(self.sparql, defaults, {p.name for p in self.parameters if p.optional})


def parse(text: str, name: str) -> SavedQuery:
    """The query of a text; what it asks is empty where its head does not say so.

    Raises DataError if a parameter cannot be understood, or has no place in the query.
    """
    about: dict[str, str] = {}
    parameters = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if head := _HEAD.match(line):
            about[head[1]] = head[2].strip()
        elif param := _PARAM.match(line):
            parameters.append(Parameter(param[1], param[2], param[5], param[4], bool(param[3])))
        elif line.startswith("# param"):
            raise DataError(f"{name}: cannot read the line {line!r}; write '# param NAME KIND: what it is'")
    for parameter in parameters:
        if parameter.name not in named(text):
            raise DataError(
                f"{name}: has a parameter {parameter.name}, so ${parameter.name} must stand in the query"
            )
    return SavedQuery(name, about.get("zh", ""), about.get("en", ""), tuple(parameters), text)


def load(path: Path) -> SavedQuery:
    """The saved query of a file. Raises DataError if it cannot be read or its head is incomplete."""
    try:
        query = parse(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot read the query: {error}") from error
    if not (query.zh and query.en):
        raise DataError(f"{path}: the head needs a '# zh:' and an '# en:' line that say what it asks")
    return replace(query, name=path.stem)


def saved_queries(folders: Sequence[Path] = ()) -> dict[str, SavedQuery]:
    """All saved queries by name: the package's, then those of the user's folders.

    Raises UsageError for a folder without queries, DataError as `load` does.
    """
    found = {}
    for folder in (FOLDER, *folders):
        files = sorted(folder.glob("*.rq"))
        if not files:
            raise UsageError(f"{folder}: holds no saved queries (.rq)")
        found.update({file.stem: load(file) for file in files})
    return found


def run(graph: Queryable, query: SavedQuery | str, parameters: Mapping[str, str] | None = None) -> Results:
    """The answer to a saved query, or to SPARQL text.

    Raises UsageError for an unknown, missing or ill-typed parameter, and for bad SPARQL.
    """
    return results(graph.answer(sparql(graph, query, parameters)))


def sparql(graph: Queryable, query: SavedQuery | str, parameters: Mapping[str, str] | None = None) -> str:
    """The SPARQL text of a saved query with its parameters filled in, to run anywhere.

    Saved queries are written in the default IRIs; they are moved to those of the graph. Raises UsageError
    as `run` does.
    """
    given = dict(parameters or {})
    if isinstance(query, str):
        query = SavedQuery("the SPARQL text", "", "", (), query)
    known = {p.name for p in query.parameters}
    if unknown := sorted(given.keys() - known):
        raise UsageError(
            f"{query.name} has no parameter {unknown[0]!r}; it takes {', '.join(sorted(known)) or 'none'}"
        )
    bound: dict[str, ox.NamedNode | ox.Literal] = {}
    for p in query.parameters:
        text = given.get(p.name, p.default)
        if text is not None:
            bound[p.name] = _term(graph, p, text)
        elif not p.optional:
            raise UsageError(f"{query.name} needs -p {p.name}=… ({p.about})")
    return bind(graph.iris.rebase(query.sparql), bound, known - bound.keys())


def _term(graph: Queryable, parameter: Parameter, text: str) -> ox.NamedNode | ox.Literal:
    if parameter.kind == "entity":
        return ox.NamedNode(find(graph, text).iri)
    return _literal(parameter, text)


def _literal(parameter: Parameter, text: str) -> ox.Literal:
    if parameter.kind == "text":
        return ox.Literal(text)
    if parameter.kind == "year":
        if not _YEAR.fullmatch(text):
            raise UsageError(f"{parameter.name}={text!r} is not a year, such as 2024")
        return ox.Literal(text)
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise UsageError(f"{parameter.name}={text!r} is not a number")
    if parameter.kind == "integer" and number != number.to_integral_value():
        raise UsageError(f"{parameter.name}={text!r} is not a whole number")
    return ox.Literal(format(number, "f"), datatype=ox.NamedNode(_XSD + parameter.kind))
