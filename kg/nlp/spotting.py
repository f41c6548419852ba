"""What the spotters of names by offset share: proposing a candidate, finding the tagger's words by offset."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401
from kg.nlp.view import Word

NAME_TAGS = frozenset({"LOC", "ORG", "PER", "nz", "nw"})  # what the tagger uses for names


def propose(
    doc: Doc, start: int, end: int, label: str, score: float, rule: str, code: str | None = None
) -> None:
    """Append a candidate to `doc.spans["candidates"]`; `code` identifies a thing known beforehand.

    The same stretch under the same label is kept once, with the higher score.
    """
    if "candidates" not in doc.spans:
        doc.spans["candidates"] = []
    span = doc.char_span(start, end, label=label, kb_id=code or "")
    if span is None:
        return
    known: set[tuple[int, int, str]] = doc.user_data.setdefault("proposed", set())
    key = (start, end, label)
    if key not in known:
        known.add(key)
        doc.spans["candidates"].append(span)
    elif score <= span._.score:
        return
    span._.score, span._.rule = score, rule


class WordIndex:
    """The tagger's words of a text by offset."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self._covering: dict[int, Word] = {at: word for word in words for at in range(word.start, word.end)}
        self.starts = {word.start: word for word in words}
        self.ends = {word.end: word for word in words}

    def covering(self, offset: int) -> Word | None:
        """The word that holds the character at an offset."""
        return self._covering.get(offset)

    def inside(self, start: int, end: int) -> list[Word]:
        """The words that touch `start`..`end`, in order."""
        found: list[Word] = []
        at = start
        while at < end:
            word = self._covering.get(at)
            if word is None:
                at += 1
            else:
                found.append(word)
                at = word.end
        return found
