"""SHACL Core on quads in memory, as far as `ontology/shapes.ttl` uses it; what it does not know it refuses.

pySHACL finds the same (the tests compare the two) and takes some forty times as long, which is most of the time of a
build. Source: https://www.w3.org/TR/shacl/, section 4; the names of constraints are those of the standard.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import DataError
from kg.graph.vocabulary import RDF, TYPE, XSD

SH = "http://www.w3.org/ns/shacl#"
_SUBCLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
_FIRST, _REST, _NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))
_LEXICAL = {
    XSD + "integer": re.compile(r"[+-]?\d+"),
    XSD + "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    XSD + "boolean": re.compile(r"true|false|0|1"),
}
_NUMERIC = frozenset(XSD + name for name in ("integer", "decimal", "double", "float", "int", "long"))

Values = dict[Any, None]
"""Terms in order, each once."""

Constraint = Callable[["Data", Any, Values], Iterable[Any]]
"""Of a focus node and its values: those that break the constraint, None where it is the focus node that does."""

Target = Callable[["Data"], Iterable[Any]]
"""The nodes of the data that a shape is to be checked on."""


class Data:
    """Triples to look up, whatever graph they are in."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        """Take in quads."""
        self._out: dict[Any, dict[Any, Values]] = defaultdict(lambda: defaultdict(dict))
        self._into: dict[Any, dict[Any, Values]] = defaultdict(lambda: defaultdict(dict))
        for quad in quads:
            subject, predicate, target = quad.subject, quad.predicate, quad.object
            self._out[subject][predicate][target] = None
            self._into[predicate][target][subject] = None

    def objects(self, subject: Any, predicate: Any) -> Values:
        """What a subject has as a predicate."""
        held = self._out.get(subject)
        return held.get(predicate, {}) if held is not None else {}

    def subjects(self, predicate: Any, target: Any) -> Values:
        """What has a target as a predicate."""
        held = self._into.get(predicate)
        return held.get(target, {}) if held is not None else {}

    def about(self, subject: Any) -> dict[Any, Values]:
        """All that is said of a subject."""
        return self._out.get(subject, {})

    def using(self, predicate: Any) -> Iterator[tuple[Any, Any]]:
        """The subjects and objects of a predicate."""
        for target, subjects in self._into.get(predicate, {}).items():
            for subject in subjects:
                yield subject, target

    def classes(self, name: Any) -> list[Any]:
        """A class and those under it."""
        found, todo = [name], [name]
        while todo:
            below = [c for c in self.subjects(_SUBCLASS, todo.pop()) if c not in found]
            found += below
            todo += below
        return found

    def follow(self, node: Any, path: Path) -> Values:
        """The values of a node along a path."""
        here: Values = {node: None}
        for predicate, inverse in path:
            here = {
                value: None
                for n in here
                for value in (self.subjects(predicate, n) if inverse else self.objects(n, predicate))
            }
        return here

    def items(self, node: Any) -> list[Any]:
        """The members of an RDF list."""
        found: list[Any] = []
        while node != _NIL:
            found += self.objects(node, _FIRST)
            node = next(iter(self.objects(node, _REST)), _NIL)
        return found


Path = tuple[tuple[Any, bool], ...]
"""Predicates to follow, each with whether it is followed backwards; empty for the node itself."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A node that breaks a shape, the value that does (None for the node itself), and what the shape says of it."""

    focus: Any
    value: Any
    messages: tuple[Literal, ...]


@dataclass(slots=True)
class Shape:
    """A node shape (without a path) or a property shape."""

    path: Path = ()
    constraints: list[Constraint] = field(default_factory=list)
    properties: list[Shape] = field(default_factory=list)
    messages: tuple[Literal, ...] = ()

    def faults(self, data: Data, focus: Any) -> Iterator[Fault]:
        """What in the data a focus node breaks."""
        values = data.follow(focus, self.path) if self.path else {focus: None}
        for constraint in self.constraints:
            for value in constraint(data, focus, values):
                yield Fault(focus, value, self.messages)
        for shape in self.properties:
            for value in values:
                yield from shape.faults(data, value)

    def holds(self, data: Data, focus: Any) -> bool:
        """Whether a node keeps the shape."""
        return next(self.faults(data, focus), None) is None


