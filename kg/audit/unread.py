"""Sentences from which nothing was taken though they speak of zones, projects or chains."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyoxigraph as ox

from kg.audit.cues import cue_table
from kg.audit.finding import Evidence
from kg.audit.texts import Text, texts
from kg.graph import Queryable
from kg.model import EntityType
from kg.nlp.wordlists import any_of

_PLACE = re.compile(r"#char=(\d+),(\d+)$")
_SHORT = 8  # characters; a line below that is a label
_FULL_STOP = "。！？；!?;”…"


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence that no claim rests on: how telling it looks, and why.

    `words` are those that speak for it, `named` the kinds of things it names (`Firm`, …), `figures` how many.
    """

    score: int
    evidence: Evidence
    words: tuple[str, ...]
    named: tuple[str, ...]
    figures: int


def unread(graph: Queryable, article: str | None = None) -> list[Unread]:
    """Sentences of all articles, or of one, that no claim rests on, the most telling first."""
    taken, named = _claimed(graph), _mentioned(graph)
    found: list[Unread] = []
    for text in texts(graph):
        if article is None or text.article == article:
            found += _of(text, taken.get(text.article, []), named.get(text.article, []))
    return sorted(found, key=lambda u: (-u.score, u.evidence.article, u.evidence.start))


def _of(text: Text, taken: list[tuple[int, int]], named: list[tuple[int, int, str]]) -> Iterator[Unread]:
    covered = _Cover(taken)
    starts = [start for start, *_ in named]
    for paragraph in text.paragraphs:
        for sentence in paragraph.sentences:
            if covered.meets(sentence.start, sentence.end):
                continue
            inside = named[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            kinds = tuple(sorted({kind for *_, kind in inside}))
            words = _words(sentence.text)
            figures = len(sentence.measures)
            if score := _score(sentence.text, words, kinds, figures):
                yield Unread(score, text.evidence(sentence.start, sentence.end), tuple(words), kinds, figures)


class _Cover:
    """Whether a stretch of text meets any of the given ones."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._starts = sorted(start for start, _ in spans)
        reach = 0
        self._ends = []
        for _, end in sorted(spans):
            reach = max(reach, end)
            self._ends.append(reach)

    def meets(self, start: int, end: int) -> bool:
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start


def _score(text: str, words: dict[str, int], kinds: tuple[str, ...], figures: int) -> int:
    """How telling a sentence looks; 0 for one that need not be listed."""
    points, plans = cue_table("telling"), _plans()
    names = [kind for kind in kinds if points["named"].get(kind, 0) > 2]
    if len(text.strip()) < _SHORT or not (words or names):
        return 0
    if text.strip()[-1] not in _FULL_STOP and not figures and not names:
        return 0  # a heading
    if plans.search(text) and not figures and not names:
        return 0
    said = min(points["most"], sum(words.values()))
    named = sum(points["named"].get(kind, 0) for kind in kinds)
    intent = min(points["most"], points["plan"] * len(plans.findall(text)))
    return max(1, int(said + named - intent + points["figure"] * min(figures, points["figures"])))


@cache
def _plans() -> re.Pattern[str]:
    return re.compile(any_of(cue_table("telling")["plans"]))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(word), points) for word, points in cue_table("telling")["words"].items())


def _words(text: str) -> dict[str, int]:
    """The telling words of a sentence as it has them, with their points."""
    found = ((pattern.search(text), points) for pattern, points in _patterns())
    return {match.group(): points for match, points in found if match is not None}


def _claimed(graph: Queryable) -> dict[str, list[tuple[int, int]]]:
    """The stretches of each article that claims rest on."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    query = (
        "SELECT ?article ?start ?end WHERE { ?c prov:wasQuotedFrom ?article ; lz:start ?start ; lz:end ?end }"
    )
    for solution in _solutions(graph, query):
        found[solution[0].value].append((int(solution[1].value), int(solution[2].value)))
    return found


def _mentioned(graph: Queryable) -> dict[str, list[tuple[int, int, str]]]:
    """The mentions of each article: where they stand and what kind of thing they name."""
    kinds: dict[str, str] = {}
    for kind in EntityType:
        for solution in _solutions(graph, f"SELECT ?e WHERE {{ ?e a lz:{kind} }}"):
            kinds[solution[0].value] = kind
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for solution in _solutions(graph, "SELECT ?m ?e WHERE { ?m lz:refersTo ?e }"):
        mention, entity = solution[0].value, solution[1].value
        place = _PLACE.search(mention)
        if place and entity in kinds:
            found[mention[: place.start()]].append((int(place[1]), int(place[2]), kinds[entity]))
    for mentions in found.values():
        mentions.sort()
    return found


def _solutions(graph: Queryable, query: str) -> Iterator[Any]:
    answer = graph.answer(query)
    assert isinstance(answer, ox.QuerySolutions)
    yield from answer
