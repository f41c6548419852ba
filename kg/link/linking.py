"""Linking: every entity of every article gets the corpus-wide entity it stands for.

Articles are added and removed; then what hangs together with them is grouped anew, kind by kind, and nothing else.
The result depends on the articles alone, not on the order in which they came.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.curation.lines import Curation
from kg.link.corpus import Corpus, Row, digest
from kg.link.curated import Directives
from kg.link.grouping import Grouping, Marks, components
from kg.link.naming import HOMONYM, aliases, division, label, path, qualifier
from kg.link.nodes import Node, nodes_of
from kg.link.rules import RULES, Rule
from kg.link.rules.base import Likeness
from kg.model import Entity, EntityType, Linked, Reading
from kg.names import normal

_ORDER = {rule.kind: i for i, rule in enumerate(RULES)}


@dataclass(slots=True)
class Changes:
    """What linking changed: articles of which some entity is another now, entities (by path) that came or went.

    Of articles that were neither read anew nor hold a thing that is of another kind now, `former` has the paths
    their entities (by local id) had. `codes` are those of divisions among the entities.
    """

    articles: set[str] = field(default_factory=set)
    former: dict[str, dict[str, str]] = field(default_factory=dict)
    entities: dict[str, Entity | None] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)


def link(readings: Iterable[Reading], curation: Curation | None = None) -> Linked:
    """The corpus-wide entities of some readings; the result does not depend on their order."""
    with sqlite3.connect(":memory:") as db:
        linker = Linker(Corpus(db))
        same: dict[tuple[str, str], str] = {}
        articles = []
        for reading in readings:
            linker.add(reading)
            articles.append(reading.article.id)
        linker.link(curation or Curation())
        for article in sorted(articles):
            for local, entity in linker.corpus.same(article).items():
                same[article, local] = entity
        return Linked(
            tuple(linker.corpus.entities()), dict(sorted(same.items())), tuple(linker.corpus.decisions())
        )


class Linker:
    """Adds and removes articles, then links what they touch."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._dirty: dict[EntityType, set[int]] = defaultdict(set)
        self._lost: dict[EntityType, set[int]] = defaultdict(set)  # keys of nodes that went
        self._gone: set[int] = set()  # clusters of which nodes went
        self._articles: set[str] = set()
        self._done: set[int] = set()
        self._directives: Directives | None = None

    # --- articles come and go -----------------------------------------------------------------------------

    def add(self, reading: Reading) -> None:
        """Take in an article, in place of one of its id."""
        article = reading.article.id
        self.remove(article)
        for node in nodes_of(reading):
            number = self.corpus.insert(node)
            self.corpus.set_keys(number, (digest("form", normal(name)) for name in node.names), "form")
            self._dirty[node.type].add(number)
        self._articles.add(article)

    def remove(self, article: str) -> None:
        """Take an article out; nothing happens if it is not there."""
        rows = self.corpus.of_article(article)
        self._drop(rows)
        self.corpus.delete([row.num for row in rows])
        self._articles.discard(article)

    def _drop(self, rows: Sequence[Row]) -> None:
        """What hung together with some nodes has to be grouped anew without them."""
        by_kind: dict[EntityType, list[int]] = defaultdict(list)
        for row in rows:
            by_kind[row.node.type].append(row.num)
            self._dirty[row.node.type].discard(row.num)
            if row.cluster:
                self._gone.add(row.cluster)
        for kind, numbers in by_kind.items():
            self._lost[kind] |= self.corpus.keys_of(numbers)
            self._dirty[kind] |= self.corpus.partners(numbers) - set(numbers)

    def take(self, readings: Iterable[Reading], linked: Linked) -> Changes:
        """Take in articles that were linked elsewhere; only for a corpus that holds no others."""
        clusters = {entity.id: number for number, entity in enumerate(linked.entities, 1)}
        for reading in readings:
            for node in nodes_of(reading):
                number = self.corpus.insert(node)
                if path := linked.same.get(node.key):
                    self.corpus.set_cluster([number], clusters[path])
            self._articles.add(reading.article.id)
        for entity in linked.entities:
            code = dict(entity.identifiers).get("gb2260", "")
            self.corpus.describe(
                clusters[entity.id], entity.type, entity.id, ("", ""), "", code, entity.name, entity.aliases
            )
            self.corpus.set_path(clusters[entity.id], entity.id)
        changes = Changes(self._articles, entities={entity.id: entity for entity in linked.entities})
        self._articles = set()
        return changes

    # --- linking --------------------------------------------------------------------------------------------

    def link(self, curation: Curation) -> Changes:
        """Link what has changed since the last time."""
        directives = self._directives = Directives(self.corpus, curation)
        for row in directives.retyped():
            kind = directives.kind(row.node, self.corpus.read_as(row.num))
            self._drop([row])
            self.corpus.retype(row.num, kind)
            self._dirty[kind].add(row.num)
            self._articles.add(row.node.article)
        for kind, numbers in directives.touched(self._dirty).items():
            self._dirty[kind] |= numbers
        touched, before = set(self._gone), dict[int, int]()
        for rule in RULES:
            touched |= self._link(rule, before)
        changes = self._name(touched, before)
        changes.articles |= self._articles
        directives.keep()
        for pending in (self._dirty, self._lost):
            pending.clear()
        self._gone, self._articles = set(), set()
        return changes

    def _link(self, rule: Rule, before: dict[int, int]) -> set[int]:
        """Link anew what hangs together with the nodes of a kind that changed; the clusters that are others by it.

        `before` gets the cluster that each node was in.
        """
        dirty, corpus = self._dirty[rule.kind], self.corpus
        lost = set(self._lost[rule.kind])
        if not dirty and not lost:
            return set()
        rows = corpus.rows(dirty)
        lost |= corpus.keys_of(dirty)
        anew = set(dirty)
        dirty |= corpus.partners(dirty)
        for row in rows:
            corpus.set_keys(row.num, self._keys(rule, row.node))
        if rule.blocks is not None:
            self._compare(rule, rows)
        region = self._region(dirty, lost)
        rows = corpus.rows(region)
        number = {row.node.key: row.num for row in rows}
        before.update({row.num: row.cluster for row in rows})
        touched = {row.cluster for row in rows if row.cluster and row.num in anew}
        pairs = (
            [(one, other, likeness) for one, other, likeness in corpus.pairs(region)]
            if rule.blocks is not None
            else []
        )
        moved: list[Row] = []
        fresh = corpus.next_cluster()
        taken: set[int] = set()
        verdicts = []
        for together in self._components(rule, rows, pairs):
            grouping = self._group(rule, together, pairs)
            for verdict in grouping.told():
                verdicts.append((number[verdict.one.key], number[verdict.other.key], verdict))
            held = {row.node.key: row for row in together}
            for group in sorted(grouping.groups(), key=lambda g: (-len(g), g[0].key)):
                members = [held[node.key] for node in group]
                cluster = self._number(members, taken)
                if not cluster:
                    cluster, fresh = fresh, fresh + 1
                taken.add(cluster)
                changed = [row for row in members if row.cluster != cluster]
                corpus.set_cluster([row.num for row in changed], cluster)
                moved += changed
                if changed:
                    touched |= {cluster, *(row.cluster for row in changed if row.cluster)}
        corpus.judge(region, verdicts)
        self._tell(rule, moved)
        return touched

    @property
    def _given(self) -> Directives:
        assert self._directives is not None
        return self._directives

    def _keys(self, rule: Rule, node: Node) -> set[int]:
        keys = {digest(rule.kind.value, key) for key in rule.keys(node, self)}
        return keys | {digest("curated", rule.kind.value, key) for key in self._given.keys(node)}

    def _compare(self, rule: Rule, rows: Sequence[Row]) -> None:
        """Compare nodes with all that share a block with them."""
        assert rule.blocks is not None
        assert rule.pair is not None
        corpus, numbers = self.corpus, [row.num for row in rows]
        corpus.unpair(numbers)
        for row in rows:
            blocks = (digest("block", rule.kind.value, key) for key in rule.blocks(row.node, self))
            corpus.set_keys(row.num, blocks, "block")
        known: dict[int, Row] = {row.num: row for row in rows}
        for row in rows:
            near = corpus.with_keys(corpus.keys_of([row.num], "block"), "block") - {row.num}
            known |= {other.num: other for other in corpus.rows(near - known.keys())}
            for other in near:
                if other in self._done:
                    continue
                one, two = sorted((row.node, known[other].node), key=lambda node: node.key)
                if likeness := rule.pair(one, two, self):
                    corpus.pair(row.num, other, likeness)
            self._done.add(row.num)
        self._done.clear()

    def _region(self, dirty: set[int], lost: set[int]) -> set[int]:
        """All nodes that hang together with some, by keys they have or had, and by pairs."""
        corpus = self.corpus
        seen, keys = set[int](), set[int]()
        frontier = dirty | corpus.with_keys(lost)
        while frontier:
            seen |= frontier
            fresh = corpus.keys_of(frontier) - keys
            keys |= fresh
            frontier = (corpus.with_keys(fresh) | corpus.partners(frontier)) - seen
        return seen

    def _components(
        self, rule: Rule, rows: Sequence[Row], pairs: Sequence[tuple[int, int, Likeness]]
    ) -> Iterator[list[Row]]:
        keys: dict[tuple[str, str], list[object]] = {
            row.node.key: list(self._keys(rule, row.node)) for row in rows
        }
        by_number = {row.num: row for row in rows}
        for one, other, _ in pairs:
            for num in (one, other):
                keys[by_number[num].node.key].append((one, other))
        held = {row.node.key: row for row in rows}
        for together in components([row.node for row in rows], lambda node: keys[node.key]):
            yield [held[node.key] for node in together]

    def _group(self, rule: Rule, rows: Sequence[Row], pairs: Sequence[tuple[int, int, Likeness]]) -> Grouping:
        directives = self._given
        node = {row.num: row.node for row in rows}

        def marks(one: Node) -> Marks:
            return {**rule.marks(one, self), **directives.marks(one)}

        def clash(one: Marks, other: Marks) -> str:
            return directives.clash(one, other) or rule.clash(one, other)

        grouping = Grouping(node.values(), marks, clash, {**(rule.refusals or {}), **directives.refusals()})
        inside = [(node[a], node[b], likeness) for a, b, likeness in pairs if a in node and b in node]
        rule.group(grouping, self, [
            (*sorted((a, b), key=lambda n: n.key), likeness) for a, b, likeness in inside  # type: ignore[misc]
        ])  # fmt: skip
        directives.merge(grouping)
        return grouping

    @staticmethod
    def _number(members: Sequence[Row], taken: set[int]) -> int:
        """The cluster most of the members were in, so that numbers change seldom; 0 if there is none to be had."""
        counts = Counter(row.cluster for row in members if row.cluster and row.cluster not in taken)
        return max(counts, key=lambda cluster: (counts[cluster], -cluster), default=0)

    def _tell(self, rule: Rule, moved: Sequence[Row]) -> None:
        """Those that look at nodes which moved to other clusters have to be linked anew."""
        later = [r for r in RULES if _ORDER[r.kind] > _ORDER[rule.kind]]
        for row in moved:
            for user in later:
                for predicate in user.uses:
                    for local in row.node.links.get(f"^{predicate}", ()):
                        number = self.corpus.number(row.node.article, local, user.kind)
                        if number is not None:
                            self._dirty[user.kind].add(number)

    # --- what a rule sees ---------------------------------------------------------------------------------

    def cluster(self, node: Node, local: str) -> tuple[EntityType, int] | None:
        """The kind and cluster of another entity of a node's article, if its kind is linked before the node's."""
        found = self.corpus.linked(node.article, local)
        return found if found is not None and _ORDER[found[0]] < _ORDER[node.type] else None

    def names(self, node: Node, local: str) -> tuple[str, ...]:
        """The names of another entity of a node's article."""
        return self.corpus.names(node.article, local)

    # --- names ------------------------------------------------------------------------------------------------

    def _name(self, touched: set[int], before: dict[int, int]) -> Changes:
        """Name the clusters that changed, and say what became another entity by it."""
        corpus, changes = self.corpus, Changes()
        old = {cluster: corpus.described(cluster) for cluster in touched}
        bases = {said.base for said in old.values() if said is not None}
        for cluster in sorted(touched):
            rows = corpus.of_cluster(cluster)
            if not rows:
                corpus.forget(cluster)
                continue
            nodes = [row.node for row in rows]
            kind = nodes[0].type
            read = label(kind, nodes)
            given = self._given.given(nodes) or read
            base = path(kind, read)  # a name that people give is a label; the IRI stays
            bases.add(base)
            corpus.describe(
                cluster, kind, base, nodes[0].key, qualifier(nodes),
                division(nodes) if kind is EntityType.PLACE else "", given, aliases(given, nodes, read),
            )  # fmt: skip
        renamed: dict[int, str] = {}
        for base in sorted(bases):
            renamed |= self._paths(base)
        was = {cluster: said.path for cluster, said in old.items() if said is not None and said.path}
        was |= renamed
        now = {cluster: corpus.path(cluster) for cluster in {*was, *touched}}
        for cluster in {*was, *touched}:
            if now[cluster] != was.get(cluster, ""):
                changes.articles |= corpus.articles(cluster)

        def former(cluster: int) -> str:
            return was.get(cluster) or corpus.path(cluster)

        for number, cluster, article in corpus.clusters(before):
            if before[number] not in (0, cluster) and former(before[number]) != corpus.path(cluster):
                changes.articles.add(article)
        for article in changes.articles - self._articles:
            changes.former[article] = {
                row.node.local: former(cluster)
                for row in corpus.of_article(article)
                if (cluster := before.get(row.num, row.cluster))
            }
        for cluster in {*was, *touched}:
            for said in (old.get(cluster), corpus.described(cluster)):
                if said is not None and (code := dict(said.entity.identifiers).get("gb2260")):
                    changes.codes.add(code)
        for gone in sorted(set(was.values())):
            changes.entities[gone] = corpus.entity(gone)
        for cluster in {*was, *touched}:
            if now[cluster]:
                changes.entities[now[cluster]] = corpus.entity(now[cluster])
        same = {said.path: said.entity for said in old.values() if said is not None}
        for name, entity in list(changes.entities.items()):
            if entity is not None and same.get(name) == entity:
                del changes.entities[name]
        return changes

    def _paths(self, base: str) -> dict[int, str]:
        """Give the clusters of one name their paths; the former paths of those that changed."""
        corpus, former = self.corpus, dict[int, str]()
        homonyms = corpus.of_base(base)
        where = Counter(said.qualifier for said in homonyms)
        for i, said in enumerate(homonyms):
            if i == 0:
                wanted = base
            elif said.qualifier and where[said.qualifier] == 1:
                wanted = f"{base}{HOMONYM}{said.qualifier}"
            else:
                wanted = f"{base}{HOMONYM}{said.first[0]}"
                alike = [o for o in homonyms[1:i] if o.first[0] == said.first[0]]
                wanted += f".{len(alike) + 1}" if alike else ""
            if wanted != said.path:
                if said.path:
                    former[said.cluster] = said.path
                corpus.set_path(said.cluster, wanted)
        return former
