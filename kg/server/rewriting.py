"""What an update says beyond its data, found in its tokens: which dataset it reads, and whether it fetches.

Oxigraph takes no dataset beside an update, so the one that the protocol's parameters name is written into it
(SPARQL 1.1 Protocol, section 2.2.3): as USING clauses before each WHERE.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import UsageError

# What may hold words or braces that are none: comments, IRIs, texts. Then braces, names with a prefix, words.
_TOKEN = re.compile(
    r"""(?P<other>\#[^\r\n]*
    | <[^<>"{}|^`\\\x00-\x20]*>
    | \"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
    | [?$@][\w-]* | [\w.-]*:(?:[\w.:%-]|\\.)* )
    | (?P<brace>[{};]) | (?P<word>[A-Za-z]+)""",
    re.VERBOSE | re.DOTALL,
)
_DATASET = re.compile(r"[<>\"{}|^`\\\x00-\x20]")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


def fetches(update: str) -> bool:
    """Whether an update holds a LOAD."""
    return any(token.text == "LOAD" for token in _outside(update))


def only_inserts(update: str) -> bool:
    """Whether an update does nothing but INSERT DATA."""
    words = [token.text for token in _outside(update) if token.text not in ("PREFIX", "BASE", ";")]
    return len(words) % 2 == 0 and words == ["INSERT", "DATA"] * (len(words) // 2)


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The update, its WHERE parts reading the graphs `default` (together) and `named` (by GRAPH) alone.

    Raises UsageError if it names a dataset of its own (USING or WITH), or an IRI is none.
    """
    if not default and not named:
        return update
    for iri in (*default, *named):
        if ":" not in iri or _DATASET.search(iri):
            raise UsageError(f"{iri!r} is not an absolute IRI")
    using = "".join(f"USING <{iri}> " for iri in default) + "".join(f"USING NAMED <{iri}> " for iri in named)
    pieces: list[str] = []
    done = 0
    before = ""  # the word before, in the same operation
    for token in _outside(update):
        if token.text in ("USING", "WITH"):
            raise UsageError(
                f"the update says {token.text} while the request names its dataset with using-graph-uri; "
                "do one or the other"
            )
        if token.text == "WHERE":
            short = before == "DELETE"  # DELETE WHERE {…} has no place for USING: write it in full
            template = f"{update[token.end : _closing(update, token.end)]} " if short else ""
            pieces += [update[done : token.start], template, using]
            done = token.start
        before = token.text
    return "".join((*pieces, update[done:]))


def _outside(update: str) -> Iterator[_Token]:
    """The keywords and semicolons outside braces."""
    depth = 0
    for match in _TOKEN.finditer(update):
        mark = match["brace"]
        depth += (mark == "{") - (mark == "}")
        if depth == 0 and (match["word"] or mark == ";"):
            yield _Token(match.group().upper(), match.start(), match.end())


def _closing(update: str, start: int) -> int:
    """Where the braces that open after `start` are closed; the end of the text if they are not."""
    depth = 0
    for match in _TOKEN.finditer(update, start):
        depth += (match["brace"] == "{") - (match["brace"] == "}")
        if match["brace"] == "}" and depth == 0:
            return match.end()
    return len(update)
