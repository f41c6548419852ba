"""The ontology and the chain templates as plain data, read from the Turtle files of `ontology/`.

No RDF leaves this module: what it gives out are frozen dataclasses, so every stage may use it.
"""

from __future__ import annotations

import csv
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.errors import DataError
from kg.settings import ONTOLOGY_BASE

NAMESPACE = ONTOLOGY_BASE  # what the files are written in; a graph may be moved to another base
CHAINS = "https://w3id.org/lianzhu/ontology/chain/"
TIERS = ("upstream", "midstream", "downstream")

PREFIXES = {
    "lz": NAMESPACE,
    "chain": CHAINS,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "geo": "http://www.opengis.net/ont/geosparql#",
}

Language = typing.Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology. `name` is its local name; `definition_*` its comment or definition."""

    name: str
    iri: str
    label_zh: str
    label_en: str
    definition_zh: str
    definition_en: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Class(Term):
    """A class; `parents` are its superclasses as prefixed names."""

    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Property(Term):
    """A property; `domain` and `range` list alternatives: local names of ours, prefixed names of others."""

    domain: tuple[str, ...]
    range: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept(Term):
    """A concept of a scheme (`Phases`, `Indicators`, …); `notations` are the strings that stand for it."""

    scheme: str
    order: int | None
    notations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a chain template; `chain` is the template's id.

    `tier` is `upstream`, `midstream` or `downstream`, `branch` `mainBranch` or `sideBranch` (`labels` names
    them). `feeds` are ids of segments that take its output, here or in another chain; `same` and `overlaps`
    are ids of segments of other chains that are, or overlap with, this one. `context` are keywords that count
    only for members of a chain that follows this segment's template.
    """

    id: str
    iri: str
    chain: str
    label_zh: str
    label_en: str
    tier: str
    branch: str
    feeds: tuple[str, ...]
    critical: bool
    codes: tuple[str, ...]
    keywords: tuple[str, ...]
    same: tuple[str, ...] = ()
    overlaps: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A reference chain; `segments` stand in the order of the file, upstream first."""

    id: str
    iri: str
    label_zh: str
    label_en: str
    aliases: tuple[str, ...]
    segments: tuple[Segment, ...]


Node = NamedNode | BlankNode | Literal


class Statements:
    """The statements of Turtle files by subject and predicate, in the order in which they are written."""

    def __init__(self, paths: Iterable[Path]) -> None:
        """Parse `paths`; `DataError` names the file that cannot be read or is no Turtle."""
        self.objects: dict[str, dict[str, list[Node]]] = {}
        self.files: dict[str, list[Path]] = {}
        for path in paths:
            try:
                for triple in parse(path=str(path), format=RdfFormat.TURTLE):
                    subject, value = triple.subject, triple.object
                    if not isinstance(subject, NamedNode) or not isinstance(
                        value, NamedNode | BlankNode | Literal
                    ):
                        continue
                    self.add(subject.value, triple.predicate.value, value)
                    files = self.files.setdefault(subject.value, [])
                    if path not in files:
                        files.append(path)
            except OSError as error:
                raise DataError(f"{path}: cannot be read ({error.strerror or error}).") from error
            except SyntaxError as error:
                raise DataError(f"{path}: is no valid Turtle: {error.msg}. Mend it there.") from error

    def add(self, subject: str, predicate: str, value: Node) -> None:
        """Take in one statement."""
        self.objects.setdefault(subject, {}).setdefault(predicate, []).append(value)

    def values(self, subject: str, name: str) -> tuple[str, ...]:
        """The values of a prefixed predicate, each once."""
        nodes = self.objects.get(subject, {}).get(expand(name), [])
        return tuple(dict.fromkeys(node.value for node in nodes))

    def text(self, subject: str, language: str, *names: str) -> str:
        """The first literal in `language` of the first predicate in `names` that has one, else ''."""
        for name in names:
            for node in self.objects.get(subject, {}).get(expand(name), []):
                if isinstance(node, Literal) and node.language == language:
                    return node.value
        return ""

    def instances(self, name: str) -> tuple[str, ...]:
        """The subjects whose rdf:type is the prefixed class `name`."""
        kind = expand(name)
        rdf_type = expand("rdf:type")
        return tuple(s for s, p in self.objects.items() if any(o.value == kind for o in p.get(rdf_type, ())))


def expand(name: str) -> str:
    """`lz:Zone` → its IRI."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def compact(iri: str) -> str:
    """An IRI → the local name of a term of ours (`Zone`), a segment's id, else a prefixed name (`xsd:decimal`)."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            local = iri.removeprefix(base)
            return local if prefix in ("lz", "chain") else f"{prefix}:{local}"
    return iri


def ontology_dir() -> Path:
    """Where the Turtle files are: inside an installed package, or beside `kg/` in a checkout."""
    package = Path(__file__).resolve().parent
    for folder in (package / "_ontology", package.parent / "ontology"):
        if (folder / "lianzhu.ttl").is_file():
            return folder
    raise DataError(
        f"{package}: the ontology files are missing from this installation. Install lianzhu again."
    )


def shapes_file() -> Path:
    """The SHACL shapes."""
    return ontology_dir() / "shapes.ttl"


def reference_files(own: Iterable[Path] = ()) -> tuple[Path, ...]:
    """What the reference graph is loaded from: the ontology, then the chain templates by name, `own` ones too."""
    return (ontology_dir() / "lianzhu.ttl", *template_files(own))


def template_files(own: Iterable[Path] = ()) -> tuple[Path, ...]:
    """The Turtle files of the chain templates by name: those of the package, and `own`, which go before namesakes."""
    found = {file.name: file for file in (ontology_dir() / "chains").glob("*.ttl")}
    found |= {file.name: file for file in own}
    return tuple(found[name] for name in sorted(found))


@cache
def _ontology() -> Statements:
    return Statements([ontology_dir() / "lianzhu.ttl"])


def _term(iri: str) -> tuple[str, str, str, str, str, str, tuple[str, ...]]:
    data = _ontology()
    return (
        compact(iri),
        iri,
        data.text(iri, "zh", "skos:prefLabel", "rdfs:label"),
        data.text(iri, "en", "skos:prefLabel", "rdfs:label"),
        data.text(iri, "zh", "skos:definition", "rdfs:comment"),
        data.text(iri, "en", "skos:definition", "rdfs:comment"),
        data.values(iri, "skos:example"),
    )


@cache
def classes() -> tuple[Class, ...]:
    """The classes of the ontology, in its order."""
    data = _ontology()
    return tuple(
        Class(*_term(iri), tuple(compact(v) for v in data.values(iri, "rdfs:subClassOf")))
        for iri in data.instances("rdfs:Class")
    )


@cache
def properties() -> tuple[Property, ...]:
    """The properties of the ontology, in its order."""
    data = _ontology()

    def either(iri: str, one: str, several: str) -> tuple[str, ...]:
        return tuple(compact(v) for v in data.values(iri, one) + data.values(iri, several))

    return tuple(
        Property(
            *_term(iri),
            either(iri, "rdfs:domain", "schema:domainIncludes"),
            either(iri, "rdfs:range", "schema:rangeIncludes"),
        )
        for iri in data.instances("rdf:Property")
    )


@cache
def datatypes() -> tuple[Term, ...]:
    """The datatypes of the ontology's own literals."""
    return tuple(Term(*_term(iri)) for iri in _ontology().instances("rdfs:Datatype"))


