"""What the spotters of names by offset share: proposing a candidate, finding the tagger's words by offset."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401
from kg.nlp.view import Word

_STOPS = frozenset({"w", "u", "p", "c", "r", "xc", "d"})  # parts of speech that no name goes across
_FRAMED = re.compile(r"(?:“[^”“]{1,10}”|[（(][\u4e00-\u9fff]{1,8}[）)])$")
_DASH = "—-－–·"
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


def left_edges(
    text: str,
    index: WordIndex,
    places: Mapping[int, int],
    items: Container[int],
    start: int,
    longest: int = 22,
) -> list[int]:
    """Where a name may begin whose last part begins at `start`, the nearest first, `start` itself included.

    `places` are the starts of places by their ends, `items` the offsets where items of lists begin. Names go
    across brackets and quotes (中国（安徽）自由贸易试验区), not across other marks and function words.
    """
    found, left = [start], start
    while start - left < longest and left > 0:
        framed = _FRAMED.search(text, max(0, left - 14), left)
        if left in places:
            left = places[left]
        elif framed:
            left = framed.start()
        elif text[left - 1] in _DASH:
            left -= 1
            continue
        else:
            word = index.covering(left - 1)
            if word is None or word.tag in _STOPS or "\n" in text[word.start : left]:
                break
            found += [at for at in range(word.start + 1, left) if at in items]
            left = word.start
        found.append(left)
    return sorted(set(found), reverse=True)
