"""Curated facts as articles of their own: one for each source that people name, each fact a line of it.

So a curated fact goes the way of all others, with the line as its sentence, and says by its rule (`curation`)
and its article where it is from.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.curation.lines import Curation, Name


def anchors(curation: Curation) -> Iterator[tuple[Name, Name]]:
    """Each name that a curated fact uses, and the entity of the fact's article that stands for it."""
    yield from ()
