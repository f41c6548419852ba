"""Word lists of the package: files in `kg/nlp/data`, one or more words a line, `#` begins a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


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
    """A regular expression group that matches the longest of `found`."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(found, key=lambda w: (-len(w), w))) + ")"
