"""A new generation of a graph, from readings that were linked: checked, stored, derived, swapped in."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from itertools import chain, pairwise
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kg.errors import DataError
from kg.graph import readings as saved
from kg.graph.derived import DerivedGraph, derived_graph
from kg.graph.graph import Rejected
from kg.graph.iris import Iris
from kg.graph.reference import reference_quads
from kg.graph.store import FORMAT, Draft, Manifest, drafting
from kg.graph.stored import other_quads
from kg.graph.writing import ArticleWriter, Resolved, entity_quads, resolve
from kg.link.segments import segment
from kg.model import Claim, Concept, Linked, Mention, Reading, Ref
from kg.ontology import labels, templates
from kg.settings import Settings
from kg.timing import timed

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done and how much there is."""

# how many quads a claim and a mention make, about
_PER_CLAIM, _PER_MENTION = 14, 5


@dataclass(slots=True)
class Report:
    """What a build put into the graph, what it set aside and why, and where the time went (seconds)."""

    articles: int = 0
    sources: int = 0
    quads: int = 0
    entities: dict[str, int] = field(default_factory=dict)
    claims: dict[str, int] = field(default_factory=dict)
    derived: dict[str, int] = field(default_factory=dict)
    dropped: int = 0
    rejected: tuple[Rejected, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)


def write(
    readings: Sequence[Reading],
    linked: Linked,
    path: Path | str,
    settings: Settings | None = None,
    *,
    fingerprint: str = "",
    stale: Collection[str] = (),
    progress: Progress | None = None,
) -> Report:
    """Make the graph at `path` from all its readings; what was there stays until the new one is whole.

    `fingerprint` says which code made the readings, `stale` which sources (ids) were read by other code.
    Claims that break the contract are set aside with their reason. Raises StoreError when the folder
    cannot be written or another build holds it, DataError when two articles share an id.
    """
    settings = settings or Settings()
    iris, report = Iris.of(settings), Report()
    tell = progress or (lambda stage, done, total: None)
    ordered = sorted(readings, key=lambda reading: reading.article.id)
    _refuse_twins(ordered)
    with drafting(Path(path)) as draft:
        with timed(report.timings, "store"):
            store = Store(str(draft.folder / "store"))
        accepted = _articles(ordered, linked, iris, store, report, tell)
        with timed(report.timings, "store"):
            store.bulk_extend(chain(entity_quads(linked.entities, iris), reference_quads(iris)))
        with timed(report.timings, "segments"):
            segmentation = segment(accepted, linked.entities, templates())
        with timed(report.timings, "derived"):
            derived = derived_graph(store, iris, segmentation, templates(), settings.supplier_pairs)
        with timed(report.timings, "store"):
            last = [*derived.quads, *other_quads(Path(path))]  # what others added has no part in what is derived
            _count(report, ordered, linked, derived, accepted, len(store) + len(last))
            store.bulk_extend(chain(last, _union(store, last)))
            store.optimize()
            del store
            saved.save(ordered, draft.folder / "readings.jsonl.gz")
            _lines(draft.folder / "decisions.jsonl", (asdict(decision) for decision in linked.decisions))
            _lines(draft.folder / "rejected.jsonl", (asdict(rejected) for rejected in report.rejected))
            draft.commit(_manifest(report, draft, settings, fingerprint, stale))
    return report


def _refuse_twins(ordered: Sequence[Reading]) -> None:
    for one, other in pairwise(reading.article for reading in ordered):
        if one.id == other.id:
            raise DataError(
                f"two articles are called {one.id}: one in {one.source.path}, one in {other.source.path}; "
                "rename one of the files"
            )


def _articles(
    readings: Sequence[Reading], linked: Linked, iris: Iris, store: Store, report: Report, tell: Progress
) -> list[Reading]:
    """Check and store the article graphs; what was accepted, in corpus-wide ids."""
    from kg.graph.validation import (  # pulls in rdflib and pySHACL, which only a build needs
        BATCH,
        Shapes,
        about,
    )

    with timed(report.timings, "check"):
        shapes = Shapes(iris)
    entities: dict[str, list[Quad]] = defaultdict(list)
    for quad in entity_quads(linked.entities, iris):
        if isinstance(quad.subject, NamedNode):
            entities[quad.subject.value].append(quad)
    words = _Words(linked)
    accepted: list[Reading] = []
    rejected: list[Rejected] = []
    done = 0
    for batch in _batches(readings, BATCH):
        with timed(report.timings, "write"):
            resolved = [resolve(reading, linked, iris) for reading in batch]
            parts = [list(_parts(one, iris)) for one in resolved]
        with timed(report.timings, "check"):
            quads = [quad for article in parts for _, some in article for quad in some]
            faults: dict[str, tuple[str, str]] = {}
            for violation in shapes.check([*quads, *about(quads, entities)]):
                faults.setdefault(violation.focus, (violation.message, violation.message_en))
        for one in resolved:
            rejected += words.rejected(one, faults, iris)
        with timed(report.timings, "store"):
            whole = [
                (one, article)
                for one, article in zip(resolved, parts, strict=True)
                if iris.article(one.article.id) not in faults
            ]
            store.bulk_extend(
                quad for _, article in whole for iri, some in article if iri not in faults for quad in some
            )
        accepted += [one.without(faults.keys()) for one, _ in whole]
        done += len(batch)
        tell("graph", done, len(readings))
    report.rejected = tuple(rejected)
    return accepted


