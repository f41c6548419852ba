"""A graph on disk: a folder of which every build writes a new generation, then swaps it in at once.

    seeds.kg/
      kg.json                 format, generation, counts; replaced atomically, so it decides what the graph is
      .lock                   held by the one build that may write
      curation.yaml           what people decided, if anything (kg.curation)
      readings/               what was read, a file a source, to link anew without reading again
      generations/000003/
        store/                the quads (Oxigraph); tables are shared with the generation before
        state.sqlite          sources, which names were taken for one thing and why, claims set aside,
                              and what else the next build needs to know (kg.graph.state)

A build that dies at any moment leaves the generation that `kg.json` names, whole.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import StoreError

FORMAT = 2

_MANIFEST = "kg.json"
_LOCK = ".lock"
_GENERATIONS = "generations"
_READINGS = "readings"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `kg.json` says. All but `generation` (how often it was built) follows from what was read.

    fingerprint  of the reading code that made the readings, as its caller defines it
    stale        ids of sources whose readings were made by other code
    """

    format: int
    generation: int
    version: str
    ontology_base: str
    id_base: str
    fingerprint: str
    stale: list[str]
    articles: int
    sources: int
    entities: dict[str, int]
    claims: dict[str, int]
    rejected: int
    derived: dict[str, int]
    quads: int


@dataclass(slots=True)
class Held:
    """The generation of a graph that is open for reading; no build removes it until `release`."""

    path: Path
    manifest: Manifest
    folder: Path
    _descriptor: int | None = field(default=None, repr=False)

    def release(self) -> None:
        """Let go of it; a later build may then remove it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@dataclass(slots=True)
class Draft:
    """A generation being written into `folder`; it becomes the graph with `commit`."""

    path: Path
    folder: Path
    generation: int
    committed: bool = False

    def commit(self, manifest: Manifest) -> None:
        """Make this the graph: everything reaches the disk first, then `kg.json` is replaced."""
        _sync_tree(self.folder)
        _sync(self.folder.parent)
        replace_file(self.path / _MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n")
        self.committed = True


def hold(path: Path) -> Held:
    """Open the current generation of the graph at `path`. Raises StoreError if there is none."""
    for _ in range(10):  # a build may swap and remove between the two steps
        manifest = read_manifest(path)
        folder = _generation(path, manifest.generation)
        try:
            descriptor = _lock_shared(folder)
        except FileNotFoundError:
            continue
        if folder.is_dir():
            return Held(path, manifest, folder, descriptor)
        if descriptor is not None:
            os.close(descriptor)
    raise StoreError(f"{path}: the graph's files are missing ({folder}); build it again")


def read_manifest(path: Path) -> Manifest:
    """What `kg.json` of the graph at `path` says. Raises StoreError if that is no graph this version reads."""
    file = path / _MANIFEST
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(data, dict) and isinstance(data.get("format"), int) and data["format"] > FORMAT:
            raise StoreError(
                f"{path}: written by a newer version (format {data['format']}, this one reads {FORMAT}); "
                "upgrade lianzhu, or build into another folder"
            )
        return Manifest(**data)
    except (FileNotFoundError, NotADirectoryError):
        if not path.exists():
            raise StoreError(f"{path}: no such graph; make it with: kg --kg {path} build SOURCE") from None
        raise StoreError(
            f"{path}: not a graph (it holds no {_MANIFEST}); name the folder of a graph"
        ) from None
    except OSError as error:
        raise StoreError(f"{path}: cannot open the graph: {error.strerror}") from error
    except (ValueError, TypeError) as error:
        raise StoreError(f"{file}: damaged; build into another folder") from error


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the folder at `path` for one build, nested calls included; a folder made for it goes if left empty.

    Raises StoreError when another build holds it, when it is not a graph's folder or cannot be written.
    """
    _check_target(path)
    made = not path.exists()
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path / _LOCK, timeout=0, is_singleton=True)
        lock.acquire()
    except Timeout:
        raise StoreError(f"{path}: another build is writing this graph; wait until it is done") from None
    except OSError as error:
        raise StoreError(f"{path}: cannot write here: {error.strerror or error}") from error
    try:
        _check_target(path)
        yield
    finally:
        if made and not (path / _MANIFEST).exists():
            for folder in (_GENERATIONS, _READINGS):
                with suppress(OSError):
                    (path / folder).rmdir()
            if {entry.name for entry in path.iterdir()} == {_LOCK}:
                (path / _LOCK).unlink()
                path.rmdir()
        lock.release()


@contextmanager
def drafting(path: Path) -> Iterator[Draft]:
    """Write a new generation of the graph at `path`, which stays as it is unless the draft is committed.

    Raises StoreError as `exclusive` does, and when the disk refuses (full, read-only).
    """
    with exclusive(path):
        current = read_manifest(path).generation if (path / _MANIFEST).exists() else 0
        _remove_but(path, current)
        draft = Draft(path, _generation(path, current + 1), current + 1)
        try:
            draft.folder.mkdir(parents=True)
            yield draft
        except OSError as error:
            raise StoreError(f"{path}: cannot write the graph: {error.strerror or error}") from error
        finally:
            _remove_but(path, draft.generation if draft.committed else current)


def replace_file(path: Path, content: str | bytes) -> None:
    """Replace a file as a whole: whoever reads it, also after a crash, finds the old or the new content."""
    temporary = path.with_name(f"{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105  (the call that the crash tests stop at)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def generations(path: Path) -> list[Path]:
    """The folders of all generations that are there: the current one, and older ones that someone reads."""
    return sorted((path / _GENERATIONS).glob("*"))


def _generation(path: Path, number: int) -> Path:
    return path / _GENERATIONS / f"{number:06d}"


def _check_target(path: Path) -> None:
    """StoreError unless a graph may be written at `path`: none there, a graph, or what a dead build left."""
    try:
        names = {entry.name for entry in path.iterdir()}
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise StoreError(f"{path}: is a file; a graph is a folder, name another") from None
    except OSError as error:
        raise StoreError(f"{path}: cannot open: {error.strerror}") from error
    if _MANIFEST in names:
        read_manifest(path)
    elif not names <= {_LOCK, _GENERATIONS, _READINGS, f"{_MANIFEST}.part"}:
        raise StoreError(f"{path}: a folder that holds other things than a graph; name a new folder")


def _remove_but(path: Path, kept: int) -> None:
    """Remove all generations but one; those that someone reads stay until a later build."""
    (path / f"{_MANIFEST}.part").unlink(missing_ok=True)
    for folder in generations(path):
        if folder == _generation(path, kept):
            continue
        with suppress(OSError), _lock_removal(folder):
            shutil.rmtree(folder)


def _sync_tree(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            _sync_tree(entry)
        else:
            _sync(entry)
    _sync(folder)


if sys.platform == "win32":
    # an open file cannot be removed there, which is lock enough; folders cannot be synced

    def _lock_shared(folder: Path) -> int | None:
        return None

    @contextmanager
    def _lock_removal(folder: Path) -> Iterator[None]:
        yield

    def _sync(path: Path) -> None:
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())

else:
    import fcntl

    def _lock_shared(folder: Path) -> int | None:
        descriptor = os.open(folder, os.O_RDONLY)
        with suppress(OSError):  # a file system without locks: a build may then remove what is being read
            fcntl.flock(descriptor, fcntl.LOCK_SH)
        return descriptor

    @contextmanager
    def _lock_removal(folder: Path) -> Iterator[None]:
        """OSError where someone reads the folder."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        finally:
            os.close(descriptor)

    def _sync(path: Path) -> None:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
