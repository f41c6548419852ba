"""What a build keeps for the next one beside the quads, in one SQLite file a generation.

So a build that adds an article looks at that article and at what it touches, and not at the corpus: which
sources there are and where their readings lie, how each article was told apart (`kg.link.corpus` has its
tables in the same file), what it claims of where things are and in which chains, and what was derived.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import NamedTuple

from kg.errors import StoreError
from kg.lookup import chunks, marks
from kg.model import Claim, Concept, EntityType, Modality, Reading, Ref

FILE = "state.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS source (
  id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, fingerprint TEXT NOT NULL, readings TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS article (
  id TEXT PRIMARY KEY, source TEXT NOT NULL, held INTEGER NOT NULL, claims TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS article_source ON article (source);
CREATE TABLE IF NOT EXISTS rejected (
  article TEXT NOT NULL, claim TEXT NOT NULL, quote TEXT NOT NULL, reason TEXT NOT NULL, reason_en TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS rejected_article ON rejected (article);
CREATE TABLE IF NOT EXISTS used (line TEXT NOT NULL, article TEXT NOT NULL, PRIMARY KEY (line, article)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact (
  article TEXT NOT NULL, subject TEXT NOT NULL, predicate TEXT NOT NULL, object TEXT NOT NULL, modality TEXT NOT NULL,
  date TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS fact_article ON fact (article);
CREATE INDEX IF NOT EXISTS fact_subject ON fact (subject, predicate);
CREATE INDEX IF NOT EXISTS fact_object ON fact (object, predicate);
CREATE TABLE IF NOT EXISTS lone (
  article TEXT NOT NULL, subject TEXT NOT NULL, sentence TEXT NOT NULL, PRIMARY KEY (article, subject, sentence))
  WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS lone_subject ON lone (subject);
CREATE TABLE IF NOT EXISTS derived (kind TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, said TEXT NOT NULL,
  PRIMARY KEY (kind, one, other)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS derived_other ON derived (kind, other);
"""

# what the derived graph is made from; all else of a claim is in the quads
_KEPT = frozenset(
    {
        *("locatedIn", "parkOf", "inChain", "chainIn", "chainLeader", "chainCore"),
        *("developedBy", "produces", "capacity", "suppliesTo", "status"),
    }
)
_PAIRS = ("locatedIn", "parkOf", "chainIn")

Pair = tuple[str, str, str]
"""A fact without its article: subject, predicate, object."""

_ACTORS = (EntityType.FIRM, EntityType.PROJECT)


@dataclass(frozen=True, slots=True)
class Kept:
    """A source of a graph: the digest of what it was read from, by which code, and the name of its readings."""

    id: str
    sha256: str
    fingerprint: str
    readings: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """What a build did not take in: the article's id, the claim or mention in words, its quote, why."""

    article: str
    claim: str
    quote: str
    reason: str
    reason_en: str


class Fact(NamedTuple):
    """A claim that the derived graph looks at; `object` is an entity's path, a phase or a product in words."""

    article: str
    subject: str
    predicate: str
    object: str
    modality: str
    date: str


