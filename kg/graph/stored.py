"""What a graph already holds: for a build that reads only what has changed, and keeps what is not its own."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad, Store

from kg.errors import StoreError
from kg.graph.iris import Iris
from kg.graph.state import FILE, Kept, read_state
from kg.graph.store import hold


def known_sources(path: Path) -> dict[str, Kept]:
    """The sources of the graph at `path`, by id; empty if there is no graph yet.

    StoreError if there is one that cannot be read, or that an older version wrote.
    """
    if not (path / "kg.json").exists():
        return {}
    held = hold(path)
    try:
        if not (held.folder / FILE).exists():
            raise StoreError(f"{path}: written by an older version; build into another folder")
        state = read_state(held.folder / FILE)
        try:
            return state.sources()
        finally:
            state.db.close()
    finally:
        held.release()


def other_quads(path: Path) -> list[Quad]:
    """What the graph at `path` holds in graphs that no build writes (by SPARQL updates); empty if there is none yet.

    StoreError if it cannot be read.
    """
    if not (path / "kg.json").exists():
        return []
    held = hold(path)
    try:
        iris = Iris(held.manifest.ontology_base, held.manifest.id_base)
        store = Store.read_only(str(held.folder / "store"))
        others = [name for name in store.named_graphs() if not iris.is_built(name.value)]
        return [quad for name in others for quad in store.quads_for_pattern(None, None, None, name)]
    except OSError as error:
        raise StoreError(f"{path}: cannot open the graph: {error}; build it into another folder") from error
    finally:
        held.release()
