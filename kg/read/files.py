"""Finding the files to read, and reading one within bounds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kg.errors import KgError, SourceError, UsageError
from kg.read.formats import formats
from kg.read.metadata import SIDECAR, sidecar
from kg.read.page import Format

MAX_BYTES = 50_000_000

Report = Callable[[KgError], None]


def find_sources(paths: Sequence[str | Path], on_error: Report | None = None) -> list[Path]:
    """The files to read: each file named, and every readable file in each folder named, sorted.

    Folders are walked through; hidden files, `sources.yaml`, READMEs, Office lock files and files of
    other formats in them are passed over. A file named twice comes once. A missing path, a file of
    an unknown format and a folder without articles are a `SourceError`, which is raised or, with
    `on_error`, handed to it while the search goes on. So is an entry of a `sources.yaml` without its file.
    """

    def report(error: KgError) -> None:
        if on_error is None:
            raise error
        on_error(error)

    if not paths:
        raise UsageError("no source given: name files or folders with articles")
    found: dict[Path, Path] = {}
    for given in map(Path, paths):
        try:
            for path in _under(given):
                found.setdefault(path.resolve(), path)
            if given.is_dir():
                _check_sidecars(given)
        except KgError as error:
            report(error)
    return sorted(found.values(), key=lambda path: path.as_posix())


def clashes(sources: Sequence[Path]) -> dict[Path, SourceError]:
    """The files that cannot be read beside the others, since a file before them has their name.

    A source is known by its file's stem, in the graph too, and renaming one of two by where it
    lies would change what is already stored; so the second is refused, by name, and the rest goes on.
    """
    first: dict[str, Path] = {}
    refused: dict[Path, SourceError] = {}
    for path in sources:
        other = first.setdefault(path.stem, path)
        if other != path:
            refused[path] = SourceError(
                f"{path}: has the same name as {other}, and names tell sources apart; rename one"
            )
    return refused


def format_of(path: Path) -> Format:
    """The format of a file by its suffix; an unknown one is a `SourceError`."""
    known = formats()
    try:
        return known[path.suffix.lower()]
    except KeyError:
        raise SourceError(
            f"{path}: unknown format {path.suffix or '(no suffix)'!r}; known are {', '.join(known)}"
        ) from None


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; missing, empty, unreadable and outsized files are a `SourceError`."""
    try:
        if path.is_dir():
            raise SourceError(f"{path}: is a folder, not a file")
        if not path.is_file() and path.exists():
            raise SourceError(f"{path}: is not a regular file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise SourceError(f"{path}: no such file") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror})") from None
    if len(data) > MAX_BYTES:
        raise SourceError(f"{path}: is larger than {MAX_BYTES // 1_000_000} MB; split it into articles")
    if not data.strip():
        raise SourceError(f"{path}: is empty")
    return data


def _under(given: Path) -> Iterator[Path]:
    if not given.is_dir():
        if not given.exists():
            raise SourceError(f"{given}: no such file or folder")
        format_of(given)
        yield given
        return
    files = [path for path in _walk(given) if _is_article(path)]
    if not files:
        raise SourceError(f"{given}: holds no articles ({', '.join(formats())})")
    yield from files


def _walk(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise SourceError(f"{error.filename}: cannot be read ({error.strerror})")

    for at, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(at) / name for name in sorted(names))


def _is_article(path: Path) -> bool:
    if path.name.startswith((".", "~$")) or path.name == SIDECAR or path.stem.lower() == "readme":
        return False
    return path.suffix.lower() in formats() and path.is_file()


def _check_sidecars(folder: Path) -> None:
    for path in _walk(folder):
        if path.name == SIDECAR:
            here = {name for file in path.parent.iterdir() for name in (file.name, file.stem)}
            missing = sorted(set(sidecar(path)) - here)
            if missing:
                raise SourceError(f"{path}: {missing[0]} names no file in this folder")