class State:
    """The tables of a generation."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Use (and make, where they are missing) the tables of a database."""
        self.db = db
        db.executescript(_SCHEMA)

    @classmethod
    def open(cls, file: Path) -> State:
        """The state in a file that only this build writes, so that nothing needs to reach the disk before its end."""
        db = sqlite3.connect(file, isolation_level=None)
        for pragma in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "cache_size = -100000",
            "temp_store = MEMORY",
        ):
            db.execute(f"PRAGMA {pragma}")
        db.execute("BEGIN")
        return cls(db)

    def close(self) -> None:
        """Write what is left to be written."""
        with suppress(sqlite3.OperationalError):
            self.db.execute("COMMIT")
        self.db.close()

    # --- what it is of --------------------------------------------------------------------------------------

    def meta(self, name: str) -> str:
        """A note about the whole, "" if there is none."""
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def note(self, name: str, value: str | None) -> None:
        """Keep a note about the whole; None takes it out."""
        if value is None:
            self.db.execute("DELETE FROM meta WHERE name = ?", (name,))
        else:
            self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def notes(self, prefix: str) -> list[str]:
        """The names of the notes that begin so."""
        rows = self.db.execute("SELECT name FROM meta WHERE substr(name, 1, ?) = ?", (len(prefix), prefix))
        return sorted(name for (name,) in rows)

    def sources(self) -> dict[str, Kept]:
        """The sources, by id."""
        rows = self.db.execute("SELECT id, sha256, fingerprint, readings FROM source ORDER BY id")
        return {row[0]: Kept(*row) for row in rows}

    def keep(self, source: Kept) -> None:
        """Take in a source, in place of one of its id."""
        self.db.execute("INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?)", astuple(source))

    def forget(self, source: str) -> None:
        """Take out a source."""
        self.db.execute("DELETE FROM source WHERE id = ?", (source,))

    # --- articles -----------------------------------------------------------------------------------------------

    def articles(self, source: str | None = None) -> dict[str, str]:
        """The sources of all articles, or of those of one source, by id of the article, in order."""
        where = "" if source is None else "WHERE source = ?"
        values = () if source is None else (source,)
        return dict(self.db.execute(f"SELECT id, source FROM article {where} ORDER BY id", values))  # noqa: S608

    def source_of(self, article: str) -> str:
        """The source of an article."""
        row = self.db.execute("SELECT source FROM article WHERE id = ?", (article,)).fetchone()
        return row[0] if row else ""

    def announce(self, article: str, source: str) -> None:
        """An article is to be written."""
        self.db.execute("INSERT OR REPLACE INTO article VALUES (?, ?, 0, '{}')", (article, source))

    def unannounce(self, article: str) -> None:
        """An article is no longer there."""
        self.db.execute("DELETE FROM article WHERE id = ?", (article,))

    def drop(self, article: str) -> None:
        """Forget an article and what it said."""
        self._clear(article)
        self.db.execute("DELETE FROM used WHERE article = ?", (article,))

    def _clear(self, article: str) -> None:
        self.db.execute("DELETE FROM article WHERE id = ?", (article,))
        for table in ("rejected", "fact", "lone"):
            self.db.execute(f"DELETE FROM {table} WHERE article = ?", (article,))  # noqa: S608

    def write(
        self, accepted: Reading | None, article: str, source: str, rejected: Iterable[Rejected]
    ) -> None:
        """Keep what an article says, in corpus-wide ids; `accepted` is None if it was set aside as a whole."""
        self._clear(article)
        claims = accepted.claims if accepted else ()
        counts = Counter(claim.predicate for claim in claims)
        self.db.execute(
            "INSERT INTO article VALUES (?, ?, ?, ?)",
            (article, source, accepted is not None, json.dumps(counts, sort_keys=True)),
        )
        self.db.executemany("INSERT INTO rejected VALUES (?, ?, ?, ?, ?)", [astuple(one) for one in rejected])
        self.db.executemany(
            "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?)",
            [fact for claim in claims if (fact := _fact(article, claim)) is not None],
        )
        if accepted is not None:
            self.db.executemany("INSERT OR IGNORE INTO lone VALUES (?, ?, ?)", _lone(accepted))

    def counts(self) -> tuple[int, Counter[str]]:
        """How many articles the graph holds, and how many claims by predicate."""
        held, claims = 0, Counter[str]()
        for one, said in self.db.execute("SELECT held, claims FROM article"):
            held += one
            claims.update(json.loads(said))
        return held, claims

    def sound(self, article: str) -> bool:
        """Whether an article is held and nothing of it was set aside."""
        row = self.db.execute(
            "SELECT held AND NOT EXISTS (SELECT 1 FROM rejected WHERE article = id) FROM article WHERE id = ?",
            (article,),
        ).fetchone()
        return bool(row and row[0])

    def rejected(self) -> Iterator[Rejected]:
        """What was set aside, in order of article."""
        rows = self.db.execute(
            "SELECT article, claim, quote, reason, reason_en FROM rejected ORDER BY article, rowid"
        )
        return (Rejected(*row) for row in rows)

    def note_used(self, line: str, article: str, used: bool) -> None:
        """Keep whether a rejection of people found what it rejects in an article."""
        self.db.execute("DELETE FROM used WHERE line = ? AND article = ?", (line, article))
        if used:
            self.db.execute("INSERT INTO used VALUES (?, ?)", (line, article))

    def used(self, line: str) -> bool:
        """Whether a rejection found what it rejects in any article."""
        return self.db.execute("SELECT 1 FROM used WHERE line = ? LIMIT 1", (line,)).fetchone() is not None

    # --- facts --------------------------------------------------------------------------------------------------

    def facts(self, *predicates: str) -> Iterator[Fact]:
        """All facts of some predicates."""
        return map(
            Fact._make, self.db.execute(f"{_FACTS} WHERE predicate IN ({marks(predicates)})", predicates)
        )

    def facts_about(self, subjects: Iterable[str], *predicates: str) -> Iterator[Fact]:
        """The facts that are told of some entities."""
        for some in chunks(subjects):
            query = f"{_FACTS} WHERE subject IN ({marks(some)}) AND predicate IN ({marks(predicates)})"
            yield from map(Fact._make, self.db.execute(query, (*some, *predicates)))

    def facts_of(self, subject: str, *predicates: str) -> list[Fact]:
        """The facts that are told of an entity."""
        return self._facts("subject", subject, predicates)

    def facts_to(self, target: str, *predicates: str) -> list[Fact]:
        """The facts that lead to an entity."""
        return self._facts("object", target, predicates)

    def _facts(self, column: str, value: str, predicates: tuple[str, ...]) -> list[Fact]:
        query = f"{_FACTS} WHERE {column} = ? AND predicate IN ({marks(predicates)}) ORDER BY article, rowid"
        return [Fact._make(row) for row in self.db.execute(query, (value, *predicates))]

    def named_in(self, article: str) -> set[str]:
        """The entities that the facts of an article are about."""
        rows = self.db.execute("SELECT subject, object FROM fact WHERE article = ?", (article,))
        lone = self.db.execute("SELECT subject FROM lone WHERE article = ?", (article,))
        return {term for row in rows for term in row} | {subject for (subject,) in lone}

    def pairs(self, article: str) -> set[Pair]:
        """What an article says of where things are."""
        query = f"SELECT subject, predicate, object FROM fact WHERE article = ? AND predicate IN ({marks(_PAIRS)})"  # noqa: S608
        return set(self.db.execute(query, (article, *_PAIRS)))

    def told(self, pair: Pair, but: Collection[str]) -> bool:
        """Whether any article but some tells a pair."""
        subject, predicate, target = pair
        return any(f.object == target and f.article not in but for f in self.facts_of(subject, predicate))

    def sentences(self, subject: str) -> list[str]:
        """The sentences that carry a claim about an entity and name no other firm or project."""
        rows = self.db.execute(
            "SELECT sentence FROM lone WHERE subject = ? ORDER BY article, sentence", (subject,)
        )
        return [sentence for (sentence,) in rows]

    # --- what was derived ---------------------------------------------------------------------------------------

    def derived(self, kind: str) -> dict[tuple[str, str], str]:
        """What was derived of one kind, by the two things that it is about."""
        rows = self.db.execute("SELECT one, other, said FROM derived WHERE kind = ?", (kind,))
        return {(one, other): said for one, other, said in rows}

    def derived_of(self, kind: str, one: str) -> dict[str, str]:
        """What was derived of one kind about one thing, by the other."""
        return dict(
            self.db.execute("SELECT other, said FROM derived WHERE kind = ? AND one = ?", (kind, one))
        )

    def count(self, kind: str) -> int:
        """How much was derived of one kind."""
        (number,) = self.db.execute("SELECT count(*) FROM derived WHERE kind = ?", (kind,)).fetchone()
        return int(number)

    def derive(self, kind: str, one: str, other: str, said: str | None) -> None:
        """Keep what was derived; None takes it out."""
        if said is None:
            self.db.execute(
                "DELETE FROM derived WHERE kind = ? AND one = ? AND other = ?", (kind, one, other)
            )
        else:
            self.db.execute("INSERT OR REPLACE INTO derived VALUES (?, ?, ?, ?)", (kind, one, other, said))


