"""A new generation of a graph: what came, changed or went is linked, checked, stored and derived, then swapped in.

Articles that nothing touched keep their quads: the new generation shares the files of the old one.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pyoxigraph import Quad

from kg.curation import Curation, Finding
from kg.errors import DataError, StoreError
from kg.graph.articles import Articles, Moves
from kg.graph.changing import Changing, copy_store
from kg.graph.curating import articles_of, findings
from kg.graph.derived import Deriver
from kg.graph.iris import Iris
from kg.graph.placing import Placing
from kg.graph.readings import Pool
from kg.graph.reference import known_templates, reference_quads
from kg.graph.state import FILE, Kept, Rejected, State, read_state
from kg.graph.store import FORMAT, Draft, Manifest, drafting, exclusive, generations, hold
from kg.graph.stored import other_quads
from kg.graph.vocabulary import node
from kg.graph.writing import entity_quads
from kg.link import Changes, Corpus, Linker
from kg.model import Linked, Reading
from kg.ontology import reference_files, shapes_file
from kg.settings import Settings
from kg.timing import timed

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done and how much there is."""

# what a graph is made of besides its readings: with other code all is written anew
_WRITERS = (
    "model.py",
    "names.py",
    "divisions.py",
    "tables.py",
    "lookup.py",
    "data",
    "curation",
    "link",
    "graph",
)


@dataclass(slots=True)
class Report:
    """What a build put into the graph, what it set aside and why, and where the time went (seconds).

    `written` counts the articles that were written anew; `findings` are curated lines that do not apply.
    """

    articles: int = 0
    sources: int = 0
    quads: int = 0
    written: int = 0
    entities: dict[str, int] = field(default_factory=dict)
    claims: dict[str, int] = field(default_factory=dict)
    derived: dict[str, int] = field(default_factory=dict)
    dropped: int = 0
    rejected: tuple[Rejected, ...] = ()
    findings: tuple[Finding, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)


def update(
    path: Path | str,
    sources: Collection[Kept],
    settings: Settings | None = None,
    *,
    curation: Curation | None = None,
    fingerprint: str = "",
    progress: Progress | None = None,
) -> Report:
    """Make the graph at `path` hold `sources`, whose readings lie in its pool; what was there stays until then.

    `fingerprint` says which code reads now. Claims that break the contract are set aside with their reason. Raises
    StoreError when the folder cannot be written or another build holds it.
    """
    path = Path(path)
    writing = _Writing(path, settings or Settings(), curation or Curation(), fingerprint, progress)
    with exclusive(path):
        return writing.run(sources)


def write(
    readings: Iterable[Reading],
    linked: Linked,
    path: Path | str,
    settings: Settings | None = None,
    *,
    fingerprint: str = "",
    stale: Collection[str] = (),
) -> Report:
    """Make the graph at `path` hold these readings and nothing else, linked as `linked` says.

    `fingerprint` says which code made the readings, save those of `stale` sources (ids). Raises as `update` does,
    and DataError when two articles share an id.
    """
    path = Path(path)
    by_source: dict[str, list[Reading]] = defaultdict(list)
    seen: dict[str, str] = {}
    for article in (reading.article for reading in readings):
        if article.id in seen:
            raise DataError(
                f"two articles are called {article.id}: one in {seen[article.id]}, one in {article.source.path}; "
                "rename one of the files"
            )
        seen[article.id] = article.source.path
    for reading in sorted(readings, key=lambda reading: reading.article.id):
        by_source[reading.article.source.id].append(reading)
    with exclusive(path):
        pool = Pool(path)
        kept = []
        for source, some in by_source.items():
            code, sha256 = "" if source in stale else fingerprint, some[0].article.source.sha256
            kept.append(Kept(source, sha256, code, pool.name(source, sha256, f"given {code}")))
            pool.keep(kept[-1].readings, some)
        return _Writing(path, settings or Settings(), Curation(), fingerprint, None).run(kept, linked)


