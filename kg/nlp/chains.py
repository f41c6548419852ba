"""Industry chains by name: 装备制造产业链, 风光氢储车全产业链, 煤化工和新能源两条产业链.

A chain is a name with 产业链 (产业链条, 全产业链, 全链条) behind it, its own or that of its list. 产业链
alone, 重点产业链 and 产业链供应链 are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import EntityType
from kg.nlp.candidates import Found, Passage, best, collect
from kg.nlp.lists import clauses, left_edge
from kg.nlp.wordlists import any_of, words

_TAIL = re.compile(
    r"(?:(?:上下游|循环|特色|重点|优势|配套|细分)*(?:全产业链|产业链|全链条|双链条|循环链条)条?)"
)
_GENERIC = re.compile(
    rf"(?:{any_of(words('chain_generic'))}|[\d“”\"'+\-—－N]|[一二三四五六七八九十百千万两]|\s)*"
)
_LONGEST = 20
_ASIDE = re.compile(r"产业链(?:条)?(?:供应链|、供应链)")


def is_generic(name: str) -> bool:
    """Whether nothing is left of a name (without 产业链 behind it) that says which: 重点, 全, 现代."""
    return _GENERIC.fullmatch(name) is not None


def find(passage: Passage) -> list[Found]:
    """The chains that a passage names."""
    return best([*_standing(passage), *_listed(passage)])


def _listed(passage: Passage) -> Iterator[Found]:
    for listing in passage.lists:
        if listing.kind != "chain" or _ASIDE.match(passage.text, listing.end - len(listing.head)):
            continue
        score = 0.85 if listing.open or listing.count is not None else 0.75
        for item in listing.items:
            if not is_generic(_TAIL.sub("", item.text)) and len(item.text) <= _LONGEST:
                yield Found(item.start, item.end, score, "chain.list")


def _standing(passage: Passage) -> Iterator[Found]:
    text = passage.text
    if "链" not in text:
        return
    for start, end in clauses(text):
        for tail in _TAIL.finditer(text, start, end):
            begin = max(start, text.rfind("、", start, tail.start()) + 1)
            begin = left_edge(text, begin, tail.start(), passage.edges)
            name = text[begin : tail.start()]
            if len(name) <= _LONGEST and not is_generic(name):
                yield Found(begin, tail.end(), 0.8, "chain.named")


class Chains:
    """Adds Chain candidates to `doc.spans["candidates"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Add them; returns the same `Doc`."""
        return collect(doc, EntityType.CHAIN, find)


@Language.factory("lz_chains")
def make_chains(nlp: Language, name: str) -> Chains:
    """No settings."""
    return Chains()
