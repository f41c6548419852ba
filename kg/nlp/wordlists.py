"""Word lists of the package: files in `kg/nlp/data`, one or more words a line, `#` begins a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(name: str, section: str | None = None) -> tuple[str, ...]:
    """The words of `data/NAME.txt`, longest first, then in code order; each once.

    With `section`, only those under the line `[section]`. Raises FileNotFoundError if the file and
    KeyError if the section is not there: both come with the package.
    """
    text = (files("kg.nlp") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    found: dict[str | None, set[str]] = {None: set()}
    current: str | None = None
    for line in text.splitlines():
        line = line.split("#", 1)[0].strip()
        if line.startswith("[") and line.endswith("]"):
            current = line[1:-1]
            found.setdefault(current, set())
        elif line:
            found[current].update(line.split())
            found[None].update(line.split())
    return tuple(sorted(found[section], key=lambda w: (-len(w), w)))


def any_of(found: Iterable[str]) -> str:
    """A regular expression group that matches the longest of `found` at a place, quickly (a trie)."""
    trie: dict[str, Any] = {}
    for word in found:
        node = trie
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(trie)


def _branch(node: dict[str, Any]) -> str:
    parts = [
        re.escape(char) + (_branch(below) if list(below) != [""] else "")
        for char, below in sorted(node.items())
        if char
    ]
    return f"(?:{'|'.join(parts)}){'?' if '' in node and parts else ''}" if parts else ""
