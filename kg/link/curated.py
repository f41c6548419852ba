"""What people decided, as linking sees it: which nodes a line is about, and what it asks of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.curation.facts import anchors, of_a_thing
from kg.curation.lines import SOURCE, Add, Apart, Curation, Finding, Line, Merge, Name, Rename, Retype
from kg.link.corpus import Corpus, Row
from kg.link.grouping import Grouping, Marks, Reason
from kg.link.location import compatible
from kg.link.nodes import Node
from kg.link.places import called, called_by_code
from kg.model import EntityType
from kg.names import normal

_MERGED = Reason("人工校订：同一事物", "Curated: one thing")
_APART = Reason("人工校订：不是一回事", "Curated: not one thing")


class Directives:
    """The lines of a curation that linking has to do with, applied to a corpus."""

    def __init__(self, corpus: Corpus, curation: Curation) -> None:
        self._corpus = corpus
        self._curation = curation
        self._merges: list[Merge] = [*curation.merge, *_facts(curation)]
        self._by_form: dict[str, list[tuple[str, Line, Name]]] = defaultdict(list)
        for line in self._lines:
            for name in names_of(line):
                self._by_form[name.key].append((_id(line), line, name))

    def keep(self) -> None:
        """Remember what was applied, to see next time what has changed."""
        self._corpus.set_curation(json.dumps(sorted({*map(_id, self._lines)}), ensure_ascii=False))

    @property
    def _lines(self) -> list[Line]:
        given = self._curation
        return [*self._merges, *given.apart, *given.rename, *given.retype]

    # --- which nodes ---------------------------------------------------------------------------------------

    def touched(self, dirty: Mapping[EntityType, set[int]]) -> dict[EntityType, set[int]]:
        """The nodes to link anew: those of lines that came or went, and of lines that a changed node is about."""
        former = set(json.loads(self._corpus.curation() or "[]"))
        present = {_id(line) for line in self._lines}
        found: dict[EntityType, set[int]] = defaultdict(set)
        for said in sorted(former - present):
            for text in json.loads(said)[1:]:
                for row in self._bearers(Name.of(text)):
                    found[row.node.type].add(row.num)
        for line in self._lines:
            rows = [row for name in names_of(line) for row in self._bearers(name)]
            changed = any(row.num in dirty.get(row.node.type, ()) for row in rows)
            if changed or _id(line) not in former:
                for row in rows:
                    found[row.node.type].add(row.num)
        return found

    def retyped(self) -> list[Row]:
        """The nodes whose kind is not what it should be now."""
        rows: dict[int, Row] = {}
        former = [json.loads(said) for said in json.loads(self._corpus.curation() or "[]")]
        names = [Name.of(line[1]) for line in former if line[0] == "Retype"]
        for name in (*names, *(line.name for line in self._curation.retype)):
            for row in self._bearers(Name(name.name, None, name.where)):
                if self.kind(row.node, self._corpus.read_as(row.num)) is not row.node.type:
                    rows[row.num] = row
        return [rows[number] for number in sorted(rows)]

    def kind(self, node: Node, read_as: EntityType | None = None) -> EntityType:
        """What kind of thing a node is, going by people or else by what it was read as."""
        known = read_as or node.type
        for _, line, name in self._about(node, ignore_kind=True):
            if isinstance(line, Retype) and name.kind in (None, known):
                return line.to
        return known

    def _bearers(self, name: Name) -> list[Row]:
        return [row for row in self._corpus.named(name.key) if _fits(row.node, name)]

    def _about(self, node: Node, ignore_kind: bool = False) -> Iterator[tuple[str, Line, Name]]:
        if not self._by_form:
            return
        for form in dict.fromkeys(map(normal, node.names)):
            for said, line, name in self._by_form.get(form, ()):
                if _fits(node, Name(name.name, None, name.where) if ignore_kind else name):
                    yield said, line, name

    # --- what a line asks ------------------------------------------------------------------------------------

    def keys(self, node: Node) -> list[str]:
        """Nodes of one line are looked at together."""
        return [said for said, line, _ in self._about(node) if isinstance(line, Merge | Apart)]

    def marks(self, node: Node) -> Marks:
        """Nodes that a line keeps apart differ in a mark."""
        found: dict[str, set[str]] = defaultdict(set)
        for said, line, name in self._about(node):
            if isinstance(line, Apart):
                found[f"apart {said}"].add(str(name))
        return {dimension: frozenset(names) for dimension, names in found.items() if len(names) == 1}

    @staticmethod
    def clash(one: Marks, other: Marks) -> str:
        """Where a line keeps two groups apart, what says so."""
        apart = (d for d in one.keys() & other.keys() if d.startswith("apart ") and one[d] != other[d])
        return "apart" if any(True for _ in apart) else ""

    @staticmethod
    def refusals() -> dict[str, Reason]:
        """Why groups that a line keeps apart are apart."""
        return {"apart": _APART}

    def merge(self, grouping: Grouping) -> None:
        """Merge what people say is one thing, where each name stands for one group."""
        lines = {said: line for node in grouping.nodes for said, line, _ in self._about(node)}
        for said in sorted(lines):
            line = lines[said]
            if not isinstance(line, Merge):
                continue
            firsts = []
            for name in line.names:
                named = {
                    grouping.root(node): node
                    for node in reversed(grouping.nodes)
                    if any(name is other for _, _, other in self._about(node))
                }
                firsts.append(list(named.values()))
            if all(len(nodes) == 1 for nodes in firsts):
                for nodes in firsts[1:]:
                    grouping.force(firsts[0][0], nodes[0], _MERGED)

    def given(self, nodes: Sequence[Node]) -> str:
        """The name that people gave to what some nodes are, "" if none."""
        for node in nodes:
            for _, line, name in self._about(node):
                if isinstance(line, Rename) and len(self._clusters(name)) == 1:
                    return line.to
        return ""

    # --- what did not apply --------------------------------------------------------------------------------------

    def findings(self) -> list[Finding]:
        """The lines that do not apply to what was linked, with the reason."""
        given = self._curation
        lines: list[Line] = [*given.merge, *given.apart, *given.rename, *given.retype, *given.add]
        return [fault for line in lines for fault in (*self.unclear(line), *self._unmet(line))]

    def unclear(self, line: Line) -> Iterator[Finding]:
        """The names of a line that stand for nothing, or for several things."""
        for name, held in self._named(line).items():
            if not held and not isinstance(line, Add):  # a fact may be of something new
                yield Finding(line, f"没有叫“{name}”的", f"nothing is called {name}")
            elif len(held) > 1 and not isinstance(line, Retype):
                paths = sorted(filter(None, map(self._corpus.path, held)))
                listed = "、".join(paths[:3])
                yield Finding(
                    line,
                    f"“{name}”指 {len(held)} 个：{listed}；请加 @地方 或 @来源",
                    f"{name} is the name of {len(held)} things ({', '.join(paths[:3])}); add @place or @source",
                )

    def _named(self, line: Line) -> dict[Name, set[int]]:
        """What the names of a line stand for."""
        if isinstance(line, Retype):  # whatever kind it is now
            return {line.name: self._clusters(Name(line.name.name, None, line.name.where))}
        return {name: self._clusters(name) for name in names_of(line)}

    def _unmet(self, line: Line) -> Iterator[Finding]:
        """What a line asks and did not get although its names are clear."""
        clusters = self._named(line)
        if all(len(held) == 1 for held in clusters.values()):
            together = {cluster for held in clusters.values() for cluster in held}
            if isinstance(line, Merge) and len(together) > 1:
                yield Finding(line, "类型不同，不能合并", "they are of different kinds; retype one first")
            if isinstance(line, Apart) and len(together) < len(clusters):
                yield Finding(
                    line, "文章中是同一个实体的两个名称", "an article uses both as names of one thing"
                )

    def _clusters(self, name: Name) -> set[int]:
        return {row.cluster for row in self._bearers(name) if row.cluster}


def _fits(node: Node, name: Name) -> bool:
    if name.kind is not None and node.type is not name.kind:
        return False
    if not name.where:
        return node.source != SOURCE
    if name.where in (node.source, node.article):
        return True
    codes = {division.code for division in called(name.where)}
    own = node.code or node.at or node.main
    if own and any(compatible(code, own) and len(code.rstrip("0")) <= len(own.rstrip("0")) for code in codes):
        return True
    division = called_by_code(own) if own else None
    return division is not None and division.name == name.where


def _facts(curation: Curation) -> Iterator[Merge]:
    """The names that curated facts are about are those of the things in the articles."""
    for name, anchor in anchors(curation):
        yield Merge((name, anchor))


def names_of(line: Line) -> tuple[Name, ...]:
    """The names of things in a line."""
    match line:
        case Merge(names=names) | Apart(names=names):
            return names
        case Rename(name=name) | Retype(name=name):
            return (name,)
        case Add(subject=subject, predicate=predicate, object=target):
            return (subject, Name.of(target)) if of_a_thing(predicate) else (subject,)
        case _:
            return ()


def _id(line: Line) -> str:
    """A line as text: its sort, and the names it is about."""
    to = [str(getattr(line, "to"))] if isinstance(line, Rename | Retype) else []  # noqa: B009
    return json.dumps([type(line).__name__, *map(str, names_of(line)), *to], ensure_ascii=False)
