"""Quads that come and go, and the union of all graphs that goes with them.

Plain queries run on the unnamed graph, which holds the union: Oxigraph's own tells a triple once for each graph
that holds it, and counts would be wrong.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

_UNNAMED = DefaultGraph()
_MANY = 400_000  # quads that are stored at once


class Changing:
    """A store that is being changed; `count` is how many quads its named graphs hold."""

    def __init__(self, folder: Path, count: int, fresh: bool) -> None:
        self.store = Store(str(folder))
        self.count = count
        self._fresh = fresh  # nothing to be removed, and quads are stored by the many
        self._pending: list[Quad] = []
        self._gone: set[Quad] = set()

    def replace_graph(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        """Give a named graph this content."""
        wanted = set(quads)
        held = set() if self._fresh else set(self.store.quads_for_pattern(None, None, None, graph))
        self.change(held - wanted, wanted - held)
        if not wanted and not self._fresh:
            self.store.remove_graph(graph)

    def replace_subject(self, subject: NamedNode, graph: NamedNode, quads: Iterable[Quad]) -> None:
        """Give what a graph says of a subject this content."""
        wanted = set(quads)
        held = set() if self._fresh else set(self.store.quads_for_pattern(subject, None, None, graph))
        self.change(held - wanted, wanted - held)

    def change(self, gone: Iterable[Quad], come: Iterable[Quad]) -> None:
        """Take quads of named graphs out and put others in; each is there, or not there, as told."""
        lost, new = list(gone), list(come)
        self.count += len(new) - len(lost)
        for quad in lost:
            self.store.remove(quad)
        self._gone |= {_plain(quad) for quad in lost}
        plain = [_plain(quad) for quad in new]
        if self._fresh:
            self._pending += (*new, *plain)
            if len(self._pending) > _MANY:
                self._flush()
        elif len(new) > _MANY:
            self.store.bulk_extend((*new, *plain))
        else:
            self.store.extend((*new, *plain))

    def _flush(self) -> None:
        self.store.bulk_extend(self._pending)
        self._pending = []

    def close(self) -> None:
        """Let go of the files."""
        del self.store

    def settle(self) -> None:
        """Make the unnamed graph the union of the others."""
        if self._fresh:
            self._flush()
            self.store.optimize()
            return
        for quad in self._gone:
            if not self._held(quad):
                self.store.remove(quad)
        self._gone.clear()
        self.store.flush()

    def _held(self, plain: Quad) -> bool:
        found = self.store.quads_for_pattern(plain.subject, plain.predicate, plain.object)
        return any(quad.graph_name != _UNNAMED for quad in found)


def _plain(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)


def copy_store(old: Path, new: Path) -> None:
    """A store's files in a new folder; its tables are never written again, so they are linked where possible."""
    new.mkdir()
    for source in sorted(old.iterdir()):
        target = new / source.name
        if source.suffix == ".sst":
            with suppress(OSError):  # a file system without links
                os.link(source, target)
                continue
        shutil.copyfile(source, target)
