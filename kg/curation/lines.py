"""What people decide about a graph: which names are one thing and which are not, what is wrong and what is missing.

A thing is named as people name it: `左云经开区`, with its kind where that is needed (`zone/左云经开区`), and with its
place, source or article where several things bear the name: `高新区@郑州市`, `创业中心@014_report`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from kg.model import EntityType
from kg.names import normal

KINDS = {kind.value.lower(): kind for kind in EntityType}
SOURCE = "curation"
"""The id of the source that curated facts stand in."""


@dataclass(frozen=True, slots=True)
class Name:
    """A thing by one of its names; `kind` and `where` (a place, source or article) narrow it down."""

    name: str
    kind: EntityType | None = None
    where: str = ""

    @classmethod
    def of(cls, text: str) -> Name:
        """The thing that `zone/左云经开区@大同市` names; kind and place may be missing."""
        kind, slash, rest = text.partition("/")
        found = KINDS.get(kind.strip().lower()) if slash else None
        rest = rest if found else text
        name, _, where = rest.rpartition("@") if "@" in rest else (rest, "", "")
        return cls(name.strip(), found, where.strip())

    def __str__(self) -> str:
        kind = f"{self.kind.value.lower()}/" if self.kind else ""
        return f"{kind}{self.name}{f'@{self.where}' if self.where else ''}"

    @property
    def key(self) -> str:
        """The name as it is compared."""
        return normal(self.name)


@dataclass(frozen=True, slots=True)
class Merge:
    """These names stand for one thing."""

    names: tuple[Name, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Apart:
    """These names stand for as many things."""

    names: tuple[Name, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rename:
    """What is called so is to be labelled `to`."""

    name: Name
    to: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Retype:
    """What is called so is a `to`: a firm that was taken for a project."""

    name: Name
    to: EntityType
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reject:
    """What an article was read to say is wrong.

    `object` is a name, a concept or a figure as printed; `quote` a part of the sentence.
    """

    article: str
    predicate: str
    subject: Name
    object: str
    quote: str = ""
    why: str = ""

    def concerns(self, article: str, source: str) -> bool:
        """Whether it is about an article (by id) or the source that it stands in."""
        return self.article in (article, source)


@dataclass(frozen=True, slots=True)
class Add:
    """A fact that no article was read to say, with its source in words, and a quote and address if there are any."""

    subject: Name
    predicate: str
    object: str
    source: str
    unit: str = ""
    date: str = ""
    title: str = ""
    quote: str = ""
    url: str = ""
    by: str = ""
    why: str = ""


Line = Merge | Apart | Rename | Retype | Reject | Add
SECTIONS: dict[str, type[Line]] = {
    "merge": Merge,
    "apart": Apart,
    "rename": Rename,
    "retype": Retype,
    "reject": Reject,
    "add": Add,
}


@dataclass(frozen=True, slots=True)
class Curation:
    """All lines of a curation file, section by section."""

    merge: tuple[Merge, ...] = ()
    apart: tuple[Apart, ...] = ()
    rename: tuple[Rename, ...] = ()
    retype: tuple[Retype, ...] = ()
    reject: tuple[Reject, ...] = ()
    add: tuple[Add, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all sections."""
        return (*self.merge, *self.apart, *self.rename, *self.retype, *self.reject, *self.add)

    def to_json(self) -> str:
        """The curation in one line, the same for the same content."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str)


@dataclass(frozen=True, slots=True)
class Finding:
    """A line that does not apply (any longer), and why, in Chinese and in English."""

    line: Line
    zh: str
    en: str


def section_of(line: Line) -> str:
    """The section of the file that a line stands in."""
    return next(name for name, kind in SECTIONS.items() if kind is type(line))


def in_words(line: Line) -> str:
    """A line in one row of text: `merge 泰山玻纤 = 泰山玻璃纤维有限公司`."""
    match line:
        case Merge(names=names):
            said = " = ".join(map(str, names))
        case Apart(names=names):
            said = " ≠ ".join(map(str, names))
        case Rename(name=name, to=to):
            said = f"{name} → {to}"
        case Retype(name=name, to=kind):
            said = f"{name} → {kind.value}"
        case Reject():
            said = f"{line.article}: {line.subject} {line.predicate} {line.object}"
        case Add():
            said = f"{line.subject} {line.predicate} {line.object} {line.unit}".rstrip() + f" ({line.source})"
    return f"{section_of(line)} {said}"


def plain(line: Line) -> dict[str, Any]:
    """A line as the mapping that stands in the file; empty fields are left out."""
    made: dict[str, Any] = {}
    for name in type(line).__dataclass_fields__:
        value = getattr(line, name)
        if isinstance(value, tuple):
            made[name] = [str(one) for one in value]
        elif isinstance(value, EntityType):
            made[name] = value.value
        elif value:
            made[name] = str(value)
    return made
