"""What processes that answer are asked, and what they answer with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from kg.server.source import AnyGraph, Source, generation, open_source

if TYPE_CHECKING:
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
    """An answer that was written: its media type."""

    media_type: str


class Job(Protocol):
    """Something to be done by a process of its own; it is sent there, so it must be picklable."""

    def run(self, desk: Desk, sink: Sink) -> str:
        """Write the answer and return its media type. Raises KgError (also Refusal) for what cannot be answered."""
        ...


class Desk:
    """Where a job finds the graph as it is now, and what was worked out about it before."""

    def __init__(self, source: Source, limits: Limits) -> None:
        """Of the graph at `source`; it is opened when first asked for."""
        self.source = source
        self.limits = limits
        self.generation: int | None = None
        """That of the graph that is open."""
        self._graph: AnyGraph | None = None
        self._kept: dict[Any, Any] = {}

    @property
    def graph(self) -> AnyGraph:
        """The graph, as `refresh` found it. Raises StoreError if it cannot be opened."""
        if self._graph is None:
            self.generation = generation(self.source)
            self._graph = open_source(self.source)
        return self._graph

    def once(self, key: str, work: Callable[[AnyGraph], T]) -> T:
        """What `work` makes of the graph, worked out once for each generation."""
        if key not in self._kept:
            self._kept[key] = work(self.graph)
        found: T = self._kept[key]
        return found

    def refresh(self) -> None:
        """Go over to a graph that was built since; where that cannot be read, stay with the one that is open."""
        if self._graph is not None and generation(self.source) not in (None, self.generation):
            self.close()

    def close(self) -> None:
        """Let go of the graph."""
        if self._graph is not None:
            self._graph.close()
        self._graph = None
        self._kept.clear()
