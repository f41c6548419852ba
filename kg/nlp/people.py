"""Persons and institutions.

A person is what the tagger takes for one, if the surname is one and the surroundings show it (a post beside
the name, 记者, a verb of saying); many brands look like names. An institution ends in its kind (大学, 商务局)
or is one of the central organs, known by name.
"""

from __future__ import annotations

import re

import ahocorasick
from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.spotting import NAME_TAGS, WordIndex, propose
from kg.nlp.view import Word
from kg.nlp.wordlists import any_of, words

_SURNAME = re.compile(any_of(words("people_words", "surnames")))
_POST = any_of(words("people_words", "posts"))
_BEFORE = re.compile(rf"(?:{_POST}|[（(](?:左|右|中)[一二三]?[）)])[、，,：:\s]?$|(?:记者|通讯员|编辑|摄影|文/图|供稿)[^，。；\n]{{0,24}}$")
_AFTER = re.compile(
    rf"(?:等)?(?:{_POST}|{any_of(words('people_words', 'says'))})|[（(](?:左|右|中|中共|男|女|时任|化名)|（[\u4e00-\u9fff]{{0,12}}{_POST}）"
)
_REPORT = re.compile(r"[（(]\d{4}年\d{1,2}月\d{1,2}日\s*$")  # the speaker of a work report, in its title
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•][\u4e00-\u9fff]{1,8})+$")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}$")
_INNER = frozenset({"n", "vn", "nz", "an", "b", "j", "f", "s", "LOC", "ORG", "PER", "nw"})
_JOINING = frozenset("与 和 及 、".split())


class People:
    """Appends Person and Institution candidates."""

    def __init__(self) -> None:
        self._kinds = ahocorasick.Automaton()
        for kind in words("institution_words", "kinds"):
            self._kinds.add_word(kind, kind)
        self._kinds.make_automaton()
        self._central = ahocorasick.Automaton()
        for name in words("institution_words", "central"):
            self._central.add_word(name, name)
        self._central.make_automaton()
        self._needs_name = frozenset(words("institution_words", "needs_name"))
        self._never = frozenset(words("institution_words", "never"))
        self._leads = frozenset(words("leads"))

    def __call__(self, doc: Doc) -> Doc:
        index = WordIndex(doc._.words)
        self._people(doc, index)
        self._institutions(doc, index)
        return doc

    def _people(self, doc: Doc, index: WordIndex) -> None:
        text = doc._.article.body
        sure: set[str] = set()
        doubtful: list[Word] = []
        for word in index.words:
            if word.tag not in ("PER", "nz") or not self._like_a_name(word):
                continue
            if _REPORT.search(text[max(0, word.start - 14) : word.start]):
                continue
            before, after = text[max(0, word.start - 30) : word.start], text[word.end : word.end + 16]
            if _BEFORE.search(before) or _AFTER.match(after):
                sure.add(word.text)
            if word.tag == "PER":
                doubtful.append(word)
            elif word.text in sure:
                propose(doc, word.start, word.end, "Person", 0.7, "person")
        for word in doubtful:
            score = 0.9 if word.text in sure else 0.35
            propose(doc, word.start, word.end, "Person", score, "person")

    def _like_a_name(self, word: Word) -> bool:
        if word.tag == "PER" and _FOREIGN.match(word.text):
            return True
        return bool(_HAN.match(word.text) and _SURNAME.match(word.text))

    def _institutions(self, doc: Doc, index: WordIndex) -> None:
        text = doc._.article.body
        for last, name in self._central.iter(text):
            start, end = last + 1 - len(name), last + 1
            first, final = index.covering(start), index.covering(end - 1)
            if first and final and (first.start == start or len(name) > 4) and (final.end == end or len(name) > 3):
                propose(doc, start, end, "Institution", 0.85, "central")
        ends: dict[int, str] = {}
        for last, kind in self._kinds.iter(text):
            if len(kind) > len(ends.get(last + 1, "")):
                ends[last + 1] = kind
        for end, kind in ends.items():
            self._named(doc, index, end - len(kind), end, kind)

    def _named(self, doc: Doc, index: WordIndex, start: int, end: int, kind: str) -> None:
        final = index.covering(end - 1)
        if final is None or final.end != end:  # 大学生, 学院路
            return
        left, named = start, False
        while start - left < 30:
            word = index.covering(left - 1) if left else None
            if word is None or not self._takes(word, left) or "\n" in doc._.article.body[word.start : left]:
                break
            named = named or word.tag in NAME_TAGS
            left = word.start
        name = doc._.article.body[left:end]
        if left == start or name in self._never or name.endswith(tuple(self._never & {"小学", "中学"})):
            return
        if kind in self._never or (kind in self._needs_name and not named):
            return
        whole = final.start == left and final.tag == "ORG"
        propose(doc, left, end, "Institution", 0.8 if whole else 0.7 if named else 0.55, "institution")

    def _takes(self, word: Word, left: int) -> bool:
        if word.tag in NAME_TAGS:
            return True
        return word.end == left and word.tag in _INNER and word.text not in self._leads


@Language.factory("lz_people")
def make_people(nlp: Language, name: str) -> People:
    """No settings."""
    return People()
