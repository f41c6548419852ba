"""The project ledger: each project with what texts say of it, when, and where they disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kg.chains.landscape import Landscape
from kg.chains.things import ORDER
from kg.graph.deriving import PHASES

_CLAIMS = """
SELECT ?project ?predicate ?object ?label ?modality ?date ?unit ?printed ?product ?published WHERE {
  # values
  ?project a lz:Project .
  ?claim rdf:subject ?project ; rdf:predicate ?predicate ; rdf:object ?object ; lz:modality ?modality ;
    prov:wasQuotedFrom ?article .
  OPTIONAL { ?object skos:prefLabel ?label . FILTER(lang(?label) = "zh") }
  OPTIONAL { ?claim lz:date ?date }
  OPTIONAL { ?claim lz:unit ?unit }
  OPTIONAL { ?claim lz:asPrinted ?printed }
  OPTIONAL { ?claim lz:product ?product }
  OPTIONAL { ?article schema:datePublished ?published }
}"""

# Two amounts closer than this are one amount, rounded differently.
_SAME = Decimal("1.02")


@dataclass(frozen=True, slots=True)
class Event:
    """A phase of a project, with its date (ISO, may be partial; the article's where the text gives none)."""

    phase: str
    date: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Texts disagree on a property of a project: the values as they give them."""

    predicate: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A project in the ledger; amounts in yuan, areas in m².

    `zone` and `park` are IRIs of containers; `events` are phases that texts assert, `expected` those they
    only expect, each oldest first; `phase` is where it stands: the furthest, unless it was suspended later.
    """

    iri: str
    label: str
    around: frozenset[str]
    developers: tuple[str, ...]
    chains: tuple[str, ...]
    segments: tuple[str, ...]
    investment: Decimal | None
    completed: Decimal | None
    output: Decimal | None
    tax: Decimal | None
    capacity: tuple[str, ...]
    land: Decimal | None
    floor: Decimal | None
    jobs: int | None
    phase: str
    events: tuple[Event, ...]
    expected: tuple[Event, ...]
    last: str
    conflicts: tuple[Conflict, ...]

    def reached(self, *phases: str) -> bool:
        """Whether a text says that it came to one of some phases."""
        return any(event.phase in phases for event in self.events)

    @property
    def year(self) -> str:
        """The year of the first that is told of it; "" if no date is known."""
        return min((event.date[:4] for event in self.events if event.date), default="")


@dataclass(slots=True)
class _Claim:
    predicate: str
    value: str
    label: str
    asserted: bool
    negated: bool
    date: str
    printed: str
    product: str
    published: str


def ledger(
    landscape: Landscape, container: str | None = None, only: Collection[str] | None = None
) -> list[Entry]:
    """Every project of a zone, park or place (an IRI), or of the graph, in order of name; or `only` some (IRIs)."""
    base = landscape.graph.iris.ontology_base
    inside = only if container is None else landscape.inside(container)
    claims: dict[str, list[_Claim]] = defaultdict(list)
    for row in landscape.ask(_CLAIMS.replace("# values", _among(inside))):
        project, predicate, value, label, modality, date, _, printed, product, published = row
        if inside is None or project in inside:
            mood = modality.removeprefix(base)
            name = predicate.removeprefix(base)
            claims[project].append(
                _Claim(
                    name, value.removeprefix(base) if name == "status" else value, label,
                    mood == "asserted", mood == "negated", date, printed, product, published,
                )
            )  # fmt: skip
    landscape.prepare(claims)
    entries = [_entry(landscape, project, told) for project, told in claims.items()]
    return sorted(entries, key=lambda entry: (entry.label, entry.iri))


def _among(iris: Collection[str] | None) -> str:
    """The clause that keeps a query to some things, where they are few enough to be named."""
    if iris is None or len(iris) > 2000:
        return ""
    return f"VALUES ?project {{ {' '.join(str(ox.NamedNode(iri)) for iri in sorted(iris))} }}"


def _entry(landscape: Landscape, iri: str, claims: Sequence[_Claim]) -> Entry:
    stated = [claim for claim in claims if claim.asserted]
    status = [c for c in stated if c.predicate == "status" and c.value in PHASES]
    events = _events(status)
    # what a text expected of a project may have come since: then it is no expectation any more
    expected = [
        c
        for c in claims
        if c.predicate == "status" and not c.asserted and not c.negated and c.value in PHASES
        and all(c.value != event.phase for event in events)
    ]  # fmt: skip
    jobs = _largest(stated, "jobs")
    return Entry(
        iri,
        landscape.label(iri),
        landscape.around(iri),
        _labels(stated, "developedBy"),
        _labels(stated, "inChain"),
        tuple(one.segment for one in landscape.placed(iri)),
        _largest(stated, "totalInvestment"),
        _largest(stated, "completedInvestment"),
        _largest(stated, "expectedOutputValue"),
        _largest(stated, "expectedTax"),
        tuple(dict.fromkeys(f"{c.product}{c.printed}" for c in stated if c.predicate == "capacity")),
        _largest(stated, "landArea"),
        _largest(stated, "floorArea"),
        None if jobs is None else int(jobs),
        _stands(events),
        events,
        _events(expected),
        max((c.published for c in claims), default=""),
        tuple(_conflicts(claims)),
    )


def _events(claims: Iterable[_Claim]) -> tuple[Event, ...]:
    """The phases with the earliest date of each, in the order in which they are gone through."""
    dates: dict[str, str] = {}
    for claim in claims:
        date = claim.date.partition("/")[0] or claim.published
        held = dates.get(claim.value)
        dates[claim.value] = date if not held else min(held, date or held)
    return tuple(Event(phase, dates[phase]) for phase in sorted(dates, key=ORDER.index))


def _stands(events: Sequence[Event]) -> str:
    """Where a project stands: the furthest phase, or "suspended" if that is the last that is told."""
    moving = [event for event in events if event.phase != "suspended"]
    stopped = [event for event in events if event.phase == "suspended"]
    if stopped and (not moving or stopped[0].date > max(event.date for event in moving)):
        return "suspended"
    return moving[-1].phase if moving else ""


def _labels(claims: Iterable[_Claim], predicate: str) -> tuple[str, ...]:
    return tuple(sorted({c.label for c in claims if c.predicate == predicate and c.label}))


def _largest(claims: Iterable[_Claim], predicate: str) -> Decimal | None:
    return max((Decimal(c.value) for c in claims if c.predicate == predicate), default=None)


def _conflicts(claims: Sequence[_Claim]) -> Iterable[Conflict]:
    """Amounts that texts assert and that are further apart than rounding, and phases asserted and denied."""
    for predicate in ("totalInvestment", "landArea", "floorArea", "expectedOutputValue"):
        told = {
            Decimal(c.value): f"{c.printed or c.value}" + (f"（{c.published}）" if c.published else "")
            for c in claims
            if c.asserted and c.predicate == predicate
        }
        if len(told) > 1 and max(told) > min(told) * _SAME:
            yield Conflict(predicate, tuple(told[amount] for amount in sorted(told)))
    phases = [c for c in claims if c.predicate == "status"]
    denied = {c.value for c in phases if c.negated}
    for phase in sorted(denied & {c.value for c in phases if c.asserted}):
        dates = {f"{'未' if c.negated else ''}{c.published}" for c in phases if c.value == phase}
        yield Conflict("status", (phase, *sorted(dates)))
