"""What a format hands over: the lines of a page in reading order, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.model import BlockKind


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, with what the layout tells about it.

    `gap` counts the blank lines above, `level` is a heading level (1 highest, 0 none), `bold` and
    `bullet` say that the whole line was set so, `indent` that it was indented like a paragraph's first
    line. `kind` is filled in as the reader makes up its mind; `ends` marks a line that closes an article.
    """

    text: str
    gap: int = 0
    level: int = 0
    bold: bool = False
    bullet: bool = False
    indent: bool = False
    kind: BlockKind | None = None
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file, or the sidecar beside it, says of itself."""

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()

    def over(self, other: Metadata) -> Metadata:
        """This metadata, with the gaps filled from `other`."""
        return Metadata(
            title=self.title or other.title,
            published=self.published or other.published,
            publisher=self.publisher or other.publisher,
            url=self.url or other.url,
            authors=self.authors or other.authors,
        )


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a file in reading order, raw or cleaned, and the file's own metadata."""

    lines: tuple[Line, ...]
    metadata: Metadata = field(default_factory=Metadata)


class Unreadable(Exception):
    """A format cannot read these bytes; the text says why and how to mend it, the caller says where."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its suffixes (lower case, with the dot), its media type, and its reader.

    `extract` takes the bytes of a file and returns its page; it raises `Unreadable` and nothing else
    for files that it cannot read.
    """

    suffixes: tuple[str, ...]
    media_type: str
    extract: Callable[[bytes], Page]
