"""What the network sees of a text: the tagger's states, word tags, kinds of characters, and what the rules found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from kg.model import EntityType

Array = npt.NDArray[Any]
Rules = dict[tuple[int, int], Array]  # scores by type of what the rules propose, by its edges

TYPES = tuple(str(t) for t in EntityType)  # the order of the network's outputs
LONGEST = 44  # characters of the longest name
_PIECE = 200  # characters the network sees at once; longer sentences are seen whole up to twice that
_TAGS = (
    "LOC", "ORG", "PER", "TIME", "a", "ad", "an", "c", "d", "f", "m", "n", "nr", "ns", "nt", "nw", "nz", "p",
    "q", "r", "s", "t", "u", "v", "vd", "vn", "w", "xc",
)  # fmt: skip
_TAG = {tag: number for number, tag in enumerate(_TAGS, 1)}
WORD_CODES = 2 * (len(_TAGS) + 1)  # a tag, and whether a word begins
_CHARACTERS = {
    mark: code for code, marks in enumerate(("，、；：,", "。！？", '（）()“”"《》【】'), 4) for mark in marks
}
CHARACTER_CODES = 8
_TITLES = ("headline", "kicker", "subtitle")
_N = len(TYPES)
MARKS = 3 * _N + 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document, `start` to `end`; arrays run over its characters.

    `states` are the tagger's, `marks` (MARKS columns) say where the rules' candidates begin, end and lie and what
    kind of text it is, `words` and `characters` are codes. `rules` are the candidates of the rules, (first, last
    character) from the start of the piece, with their scores by type.
    """

    start: int
    end: int
    states: Array
    marks: Array
    words: Array
    characters: Array
    rules: dict[tuple[int, int], Array]


def pieces(doc: Doc) -> list[Piece]:
    """The pieces of a document that has its words, states and candidates."""
    text = doc._.article.body
    rules = _rules(doc)
    states, marks = doc._.states, _marks(doc, rules, len(text))
    words, characters = _words(doc, len(text)), np.array([_character(c) for c in text], np.int64)
    found = []
    for start, end in _cuts(doc):
        inside = {
            (first - start, last - 1 - start): scores
            for (first, last), scores in rules.items()
            if start <= first and last <= end and last - first <= LONGEST
        }
        cut = slice(start, end)
        found.append(Piece(start, end, states[cut], marks[cut], words[cut], characters[cut], inside))
    return found


def _cuts(doc: Doc) -> Iterator[tuple[int, int]]:
    """Sentences put together up to a piece; one much longer is cut."""
    start = end = -1
    for span in doc.spans["sentences"]:
        if start >= 0 and span.end_char - start <= _PIECE:
            end = span.end_char
            continue
        if start >= 0:
            yield start, end
        start, end = span.start_char, span.end_char
        while end - start > 2 * _PIECE:
            yield start, start + _PIECE
            start += _PIECE
    if start >= 0:
        yield start, end


def _rules(doc: Doc) -> Rules:
    """Scores by type of what the rules propose, by offsets."""
    found: Rules = {}
    for span in doc.spans.get("candidates", ()):
        scores = found.setdefault((span.start_char, span.end_char), np.zeros(_N, np.float32))
        number = TYPES.index(span.label_)
        scores[number] = max(scores[number], span._.score)
    return found


def _marks(doc: Doc, rules: Rules, size: int) -> Array:
    marks = np.zeros((size, MARKS), np.float32)
    for (start, end), scores in rules.items():
        marks[start, :_N] = np.maximum(marks[start, :_N], scores)
        marks[end - 1, _N : 2 * _N] = np.maximum(marks[end - 1, _N : 2 * _N], scores)
        marks[start:end, 2 * _N : 3 * _N] = np.maximum(marks[start:end, 2 * _N : 3 * _N], scores)
    figure, moment, opens, closes, aside, title, heading = range(3 * _N, 3 * _N + 7)
    for measure in doc._.measures:
        marks[measure.start : measure.end, figure] = 1
    for date in doc._.moments:
        marks[date.start : date.end, moment] = 1
    for span in doc.spans["sentences"]:
        start, end, kind = span.start_char, span.end_char, span.label_
        marks[start, opens] = marks[end - 1, closes] = 1
        marks[start:end, aside] = kind != "paragraph"
        marks[start:end, title] = kind in _TITLES
        marks[start:end, heading] = kind == "heading"
    return marks


def _words(doc: Doc, size: int) -> Array:
    codes = np.zeros(size, np.int64)
    for word in doc._.words:
        codes[word.start : word.end] = 2 * _TAG.get(word.tag, 0)
        codes[word.start] += 1
    return codes


def _character(char: str) -> int:
    if char == "\n":
        return 0
    if "\u4e00" <= char <= "\u9fff":
        return 1
    if char.isdigit():
        return 2
    if char.isascii() and char.isalpha():
        return 3
    return _CHARACTERS.get(char, 7)