@dataclass(slots=True)
class _Targeted:
    """A shape with what it is to be checked on."""

    shape: Shape
    targets: list[Target]


class Core:
    """The shapes of a file, to check data against."""

    def __init__(self, turtle: str) -> None:
        """Read shapes. Raises DataError for what this module does not know, ValueError for what is no Turtle."""
        try:
            self.graph = Data(parse(turtle, format=RdfFormat.TURTLE))
        except SyntaxError as error:
            raise ValueError(str(error)) from error
        self._shapes: dict[Any, Shape] = {}
        self._targeted = [
            _Targeted(self._shape(node), targets)
            for node in self.graph.subjects(TYPE, NamedNode(SH + "NodeShape"))
            if (targets := list(self._targets(node)))
        ]

    def check(self, data: Data) -> Iterator[Fault]:
        """What in the data breaks the shapes."""
        for targeted in self._targeted:
            nodes = {node: None for target in targeted.targets for node in target(data)}
            for node in nodes:
                yield from targeted.shape.faults(data, node)

    def value(self, node: Any, name: str) -> Any:
        """What a node of the shapes has as `sh:name`, None for nothing."""
        return next(iter(self.graph.objects(node, NamedNode(SH + name))), None)

    def values(self, node: Any, name: str) -> list[Any]:
        """All that a node of the shapes has as `sh:name`."""
        return list(self.graph.objects(node, NamedNode(SH + name)))

    def _targets(self, node: Any) -> Iterator[Target]:
        def instances(name: Any) -> Target:
            return lambda data: [n for c in data.classes(name) for n in data.subjects(TYPE, c)]

        def subjects(name: Any) -> Target:
            return lambda data: [subject for subject, _ in data.using(name)]

        def objects(name: Any) -> Target:
            return lambda data: [target for _, target in data.using(name)]

        yield from map(instances, self.values(node, "targetClass"))
        yield from map(subjects, self.values(node, "targetSubjectsOf"))
        yield from map(objects, self.values(node, "targetObjectsOf"))
        if names := self.values(node, "targetNode"):
            yield lambda data: names

    def _shape(self, node: Any) -> Shape:
        if (made := self._shapes.get(node)) is not None:
            return made
        made = self._shapes[node] = Shape(messages=tuple(self.values(node, "message")))
        for predicate, values in self.graph.about(node).items():
            name = predicate.value.removeprefix(SH)
            if predicate.value == name or name in _OTHER:
                continue
            for value in values:
                if name == "path":
                    made.path = self._path(value)
                elif name == "property":
                    made.properties.append(self._shape(value))
                else:
                    made.constraints.append(self._constraint(name, value))
        return made

    def _path(self, node: Any) -> Path:
        if isinstance(node, NamedNode):
            return ((node, False),)
        if (backwards := self.value(node, "inversePath")) is not None:
            return ((backwards, True),)
        if members := self.graph.items(node):
            return tuple(step for member in members for step in self._path(member))
        raise DataError("the shapes use a path that is not known here")

    def _constraint(self, name: str, value: Any) -> Constraint:
        match name:
            case "node":
                shape = self._shape(value)
                return _each(lambda data, v: shape.holds(data, v))
            case "or":
                some = [self._shape(member) for member in self.graph.items(value)]
                return _each(lambda data, v: any(shape.holds(data, v) for shape in some))
            case "in":
                known = frozenset(self.graph.items(value))
                return _each(lambda data, v: v in known)
            case "languageIn":
                tags = tuple(tag.value.lower() for tag in self.graph.items(value))
                return _each(lambda data, v: _language(v).startswith(tags))
            case _ if name in _SIMPLE:
                return _SIMPLE[name](value)
        raise DataError(f"the shapes use sh:{name}, which is not known here")