def _parts(resolved: Resolved, iris: Iris) -> Iterator[tuple[str, list[Quad]]]:
    """The quads of an article by what stands or falls together: the article, each mention, each claim."""
    writer = ArticleWriter(resolved, iris)
    yield iris.article(resolved.article.id), list(writer.article())
    yield from writer.mentions()
    yield from writer.claims()


def _batches(readings: Sequence[Reading], limit: int) -> Iterator[list[Reading]]:
    """Readings in runs that make about `limit` quads."""
    batch: list[Reading] = []
    size = 0
    for reading in readings:
        batch.append(reading)
        size += _PER_CLAIM * len(reading.claims) + _PER_MENTION * len(reading.mentions)
        if size >= limit:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class _Words:
    """Says in words what was set aside."""

    def __init__(self, linked: Linked) -> None:
        self._names = {entity.id: entity.name for entity in linked.entities}
        self._same = linked.same
        self._labels = labels("zh")

    def rejected(
        self, resolved: Resolved, faults: dict[str, tuple[str, str]], iris: Iris
    ) -> Iterator[Rejected]:
        """What of an article was set aside: the article itself, or mentions and claims of it."""
        article, body = resolved.article, resolved.article.body
        if whole := faults.get(iris.article(article.id)):
            yield Rejected(article.id, article.headline, "", *whole)
            return
        for part, reason in resolved.unsound:
            yield Rejected(article.id, self._part(part, article.id), body[part.start : part.end], *reason)
        for iri, named in resolved.mentions.items():
            if iri in faults:
                yield Rejected(article.id, self._part(named[0], article.id), named[0].text, *faults[iri])
        for iri, claim in resolved.claims.items():
            if iri in faults:
                quote = body[claim.start : claim.end]
                yield Rejected(article.id, self._part(claim, article.id), quote, *faults[iri])

    def _part(self, part: Mention | Claim, article: str) -> str:
        if isinstance(part, Mention):
            return f"“{part.text}” → {self._name(part.entity, article)}"
        match part.object:
            case Ref(entity):
                value = self._name(entity, article)
            case Concept(name):
                value = self._labels.get(name, name)
            case number:
                value = part.printed or f"{number:f} {part.unit or ''}".strip()
        predicate = self._labels.get(part.indicator or part.predicate, part.predicate)
        return f"{self._name(part.subject, article)} {predicate} {value}"

    def _name(self, entity: str, article: str) -> str:
        return self._names.get(self._same.get((article, entity), entity), entity)


def _union(store: Store, more: Iterable[Quad]) -> Iterator[Quad]:
    """The union of the named graphs, for the unnamed one: the index that plain queries run on.

    Oxigraph's own union of graphs tells a triple once for each graph that holds it; counts would be wrong.
    """
    for quad in chain(store, more):
        yield Quad(quad.subject, quad.predicate, quad.object)


def _count(
    report: Report,
    readings: Sequence[Reading],
    linked: Linked,
    derived: DerivedGraph,
    accepted: Sequence[Reading],
    quads: int,
) -> None:
    report.articles = len(accepted)
    report.sources = len({reading.article.source.id for reading in readings})
    report.quads = quads
    report.entities = dict(sorted(Counter(entity.type.value for entity in linked.entities).items()))
    report.claims = dict(sorted(Counter(claim.predicate for one in accepted for claim in one.claims).items()))
    report.derived = derived.counts
    report.dropped = derived.dropped


def _manifest(
    report: Report, draft: Draft, settings: Settings, fingerprint: str, stale: Iterable[str]
) -> Manifest:
    try:
        ours = version("lianzhu")
    except PackageNotFoundError:  # a checkout that was not installed
        ours = "0+unknown"
    return Manifest(
        format=FORMAT,
        generation=draft.generation,
        version=ours,
        ontology_base=settings.ontology_base,
        id_base=settings.id_base,
        fingerprint=fingerprint,
        stale=sorted(stale),
        articles=report.articles,
        sources=report.sources,
        entities=report.entities,
        claims=report.claims,
        rejected=len(report.rejected),
        derived=report.derived,
        quads=report.quads,
    )


def _lines(path: Path, rows: Iterable[object]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
