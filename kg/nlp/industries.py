"""Industries that a text names as leading, promoted or clustered: 装备制造, 生物医药产业, 低空经济.

X产业 says it itself; a bare X is one by what its list is called (新能源等新兴产业), by what is done with it
(大力发展氢能) and by its ending (精细化工). Each guess is weighed by such traits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import EntityType
from kg.nlp.candidates import Found, Passage, best, collect, shape
from kg.nlp.chains import is_generic
from kg.nlp.lists import Listing, clauses, left_edge, right_edge
from kg.nlp.weigh import score, weights
from kg.nlp.wordlists import any_of, words

_NAMED = re.compile(
    r"产业(?!链|园|城|化|基金|工人|政策|转移|结构|升级|布局|体系|扶贫|振兴|生态|帮扶|配套|地图|大脑|新城|强|立|兴|招商)"
    r"|产业(?=体系|生态|振兴|布局|升级)"
    r"|(?:服务|制造|旅游|文旅|物流|建筑|建材|金融|保险|养殖|种植|畜牧|加工|林|渔|农|奶|酒|纸|鞋|商贸|餐饮|环保|电商|软件|信息|装备|医药|药|矿|石|茶|刷|家居|家具)业(?!园|化|务|链|态|主|务|绩|余|企)"
    r"|(?:数字|低空|海洋|银发|总部|平台|首发|生态|矿业|飞地|会展|夜间|循环|文旅|林下|枢纽|临空|临港|口岸|绿色|电商|氢)经济(?!区|带|圈|开发)"
    r"|工业(?!园|区|化|互联网|企业|投资|增加值|设计|总产值|项目|大市|强|旅游|遗产|用地|集中|经济|总量|基础|机器人|母机|软件)"
)
_CLUSTER = re.compile(r"(?:产业)?(?:集群|产业基地|制造基地|产业带|产业圈)")
_ENDING = re.compile(rf"{any_of(words('industry_words', 'endings'))}[）)”\"]?$")
_WORDS = frozenset(words("industry_words", "endings"))
_BROAD = frozenset(words("industry_words", "broad"))
_CALLED = {
    kind: re.compile(pattern)
    for kind, pattern in {
        "leading": "主导|支柱|首位|重点|优势|特色|先导|主攻|龙头",
        "new": "新兴|未来|新型|前沿|战略|高新|高技术|朝阳",
        "old": "传统",
    }.items()
}
_LEADS = {
    "promoted": re.compile(
        "(?:大力|重点|加快|着力|优先|积极|前瞻|主要|做|培育|布局|发展|壮大)[^，。；]{0,4}(?:发展|培育|布局|壮大|大|强|优)[了好]?$|主攻$|培育$|布局$|壮大$|深耕$"
    ),
    "aimed": re.compile(
        "(?:聚焦|瞄准|围绕|锚定|突出|抢占|依托|立足|主导产业为|以|聚力|推动|推进|促进|抓好|提升|巩固|振兴|改造)[^，。；]{0,6}$"
    ),
    "built": re.compile(
        "(?:打造|构建|形成|建设|建成|创建|集聚|引进|承接|拓展|延伸|支持|扶持|加强)[^，。；]{0,6}$"
    ),
}
_FOLLOWS = {
    "cluster": re.compile("(?:产业)?集群|产业带|集聚"),
    "base": re.compile("(?:产业|制造|生产)?基地|产业园|园区?|城"),
    "figure": re.compile("[^，。；]{0,4}(?:产值|增加值|营业?收入?|营收|规模|占|增长|突破|达到?)"),
    "growth": re.compile(
        "[^，。；]{0,6}(?:发展|转型|升级|振兴|壮大|崛起|提质|跃升|集聚|高端化|做大|做强|延链|补链|强链|融合|蓬勃)"
    ),
    "project": re.compile("(?:产业)?[^，。；]{0,2}(?:项目|工程|二期|一期|生产线)"),
    "firm": re.compile("(?:产业)?[^，。；]{0,2}(?:企业|公司|人才|技术|市场|产品|装备|设备|中心)"),
    "role": re.compile(
        "[^，。；]{0,2}(?:为|等为|作为|成为)[^，。；]{0,8}(?:主|主导|支柱|龙头|引领|支撑|重点|代表|核心)"
    ),
    "body": re.compile(
        "(?:产业)?(?:技术)?[^，。；、]{0,2}(?:研究院|研究所|学院|联盟|协会|大会|基金|博览会|论坛|创新中心|实验室)"
    ),
    "area": re.compile("[^，。；]{0,3}(?:方面|领域|赛道|方向)"),
}
_POLICY = frozenset(words("industry_words", "policy"))
_LEVELS = frozenset("省市县区州旗")
_LONGEST = 18


def find(passage: Passage) -> list[Found]:
    """The industries that a passage may name, with how likely each is."""
    table = weights("industry")
    found = (Found(a, b, score(traits, table), rule) for a, b, traits, rule in guesses(passage))
    return best(f for f in found if f.score >= 0.1)


def guesses(passage: Passage) -> Iterator[tuple[int, int, frozenset[str], str]]:
    """Stretches that may be industries: start, end, traits, rule."""
    text = passage.text
    for phrase in passage.phrases:
        lead = ""
        for item in phrase.items:
            lead = item.lead or lead
            end = item.end if phrase.closed else right_edge(text, item.start, item.end, passage.edges)
            follow = text[end : item.end] or phrase.follow
            yield from _guess(
                passage, phrase, _after_place(passage, item.start, end), end, lead, follow, "industry.item"
            )
    for start, end in clauses(text):
        closed = [(p.items[0].start, p.end) for p in passage.phrases if p.closed]
        for named in [*_NAMED.finditer(text, start, end), *_CLUSTER.finditer(text, start, end)]:
            if any(a <= named.start() < b for a, b in closed):
                continue
            begin = max(text.rfind("、", start, named.start()) + 1, start)
            cluster = _CLUSTER.fullmatch(named[0])
            stop = named.start() + (2 if named[0].startswith("产业") else 0) if cluster else named.end()
            at = _begin(passage, begin, named.start(), named.end())
            if at < named.start() == right_edge(text, at, named.start(), passage.edges):
                lead, follow = text[start:at], text[stop:end]
                yield from _guess(passage, None, at, stop, lead, follow, "industry.named")


def _begin(passage: Passage, start: int, middle: int, end: int) -> int:
    """Where the name around `middle` begins: behind verbs, behind 的, behind the place that it is in."""
    text = passage.text
    at = left_edge(text, start, end, passage.edges)
    of = text.rfind("的", at, middle - 1) + 1
    if of and not is_generic(text[of:middle]):
        at = of
    return _after_place(passage, at, middle)


def _after_place(passage: Passage, start: int, end: int) -> int:
    """Behind the places and levels that a name begins with, unless nothing that says which is left."""
    at = {word.start: word for word in passage.tags(start, end)}
    while True:
        word = at.get(start)
        behind = passage.places.get(start, 0)
        if word is not None and (word.tag == "LOC" or word.text in _LEVELS):
            behind = max(behind, word.end)
        if not start < behind < end or is_generic(passage.text[behind:end]):
            return start
        start = behind


def _guess(
    passage: Passage, phrase: Listing | None, start: int, end: int, lead: str, follow: str, rule: str
) -> Iterator[tuple[int, int, frozenset[str], str]]:
    name = passage.text[start:end]
    bare = re.sub(r"(?:产业|业|工业)$", "", name)
    broad = name in _BROAD
    if not 1 <= len(bare) <= _LONGEST or len(name) < 2 or (is_generic(bare) and not broad):
        return
    traits = shape(passage, start, end)
    if broad:
        traits |= {"broad", f"broad:{name}"}
    if phrase is None:
        traits.add("named")
    else:
        traits.add("many" if len(phrase.items) > 1 else "single")
        if phrase.closed:
            traits.add(f"list:{phrase.kind}")
            rule = f"industry.list-{phrase.kind}"
            for kind, pattern in _CALLED.items():
                if phrase.kind == "industry" and pattern.search(phrase.mod):
                    traits.add(f"called:{kind}")
        elif phrase.head:
            traits.add(f"shared:{phrase.kind}")
        if phrase.open and not phrase.closed:
            traits.add("list:etc")
        if any(i.text in _POLICY for i in phrase.items):
            traits.add("mates:policy")
        fit = sum(bool(_ENDING.search(i.text)) for i in phrase.items)
        traits.add(f"mates:{4 * fit // len(phrase.items)}")
    if name in _POLICY:
        traits.add("policy")
    for suffix in ("产业", "经济", "工业", "服务业", "制造业", "业"):
        if name.endswith(suffix):
            traits.add(f"ends:{suffix}")
            break
    if _ENDING.search(bare):
        traits.add("ends:word")
        if bare in _WORDS or name in _WORDS:
            traits.add("word")
    for kind, pattern in _LEADS.items():
        if pattern.search(lead):
            traits.add(f"lead:{kind}")
    for kind, pattern in _FOLLOWS.items():
        if pattern.match(follow):
            traits.add(f"follow:{kind}")
    if not lead:
        traits.add("lead:nothing")
    if not follow:
        traits.add("follow:nothing")
    if "等" in name:
        traits.add("has:等")
    if re.search(r"\d", name):
        traits.add("has:digit")
    yield start, end, frozenset(traits), rule


class Industries:
    """Adds Industry candidates to `doc.spans["candidates"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Add them; returns the same `Doc`."""
        return collect(doc, EntityType.INDUSTRY, lambda passage, _: find(passage))


@Language.factory("lz_industries")
def make_industries(nlp: Language, name: str) -> Industries:
    """No settings."""
    return Industries()
