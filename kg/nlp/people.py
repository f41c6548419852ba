"""Persons and institutions.

A person is what the tagger takes for one and begins with a surname. Many brands look the same (金升阳), so a
post beside the name, 记者, a verb of saying, here or elsewhere in the text, decide by weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.institutions import Institutions
from kg.nlp.spotting import WordIndex, propose
from kg.nlp.view import Word
from kg.nlp.vocabulary import everyday
from kg.nlp.weigh import score, weights
from kg.nlp.wordlists import any_of, words

_SURNAME = re.compile(any_of(words("people_words", "surnames")))
_POST = any_of(words("people_words", "posts"))
_POST_BEFORE = re.compile(rf"{_POST}$")
_POST_AFTER = re.compile(rf"等?{_POST}|[（(][\u4e00-\u9fff]{{0,14}}{_POST}[）)]")
_BYLINE = re.compile(r"(?:记者|通讯员|编辑|摄影|文/图|供稿|责编|实习生)[^，。；\n]{0,24}$")
# who wrote or photographed it, at the end of a line: （王波）, ■ 牛佳锡
_SIGNED = re.compile(
    r"(?:[■◆●▲]|撰文[/／:：]|[（(](?:(?:本报)?记者|通讯员|文/图)?)[ \u3000]*"
    r"(?P<name>[\u4e00-\u9fff]{2,3})[ \u3000]*[）)]?[ \u3000]*$",
    re.MULTILINE,
)
_SAYS = re.compile(any_of(words("people_words", "says")))
_REPORT = re.compile(r"[（(]\d{4}年\d{1,2}月\d{1,2}日\s*$")  # the speaker of a work report, in its title
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•][\u4e00-\u9fff]{1,8})+$")
_TAGS = frozenset({"PER", "nz", "ORG", "p", "n", "LOC"})  # of words that turn out to be persons
_SHOWING = frozenset({"post-before", "post-after", "byline", "says", "signed"})
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}$")


@dataclass(frozen=True, slots=True)
class Guess:
    """A word that may name a person, with what speaks for and against it."""

    start: int
    end: int
    traits: frozenset[str]


class People:
    """Appends Person and Institution candidates."""

    def __init__(self) -> None:
        self._institutions = Institutions()
        self._everyday = everyday()
        self._never = frozenset(words("people_words", "never"))

    def __call__(self, doc: Doc) -> Doc:
        """Add them; returns the same `Doc`."""
        index = WordIndex(doc._.words)
        for guess in self.guesses(doc, index):
            propose(doc, guess.start, guess.end, "Person", score(guess.traits, weights("person")), "person")
        self._institutions.propose(doc, index)
        return doc

    def guesses(self, doc: Doc, index: WordIndex) -> Iterator[Guess]:
        """Words the tagger takes for persons or names, that look like a person's."""
        text = doc._.article.body
        found: list[tuple[Word, set[str]]] = []
        shown: set[str] = set()
        signed = {m.span("name") for m in _SIGNED.finditer(text)}
        words_ = [w for w in index.words if not any(a <= w.start < b for a, b in signed)]
        words_ += [Word(a, b, text[a:b], "PER") for a, b in sorted(signed)]
        for word in words_:
            if word.tag not in _TAGS or not self._like_a_name(word):
                continue
            if _REPORT.search(text[max(0, word.start - 14) : word.start]):
                continue
            traits = set(self._traits(text, index, word))
            if (word.start, word.end) in signed:
                traits.add("signed")
            if traits & _SHOWING:
                shown.add(word.text)
            found.append((word, traits))
        for word, traits in found:
            if word.text in shown:
                traits.add(f"shown:{word.tag}")
            traits.add(f"times:{min(3, sum(w.text == word.text for w, _ in found))}:{word.text in shown}")
            yield Guess(word.start, word.end, frozenset(traits))

    def _like_a_name(self, word: Word) -> bool:
        if word.text in self._never:
            return False
        if word.tag == "PER" and _FOREIGN.match(word.text):
            return True
        if not _HAN.match(word.text) or not _SURNAME.match(word.text):
            return False
        if word.tag == "PER":
            return True
        return len(word.text) < 4 and self._everyday.get(word.text, "nr") == "nr"

    def _traits(self, text: str, index: WordIndex, word: Word) -> Iterator[str]:
        before, after = text[max(0, word.start - 30) : word.start], text[word.end : word.end + 20]
        yield f"tag:{word.tag}"
        yield f"size:{len(word.text)}:{word.tag}"
        tag = self._everyday.get(word.text)
        yield f"everyday:{tag[:2] if tag else 'no'}"
        if _POST_BEFORE.search(before):
            yield "post-before"
        if _POST_AFTER.match(after):
            yield "post-after"
        if _BYLINE.search(before):
            yield "byline"
        if _SAYS.match(after):
            yield "says"
        for side, other in (("left", index.covering(word.start - 1)), ("right", index.covering(word.end))):
            if other is None:
                yield f"{side}:none"
            elif other.tag == "w":
                yield f"{side}:{other.text[0] if other.text[0] in '、，。：；（(“）' else 'mark'}"
            else:
                yield f"{side}:{other.tag}"


@Language.factory("lz_people")
def make_people(nlp: Language, name: str) -> People:
    """No settings."""
    return People()
