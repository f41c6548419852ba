"""What a graph already holds: for a build that reads only what has changed, and keeps what is not its own."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from pyoxigraph import Quad, Store

from kg.errors import StoreError
from kg.graph import readings
from kg.graph.iris import Iris
from kg.graph.store import hold
from kg.model import Reading


def reusable_readings(path: Path, fingerprint: str) -> dict[tuple[str, str | None], list[Reading]]:
    """The readings of the graph at `path` by source: its id and the sha256 of its bytes.

    Readings that other code made (another `fingerprint`) come under (id, None): they are to be kept where
    their source is not at hand, but they are no reason not to read it again. Empty if there is no graph yet;
    StoreError if there is one that cannot be read.
    """
    if not (path / "kg.json").exists():
        return {}
    held = hold(path)
    try:
        fresh, stale = held.manifest.fingerprint == fingerprint, set(held.manifest.stale)
        found: dict[tuple[str, str | None], list[Reading]] = defaultdict(list)
        for reading in readings.load(held.folder / "readings.jsonl.gz"):
            source = reading.article.source
            current = fresh and source.id not in stale
            found[source.id, source.sha256 if current else None].append(reading)
        return dict(found)
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