class _Writing:
    """One build's writing of a graph."""

    def __init__(
        self, path: Path, settings: Settings, curation: Curation, fingerprint: str, tell: Progress | None
    ) -> None:
        self._path = path
        self._settings = settings
        self._curation = curation
        self._fingerprint = fingerprint
        self._tell = tell or (lambda stage, done, total: None)
        self._iris = Iris.of(settings)
        self._templates = known_templates(settings)
        self._pool = Pool(path)
        self._report = Report()

    def run(self, sources: Collection[Kept], linked: Linked | None = None) -> Report:
        """Write a generation and commit it."""
        spent = self._report.timings
        with drafting(self._path) as draft:
            with timed(spent, "store"):
                fresh = linked is not None or not self._inherit(draft)
                state = State.open(draft.folder / FILE)
                corpus = Corpus(state.db)
                count = 0 if fresh else int(state.meta("quads"))
                store = Changing(draft.folder / "store", count, fresh)
            try:
                with timed(spent, "link"):
                    changes, gone = self._link(state, corpus, {kept.id: kept for kept in sources}, linked)
                written = {article for article in changes.articles if state.source_of(article)}
                articles = Articles(state, corpus, store, self._pool, self._iris, self._curation, spent)
                moves = articles.write(written, changes.former, gone - written, self._tell)
                with timed(spent, "store"):
                    self._entities(corpus, store, changes, fresh)
                self._derive(state, corpus, store, changes, moves)
                with timed(spent, "store"):
                    store.change((), other_quads(self._path) if fresh else ())
                    store.settle()
                    self._report.written = len(written)
                    manifest = self._manifest(state, corpus, draft, store.count)
            finally:
                state.close()
                store.close()
            with timed(spent, "store"):
                draft.commit(manifest)
        if len(generations(self._path)) == 1:  # nobody reads an older one
            self._pool.drop_but({kept.readings for kept in sources})
        return self._report

    def _inherit(self, draft: Draft) -> bool:
        """Begin with what the last generation holds, if the same code wrote it and nobody changed it since."""
        try:
            held = hold(self._path)
        except StoreError:
            return False
        try:
            try:
                state = read_state(held.folder / FILE)
            except StoreError:
                return False
            as_it_was = (state.meta("generation"), state.meta("writers")) == (
                str(held.manifest.generation), writers(self._settings),
            )  # fmt: skip
            state.db.close()
            if as_it_was:
                copy_store(held.folder / "store", draft.folder / "store")
                shutil.copyfile(held.folder / FILE, draft.folder / FILE)
            return as_it_was
        finally:
            held.release()

    def _link(
        self, state: State, corpus: Corpus, wanted: dict[str, Kept], linked: Linked | None
    ) -> tuple[Changes, set[str]]:
        """Link what came and went; what that changed, and the articles that were there and were read anew or left."""
        linker = Linker(corpus)
        held, gone = state.sources(), set[str]()
        for kept in held.values():
            if (now := wanted.get(kept.id)) is None or now.readings != kept.readings:
                articles = state.articles(kept.id)
                gone |= articles.keys()
                for article in articles:
                    linker.remove(article)
                state.forget(kept.id)
        fresh: list[Reading] = []
        came: set[str] = set()
        for name, kept in sorted(wanted.items()):
            if name not in held or held[name].readings != kept.readings:
                for reading in self._pool.load(kept.readings):
                    if linked is None:
                        linker.add(reading)
                    else:
                        fresh.append(reading)
                    state.announce(reading.article.id, name)
                    came.add(reading.article.id)
            state.keep(kept)
        for article in gone - came:
            state.unannounce(article)
        changes = linker.take(fresh, linked) if linked is not None else linker.link(self._curation)
        rejected = self._rejections(state)
        changes.articles |= rejected
        for article in rejected:
            changes.former.pop(article, None)
        return changes, gone

    def _rejections(self, state: State) -> set[str]:
        """Keep which claims people reject; the articles of rejections that came or went."""
        changed: set[str] = set()
        wanted = {f"reject {line}": line.article for line in self._curation.reject}
        held = {name: state.meta(name) for name in state.notes("reject ")}
        for name in sorted(wanted.keys() ^ held.keys()):
            changed |= articles_of(state, wanted.get(name) or held[name])
            state.note(name, wanted.get(name))
        return changed

    def _entities(self, corpus: Corpus, store: Changing, changes: Changes, fresh: bool) -> None:
        """Write the graph of the entities, and of a new graph the reference."""
        graph = node(self._iris.graph("entities"))
        changed = dict(changes.entities)
        for code in changes.codes:  # what lies in a place that came, or went
            changed |= {entity.id: entity for entity in corpus.under(code)}
        quads: list[Quad] = []
        for path, entity in sorted(changed.items()):
            outer = corpus.outer(corpus.code(path)) if entity is not None else ""
            said = list(entity_quads(entity, outer, self._iris)) if entity is not None else []
            if fresh:
                quads += said
            else:
                store.replace_subject(node(self._iris.entity(path)), graph, said)
        if fresh:
            store.change((), set(quads))
            store.change((), set(reference_quads(self._iris, reference_files(self._settings.chain_files()))))

    def _derive(self, state: State, corpus: Corpus, store: Changing, changes: Changes, moves: Moves) -> None:
        """Bring placements, followings and what follows from them up to date."""
        spent, known = self._report.timings, self._templates
        deriver = Deriver(state, corpus, self._iris, known)
        with timed(spent, "segments"):
            placing = Placing(state, corpus.entity, known)
            gone, come = placing.update(moves.touched, changes.entities.keys(), moves.pairs)
        with timed(spent, "derived"):
            derived = deriver.update(self._settings.supplier_pairs)
        with timed(spent, "store"):
            store.change([*deriver.quads(gone), *derived.gone], [*deriver.quads(come), *derived.come])
        self._report.derived, self._report.dropped = derived.counts, derived.dropped

    def _manifest(self, state: State, corpus: Corpus, draft: Draft, quads: int) -> Manifest:
        """What the graph holds, noted in the state, the report and the manifest."""
        report, sources = self._report, state.sources()
        report.findings = tuple(findings(state, corpus, self._curation))
        for name, value in (
            ("quads", str(quads)),
            ("writers", writers(self._settings)),
            ("generation", str(draft.generation)),
        ):
            state.note(name, value)
        report.articles, claims = state.counts()
        report.sources, report.quads = len(sources), quads
        report.entities = corpus.counts()
        report.claims = dict(sorted(claims.items()))
        report.rejected = tuple(state.rejected())
        return Manifest(
            format=FORMAT,
            generation=draft.generation,
            version=_version(),
            ontology_base=self._settings.ontology_base,
            id_base=self._settings.id_base,
            fingerprint=self._fingerprint,
            stale=sorted(k.id for k in sources.values() if k.fingerprint != self._fingerprint),
            articles=report.articles,
            sources=report.sources,
            entities=report.entities,
            claims=report.claims,
            rejected=len(report.rejected),
            derived=report.derived,
            quads=quads,
        )


def writers(settings: Settings) -> str:
    """A digest of what a graph is made by besides its readings: the code that links and writes, and the settings."""
    bases = f"{settings.ontology_base} {settings.id_base} {settings.supplier_pairs}"
    own = b"".join(file.name.encode() + file.read_bytes() for file in settings.chain_files())
    return hashlib.sha256(f"{_code()} {bases}".encode() + own).hexdigest()


@cache
def _code() -> str:
    root = Path(__file__).parents[1]
    made = hashlib.sha256()
    files = [file for name in _WRITERS for file in _files(root / name)]
    for file in (*files, *reference_files(), shapes_file()):
        made.update(file.name.encode())
        made.update(file.read_bytes())
    return made.hexdigest()


def _files(entry: Path) -> list[Path]:
    inside = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
    return [file for file in inside if file.is_file() and file.suffix != ".pyc"]


def _version() -> str:
    try:
        return version("lianzhu")
    except PackageNotFoundError:  # a checkout that was not installed
        return "0+unknown"
