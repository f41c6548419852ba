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
from kg.nlp.candidates import Found, Passage, best, collect, shape
from kg.nlp.lists import clauses, depths, left_edge
from kg.nlp.weigh import score, weights
from kg.nlp.wordlists import any_of, words

_TAIL = re.compile(r"(?:上下游|循环|特色|配套|细分|双)*(?:全?产业链条?|全链条|双链条|链条|产业链群)")
_NUMBERS = r"[\d“”\"'+\-—－N]|[一二三四五六七八九十百千万两]|\s"
_GENERIC = re.compile(rf"(?:{any_of(words('chain_generic', 'any'))}|{_NUMBERS})*")
_NO_CHAIN = re.compile(
    rf"(?:{any_of([*words('chain_generic'), *words('leads')])}|{_NUMBERS})*"
    "|.*(?:和|与|及|以及|、|按照?|根据|依据|围绕|沿着?)"
)
_ASIDE = re.compile("(?:闭环|安全|质量)*监管|闭环|管理|服务|改革|供应链|、供应链|长|招商|图谱|办公室|主")
_LED = re.compile(
    r"以(?P<leader>[^，。；]{2,40})为(?:龙头|[“\"]?链[主核][”\"]?|引领|主体)的(?P<name>[^，。；、的]{2,14}?(?:产业|集群))"
)
_VERBS = frozenset(words("leads", "verbs"))
_ENDINGS = re.compile(rf"{any_of(words('industry_words', 'endings'))}[）)”\"]?$")
_PROMOTED = re.compile(
    "发展|做[大强优]|培育|壮大|打造|构建|围绕|聚焦|延伸|延长|拓展|完善|补齐|推动|提升|形成|建设|拉长|深耕|融入|布局"
)
_LONGEST, _LONGEST_QUOTED = 20, 45


def is_generic(name: str) -> bool:
    """Whether nothing is left of a name (without 产业链 behind it) that says which: 重点, 全, 现代."""
    return _GENERIC.fullmatch(name) is not None


def _says_which(name: str) -> bool:
    """Whether a name (without 产业链) is that of one chain: not 补全, 制造业重点, 基础能力和."""
    return bool(name) and _NO_CHAIN.fullmatch(name) is None


def find(passage: Passage) -> list[Found]:
    """The chains that a passage may name, with how likely each is."""
    if "链" not in passage.text and "龙头" not in passage.text:
        return []
    table = weights("chain")
    found = (Found(a, b, score(traits, table), rule) for a, b, traits, rule in guesses(passage))
    return best(f for f in found if f.score >= 0.1)


def guesses(passage: Passage) -> Iterator[tuple[int, int, frozenset[str], str]]:
    """Stretches that may be chains: start, end, traits, rule."""
    text = passage.text
    listed: list[tuple[int, int]] = []
    for phrase in passage.lists:
        if phrase.kind != "chain":
            continue
        listed.append((phrase.items[0].start, phrase.end))
        for item in phrase.items:
            lead = text[item.start : item.end - 1] in _VERBS  # 聚焦|酒
            start = _behind_of(text, item.end - 1 if lead else item.start, item.end)
            bare = _TAIL.sub("", text[start : item.end])
            if _says_which(bare) and len(bare) <= _LONGEST:
                traits = shape(passage, start, item.end) | _around(bare, phrase.lead, phrase.follow)
                traits.add(f"list:{'closed' if phrase.closed else 'shared'}")
                if bare != text[start : item.end]:
                    traits.add("own tail")
                yield start, item.end, frozenset(traits), "chain.list"
    projects = [(p.items[0].start, p.end) for p in passage.phrases if p.closed and p.kind == "project"]
    for start, end in clauses(text):
        for tail in _TAIL.finditer(text, start, end):
            if any(a <= tail.start() < b for a, b in listed):
                continue
            begin = _piece(text, start, tail.start())
            at = left_edge(text, begin, tail.end(), passage.edges)
            at = _behind_of(text, at, tail.start())
            bare = text[at : tail.start()]
            longest = _LONGEST_QUOTED if bare[:1] in "“‘" else _LONGEST
            if len(bare) <= longest and _says_which(bare):
                traits = shape(passage, at, tail.end()) | {f"tail:{tail[0][-4:]}", "named"}
                traits |= _around(bare, text[begin:at], text[tail.end() : end])
                if any(a <= at < b for a, b in projects):
                    traits.add("in projects")
                yield at, tail.end(), frozenset(traits), "chain.named"
    for led in _LED.finditer(text):
        traits = shape(passage, *led.span("name")) | {"led"}
        yield *led.span("name"), frozenset(traits), "chain.led"


def _behind_of(text: str, start: int, end: int) -> int:
    """Behind the last 的, if what is left still says which chain: 以X为“链主”的氯碱产业链."""
    of = text.rfind("的", start, end - 1) + 1
    return (
        of
        if of and not is_generic(_TAIL.sub("", text[of:end])) and not text.startswith("“", start)
        else start
    )


def _piece(text: str, start: int, end: int) -> int:
    """Where the item of a list that ends at `end` begins: behind the last 、 outside quotes."""
    depth = depths(text[start:end])
    marks = [i for i in range(start, end) if text[i] == "、" and not depth[i - start]]
    return marks[-1] + 1 if marks else start


def _around(bare: str, lead: str, follow: str) -> set[str]:
    traits = set()
    if _ENDINGS.search(bare):
        traits.add("ends:industry")
    if _PROMOTED.search(lead):
        traits.add("lead:promoted")
    if not lead:
        traits.add("lead:nothing")
    if not follow:
        traits.add("follow:nothing")
    if "等" in bare:
        traits.add("has:等")
    if _ASIDE.match(follow):
        traits.add("follow:aside")
    if re.match("[^，。；、]{0,6}(?:项目|工程|基地|[一二三]期)", follow):
        traits.add("follow:project")
    if re.match("企业|关键|中高端|核心|重点|环节", follow):
        traits.add("follow:noun")
    return traits


class Chains:
    """Adds Chain candidates to `doc.spans["candidates"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Add them; returns the same `Doc`."""
        return collect(doc, EntityType.CHAIN, lambda passage, _: find(passage))


@Language.factory("lz_chains")
def make_chains(nlp: Language, name: str) -> Chains:
    """No settings."""
    return Chains()