@cache
def schemes() -> tuple[Term, ...]:
    """The concept schemes of the ontology: `Phases`, `Modalities`, `Indicators`, `Tiers`, …"""
    return tuple(Term(*_term(iri)) for iri in _ontology().instances("skos:ConceptScheme"))


@cache
def concepts(scheme: str) -> tuple[Concept, ...]:
    """The concepts of a scheme by its local name, by `order` where they have one; unknown: `DataError`."""
    data = _ontology()
    if scheme not in {s.name for s in schemes()}:
        raise DataError(
            f"{scheme}: no scheme of the ontology. It has {', '.join(s.name for s in schemes())}."
        )
    found = []
    for iri in data.instances("skos:Concept"):
        if NAMESPACE + scheme in data.values(iri, "skos:inScheme"):
            order = data.values(iri, "lz:order")
            notations = data.values(iri, "skos:notation")
            found.append(Concept(*_term(iri), scheme, int(order[0]) if order else None, notations))
    return tuple(sorted(found, key=lambda c: c.order or 0))


def phases() -> tuple[Concept, ...]:
    """The phases of a project, from planned to full capacity, then suspended."""
    return concepts("Phases")


def indicators() -> tuple[Concept, ...]:
    """What an observation may measure."""
    return concepts("Indicators")


