"""Industries that a text names as leading, promoted or clustered: 装备制造, 生物医药产业, 低空经济.

X产业 says it itself; a bare X needs a list that is called so (新能源等新兴产业), or a verb of industrial policy
before it and an ending that industries have (大力发展氢能).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import EntityType
from kg.nlp.candidates import Found, Passage, best, collect
from kg.nlp.chains import is_generic
from kg.nlp.lists import clauses, left_edge, right_edge
from kg.nlp.wordlists import any_of, words

_NAMED = re.compile(
    r"产业(?!链|园|城|化|基金|工人|政策|转移|基地|结构|升级|发展|布局|体系|投资|项目|带|配套|工程|扶贫|振兴|基础|生态|帮扶)|产业(?=基地|发展|体系|投资|项目|园)|(?:服务|制造|旅游|物流|建筑|金融|养殖|种植|加工|文旅)业|(?:数字|低空|海洋|银发|总部|平台|首发|生态|矿业|飞地|会展|夜间|会展|循环)经济"
)
_CLUSTER = re.compile(r"(?:产业)?集群")
_ENDING = re.compile(rf"{any_of(words('industry_words', 'endings'))}(?:[）)”\"])?$")
_PROMOTE = re.compile(rf"{any_of(words('industry_words', 'promote'))}$")


def find(passage: Passage) -> list[Found]:
    """The industries that a passage names."""
    return best(f for f in [*_listed(passage), *_standing(passage)] if _fits(passage.text[f.start : f.end]))


def _fits(name: str) -> bool:
    bare = re.sub(r"(?:产业集群|产业|集群|业|工业)$", "", name)
    return 2 <= len(name) <= 18 and not is_generic(bare)


def _listed(passage: Passage) -> Iterator[Found]:
    for listing in passage.lists:
        closed = listing.open or listing.count is not None
        if listing.kind == "industry" and closed:
            for item in listing.items:
                yield Found(item.start, item.end, 0.75, "industry.list")
        elif listing.kind in ("industry", "", "product") and _PROMOTE.search(
            re.sub(r"[了好的]$", "", listing.lead)
        ):
            fit = [bool(_ENDING.search(i.text)) for i in listing.items]
            if sum(fit) * 2 >= len(fit):
                for item in listing.items:
                    yield Found(item.start, item.end, 0.6, "industry.promoted-list")


def _standing(passage: Passage) -> Iterator[Found]:
    text, edges = passage.text, passage.edges
    for start, end in clauses(text):
        for m in [*_NAMED.finditer(text, start, end), *_CLUSTER.finditer(text, start, end)]:
            begin = left_edge(text, max(start, text.rfind("、", start, m.start()) + 1), m.start(), edges)
            stop = m.start() if "集群" in m[0] and not m[0].startswith("产业") else m.end()
            if m[0] == "产业集群":
                stop = m.end() - 2
            if begin < m.start():
                yield Found(begin, stop, 0.6, "industry.named")
        if "、" not in text[start:end]:
            begin = left_edge(text, start, end, edges)
            stop = right_edge(text, begin, end, edges)
            if _PROMOTE.search(text[start:begin]) and _ENDING.search(text[begin:stop]):
                yield Found(begin, stop, 0.5, "industry.promoted")


class Industries:
    """Adds Industry candidates to `doc.spans["candidates"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Add them; returns the same `Doc`."""
        return collect(doc, EntityType.INDUSTRY, find)


@Language.factory("lz_industries")
def make_industries(nlp: Language, name: str) -> Industries:
    """No settings."""
    return Industries()
