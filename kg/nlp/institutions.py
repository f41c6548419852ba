"""Institutions: the central organs by name, others by the kind they end in (大学, 商务局) and a vote of traits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick
from spacy.tokens import Doc

from kg.nlp.candidates import passages
from kg.nlp.spotting import NAME_TAGS, WordIndex, left_edges, propose
from kg.nlp.weigh import score, weights
from kg.nlp.wordlists import words


@dataclass(frozen=True, slots=True)
class Guess:
    """A stretch that may name an institution, with what speaks for and against it."""

    start: int
    end: int
    traits: frozenset[str]


class Institutions:
    """Finds institutions in a `Doc`."""

    def __init__(self) -> None:
        self._kinds = ahocorasick.Automaton()
        for kind in words("institution_words", "kinds"):
            self._kinds.add_word(kind, kind)
        self._kinds.make_automaton()
        self._central = ahocorasick.Automaton()
        for name in words("institution_words", "central"):
            self._central.add_word(name, name)
        self._central.make_automaton()
        self._never = frozenset(words("institution_words", "never"))
        self._leads = frozenset(words("leads"))
        self._levels = frozenset(words("zone_words", "levels"))

    def propose(self, doc: Doc, index: WordIndex) -> None:
        """Append the candidates."""
        central = self._hits(self._central, doc._.article.body, index)
        for start, end, _ in central:
            propose(doc, start, end, "Institution", 0.95, "institution.central")
        best: dict[int, tuple[float, int]] = {}
        for guess in self.guesses(doc, index):
            value = score(guess.traits, weights("institution"))
            if value > best.get(guess.end, (0.1, 0))[0]:
                best[guess.end] = (value, guess.start)
        for end, (value, start) in sorted(best.items()):
            propose(doc, start, end, "Institution", value, "institution.kind")

    def _hits(
        self, automaton: ahocorasick.Automaton, text: str, index: WordIndex
    ) -> list[tuple[int, int, str]]:
        """Matches on word boundaries, the longest at each end: 大学生 and 学院路 hold none."""
        found: dict[int, str] = {}
        for last, name in automaton.iter(text):
            if len(name) > len(found.get(last + 1, "")):
                found[last + 1] = name
        hits = []
        for end, name in found.items():
            first, final = index.covering(end - len(name)), index.covering(end - 1)
            if final is None or first is None:
                continue
            closed = final.end == end
            if automaton is self._kinds:
                right = closed or final.tag in ("ORG", "LOC")
            else:
                right = (closed and first.start == end - len(name)) or len(name) > 4
            if right:
                hits.append((end - len(name), end, name))
        return hits

    def guesses(self, doc: Doc, index: WordIndex) -> Iterator[Guess]:
        """Every way to begin a name at each kind in the text."""
        text = doc._.article.body
        places = {s.end_char: s.start_char for s in doc.spans.get("candidates", ()) if s.label_ == "Place"}
        starts = set(places.values())
        items = {
            offset + i.start for offset, p in passages(doc) for phrase in p.phrases for i in phrase.items
        }
        for start, end, kind in self._hits(self._kinds, text, index):
            for left in left_edges(text, index, places, items, start, 30):
                if text[left:end] in self._never:
                    continue
                traits = self._traits(text, index, starts, places, items, left, start, end, kind)
                yield Guess(left, end, frozenset(traits))

    def _traits(
        self,
        text: str,
        index: WordIndex,
        starts: set[int],
        ends: dict[int, int],
        items: set[int],
        left: int,
        start: int,
        end: int,
        kind: str,
    ) -> Iterator[str]:
        inner = index.inside(left, start)
        named = any(w.tag in NAME_TAGS for w in inner)
        shape = "bare" if left == start else "placed" if left in starts else "named" if named else "nouns"
        yield f"kind:{kind}"
        yield f"kind:{kind[-2:]}:{shape}"
        yield f"kind:{kind[-1]}:{shape}"
        yield f"shape:{shape}"
        yield f"words:{min(len(inner), 6)}"
        first = index.covering(left)
        if first is not None:
            yield f"first:{first.tag}"
            if first.start == left and first.end == end:
                yield f"one-word:{first.tag}"
            if first.text in self._levels:
                yield "first-is-level"
            if first.text in self._leads:
                yield "first-is-lead"
        if any(w.tag == "v" for w in inner):
            yield "holds-verb"
        if any(w.tag == "m" for w in inner):
            yield "holds-number"
        if any(w.text in self._leads for w in inner):
            yield "holds-lead"
        before = index.covering(left - 1) if left else None
        if left in ends:
            yield f"left:place:{shape}"
        elif before is None or before.tag == "w":
            yield f"left:mark:{shape}"
        elif before.end > left:
            yield "left:cut"
        else:
            yield f"left:{before.tag}"
            yield f"left:{before.tag}:{shape}"
        if left in items:
            yield f"item:{shape}"
        word = index.covering(end)
        if word is None or word.tag == "w":
            yield f"right:{text[end : end + 1] if text[end : end + 1] in '、，。；（' else 'mark'}"
        else:
            yield "right:cut" if word.start < end else f"right:{word.tag}"
        yield f"times:{min(text.count(text[left:end]), 4)}"
