"""Files → articles: formats, cleaning, broken lines joined, a page split into its articles, metadata.

The way of a file: `files` finds it, `formats` reads it into lines, `clean` and `join` make the lines
whole, `split` parts the page into articles, `roles` says what each line is, `articles` puts them together.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.errors import SourceError
from kg.model import Article, Source
from kg.read.articles import articles_of
from kg.read.files import clashes, find_sources, format_of, read_bytes
from kg.read.metadata import beside
from kg.read.page import Metadata, Unreadable

MAX_CHARS = 5_000_000  # some fifty whole government work reports

__all__ = ["clashes", "digest", "find_sources", "read_source"]


def digest(path: str | Path) -> str:
    """The sha256 of what a source is read from: its bytes, and what a `sources.yaml` beside it says of it.

    Raises SourceError as `read_source` does for a file that cannot be opened.
    """
    path = Path(path)
    return _digest(read_bytes(path), beside(path))


def _digest(data: bytes, given: Metadata) -> str:
    said = b"" if given == Metadata() else repr(given).encode("utf-8")
    return hashlib.sha256(data + said).hexdigest()


def read_source(path: str | Path) -> list[Article]:
    """The articles of one file, in reading order; at least one.

    `SourceError`, in one line, for a file that is missing, empty, binary, broken, too large or of an
    unknown format, and for front matter or a `sources.yaml` that cannot be understood.
    """
    path = Path(path)
    format_ = format_of(path)
    data = read_bytes(path)
    given = beside(path)
    try:
        page = format_.extract(data)
    except Unreadable as error:
        raise SourceError(f"{path}: {error}") from None
    metadata = page.metadata.over(given)
    source = Source(
        id=path.stem,
        path=path.as_posix(),
        sha256=_digest(data, given),
        media_type=format_.media_type,
        title=metadata.title,
        published=metadata.published,
        publisher=metadata.publisher,
        url=metadata.url,
    )
    if not page.lines:
        raise SourceError(f"{path}: holds no text")
    if sum(len(line.text) for line in page.lines) > MAX_CHARS:
        raise SourceError(f"{path}: holds more than {MAX_CHARS:,} characters; split it into articles")
    return articles_of(page, source)
