"""Readings as JSON lines: kept beside the graph, so that a later build can link anew without reading again."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.model import Reading

if TYPE_CHECKING:
    from pydantic import TypeAdapter


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
    """Write readings to a gzip file, one a line; the same readings give the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as file:
        for reading in readings:
            file.write(f"{to_json(reading)}\n".encode())


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
