"""From files to a graph: read → nlp → link → graph, with what could not be read set aside."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.graph import Report, exclusive, reusable_readings, write
from kg.link import link
from kg.model import Article, Reading
from kg.read import clashes, digest, find_sources, read_source
from kg.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language

# Starting another process costs about as much as reading this many bytes of text.
_WORTH_A_PROCESS = 300_000
# What a reading depends on besides its source.
_READERS = ("model.py", "read", "nlp")

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done and how much there is."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a source could not be read: one line that names it."""

    reason: str


@dataclass(slots=True)
class BuildReport:
    """What a build did: the graph's own report, sources that failed, seconds by stage."""

    graph: Report
    read: int = 0
    unchanged: int = 0
    failures: list[Failure] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the seconds spent inside to a stage."""
        start = time.perf_counter()
        yield
        self.timings[stage] = self.timings.get(stage, 0.0) + time.perf_counter() - start


def build(
    sources: Sequence[str | Path],
    path: str | Path,
    *,
    jobs: int | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Read files and folders into the graph at `path`; sources it already holds are replaced.

    A source that has not changed since it was read by this version is not read again.
    `jobs` processes read at once (as many as pay by default); the graph does not depend on it.
    Raises KgError if nothing can be read or the graph cannot be written; sources that fail
    beside others that do not are in the report's `failures`.
    """
    settings = settings or Settings()
    path = Path(path)
    with exclusive(path):
        return _build(sources, path, jobs or settings.jobs, settings, progress or (lambda stage, done, total: None))


def _build(
    sources: Sequence[str | Path], path: Path, jobs: int | None, settings: Settings, tell: Progress
) -> BuildReport:
    report = BuildReport(graph=Report())
    with report.timed("find sources"):
        missing: list[KgError] = []
        paths = find_sources(sources, missing.append)
        refused = clashes(paths)
        report.failures += [Failure(str(error)) for error in (*missing, *refused.values())]
        paths = [p for p in paths if p not in refused]
        key = fingerprint(settings.pipeline)
        known = reusable_readings(path, key)
    readings: list[Reading] = []
    fresh: list[Path] = []
    for source in paths:
        kept = known.get((source.stem, _digest(source)))
        if kept is None:
            fresh.append(source)
        else:
            readings += kept
            report.unchanged += 1
    with report.timed("read and nlp"):
        for done, (_, result) in enumerate(_read_all(fresh, settings, jobs), 1):
            if isinstance(result, Failure):
                report.failures.append(result)
            else:
                readings += result
                report.read += 1
            tell("read", done, len(fresh))
    if not readings:
        reasons = "; ".join(f.reason for f in report.failures[:3])
        raise KgError(f"no source could be read, so {path} stays as it was: {reasons}")
    # What this build does not touch stays: sources not named, and named ones that cannot be read now.
    taken = {r.article.source.id for r in readings}
    others = {key: kept for key, kept in known.items() if key[0] not in taken}
    readings += [r for kept in others.values() for r in kept]
    readings.sort(key=lambda r: _order(r.article))
    with report.timed("link"):
        linked = link(readings)
    with report.timed("graph"):
        stale = sorted(name for name, digest in others if digest is None)
        report.graph = write(readings, linked, path, settings, fingerprint=key, stale=stale, progress=tell)
    return report


def _order(article: Article) -> tuple[str, int, str]:
    """Articles in order of their source, then of their place in it."""
    number = article.id.removeprefix(article.source.id).lstrip("/")
    return article.source.id, int(number) if number.isdigit() else 0, article.id


def _digest(path: Path) -> str:
    try:
        return digest(path)
    except KgError:  # reading it will say why
        return "unreadable"


@cache
def fingerprint(pipeline: Path | None) -> str:
    """A digest of the reading code, its data and the pipeline's config: what a reading depends on."""
    root = Path(__file__).parent
    made = hashlib.sha256()
    files = [root / "model.py"]
    files += [f for name in _READERS[1:] for f in sorted((root / name).rglob("*")) if f.is_file()]
    for file in [*files, *([pipeline] if pipeline else [])]:
        if file.suffix not in {".pyc"}:
            made.update(file.name.encode())
            made.update(file.read_bytes())
    return made.hexdigest()


def _read_all(
    paths: Sequence[Path], settings: Settings, jobs: int | None
) -> Iterator[tuple[Path, list[Reading] | Failure]]:
    """Each path with its readings, in order of `paths` whatever the number of processes."""
    size = sum(p.stat().st_size for p in paths if p.exists())
    workers = jobs or max(1, min(os.cpu_count() or 1, size // _WORTH_A_PROCESS))
    if workers == 1 or len(paths) < 2:
        for path in paths:
            yield path, _read_one(path, settings.pipeline)
        return
    with ProcessPoolExecutor(min(workers, len(paths))) as pool:
        tasks = [pool.submit(_read_one, path, settings.pipeline) for path in paths]
        for path, task in zip(paths, tasks, strict=True):
            yield path, task.result()


def _read_one(path: Path, pipeline: Path | None) -> list[Reading] | Failure:
    """The readings of one source, or why there are none; a fault in one source stays its own."""
    from kg.nlp import read

    try:
        return list(read(_pipeline(pipeline), read_source(path)))
    except KgError as error:
        return Failure(str(error))
    except (ValueError, LookupError, TypeError, RecursionError, OSError) as error:
        reason = f"reading it failed unexpectedly ({type(error).__name__}: {error})"
        return Failure(f"{path}: {reason}; please report this with the file")


@cache
def _pipeline(config: Path | None) -> Language:
    from kg.nlp import make_pipeline

    return make_pipeline(config)
