"""Lianzhu (链主): articles on development zones become a knowledge graph.

import kg
kg.build(["seeds"], "seeds.kg")
graph = kg.open("seeds.kg")
nlp = kg.nlp()  # the spaCy pipeline that reads articles
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from kg import nlp
    from kg.building import BuildReport, Progress
    from kg.query.knowledge import KnowledgeGraph, RemoteGraph
    from kg.settings import Settings

    __version__: str

__all__ = ["__version__", "build", "connect", "nlp", "open"]


def open(path: str | Path = "lianzhu.kg") -> KnowledgeGraph:
    """The graph in a folder, for reading. Raises StoreError if there is none that can be opened."""
    from kg.query.knowledge import KnowledgeGraph

    return KnowledgeGraph.open(path)


def connect(
    url: str, *, user: str | None = None, password: str | None = None, token: str | None = None
) -> RemoteGraph:
    """The graph behind a SPARQL endpoint, for reading. Raises UsageError if `url` is no address."""
    from kg.graph.http import Login
    from kg.query.knowledge import RemoteGraph

    return RemoteGraph(url, login=Login(user, password, token))


def build(
    sources: Sequence[str | Path] | str | Path,
    path: str | Path = "lianzhu.kg",
    *,
    jobs: int | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Read files and folders of articles into the graph at `path`. See `kg.building.build`."""
    from kg.building import build as run

    many = [sources] if isinstance(sources, str | Path) else sources
    return run(many, path, jobs=jobs, settings=settings, progress=progress)


def __getattr__(name: str) -> ModuleType | str:
    # What takes time to load is loaded when asked for. `kg.nlp()` makes the pipeline: the package is callable.
    if name == "nlp":
        return import_module("kg.nlp")
    if name == "__version__":
        return _version()
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("lianzhu")
    except PackageNotFoundError:  # a checkout that was not installed
        return "0+unknown"
