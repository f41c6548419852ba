"""What linking keeps on disk: nodes, what ties them together, the entities they became, and why.

A table each in one SQLite file, so that an article that comes or goes touches only what hangs together with
it, and nothing has to be held in memory.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.link.grouping import Reason, Verdict
from kg.link.nodes import Node
from kg.link.rules.base import Likeness
from kg.lookup import chunks, marks
from kg.model import Decision, Entity, EntityType

SCHEMA = """
CREATE TABLE IF NOT EXISTS node (
  num INTEGER PRIMARY KEY, article TEXT NOT NULL, source TEXT NOT NULL, local TEXT NOT NULL, type TEXT NOT NULL,
  read_as TEXT NOT NULL, cluster INTEGER, said TEXT NOT NULL, UNIQUE (article, local));
CREATE INDEX IF NOT EXISTS node_cluster ON node (cluster);
CREATE TABLE IF NOT EXISTS key (key INTEGER NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (key, node)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS key_node ON key (node);
CREATE TABLE IF NOT EXISTS block (key INTEGER NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (key, node)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS block_node ON block (node);
CREATE TABLE IF NOT EXISTS form (key INTEGER NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (key, node)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS form_node ON form (node);
CREATE TABLE IF NOT EXISTS pair (
  one INTEGER NOT NULL, other INTEGER NOT NULL, score REAL NOT NULL, merged INTEGER NOT NULL, eponym INTEGER NOT NULL,
  zh TEXT NOT NULL, en TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pair_other ON pair (other);
CREATE TABLE IF NOT EXISTS entity (
  cluster INTEGER PRIMARY KEY, type TEXT NOT NULL, base TEXT NOT NULL, first_article TEXT NOT NULL,
  first_local TEXT NOT NULL, qualifier TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, aliases TEXT NOT NULL,
  path TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS entity_base ON entity (base);
CREATE INDEX IF NOT EXISTS entity_path ON entity (path);
CREATE INDEX IF NOT EXISTS entity_code ON entity (code) WHERE code <> '';
CREATE TABLE IF NOT EXISTS directive (said TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS verdict (
  one INTEGER NOT NULL, other INTEGER NOT NULL, score REAL NOT NULL, merged INTEGER NOT NULL,
  zh TEXT NOT NULL, en TEXT NOT NULL, count INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS verdict_one ON verdict (one);
CREATE INDEX IF NOT EXISTS verdict_other ON verdict (other);
"""


def digest(*parts: str) -> int:
    """A text as a number of 64 bits."""
    made = hashlib.blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(made.digest(), "big", signed=True)


@dataclass(frozen=True, slots=True)
class Row:
    """A node with its number and the cluster it is in (0 for none yet)."""

    num: int
    cluster: int
    node: Node


@dataclass(frozen=True, slots=True)
class Described:
    """What a cluster is called; `first` is its first node, by article and local id."""

    cluster: int
    base: str
    first: tuple[str, str]
    qualifier: str
    path: str
    entity: Entity


class Corpus:
    """The tables, and what is asked of them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Use (and make, where they are missing) the tables of a database."""
        self.db = db
        db.executescript(SCHEMA)

    @classmethod
    def reading(cls, db: sqlite3.Connection) -> Corpus:
        """The tables of a database that cannot be written to."""
        corpus = cls.__new__(cls)
        corpus.db = db
        return corpus

    # --- nodes ------------------------------------------------------------------------------------------

    def insert(self, node: Node) -> int:
        """Add a node; its number."""
        made = self.db.execute(
            "INSERT INTO node (article, source, local, type, read_as, said) VALUES (?, ?, ?, ?, ?, ?)",
            (node.article, node.source, node.local, node.type.value, node.type.value, node.to_json()),
        )
        assert made.lastrowid is not None
        return made.lastrowid

    def of_article(self, article: str) -> list[Row]:
        """The nodes of an article."""
        return self._rows("article = ?", (article,))

    def of_cluster(self, cluster: int) -> list[Row]:
        """The nodes of a cluster, in order."""
        return sorted(self._rows("cluster = ?", (cluster,)), key=lambda row: row.node.key)

    def rows(self, numbers: Iterable[int]) -> list[Row]:
        """The nodes of some numbers, in order of article and local id."""
        found: list[Row] = []
        for some in chunks(numbers):
            found += self._rows(f"num IN ({marks(some)})", some)
        return sorted(found, key=lambda row: row.node.key)

    def _rows(self, where: str, values: Sequence[object]) -> list[Row]:
        query = f"SELECT num, cluster, article, source, local, type, said FROM node WHERE {where}"  # noqa: S608
        return [
            Row(num, cluster or 0, Node.from_json(article, source, local, kind, said))
            for num, cluster, article, source, local, kind, said in self.db.execute(query, values)
        ]

    def number(self, article: str, local: str, kind: EntityType) -> int | None:
        """The number of a node, None if there is none of that kind."""
        row = self.db.execute(
            "SELECT num FROM node WHERE article = ? AND local = ? AND type = ?", (article, local, kind.value)
        ).fetchone()
        return row[0] if row else None

    def named(self, form: str) -> list[Row]:
        """The nodes that bear a name, in order."""
        return self.rows(self.with_keys([digest("form", form)], "form"))

    def linked(self, article: str, local: str) -> tuple[EntityType, int] | None:
        """The kind and cluster of a node."""
        row = self.db.execute(
            "SELECT type, cluster FROM node WHERE article = ? AND local = ?", (article, local)
        ).fetchone()
        return (EntityType(row[0]), row[1]) if row and row[1] else None

    def names(self, article: str, local: str) -> tuple[str, ...]:
        """The names of a node."""
        row = self.db.execute(
            "SELECT said FROM node WHERE article = ? AND local = ?", (article, local)
        ).fetchone()
        return tuple(form for form, _ in json.loads(row[0])["forms"]) if row else ()

    def delete(self, numbers: Sequence[int]) -> None:
        """Remove nodes and all that ties them to others."""
        for some in chunks(numbers):
            for table, column in (("node", "num"), ("key", "node"), ("block", "node"), ("form", "node")):
                self.db.execute(f"DELETE FROM {table} WHERE {column} IN ({marks(some)})", some)  # noqa: S608
            self.unpair(some)

    # --- what ties them together ------------------------------------------------------------------------

    def keys_of(self, numbers: Iterable[int], table: str = "key") -> set[int]:
        """The keys of some nodes."""
        found: set[int] = set()
        for some in chunks(numbers):
            query = f"SELECT key FROM {table} WHERE node IN ({marks(some)})"  # noqa: S608
            found.update(key for (key,) in self.db.execute(query, some))
        return found

    def with_keys(self, keys: Iterable[int], table: str = "key") -> set[int]:
        """The nodes that have one of some keys."""
        found: set[int] = set()
        for some in chunks(keys):
            query = f"SELECT node FROM {table} WHERE key IN ({marks(some)})"  # noqa: S608
            found.update(node for (node,) in self.db.execute(query, some))
        return found

    def set_keys(self, number: int, keys: Iterable[int], table: str = "key") -> None:
        """Give a node its keys in place of those it had."""
        self.db.execute(f"DELETE FROM {table} WHERE node = ?", (number,))  # noqa: S608
        self.db.executemany(
            f"INSERT OR IGNORE INTO {table} (key, node) VALUES (?, ?)",  # noqa: S608
            [(key, number) for key in keys],
        )

    def partners(self, numbers: Iterable[int]) -> set[int]:
        """The nodes that a pair which was merged ties to some."""
        found: set[int] = set()
        for some in chunks(numbers):
            for mine, theirs in (("one", "other"), ("other", "one")):
                query = f"SELECT {theirs} FROM pair WHERE {mine} IN ({marks(some)}) AND merged"  # noqa: S608
                found.update(node for (node,) in self.db.execute(query, some))
        return found

    def pair(self, one: int, other: int, likeness: Likeness) -> None:
        """Keep what two nodes have in common."""
        self.db.execute(
            "INSERT OR REPLACE INTO pair VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *sorted((one, other)),
                likeness.score,
                likeness.merged,
                likeness.eponym,
                likeness.reason.zh,
                likeness.reason.en,
            ),
        )

    def unpair(self, numbers: Sequence[int]) -> None:
        """Forget the pairs of some nodes."""
        for some in chunks(numbers):
            query = f"DELETE FROM pair WHERE one IN ({marks(some)}) OR other IN ({marks(some)})"  # noqa: S608
            self.db.execute(query, [*some, *some])

    def pairs(self, numbers: Iterable[int]) -> list[tuple[int, int, Likeness]]:
        """The pairs that were merged among some nodes."""
        found = []
        for some in chunks(numbers):
            columns = "one, other, score, merged, eponym, zh, en"
            query = f"SELECT {columns} FROM pair WHERE one IN ({marks(some)}) AND merged"  # noqa: S608
            found += [
                (one, other, Likeness(score, bool(merged), Reason(zh, en), bool(eponym)))
                for one, other, score, merged, eponym, zh, en in self.db.execute(query, some)
            ]
        return found

    def retype(self, number: int, kind: EntityType) -> None:
        """Take a node for another kind of thing, to be linked anew."""
        self.db.execute("UPDATE node SET type = ?, cluster = NULL WHERE num = ?", (kind.value, number))
        for table in ("key", "block"):
            self.set_keys(number, (), table)
        self.unpair([number])

    def read_as(self, number: int) -> EntityType:
        """The kind that a node was read as."""
        (kind,) = self.db.execute("SELECT read_as FROM node WHERE num = ?", (number,)).fetchone()
        return EntityType(kind)

    # --- clusters and entities ---------------------------------------------------------------------------

    def next_cluster(self) -> int:
        """A number that no cluster bears."""
        (top,) = self.db.execute(
            "SELECT max(coalesce((SELECT max(cluster) FROM entity), 0), coalesce((SELECT max(cluster) FROM node), 0))"
        ).fetchone()
        return int(top) + 1

    def set_cluster(self, numbers: Iterable[int], cluster: int) -> None:
        """Put nodes into a cluster."""
        self.db.executemany("UPDATE node SET cluster = ? WHERE num = ?", [(cluster, num) for num in numbers])

    def judge(self, numbers: Iterable[int], verdicts: Iterable[tuple[int, int, Verdict]]) -> None:
        """Keep the verdicts over some nodes in place of those there were."""
        for some in chunks(numbers):
            for column in ("one", "other"):
                self.db.execute(f"DELETE FROM verdict WHERE {column} IN ({marks(some)})", some)  # noqa: S608
        self.db.executemany(
            "INSERT INTO verdict VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (one, other, v.score, v.merged, v.reason.zh, v.reason.en, v.count)
                for one, other, v in verdicts
            ],
        )

    def described(self, cluster: int) -> Described | None:
        """What a cluster is called."""
        row = self.db.execute(f"{_DESCRIBED} WHERE cluster = ?", (cluster,)).fetchone()
        return _described(row) if row else None

    def of_base(self, base: str) -> list[Described]:
        """The clusters of one kind and name, in order of their first node."""
        rows = self.db.execute(f"{_DESCRIBED} WHERE base = ? ORDER BY first_article, first_local", (base,))
        return [_described(row) for row in rows]

    def describe(
        self,
        cluster: int,
        kind: EntityType,
        base: str,
        first: tuple[str, str],
        qualifier: str,
        code: str,
        name: str,
        aliases: tuple[str, ...],
    ) -> None:
        """Keep what a cluster is called; its path stays until it gets another."""
        others = json.dumps(aliases, ensure_ascii=False)
        said = (kind.value, base, *first, qualifier, code, name, others)
        self.db.execute(
            """INSERT INTO entity (cluster, type, base, first_article, first_local, qualifier, code, name, aliases)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (cluster) DO UPDATE SET type = excluded.type,
               base = excluded.base, first_article = excluded.first_article, first_local = excluded.first_local,
               qualifier = excluded.qualifier, code = excluded.code, name = excluded.name,
               aliases = excluded.aliases""",
            (cluster, *said),
        )

    def forget(self, cluster: int) -> None:
        """Remove the entity of a cluster that is empty."""
        self.db.execute("DELETE FROM entity WHERE cluster = ?", (cluster,))

    def path(self, cluster: int) -> str:
        """The path of a cluster's entity, "" if there is none."""
        row = self.db.execute("SELECT path FROM entity WHERE cluster = ?", (cluster,)).fetchone()
        return row[0] if row else ""

    def set_path(self, cluster: int, path: str) -> None:
        """Give a cluster's entity its path."""
        self.db.execute("UPDATE entity SET path = ? WHERE cluster = ?", (path, cluster))

    def articles(self, cluster: int) -> set[str]:
        """The articles that speak of a cluster."""
        return {a for (a,) in self.db.execute("SELECT article FROM node WHERE cluster = ?", (cluster,))}

    def clusters(self, numbers: Iterable[int]) -> Iterator[tuple[int, int, str]]:
        """The number, cluster and article of some nodes."""
        for some in chunks(numbers):
            yield from self.db.execute(
                f"SELECT num, coalesce(cluster, 0), article FROM node WHERE num IN ({marks(some)})",  # noqa: S608
                some,
            )

    def entity(self, path: str) -> Entity | None:
        """The entity of a path."""
        row = self.db.execute(f"{_ENTITY} WHERE path = ?", (path,)).fetchone()
        return _entity(row) if row else None

    def entities(self) -> Iterator[Entity]:
        """All entities, in order of their paths."""
        return map(_entity, self.db.execute(f"{_ENTITY} ORDER BY path"))

    def code(self, path: str) -> str:
        """The GB/T 2260 code of a place, "" if it has none."""
        row = self.db.execute("SELECT code FROM entity WHERE path = ?", (path,)).fetchone()
        return row[0] if row else ""

    def of_code(self, code: str) -> str:
        """The place of a code, "" if no article speaks of it."""
        row = self.db.execute(
            "SELECT path FROM entity WHERE code <> '' AND code = ? ORDER BY path LIMIT 1", (code,)
        ).fetchone()
        return row[0] if row else ""

    def outer(self, code: str) -> str:
        """The nearest place above a code of which articles speak: 140226 is in 140200, that in 140000; or ""."""
        above = (code[:4] + "00", code[:2] + "0000") if len(code) == 6 else ()
        return next((found for c in above if c != code and (found := self.of_code(c))), "")

    def under(self, code: str) -> list[Entity]:
        """The places under a code, in order of code and path."""
        digits = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
        rows = self.db.execute(
            f"{_ENTITY} WHERE code <> '' AND code > ? AND code < ? ORDER BY code, path",
            (digits.ljust(6, "0"), digits.ljust(6, "9")),
        )
        return [_entity(row) for row in rows]

    def counts(self) -> dict[str, int]:
        """How many entities there are of each type."""
        return dict(self.db.execute("SELECT type, count(*) FROM entity GROUP BY type ORDER BY type"))

    def same(self, article: str) -> dict[str, str]:
        """The paths of the entities of an article, by local id."""
        return dict(
            self.db.execute(
                "SELECT local, path FROM node JOIN entity USING (cluster) WHERE article = ?", (article,)
            )
        )

    def curation(self) -> str:
        """The curation that was applied last."""
        row = self.db.execute("SELECT said FROM directive").fetchone()
        return row[0] if row else ""

    def set_curation(self, said: str) -> None:
        """Keep the curation that is applied now."""
        self.db.execute("DELETE FROM directive")
        self.db.execute("INSERT INTO directive VALUES (?)", (said,))

    def decisions(self, path: str = "") -> Iterator[Decision]:
        """The merges and refusals, least certain first; with `path`, those about one entity."""
        about = "WHERE a.path = :path OR b.path = :path" if path else ""
        rows = self.db.execute(_DECISIONS.replace("--about", about), {"path": path})
        for kept, other, merged, score, zh, en, count, article, said, of, said_of in rows:
            names = json.loads(said)["forms"][0][0], json.loads(said_of)["forms"][0][0]
            yield Decision(kept, other, bool(merged), score, zh, en, names, (article, of), count)


_ENTITY = "SELECT path, type, name, aliases, code FROM entity"
_DESCRIBED = (
    "SELECT cluster, base, first_article, first_local, qualifier, path, type, name, aliases, code FROM entity"
)
_DECISIONS = """
SELECT a.path, b.path, v.merged, v.score, v.zh, v.en, v.count, one.article, one.said, other.article, other.said
FROM (SELECT one, other, score, merged, zh, en, count FROM verdict
      UNION ALL SELECT one, other, score, merged, zh, en, 1 FROM pair WHERE NOT merged) v
JOIN node one ON one.num = v.one JOIN node other ON other.num = v.other
JOIN entity a ON a.cluster = one.cluster JOIN entity b ON b.cluster = other.cluster
--about
ORDER BY abs(v.score - 0.5), a.path, b.path, one.article, one.local, other.article, other.local
"""


def _entity(row: tuple[str, str, str, str, str]) -> Entity:
    path, kind, name, aliases, code = row
    identifiers = (("gb2260", code),) if code else ()
    return Entity(path, EntityType(kind), name, tuple(json.loads(aliases)), identifiers)


def _described(row: tuple[int, str, str, str, str, str, str, str, str, str]) -> Described:
    cluster, base, article, local, qualifier, path, *said = row
    kind, name, others, code = said
    return Described(
        cluster, base, (article, local), qualifier, path, _entity((path, kind, name, others, code))
    )