# of a shape, what is no constraint of the core
_OTHER = frozenset(
    {"message", "sparql", "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "declare"}
)


def _each(keeps: Callable[[Data, Any], bool]) -> Constraint:
    return lambda data, focus, values: [value for value in values if not keeps(data, value)]


def _whole(keeps: Callable[[Values], bool]) -> Constraint:
    return lambda data, focus, values: () if keeps(values) else (None,)


def _class(name: Any) -> Constraint:
    def keeps(data: Data, value: Any) -> bool:
        types = data.objects(value, TYPE)
        return name in types or (bool(types) and any(c in types for c in data.classes(name)))

    return _each(keeps)


def _datatype(name: Any) -> Constraint:
    lexical = _LEXICAL.get(name.value)

    def keeps(data: Data, value: Any) -> bool:
        return (
            isinstance(value, Literal)
            and value.datatype == name
            and (lexical is None or lexical.fullmatch(value.value) is not None)
        )

    return _each(keeps)


def _kind(name: Any) -> Constraint:
    kinds = {"IRI": (NamedNode,), "IRIOrLiteral": (NamedNode, Literal)}.get(name.value.removeprefix(SH))
    if kinds is None:
        raise DataError(f"the shapes use sh:nodeKind {name}, which is not known here")
    return _each(lambda data, value: isinstance(value, kinds))


def _pattern(text: Any) -> Constraint:
    pattern = re.compile(text.value)
    return _each(lambda data, v: not isinstance(v, BlankNode) and pattern.search(v.value) is not None)


def _length(least: Any) -> Constraint:
    return _each(lambda data, v: not isinstance(v, BlankNode) and len(v.value) >= int(least.value))


def _compared(bound: Any, keeps: Callable[[Any, Any], bool]) -> Constraint:
    return _each(lambda data, value: _comparable(value, bound, keeps))


def _below(predicate: Any, keeps: Callable[[Any, Any], bool]) -> Constraint:
    def faults(data: Data, focus: Any, values: Values) -> list[Any]:
        others = data.objects(focus, predicate)
        return [v for v in values if any(not _comparable(v, other, keeps) for other in others)]

    return faults


def _unique(values: Values) -> bool:
    tags = [tag for value in values if (tag := _language(value))]
    return len(set(tags)) == len(tags)


_SIMPLE: dict[str, Callable[[Any], Constraint]] = {
    "minCount": lambda bound: _whole(lambda values: len(values) >= int(bound.value)),
    "maxCount": lambda bound: _whole(lambda values: len(values) <= int(bound.value)),
    "hasValue": lambda value: _whole(lambda values: value in values),
    "uniqueLang": lambda _: _whole(_unique),
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _kind,
    "pattern": _pattern,
    "minLength": _length,
    "minInclusive": lambda bound: _compared(bound, lambda a, b: a >= b),
    "maxInclusive": lambda bound: _compared(bound, lambda a, b: a <= b),
    "lessThan": lambda predicate: _below(predicate, lambda a, b: a < b),
    "lessThanOrEquals": lambda predicate: _below(predicate, lambda a, b: a <= b),
}


def _language(value: Any) -> str:
    return (value.language or "").lower() if isinstance(value, Literal) else ""


def _comparable(one: Any, other: Any, keeps: Callable[[Any, Any], bool]) -> bool:
    """Whether two terms can be compared and are as wanted."""
    a, b = _comparand(one), _comparand(other)
    return a is not None and b is not None and type(a) is type(b) and keeps(a, b)


def _comparand(term: Any) -> Decimal | str | None:
    if not isinstance(term, Literal):
        return None
    if term.datatype.value in _NUMERIC:
        try:
            return Decimal(term.value)
        except InvalidOperation:
            return None
    return term.value if term.datatype.value == XSD + "string" else None
