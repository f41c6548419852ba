"""One form for what annotators, readings and the graph say of a source: entities with their forms, and facts.

The form is that of the annotation guide: one JSON a source with `entities` (id, type, name,
mentions) and `facts` (p, s, and o or value, unit, indicator …).
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError
from kg.model import EntityType

RELATIONS = (
    "locatedIn", "parkOf", "developedBy", "inChain", "chainIn", "chainLeader", "suppliesTo", "produces",
    "cooperatesWith", "subsidiaryOf", "leadingIndustry", "holdsPost",
)  # fmt: skip
ATTRIBUTES = (
    "status", "totalInvestment", "completedInvestment", "capacity", "expectedOutputValue", "expectedTax",
    "landArea", "floorArea", "jobs",
)  # fmt: skip
GROUPS = (
    dict.fromkeys(RELATIONS, "relation")
    | dict.fromkeys(ATTRIBUTES, "attribute")
    | {"observation": "observation"}
)
TYPES = tuple(str(t) for t in EntityType)


@dataclass(frozen=True, slots=True)
class DocEntity:
    """An entity of a document with every form of its name."""

    id: str
    type: str
    forms: tuple[str, ...]

    @property
    def name(self) -> str:
        """The longest form."""
        return max(self.forms, key=len)


@dataclass(frozen=True, slots=True)
class DocFact:
    """A fact of a document: `object` is an entity id of it, or else `value` counts.

    `quote` is the stretch of text that carries it; `confidence` and `rule` are of facts that were read.
    """

    predicate: str
    subject: str
    object: str | None = None
    value: float | str | None = None
    unit: str = ""
    indicator: str | None = None
    quote: str = ""
    confidence: float | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What is said of one source; `texts` are the bodies of its articles, where they are known."""

    id: str
    entities: tuple[DocEntity, ...]
    facts: tuple[DocFact, ...]
    texts: tuple[str, ...] = ()


def load_gold(folder: Path) -> dict[str, Document]:
    """The annotations of a folder by source. Raises DataError naming the file that is off."""
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        raise DataError(f"{folder} holds no .json annotations")
    return {f.stem: _gold(f) for f in files}


def _gold(file: Path) -> Document:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        entities = tuple(
            DocEntity(e["id"], _one_of(TYPES, e["type"]), (e["name"], *e.get("mentions", [])))
            for e in data["entities"]
        )
        facts = tuple(
            DocFact(
                _one_of(GROUPS, f["p"]),
                f["s"],
                f.get("o"),
                f.get("value"),
                f.get("unit") or "",
                f.get("indicator"),
                f.get("quote", ""),
            )
            for f in data["facts"]
        )
    except OSError as error:
        raise DataError(f"{file}: cannot be read: {error.strerror}") from error
    except json.JSONDecodeError as error:
        raise DataError(f"{file}: is no JSON: {error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"{file}: is no annotation of a document ({type(error).__name__}: {error})"
        ) from error
    return Document(file.stem, entities, facts)


def _one_of(known: Collection[str], name: str) -> str:
    if name not in known:
        raise ValueError(f"{name!r} is none of {', '.join(known)}")
    return name


def states(predicate: str, modality: str) -> bool:
    """Whether a claim of this modality states something of its source.

    What is negated does not; nor do expected relations and phases, which no text asserts.
    """
    unasserted = predicate in RELATIONS or predicate == "status"
    return predicate in GROUPS and modality != "negated" and not (modality == "expected" and unasserted)
