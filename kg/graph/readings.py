"""Readings as JSON lines, a file a source, kept beside the graph: so that a later build need not read again.

The files are named by what they were made from, and never change; a build that is killed leaves those it made to
the next one.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.graph.store import replace_file
from kg.model import Reading

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FOLDER = "readings"
_ENDING = ".jsonl.gz"


@cache
def _adapter() -> TypeAdapter[Reading]:
    from pydantic import TypeAdapter  # here, so that queries need not wait for it

    return TypeAdapter(Reading)


def to_json(reading: Reading) -> str:
    """A reading as one line of JSON; fields that hold their default are left out."""
    data = _adapter().dump_python(reading, mode="json", exclude_defaults=True)
    if "repeats" in data["article"]:
        data["article"]["repeats"].sort()
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def from_json(line: str) -> Reading:
    """The reading that `to_json` wrote. Raises ValueError for anything else."""
    return _adapter().validate_json(line)


def save(readings: Iterable[Reading], path: Path) -> None:
    """Write readings to a gzip file, one a line, whole or not at all; the same readings give the same bytes."""
    lines = "".join(f"{to_json(reading)}\n" for reading in readings)
    replace_file(path, gzip.compress(lines.encode(), mtime=0))


def load(path: Path) -> Iterator[Reading]:
    """Read back what `save` wrote, one reading at a time. Raises StoreError, naming file and line."""
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                number += 1
                yield from_json(line)
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: cannot read the readings: {error}; build the graph again") from error
    except ValueError as error:
        raise StoreError(f"{path}: line {number} is not a reading; build the graph again") from error


class Pool:
    """The readings of a graph's folder, those of the current generation and those that a dead build left."""

    def __init__(self, path: Path) -> None:
        self._folder = path / FOLDER

    @staticmethod
    def name(source: str, sha256: str, fingerprint: str) -> str:
        """The name of the readings of a source as some code read it."""
        return hashlib.sha256(f"{source}\n{sha256}\n{fingerprint}".encode()).hexdigest()[:32]

    def __contains__(self, name: str) -> bool:
        return self._file(name).is_file()

    def keep(self, name: str, readings: Sequence[Reading]) -> None:
        """Keep the readings of a source under a name. Raises StoreError if the disk refuses."""
        try:
            self._folder.mkdir(exist_ok=True)
            save(readings, self._file(name))
        except OSError as error:
            reason = error.strerror or error
            raise StoreError(f"{self._folder.parent}: cannot write the graph: {reason}") from error

    def load(self, name: str) -> Iterator[Reading]:
        """The readings of a name. Raises StoreError if they cannot be read."""
        return load(self._file(name))

    def drop_but(self, names: Collection[str]) -> None:
        """Remove all readings but those of some names."""
        if self._folder.is_dir():
            wanted = {f"{name}{_ENDING}" for name in names}
            for file in self._folder.iterdir():
                if file.name not in wanted:
                    file.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}{_ENDING}"
