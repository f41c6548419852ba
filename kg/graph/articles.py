"""The graphs of articles: written anew where the article, or the identity of what it names, has changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from kg.curation import Curation, Reject
from kg.graph.changing import Changing
from kg.graph.iris import Iris
from kg.graph.readings import Pool
from kg.graph.setting_aside import Fault, SettingAside
from kg.graph.state import Pair, State
from kg.graph.vocabulary import LABEL, TYPE, node, zh
from kg.graph.writing import ArticleWriter, Resolved, renamed, resolve
from kg.link import Corpus
from kg.model import Reading
from kg.timing import timed

if TYPE_CHECKING:
    from kg.graph.validation import Shapes

# how many quads a claim and a mention make, about
_PER_CLAIM, _PER_MENTION = 14, 5


@dataclass(slots=True)
class Moves:
    """What writing articles did to the facts: the entities of those that came or went, and the pairs that changed.

    A pair (subject, predicate, object) has changed if no article told it before, or none tells it now.
    """

    touched: set[str] = field(default_factory=set)
    pairs: set[Pair] = field(default_factory=set)


Former = Mapping[str, Mapping[str, str]]
"""By article what the paths of its entities (by local id) were."""


class Articles:
    """Checks article graphs against the shapes and stores what keeps them."""

    def __init__(
        self,
        state: State,
        corpus: Corpus,
        store: Changing,
        pool: Pool,
        iris: Iris,
        curation: Curation,
        spent: dict[str, float],
    ) -> None:
        self._state = state
        self._corpus = corpus
        self._store = store
        self._pool = pool
        self._iris = iris
        self._rejects = curation.reject
        self._spent = spent
        self._aside = SettingAside(corpus, iris)
        self._shapes: Shapes | None = None
        self._former: Former = {}

    def write(
        self,
        written: Collection[str],
        former: Former,
        removed: Collection[str],
        tell: Callable[[str, int, int], None],
    ) -> Moves:
        """Write some articles (ids) and remove others; of those that name the same things as before, but some by
        another path, `former` has the paths they had.
        """
        state, moves = self._state, Moves()
        self._former = {a: paths for a, paths in former.items() if state.sound(a) and not self._rejected(a)}
        before: set[Pair] = set()
        for article in {*written, *removed}:
            moves.touched |= state.named_in(article)
            before |= state.pairs(article)
        for article in sorted(removed):
            self._store.replace_graph(node(self._iris.article(article)), ())
            state.drop(article)
        done = 0
        for batch in self._batches(sorted(written)):
            if whole := [reading for reading in batch if not self._rename(reading)]:
                self._batch(whole)
            done += len(batch)
            tell("graph", done, len(written))
        after: set[Pair] = set()
        for article in written:
            moves.touched |= state.named_in(article)
            after |= state.pairs(article)
        moves.pairs = {pair for pair in before ^ after if not state.told(pair, but=written)}
        return moves

    def _batches(self, articles: Iterable[str]) -> Iterator[list[Reading]]:
        """The readings of articles in runs that make a batch of quads to check."""
        from kg.graph.validation import BATCH

        batch: list[Reading] = []
        size, source = 0, ""
        held: dict[str, Reading] = {}
        names = {kept.id: kept.readings for kept in self._state.sources().values()}
        for article in articles:
            if self._state.source_of(article) != source:  # the articles of a source stand together in order
                source = self._state.source_of(article)
                held = {reading.article.id: reading for reading in self._pool.load(names[source])}
            reading = held[article]
            batch.append(reading)
            size += _PER_CLAIM * len(reading.claims) + _PER_MENTION * len(reading.mentions)
            if size >= BATCH:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _rename(self, reading: Reading) -> bool:
        """Write what is other in an article because of what things are called now; False if all of it is to be written.

        Nothing of it was set aside, and it keeps the shapes as it did before.
        """
        article, iris = reading.article, self._iris
        former = self._former.get(article.id)
        if former is None:
            return False
        with timed(self._spent, "write"):
            same = self._corpus.same(article.id)
            now = resolve(reading, same, iris)
            if now.unsound:
                return False
            gone, come = renamed(reading, former, same, iris)
            self._state.write(now.without(()), article.id, article.source.id, ())
        with timed(self._spent, "store"):
            self._store.change(gone, come)
        return True

    def _batch(self, readings: list[Reading]) -> None:
        state, iris, spent = self._state, self._iris, self._spent
        with timed(spent, "write"):
            same = {reading.article.id: self._corpus.same(reading.article.id) for reading in readings}
            resolved, aside = [], []
            for reading in readings:
                kept, rejected, used = self._aside.curated(
                    resolve(reading, same[reading.article.id], iris), self._rejects
                )
                self._tell_used(reading.article.id, reading.article.source.id, used)
                resolved.append(kept)
                aside.append(rejected)
            parts = [list(_parts(one, iris)) for one in resolved]
        with timed(spent, "check"):
            faults = self._faults(resolved, parts, same)
        for one, article, rejected in zip(resolved, parts, aside, strict=True):
            iri, source = iris.article(one.article.id), one.article.source.id
            rejected += self._aside.rejected(one, faults, same[one.article.id])
            sound = [] if iri in faults else [q for name, some in article if name not in faults for q in some]
            with timed(spent, "store"):
                self._store.replace_graph(node(iri), sound)
            with timed(spent, "write"):
                accepted = None if iri in faults else one.without(faults.keys())
                state.write(accepted, one.article.id, source, rejected)

    def _faults(
        self,
        resolved: Sequence[Resolved],
        parts: Sequence[list[tuple[str, list[Quad]]]],
        same: Mapping[str, Mapping[str, str]],
    ) -> dict[str, Fault]:
        """What of some articles breaks the shapes, by IRI, and why."""
        from kg.graph.validation import Shapes  # which only a build needs

        if self._shapes is None:
            self._shapes = Shapes(self._iris)
        quads = [quad for article in parts for _, some in article for quad in some]
        named = sorted({path for one in resolved for path in same[one.article.id].values()})
        faults: dict[str, Fault] = {}
        for violation in self._shapes.check([*quads, *self._about(named)]):
            faults.setdefault(violation.focus, (violation.message, violation.message_en))
        return faults

    def _rejected(self, article: str) -> bool:
        """Whether people rejected anything of an article."""
        return any(line.concerns(article, self._state.source_of(article)) for line in self._rejects)

    def _tell_used(self, article: str, source: str, used: list[Reject]) -> None:
        """Keep which rejections found what they reject."""
        for line in self._rejects:
            if line.concerns(article, source):
                self._state.note_used(str(line), article, line in used)

    def _about(self, paths: Iterable[str]) -> Iterator[Quad]:
        """The types and labels of entities."""
        graph = node(self._iris.graph("entities"))
        for path in paths:
            if (entity := self._corpus.entity(path)) is not None:
                this = node(self._iris.entity(path))
                yield Quad(this, TYPE, node(self._iris.term(entity.type)), graph)
                yield Quad(this, LABEL, zh(entity.name), graph)


def _parts(resolved: Resolved, iris: Iris) -> Iterator[tuple[str, list[Quad]]]:
    """The quads of an article by what stands or falls together: the article, each mention, each claim."""
    writer = ArticleWriter(resolved, iris)
    yield iris.article(resolved.article.id), list(writer.article())
    yield from writer.mentions()
    yield from writer.claims()
