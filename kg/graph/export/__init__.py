"""The whole graph as a file: one writer a format, sorted, so that the same graph gives the same bytes.

To add a format: a function from a graph to chunks of bytes, and a line in `FORMATS`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError, UsageError
from kg.graph.export.graphml import graphml
from kg.graph.export.rdf import jsonld, nquads, trig, turtle
from kg.graph.export.tables import tables
from kg.graph.graph import Graph

__all__ = ["FORMATS", "Format", "export"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the endings of its files, and what writes it, chunk by chunk."""

    endings: tuple[str, ...]
    write: Callable[[Graph], Iterator[bytes]]


FORMATS = {
    "nquads": Format((".nq", ".nquads"), nquads),
    "trig": Format((".trig",), trig),
    "turtle": Format((".ttl", ".turtle"), turtle),
    "jsonld": Format((".jsonld",), jsonld),
    "graphml": Format((".graphml",), graphml),
    "csv": Format((".zip",), tables),
}
"""All formats by name; `csv` is a zip of tables."""


def export(graph: Graph, file: Path | str, form: str | None = None) -> None:
    """Write a graph to a file, in a format of `FORMATS` or the one that the file's ending tells.

    The file is replaced as a whole once it is written. Raises UsageError for an unknown format or ending,
    StoreError when the file cannot be written.
    """
    path = Path(file)
    chosen = FORMATS[_by_ending(path) if form is None else _known(form)]
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as output:
            for chunk in chosen.write(graph):
                output.write(chunk)
            output.flush()
            os.fsync(output.fileno())
        temporary.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot write the export: {error.strerror or error}") from error
    finally:
        temporary.unlink(missing_ok=True)


def _by_ending(path: Path) -> str:
    ending = path.suffix.lower()
    for name, form in FORMATS.items():
        if ending in form.endings:
            return name
    if ending == ".csv":
        raise UsageError(f"{path}: the tables come as one zip file; name it {path.with_suffix('.zip').name}")
    known = ", ".join(ending for form in FORMATS.values() for ending in form.endings)
    raise UsageError(f"{path}: cannot tell the format from {ending or 'no ending'!r}; endings are {known}")


def _known(form: str) -> str:
    if form not in FORMATS:
        raise UsageError(f"unknown format {form!r}; formats are {', '.join(FORMATS)}")
    return form
