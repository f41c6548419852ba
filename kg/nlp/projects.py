"""Investment projects by name: 年产10万吨活性炭煤化工项目, 研一新材料二期, 靖永高速.

Every item of every list, every single name between a verb and what follows, and whatever ends in 项目 or 工程
is a guess; its traits (what it is called together with the others, how it ends, what is done with it) say
how likely it is a project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import EntityType
from kg.nlp.candidates import Found, Passage, again, best, collect, shape
from kg.nlp.lists import AMOUNT, Listing, left_edge, right_edge
from kg.nlp.weigh import score, weights
from kg.nlp.wordlists import any_of, words

_PHASE = r"[（(]?(?:[一二三四五六七八九十]+期|[ⅠⅡⅢⅣ]期|第?[一二三四]阶段|第[一二三]批)(?:工程|项目)?[)）]?"
_NAMED = re.compile(rf"(?:项目|工程)(?:{_PHASE})?")
_PHASED = re.compile(rf"{_PHASE}$")
ENDINGS = {
    kind: re.compile(rf"{any_of(words('project_nouns', kind))}(?:{_PHASE})?$")
    for kind in ("works", "plants", "works_of", "short")
}
_PARK = re.compile(r"(?:园区?|开发区|示范区|小镇|新城|片区)$")
_CAPACITY = re.compile(
    r"(?:年|日)(?:产|处理|加工|屠宰|出栏|发电)|\d[\d.]*\s*[万亿]?(?:吨|千瓦|兆瓦|GWh?|MWh?|吉瓦|台|套|辆|只|头|米|片|件|条|K[WVwv]|kW|立方米|平方米|英寸|千伏|k[Vv])"
)
_DONE = {
    kind: re.compile(any_of(words("project_verbs", kind))) for kind in ("begun", "signed", "pushed", "softer")
}
_GENERIC = re.compile(
    rf"(?:{any_of(words('project_generic'))}|[\d.%％～~\-—－+]|[一二三四五六七八九十百千两数]|\s)*"
)
_GENERIC_WORD = re.compile(any_of(words("project_generic")))
_TITLE = re.compile(
    "《[^》]{2,80}(?:制度|办法|规划|条例|方案|规定|计划|清单|目录|意见|通知|纲要|协议|政策|合同|总纲|细则|指南|标准|公告|行动)(?:[（(][^（）()]*[)）])?》"
)
_NOT_ONE = re.compile(
    r"^(?:第[一二三四五六\d]+|首)[条个座](?:生产线|产线|项目)$|(?:抓|上|谋|跑|推|促|争|引|招|拼|比|看|干)项目$|^\d+[余多]?[名人位]"
    r"|^(?:该|本|此|这|那|每|各|其他|其它|其余|上述|所有|全部|任何|有关|相关)|^(?:项目|工程)"
    r"|(?:项目库|项目部|项目组|行动|机制|制度|计划|企业|产业|公司|领域|能力|水平|作用|问题|工作|服务|政策|经济|集群|产业链|人才|规模|体系|环境)$"
)
_SENSES = re.compile(
    "工程(?:建设项目|建设领域|师|院|学|技术|机械|大学|公司|总承包|局|咨询|勘察|车|建筑|集团)"
    "|项目(?:经理|资金|管理|审批|储备|团队|贷款|库|部|组|清单|招商|谋划|为王)"
)
_COUNTED = re.compile(
    r"^\s*(?:共|合计)?\d[\d.,]*\s*(?:余|多)?(?:万|亿)?(?:个|项|家|条|座|处|公里|亩|平方米|万平方米|吨|米|套|台)"
)
_COUNT = re.compile(
    r"(?:\d+|[二两三四五六七八九十百千]+)(?:余|多)?(?:个|项|条|座|处|家|批|大)\S{0,3}$|(?:一批|一系列|若干|多个|多座|各类)$"
)
_PLACE = re.compile("(?:[省市县区州盟旗镇乡国]|新区)$")
_ORDINAL = re.compile(r"^(?:第[一二三四五六\d]+|首|另一?|每)[条个座家台]")
_SITE = re.compile(
    r"(?:的)?(?:建设|施工|生产)?(?:现场|工地|施工|负责人|车间里?|内|里|厂区|中控|展厅|占地|总投资|规划|由|系|是|为|于|的建设|的建成|的落地)"
)
_VISITED = re.compile(r"(?:在|走进|来到|位于|步入|就|记者|至|到|前往|参观|考察|调研|察看)[^，。；]{0,6}$")
_NO_NOUN = frozenset({"v", "d", "m", "p", "ad", "vd", "TIME", "r", "c", "u"})
_LONGEST = 45
_PICTURED = re.compile("(?:公司|集团|厂).+(?:生产现场|生产线|车间)$")  # of captions: a product being made
_SURE, _LONG = 0.6, 6  # a name this sure and long is looked for in the rest of the text


def is_generic(name: str) -> bool:
    """Whether a name says nothing but 重点产业项目: a kind of projects, not one."""
    bare = re.sub(r"[“”\"「」（()）]", "", name)
    return _GENERIC.fullmatch(bare) is not None or _NOT_ONE.search(bare) is not None


def find(passage: Passage) -> list[Found]:
    """The projects that a passage may name, with how likely each is."""
    table = weights("project")
    found = [Found(a, b, score(traits, table), rule) for a, b, traits, rule in guesses(passage)]
    for phrase in passage.phrases:
        if phrase.closed and phrase.kind == "project":
            found += _mates(found, phrase)
    return best(f for f in found if f.score >= 0.1)


def _mates(found: list[Found], phrase: Listing) -> Iterator[Found]:
    """The items of a list of projects again, each at least as sure as they are on average."""
    spans = {(item.start, item.end) for item in phrase.items}
    mates = [f for f in found if (f.start, f.end) in spans]
    for mate in mates:
        mean = sum(f.score for f in mates) / len(mates)
        yield Found(mate.start, mate.end, max(mate.score, round(mean, 3)), mate.rule)


def guesses(passage: Passage) -> Iterator[tuple[int, int, frozenset[str], str]]:
    """Stretches that may be projects: start, end, traits, rule."""
    text = passage.text
    for phrase in passage.phrases:
        lead = ""
        sure = phrase.closed and phrase.kind == "project"
        for n, item in enumerate(phrase.items):
            lead = item.lead or lead
            last = n == len(phrase.items) - 1
            stop = item.end if phrase.closed or not last else phrase.end + len(phrase.follow)
            begin = item.start - len(item.lead)
            if not sure:
                at = begin
                for m in _NAMED.finditer(text, begin, stop):
                    if _SENSES.match(text, m.start()):
                        continue
                    start = left_edge(text, _inside(text, at, m.start()), m.end(), passage.edges)
                    yield from _guess(
                        passage, phrase, start, m.end(), text[at:start] or lead, text[m.end() : stop]
                    )
                    at = m.end()
                if at > begin:
                    continue
            end = item.end if sure else right_edge(text, item.start, item.end, passage.edges)
            follow = text[end : item.end] or phrase.follow
            yield from _guess(passage, phrase, item.start, end, lead, follow)
            inner = _until_verb(passage, item.start, end)
            if not sure and inner < end:
                yield from _guess(passage, phrase, item.start, inner, lead, text[inner:stop])


def _until_verb(passage: Passage, start: int, end: int) -> int:
    """Behind a thing built that something other than a noun follows: 开发区水厂|日供水1500立方米."""
    if any(e.search(passage.text[start:end]) for e in ENDINGS.values()):
        return end
    for word in passage.tags(start, end):
        built = passage.text[start : word.start]
        if word.tag in _NO_NOUN and len(built) > 2 and any(e.search(built) for e in ENDINGS.values()):
            return word.start
    return end


def _nothing_left(passage: Passage, start: int, end: int) -> bool:
    """Whether a name is generic but for the place before it or what stands before its 的: 左云经开区产业项目."""
    text = passage.text
    if is_generic(text[text.rfind("的", start, end - 1) + 1 or start : end]):
        return True
    at = start
    for word in passage.tags(start, end):
        if word.tag != "LOC" or not _PLACE.search(word.text):
            break
        at = word.end
    return at > start and is_generic(text[at:end])


@lru_cache(maxsize=4)
def _titles(text: str) -> list[tuple[int, int]]:
    """Titles of rules and plans: projects that they name are their subject, not built."""
    return [m.span() for m in _TITLE.finditer(text)]


def _inside(text: str, start: int, end: int) -> int:
    """Behind the last bracket or quote that opens between two offsets and does not close."""
    opened = []
    for i in range(start, end):
        if text[i] in "（(《“":
            opened.append(i + 1)
        elif text[i] in "）)》”" and opened:
            opened.pop()
    return opened[-1] if opened else start


def _guess(
    passage: Passage, phrase: Listing, start: int, end: int, lead: str, follow: str
) -> Iterator[tuple[int, int, frozenset[str], str]]:
    name = passage.text[start:end]
    if not 2 <= len(name) <= _LONGEST or is_generic(name) or "《" in name or "》" in name:
        return
    if passage.kind == "caption" and _PICTURED.search(name):
        return
    if any(a < end and start < b for a, b in _titles(passage.text)) or _nothing_left(passage, start, end):
        return
    traits = shape(passage, start, end)
    traits.add("many" if len(phrase.items) > 1 else "single")
    rule = "project.single"
    if phrase.closed:
        traits.add(f"list:{phrase.kind}")
        rule = f"project.list-{phrase.kind}" if phrase.kind != "project" else "project.list"
        traits.add("list:counted" if phrase.count else "list:open")
    elif phrase.open:
        traits.add("list:etc")
    if phrase.head and not phrase.closed:
        traits.add(f"shared:{phrase.kind}")
    if _NAMED.search(name) and (m := list(_NAMED.finditer(name))[-1]).end() == len(name):
        traits.add("ends:" + m[0][:2])
        rule = "project.named" if not phrase.closed else rule
    for kind, ending in ENDINGS.items():
        if ending.search(name):
            traits.add(f"ends:{kind}")
    for trait, pattern in (("phase", _PHASED), ("park", _PARK)):
        if pattern.search(name):
            traits.add(f"ends:{trait}")
    if _CAPACITY.search(name):
        traits.add("capacity")
    if AMOUNT.search(lead):
        traits.add("money")
    if _COUNT.search(lead) or (lead == "" and re.match(r"\d+[个项]", name)):
        traits.add("counted-before")
    if _COUNTED.match(follow):
        traits.add("counted-after")
    for kind, verbs in _DONE.items():
        if verbs.search(lead):
            traits.add(f"lead:{kind}")
        if verbs.search(follow[:12]):
            traits.add(f"follow:{kind}")
    if _SITE.match(follow):
        traits.add("follow:site")
    if _VISITED.search(lead):
        traits.add("lead:visited")
    if (follow[:1] == "”" and lead[-1:] == "“") or (name[0] == "“" and name[-1] == "”"):
        traits.add("in quotes")
    if _ORDINAL.match(name):
        traits.add("ordinal")
    if re.fullmatch(_PHASE + "|项目[一二三四]期|[一二三四]期项目", name):
        traits.add("phase alone")
    if not follow:
        traits.add("follow:nothing")
    if not lead:
        traits.add("lead:nothing")
    traits.add(f"own:{min(len(_GENERIC_WORD.sub('', name)), 9)}")
    for trait in ("ends:项目", "ends:工程", "ends:works", "ends:plants", "money", "capacity"):
        if trait in traits:
            traits.add(f"{trait} {'common' if 'common' in traits else 'proper'}")
    yield start, end, frozenset(traits), rule


class Projects:
    """Adds Project candidates to `doc.spans["candidates"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Add them; returns the same `Doc`."""
        return again(
            collect(doc, EntityType.PROJECT, lambda passage, _: find(passage)),
            EntityType.PROJECT,
            _SURE,
            _LONG,
        )


@Language.factory("lz_projects")
def make_projects(nlp: Language, name: str) -> Projects:
    """No settings."""
    return Projects()