_FACTS = "SELECT article, subject, predicate, object, modality, date FROM fact"


def read_state(file: Path) -> State:
    """The state of a generation, for reading. Raises StoreError if it is not there."""
    try:
        db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        db.execute("SELECT 1 FROM meta")
    except sqlite3.Error as error:
        raise StoreError(f"{file}: cannot be read: {error}; build the graph again") from error
    state = State.__new__(State)
    state.db = db
    return state


def _fact(article: str, claim: Claim) -> Fact | None:
    if claim.predicate not in _KEPT:
        return None
    match claim.object:
        case Ref(entity):
            target = entity
        case Concept(name):
            target = name
        case _:
            target = claim.product or ""
    return Fact(article, claim.subject, claim.predicate, target, claim.modality.value, claim.date or "")


def _lone(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Stretches that carry a claim about a firm or project and mention no other firm or project."""
    prefixes = tuple(f"{kind.value.lower()}/" for kind in _ACTORS)
    actors = [mention for mention in reading.mentions if mention.entity.startswith(prefixes)]
    for claim in reading.claims:
        if claim.modality is not Modality.NEGATED and claim.subject.startswith(prefixes):
            named = {m.entity for m in actors if m.start >= claim.start and m.end <= claim.end}
            if named == {claim.subject}:
                yield reading.article.id, claim.subject, reading.article.body[claim.start : claim.end]