@cache
def currencies() -> frozenset[str]:
    """The currency codes that the shapes accept as a claim's unit."""
    return frozenset(next(c for c in concepts("Units") if c.name == "unitMoney").notations)


@cache
def labels(language: Language) -> Mapping[str, str]:
    """Labels in `zh` or `en` of every class, property, concept, template and segment, by local name or id."""
    terms: list[Term] = [*classes(), *properties(), *datatypes(), *schemes()]
    for scheme in schemes():
        terms += concepts(scheme.name)
    things: list[Term | Template | Segment] = [*terms, *templates(), *segments().values()]
    return MappingProxyType({_key(t): t.label_zh if language == "zh" else t.label_en for t in things})


def _key(thing: Term | Template | Segment) -> str:
    return thing.name if isinstance(thing, Term) else thing.id


@cache
def industry_codes() -> Mapping[str, str]:
    """The codes of GB/T 4754—2017 with their names."""
    path = ontology_dir() / "gbt4754.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return MappingProxyType({row["code"]: row["name"] for row in rows})


@cache
def templates() -> tuple[Template, ...]:
    """The chain templates that come with the package, by id."""
    return read_templates(template_files())


@cache
def segments() -> Mapping[str, Segment]:
    """The segments of all templates of the package by id."""
    return MappingProxyType({s.id: s for template in templates() for s in template.segments})


def read_templates(paths: Iterable[Path]) -> tuple[Template, ...]:
    """Read chain templates, by id. What `kg.ontology_check` finds wrong with them is not looked for here."""
    return templates_from(Statements(paths))


def templates_from(data: Statements) -> tuple[Template, ...]:
    """The chain templates among statements, by id; their segments in the order in which they come."""
    members: dict[str, list[Segment]] = {}
    for iri in data.instances("lz:Segment"):
        for scheme in data.values(iri, "skos:inScheme"):
            members.setdefault(scheme, []).append(_segment(data, iri, segment_id(scheme)))
    return tuple(
        sorted(
            (
                Template(
                    id=segment_id(iri),
                    iri=iri,
                    label_zh=data.text(iri, "zh", "skos:prefLabel"),
                    label_en=data.text(iri, "en", "skos:prefLabel"),
                    aliases=data.values(iri, "skos:altLabel"),
                    segments=tuple(members.get(iri, ())),
                )
                for iri in data.instances("lz:ChainTemplate")
            ),
            key=lambda template: template.id,
        )
    )


def segment_id(iri: str) -> str:
    """The id of a segment or template: the last step of its IRI's path."""
    return iri.rstrip("/").rpartition("/")[2]


def _segment(data: Statements, iri: str, chain: str) -> Segment:
    def one(name: str) -> str:
        return next(iter(data.values(iri, name)), "")

    def ids(name: str) -> tuple[str, ...]:
        return tuple(segment_id(value) for value in data.values(iri, name))

    return Segment(
        id=segment_id(iri),
        iri=iri,
        chain=chain,
        label_zh=data.text(iri, "zh", "skos:prefLabel"),
        label_en=data.text(iri, "en", "skos:prefLabel"),
        tier=compact(one("lz:tier")),
        branch=compact(one("lz:branch")),
        feeds=ids("lz:feeds"),
        critical=one("lz:critical") in ("true", "1"),
        codes=data.values(iri, "lz:gbt4754"),
        keywords=data.values(iri, "lz:keyword"),
        same=ids("skos:exactMatch"),
        overlaps=ids("skos:closeMatch"),
        context=data.values(iri, "lz:contextKeyword"),
    )
