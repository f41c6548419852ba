"""What the components that look for names share: a name found, and how it gets into a `Doc`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401
from kg.model import EntityType
from kg.nlp.lists import Listing, series
from kg.nlp.view import Word


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a text: offsets, how sure (0 to 1), by which rule."""

    start: int
    end: int
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence to look for names in; all offsets count from the start of its text.

    `edges` are the offsets where a word begins or ends, None without a tagger. `phrases` are its
    enumerations and single names, clause by clause; `places` the ends of places by their starts.
    """

    text: str
    kind: str
    words: tuple[Word, ...] = ()
    edges: frozenset[int] | None = None
    phrases: tuple[Listing, ...] = ()
    places: Mapping[int, int] = field(default_factory=dict)

    @property
    def lists(self) -> list[Listing]:
        """The phrases that are lists: more than one item, or one that a tail ends."""
        return [p for p in self.phrases if p.is_list]

    @classmethod
    def of(
        cls,
        text: str,
        words: Iterable[Word] = (),
        kind: str = "paragraph",
        places: Mapping[int, int] | None = None,
    ) -> Passage:
        """A passage of a text with its words (offsets from the start of the text)."""
        own = tuple(words)
        edges = frozenset(x for w in own for x in (w.start, w.end)) if own else None
        return cls(text, kind, own, edges, tuple(series(text, edges)), places or {})

    def tags(self, start: int, end: int) -> list[Word]:
        """The words that lie wholly between two offsets."""
        return [w for w in self.words if start <= w.start and w.end <= end]


def passages(doc: Doc) -> Iterator[tuple[int, Passage]]:
    """The sentences of a `Doc` with their offsets, made once and kept for the next component."""
    kept = doc.user_data.get("passages")
    if kept is None:
        kept, words, at, text = [], doc._.words, 0, doc.text
        places = [
            (s.start_char, s.end_char)
            for s in doc.spans.get("candidates", ())
            if s.label_ == EntityType.PLACE
        ]
        for span in doc.spans["sentences"]:
            start, end = span.start_char, span.end_char
            while at < len(words) and words[at].start < start:
                at += 1
            own = []
            while at < len(words) and words[at].end <= end:
                word = words[at]
                own.append(Word(word.start - start, word.end - start, word.text, word.tag))
                at += 1
            here = {a - start: b - start for a, b in places if start <= a and b <= end}
            kept.append((start, Passage.of(text[start:end], own, span.label_, here)))
        doc.user_data["passages"] = kept
    yield from kept


def collect(doc: Doc, kind: EntityType, find: Callable[[Passage, int], Iterable[Found]]) -> Doc:
    """Append what `find` makes of each passage to `doc.spans["candidates"]` as names of one type.

    `find` gets the passage and the offset of its text in the document's.
    """
    spans = list(doc.spans.get("candidates", ()))
    for offset, passage in passages(doc):
        for one in find(passage, offset):
            span = doc.char_span(offset + one.start, offset + one.end, label=kind.value)
            if span is not None:
                span._.score, span._.rule = one.score, one.rule
                spans.append(span)
    doc.spans["candidates"] = spans
    return doc


def again(doc: Doc, kind: EntityType, sure: float, long: int) -> Doc:
    """Add every other place where a name of one type stands that is sure and long enough to be no chance."""
    spans = list(doc.spans["candidates"])
    own = [s for s in spans if s.label_ == kind.value]
    text = doc.text
    taken = bytearray(len(text))
    for span in own:
        taken[span.start_char : span.end_char] = b"\1" * (span.end_char - span.start_char)
    names = {s.text: s._.score for s in own if s._.score >= sure and len(s.text) >= long}
    for name in sorted(names, key=lambda n: (-len(n), n)):
        at = text.find(name)
        while at >= 0:
            if not any(taken[at : at + len(name)]):
                span = doc.char_span(at, at + len(name), label=kind.value)
                if span is not None:
                    span._.score, span._.rule = names[name], f"{kind.value.lower()}.again"
                    spans.append(span)
                taken[at : at + len(name)] = b"\1" * len(name)
            at = text.find(name, at + len(name))
    doc.spans["candidates"] = spans
    return doc


def best(found: Iterable[Found]) -> list[Found]:
    """Each stretch once, with its highest score, in order of start, longer first."""
    kept: dict[tuple[int, int], Found] = {}
    for one in found:
        old = kept.get((one.start, one.end))
        if old is None or old.score < one.score:
            kept[one.start, one.end] = one
    return [kept[k] for k in sorted(kept, key=lambda k: (k[0], -k[1]))]


_NAMES = frozenset({"ORG", "LOC", "PER", "nz"})
_TELLING = _NAMES | {"v", "p", "d", "r", "u", "c", "w", "TIME"}


def shape(passage: Passage, start: int, end: int) -> set[str]:
    """Traits of a stretch by itself: its length, what kinds of words it begins with and holds."""
    name = passage.text[start:end]
    traits = {f"length:{min(len(name) // 3, 7)}"}
    if passage.kind != "paragraph":
        traits.add("title" if passage.kind in ("headline", "kicker", "subtitle", "heading") else "aside")
    if name[0] in "“‘「":
        traits.add("quoted")
    if "的" in name:
        traits.add("has:的")
    inside = passage.tags(start, end)
    if inside:
        tags = {w.tag for w in inside}
        traits.add(f"first:{inside[0].tag}")
        traits.update(f"has:{t}" for t in tags & _TELLING)
        if not tags & _NAMES:
            traits.add("common")
            if len(name) <= 6:
                traits.add("common-short")
    return traits
