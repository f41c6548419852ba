"""The settings of a project: one typed object, read from a TOML file.

ontology_base = "https://w3id.org/lianzhu/ontology#"   # proposed; not registered yet
id_base = "https://w3id.org/lianzhu/id/"
graph = "lianzhu.kg"
pipeline = "pipeline.cfg"
chains = "chains"
jobs = 2
supplier_pairs = 200
queries = "queries"
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_type_hints

from kg.errors import DataError

ONTOLOGY_BASE = "https://w3id.org/lianzhu/ontology#"
ID_BASE = "https://w3id.org/lianzhu/id/"

_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project may choose; every field has a default.

    ontology_base   where the terms of the ontology live (ends in `#` or `/`)
    id_base         where entities, articles and graphs live (ends in `/`)
    graph           the folder of the graph
    pipeline        a spaCy config that replaces the built-in one, or None
    chains          a folder of chain templates of one's own (.ttl), beside those of the package, or None
    jobs            how many processes read articles, or None for one a core
    supplier_pairs  at most so many potential suppliers a pair of segments in one zone, the surest first
    queries         a folder with saved queries (.rq) of one's own, or None
    """

    ontology_base: str = ONTOLOGY_BASE
    id_base: str = ID_BASE
    graph: Path = Path("lianzhu.kg")
    pipeline: Path | None = None
    chains: Path | None = None
    jobs: int | None = None
    supplier_pairs: int = 200
    queries: Path | None = None

    def __post_init__(self) -> None:
        for key, problem in _problems(self):
            raise DataError(f"setting {key}: {problem}")

    def chain_files(self) -> tuple[Path, ...]:
        """The chain templates of one's own, by name; DataError if the folder is not there."""
        if self.chains is None:
            return ()
        if not self.chains.is_dir():
            raise DataError(f"setting chains: {self.chains} is no folder; make it or leave the setting out")
        return tuple(sorted(self.chains.glob("*.ttl")))

    @classmethod
    def load(cls, path: Path | str | None = None) -> Settings:
        """Settings from a TOML file; the defaults where `path` is None.

        Paths in the file are taken from the file's own folder. Raises DataError, one line naming the
        file and the key, when the file cannot be read, a key is unknown or a value does not fit.
        """
        if path is None:
            return cls()
        path = Path(path)
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise DataError(f"{path}: cannot read the settings: {error.strerror}") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DataError(f"{path}: not a TOML file: {error}") from error
        types = get_type_hints(cls)
        values: dict[str, Any] = {}
        for key, value in table.items():
            if key not in types:
                known = ", ".join(field.name for field in fields(cls))
                raise DataError(f"{path}: unknown setting {key!r}; known are {known}")
            try:
                values[key] = _fit(value, types[key], path.parent)
            except TypeError as error:
                raise DataError(f"{path}: setting {key}: {error}") from None
        try:
            return cls(**values)
        except DataError as error:
            raise DataError(f"{path}: {error}") from None


def _fit(value: object, wanted: Any, folder: Path) -> object:
    """`value` of a TOML file as the type of its field; TypeError says what was wanted instead."""
    accepted = get_args(wanted) if isinstance(wanted, UnionType) else (wanted,)
    if Path in accepted and isinstance(value, str):
        return folder / value
    if isinstance(value, accepted) and not isinstance(value, bool):
        return value
    names = {str: "text", int: "a whole number", Path: "a path (text)"}
    kinds = " or ".join(names[kind] for kind in accepted if kind in names)
    raise TypeError(f"{value!r} is not {kinds}")


def _problems(settings: Settings) -> list[tuple[str, str]]:
    found = []
    for key, endings in (("ontology_base", ("#", "/")), ("id_base", ("/",))):
        value = getattr(settings, key)
        if not _ABSOLUTE_IRI.fullmatch(value) or not value.endswith(endings):
            found.append((key, f"{value!r} is not an absolute IRI that ends in {' or '.join(endings)}"))
    if settings.ontology_base == settings.id_base:
        found.append(("id_base", "must differ from ontology_base"))
    if settings.jobs is not None and settings.jobs < 1:
        found.append(("jobs", f"{settings.jobs} is not 1 or more"))
    if settings.supplier_pairs < 0:
        found.append(("supplier_pairs", f"{settings.supplier_pairs} is not 0 or more"))
    return found
