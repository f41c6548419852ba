"""What an audit finds: a place where texts, or what was read from them, do not add up."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What does not add up."""

    RATIO = "ratio"  # a share, rate or growth that its own numbers do not give
    SUM = "sum"  # parts that do not sum to their whole, or a part above it
    COUNT = "count"  # a stated count against the items listed
    SPAN = "span"  # 2020年至2022年，四年; periods that end before they begin; days that do not exist
    UNIT = "unit"  # the same figure apart by a power of ten, or beyond what is possible
    FIGURE = "figure"  # figures of one thing that differ
    ORDER = "order"  # phases or dates out of order
    CHAINS = "chains"  # one firm in two chains


class Severity(StrEnum):
    """How much it matters, first the gravest."""

    HIGH = "high"  # it cannot be as it stands
    MEDIUM = "medium"  # it can hardly be
    LOW = "low"  # it can be, but must be known before the figure is used


class Cause(StrEnum):
    """Whose mistake it is likelier to be."""

    SOURCE = "source"  # the text's
    READING = "reading"  # ours
    OPEN = "open"  # either's, or nobody's


class Said(NamedTuple):
    """One wording in two languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of an article (`body[start:end] == quote`) that takes part in a finding."""

    article: str
    headline: str
    published: str | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not add up.

    `what` says it in a sentence, `why` says why the cause is likelier the source or the reading. `about` is
    the IRI and name of the thing it concerns, where it is known. `evidence` holds its sentences in order.
    """

    kind: Kind
    severity: Severity
    cause: Cause
    what: Said
    why: Said
    evidence: tuple[Evidence, ...]
    about: tuple[str, str] | None = None

    @property
    def id(self) -> str:
        """A short name that stays the same as long as the finding and its sentences do."""
        places = "|".join(f"{e.article}#{e.start}-{e.end}" for e in self.evidence)
        return hashlib.sha256(f"{self.kind}|{self.what.zh}|{places}".encode()).hexdigest()[:8]


SEVERITIES = tuple(Severity)


def in_order(findings: list[Finding]) -> list[Finding]:
    """Each finding once, the gravest first, then by kind and place."""
    kinds = {kind: i for i, kind in enumerate(Kind)}
    unique = {(f.kind, f.what, f.evidence): f for f in findings}
    return sorted(
        unique.values(),
        key=lambda f: (
            SEVERITIES.index(f.severity),
            kinds[f.kind],
            [(e.article, e.start, e.end) for e in f.evidence],
            f.what,
        ),
    )
