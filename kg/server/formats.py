"""The forms in which answers are written, and the writing, which stops at the limit of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.server.jobs import Sink
from kg.server.negotiation import choose
from kg.server.refusal import Refusal

FORMATS = "http://www.w3.org/ns/formats/"
"""Where W3C names the formats, for service descriptions."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an answer: its media type, W3C's name of it, and how a file of it ends."""

    media_type: str
    name: str
    ending: str


TABLES: Mapping[str, tuple[Form, ox.QueryResultsFormat]] = {
    form.media_type: (form, made)
    for form, made in (
        (Form("application/sparql-results+json", "SPARQL_Results_JSON", "srj"), ox.QueryResultsFormat.JSON),
        (Form("application/sparql-results+xml", "SPARQL_Results_XML", "srx"), ox.QueryResultsFormat.XML),
        (Form("text/csv", "SPARQL_Results_CSV", "csv"), ox.QueryResultsFormat.CSV),
        (Form("text/tab-separated-values", "SPARQL_Results_TSV", "tsv"), ox.QueryResultsFormat.TSV),
        (Form("application/json", "SPARQL_Results_JSON", "json"), ox.QueryResultsFormat.JSON),
        (Form("application/xml", "SPARQL_Results_XML", "xml"), ox.QueryResultsFormat.XML),
    )
}
GRAPHS: Mapping[str, tuple[Form, ox.RdfFormat]] = {
    form.media_type: (form, made)
    for form, made in (
        (Form("text/turtle", "Turtle", "ttl"), ox.RdfFormat.TURTLE),
        (Form("application/n-triples", "N-Triples", "nt"), ox.RdfFormat.N_TRIPLES),
        (Form("application/ld+json", "JSON-LD", "jsonld"), ox.RdfFormat.JSON_LD),
        (Form("application/rdf+xml", "RDF_XML", "rdf"), ox.RdfFormat.RDF_XML),
    )
}
# What stands at each row and never within a text, and how many more of it there are than rows: JSON has no bare
# quotes in a text, XML no "<", TSV no line breaks, CSV none outside quotes. (Rows without any value are not told
# apart in JSON; the limit of bytes holds for them.)
_MARKS = {
    ox.QueryResultsFormat.JSON: (b'"}},{"', -1),
    ox.QueryResultsFormat.XML: (b"<result>", 0),
    ox.QueryResultsFormat.TSV: (b"\n", 1),
    ox.QueryResultsFormat.CSV: (b"\n", 1),
}
_TEXTUAL = ("text/", "application/n-triples")


def write_table(answer: ox.QuerySolutions | ox.QueryBoolean, accept: str, sink: Sink, rows: int) -> str:
    """Write the answer to a SELECT or ASK query; its media type. Raises Refusal if it has more than `rows` rows."""
    media_type = pick(accept, TABLES)
    kind = TABLES[media_type][1]
    if isinstance(answer, ox.QueryBoolean):
        answer.serialize(sink, kind)  # type: ignore[arg-type]
    else:
        answer.serialize(_Counted(sink, rows, kind), kind)  # type: ignore[arg-type]
    return typed(media_type)


def write_graph(
    triples: Iterable[ox.Triple], accept: str, sink: Sink, rows: int, prefixes: Mapping[str, str]
) -> str:
    """Write triples; the media type. Raises Refusal if there are more than `rows`."""
    media_type = pick(accept, GRAPHS)
    ox.serialize(_few(triples, rows), sink, GRAPHS[media_type][1], prefixes=dict(prefixes))  # type: ignore[arg-type]
    return typed(media_type)


def pick(accept: str, offered: Mapping[str, object]) -> str:
    """The media type to answer with. Raises Refusal (406) where none is acceptable."""
    chosen = choose(accept, list(offered))
    if chosen is None:
        raise Refusal(
            406, f"none of the accepted media types fits this answer; there are: {', '.join(offered)}"
        )
    return chosen


def typed(media_type: str) -> str:
    """A media type with the charset where it has one."""
    return f"{media_type}; charset=utf-8" if media_type.startswith(_TEXTUAL) else media_type


def too_many(rows: int) -> Refusal:
    """What an answer of too many rows is refused with."""
    return Refusal(
        507, f"the answer has more than {rows} rows; ask for less with LIMIT, or page by page with OFFSET"
    )


def _few(triples: Iterable[ox.Triple], rows: int) -> Iterator[ox.Triple]:
    for number, triple in enumerate(triples):
        if number == rows:
            raise too_many(rows)
        yield triple


class _Counted:
    """Passes on what is written and counts the rows in it by their mark."""

    def __init__(self, sink: Sink, rows: int, kind: ox.QueryResultsFormat) -> None:
        self._sink, self._rows = sink, rows
        self._mark, more = _MARKS[kind]
        self._left = rows + more
        self._csv = kind == ox.QueryResultsFormat.CSV
        self._quoted = False
        self._seam = b""

    def write(self, data: bytes, /) -> int:
        """Pass on some more. Raises Refusal when there are too many rows."""
        self._left -= self._lines(data) if self._csv else self._marks(data)
        if self._left < 0:
            raise too_many(self._rows)
        return self._sink.write(data)

    def flush(self) -> None:
        """Nothing is held back."""
        self._sink.flush()

    def _marks(self, data: bytes) -> int:
        joined = self._seam + data
        self._seam = joined[len(joined) - len(self._mark) + 1 :]
        return joined.count(self._mark)

    def _lines(self, data: bytes) -> int:
        parts = data.split(b'"')
        outside = parts[int(self._quoted) :: 2]
        self._quoted ^= len(parts) % 2 == 0
        return sum(part.count(self._mark) for part in outside)
