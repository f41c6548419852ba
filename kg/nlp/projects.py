"""Investment projects by name: 年产10万吨活性炭煤化工项目, 研一新材料二期, 靖永高速.

Four ways to be one: an item of a list of projects (A、B等8个项目); a name that ends in 项目 or 工程; a
thing built, with a verb of building beside it (加快建设青山水库); what a sum is invested in (投资100亿元的X).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import EntityType
from kg.nlp.candidates import Found, Passage, best, collect
from kg.nlp.lists import AMOUNT, Listing, clauses, left_edge, right_edge
from kg.nlp.wordlists import any_of, words

_BUILT = any_of([*words("project_nouns", "works"), *words("project_nouns", "plants")])
_WORK = any_of(words("project_nouns", "works_of"))
_PHASE = r"[（(]?(?:[一二三四五六七八九十]+期|[ⅠⅡⅢⅣ]期|第?[一二三四]阶段)(?:工程|项目)?[)）]?"
_NAMED = re.compile(rf"(?:项目|工程)(?:{_PHASE})?")
_FACILITY = re.compile(rf"(?:{_BUILT}|{_WORK})(?:{_PHASE})?$")
_CAPACITY = re.compile(
    r"(?:年|日)(?:产|处理|加工|屠宰|出栏|发电)|\d[\d.]*\s*[万亿]?(?:吨|千瓦|兆瓦|GW|MW|吉瓦|台|套|辆|只|头|米|片|件|条|GWh|MWh|KW|kW|立方米|平方米|英寸|千伏|k[Vv])"
)
_PHASED = re.compile(rf"{_PHASE}$")
_BUILDING = re.compile(
    "建设|建成|开工|投产|竣工|通车|投运|投用|在建|动工|复工|落地|落户|签约|推进|推动|实施|启动|加快|引进|达产|"
    "谋划|争取|力促|抓好|做好|促进|确保|新建|兴建|投建|完成|封顶|合龙|贯通|并网|试运行|开通|奠基|运营|开园|打造|续建|扩建|获批"
)
_GENERIC = re.compile(
    rf"(?:{any_of(words('project_generic'))}|[\d.%％～~\-—－+]|[一二三四五六七八九十百千两数]|\s)*"
)
_NOT_ONE = re.compile(
    r"^(?:该|本|此|这|那|每|各|其他|其它|其余|上述|所有|全部|任何|有关|相关)|管理系统|项目库|项目部|项目组|^项目|^工程|行动$|机制$|制度$|计划$"
    r"|企业$|产业$|公司$|领域$|能力$|水平$|作用$|问题$|工作$|服务$|政策$|经济$|集群$|产业链$|人才$|规模$|体系$|环境$"
)
_SENSES = re.compile(
    "工程(?:师|院|学|技术|机械|大学|公司|总承包|建设有限|局|咨询|勘察|车|建筑|集团)|项目(?:经理|负责|资金|管理|审批|储备库|团队|贷款)"
)


def is_generic(name: str) -> bool:
    """Whether a name says nothing but 重点产业项目: a kind of projects, not one."""
    bare = re.sub(r"[“”\"「」（()）]", "", name)
    return _GENERIC.fullmatch(bare) is not None or _NOT_ONE.search(bare) is not None


def find(passage: Passage) -> list[Found]:
    """The projects that a passage names."""
    text = passage.text
    covered: list[tuple[int, int]] = []
    found: list[Found] = []
    for listing in passage.lists:
        score, rule = _listed(listing)
        if score:
            covered.append((listing.start, listing.end))
            found += [Found(item.start, item.end, score, rule) for item in listing.items]
    for start, end in clauses(text):
        for a, b in _pieces(text, start, end):
            if not any(x <= a and b <= y for x, y in covered):
                found += _in_piece(passage, a, b, start, end, covered)
    return best(f for f in found if f.end - f.start >= 2 and not is_generic(text[f.start : f.end]))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth = 0
    begin = start
    for i in range(start, end):
        if text[i] in "（(“《":
            depth += 1
        elif text[i] in "）)”》":
            depth = max(0, depth - 1)
        elif text[i] == "、" and not depth:
            yield begin, i
            begin = i + 1
    yield begin, end


def _listed(listing: Listing) -> tuple[float, str]:
    """How sure the items of a list are projects: by what they are called together, or by what is done with them."""
    if listing.kind == "project" and (listing.open or listing.count is not None):
        return 0.85, "project.list"
    around = listing.lead + "|" + listing.follow
    if listing.kind == "facility" and listing.open and _BUILDING.search(around):
        return 0.7, "project.list-facility"
    return 0.0, ""


def _in_piece(
    passage: Passage, start: int, end: int, clause_start: int, clause_end: int, covered: list[tuple[int, int]]
) -> Iterator[Found]:
    text, edges = passage.text, passage.edges
    named = None
    for m in _NAMED.finditer(text, start, end):
        if not _SENSES.match(text, m.start()):
            named = m
            begin = left_edge(text, start, m.start(), edges)
            if begin < m.start() and not any(x <= begin and m.end() <= y for x, y in covered):
                yield Found(begin, m.end(), 0.75, "project.named")
    if named:
        return
    begin = left_edge(text, start, end, edges)
    stop = right_edge(text, begin, end, edges)
    if stop - begin < 2:
        return
    name = text[begin:stop]
    money = AMOUNT.search(text, start, begin)
    before, after = text[clause_start:begin], text[stop:clause_end]
    building = _BUILDING.search(before[-12:]) or _BUILDING.match(after) or _BUILDING.search(after[:8])
    if money and money.end() == begin and "元" in money[0]:
        yield Found(begin, stop, 0.7, "project.money")
    elif _FACILITY.search(name) and building:
        yield Found(begin, stop, 0.65, "project.facility")
    elif _CAPACITY.search(name) and building:
        yield Found(begin, stop, 0.6, "project.capacity")
    elif building:
        yield Found(begin, stop, 0.3, "project.bare")


class Projects:
    """Adds Project candidates to `doc.spans["candidates"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Add them; returns the same `Doc`."""
        return collect(doc, EntityType.PROJECT, find)


@Language.factory("lz_projects")
def make_projects(nlp: Language, name: str) -> Projects:
    """No settings."""
    return Projects()
