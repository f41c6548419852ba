"""What processes that answer are asked, and what they answer with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from kg.errors import StoreError
from kg.graph.store import read_manifest

if TYPE_CHECKING:
    from kg.query import KnowledgeGraph
    from kg.server.limits import Limits

T = TypeVar("T")


class Sink(Protocol):
    """Where an answer is written. Raises Refusal when it becomes too large."""

    def write(self, data: bytes, /) -> int:
        """Take in some more of it."""
        ...

    def flush(self) -> None:
        """Nothing is held back; libraries that write ask for it."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """An answer that was written: its media type, and which generation of the graph it is of."""

    media_type: str
    generation: int


class Job(Protocol):
    """Something to be done by a process of its own; it is sent there, so it must be picklable."""

    def run(self, desk: Desk, sink: Sink) -> str:
        """Write the answer and return its media type. Raises KgError (also Refusal) for what cannot be answered."""
        ...


def generation(path: Path) -> int | None:
    """How often the graph at `path` has been built; None where that cannot be read."""
    try:
        return read_manifest(path).generation
    except StoreError:
        return None


class Desk:
    """Where a job finds the graph as it is now, and what was worked out about it before."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Of the graph at `path`; it is opened when first asked for."""
        self.path = path
        self.limits = limits
        self._graph: KnowledgeGraph | None = None
        self._kept: dict[Any, Any] = {}

    @property
    def graph(self) -> KnowledgeGraph:
        """The graph, of the generation that `refresh` found. Raises StoreError if it cannot be opened."""
        if self._graph is None:
            import kg

            self._graph = kg.open(self.path)
        return self._graph

    @property
    def generation(self) -> int:
        """How often the graph had been built when it was opened; 0 while it is not open."""
        return 0 if self._graph is None else int(self._graph.info()["generation"])

    def once(self, key: str, work: Callable[[KnowledgeGraph], T]) -> T:
        """What `work` makes of the graph, worked out once for each generation."""
        if key not in self._kept:
            self._kept[key] = work(self.graph)
        found: T = self._kept[key]
        return found

    def refresh(self) -> None:
        """Go over to a graph that was built since; where that cannot be read, stay with the one that is open."""
        if self._graph is not None and generation(self.path) not in (None, self.generation):
            self.close()

    def close(self) -> None:
        """Let go of the graph."""
        if self._graph is not None:
            self._graph.close()
        self._graph = None
        self._kept.clear()
