"""Projects: across years and names. Compared are those of one name, one developer, or one city and a rare word.

What a name is made of counts apart: phases (一期, 二期) and capacities (60万吨) that differ keep projects apart; what
is left after the developer, the place and words like 项目, 基地, 生产线 says what the project is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from kg.link.grouping import Grouping, Marks, Reason
from kg.link.location import compatible, leading, stem
from kg.link.nodes import Node
from kg.link.rules.base import PLACE_DIFFERS, Likeness, Rule, View, homes, place_clash, place_marks
from kg.model import EntityType
from kg.names import firm_core, normal

_NAME = Reason("项目名称相同", "The same name of a project")
_PHASE = Reason("名称相近，期次不同", "Like names, other phases")
_FIGURE = Reason("名称相近，规模不同", "Like names, other capacities")
_DEVELOPER = Reason("同一建设方，项目内容相近", "The same developer, and what is built is alike")
_EPONYM = Reason(
    "以建设方命名，而建设方在当地只有这一个项目", "Called by its developer, who has but this project there"
)
_SEVERAL = Reason("以建设方命名，而建设方有几个项目", "Called by its developer, who has several projects")
_SAME_PHASE = Reason(
    "同一工程的同一期，所在地不矛盾", "The same phase of the same works, and no place speaks against it"
)
_ALIKE = Reason("名称相近，所在地不矛盾", "Like names, and no place speaks against it")
_NOT_ALIKE = Reason(
    "同一建设方，项目内容不够相近", "The same developer, but what is built is not alike enough"
)
_IN_ONE = Reason("同一篇文章分开列举", "Listed apart in one article")

_QUOTES = re.compile(r"[“”\"'‘’《》「」\s]")
_PHASES = re.compile(r"[（(]?第?([一二三四五六七八九十\d]{1,2})期(?:工程|项目)?[）)]?")
_NUMBER = r"(?:\d[\d,.]*(?:[×x*]\d[\d,.]*)?)"
_SIZE = re.compile(
    rf"(?:年产|日产|年处理|日处理|总投资|投资)?({_NUMBER}\s*[百千万亿]*\s*(?:吨|千瓦时|千瓦|兆瓦|台套|台|套|辆|件|只|米|平方米|立方米|亩|毫米|片|"
    r"[kKmMgG][wWvV]h?|公里|千伏|头|羽|张|条|个|元))"
)
_GENERIC = re.compile(
    r"(?:建设|生产|制造|加工|研发|开发|综合|产业|基地|项目|工程|生产线|产线|园区|产业园|一体化|智能|智慧|高端|高性能|新建|改扩建|扩建|技改|改造|示范|升级)"
)
# how something is built, which says nothing of what it is
_MANNER = re.compile(r"上大压小|增资扩产|退城入园|异地搬迁|搬迁|提标|扩能|等容量替代")
_OWNER = re.compile(r"[（(][^（()）]*[)）]|集团|股份|有限|公司")
_SAME, _CLOSE = 0.62, 0.4  # likeness of what is built, developer or rare words being the same
_RARE = 8  # characters of a name that hardly two projects share
_LIKE = 0.8  # likeness of whole names with nothing else in common
_GRAM = 3
_BRAND = 6  # characters of a firm's short name, at most
_WORKS = 2  # characters that name works which are built in phases
_AREA = re.compile(r"区$|园$|城$|镇$|乡$|村$|路$")


@dataclass(frozen=True, slots=True)
class _Name:
    """A project's name in parts: whole, its phases and capacities, and `gist`, which is left of it without them.

    `core` is the gist without its developer and words that any project may bear: empty if it is called by its
    developer alone. `works` is what stands before the phase (同热 of 同热三期煤电工程), `kind` what stands behind it;
    both empty where no phase is told.
    """

    whole: str
    phases: frozenset[str]
    sizes: frozenset[str]
    gist: str
    core: str
    works: str
    kind: str


@lru_cache(maxsize=200_000)
def _parts(name: str, context: tuple[str, ...], brands: tuple[str, ...]) -> _Name:
    text = _QUOTES.sub("", unicodedata.normalize("NFKC", name))
    phases = frozenset(_PHASES.findall(text))
    sizes = frozenset(_size(found) for found in _SIZE.findall(text))
    gist = _SIZE.sub("", _PHASES.sub("", text))
    whole = normal(re.sub(r"(?:建设)?(?:项目|工程)$", "", text)) or normal(text)
    division, rest = leading(normal(gist), context)
    gist = rest if division is not None else normal(gist)
    core = gist
    for brand in brands:
        core = core.replace(brand, "")
    core = _bare(_OWNER.sub("", core) if brands else core)
    works = kind = ""
    if len(around := _PHASES.split(_SIZE.sub("", text), maxsplit=1)) > 1:
        works, kind = _works(normal(around[0]), context), _bare(normal(around[-1]))
    return _Name(whole, phases, sizes, gist, core, works, kind)


def _bare(text: str) -> str:
    """A name without words that any project may bear."""
    return _MANNER.sub("", _GENERIC.sub("", text))


def _works(text: str, context: tuple[str, ...]) -> str:
    """What is built in phases, "" if that is but a zone, a park or any project."""
    _, rest = leading(text, context)
    rest = _bare(rest)
    return "" if len(rest) < _WORKS or _AREA.search(rest) else rest


def _size(text: str) -> str:
    return re.sub(r"[\s,]", "", text).lower().replace("x", "×").replace("*", "×")


def _brands(node: Node, view: View) -> set[str]:
    """The names of who builds a project, whole and without place and legal form."""
    owners = {name for local in node.links.get("developedBy", ()) for name in view.names(node, local)}
    return {form for name in owners for form in (normal(name), firm_core(name)) if len(form) >= 2}


def _called_by(node: Node, other: Node, view: View) -> bool:
    """Whether a project is called by nothing but the name of who builds another: 泰山玻纤项目."""
    return not {name.core for name in _names(node, view)}.isdisjoint(_brands(other, view))


def _names(node: Node, view: View) -> list[_Name]:
    context = tuple(code for code in (node.named, node.at, node.main) if code)
    brands = _brands(node, view)
    brands |= {rest for brand in brands if len(rest := leading(brand, context)[1]) >= 2}
    ordered = tuple(sorted(brands, key=lambda brand: (-len(brand), brand)))
    return [_parts(name, context, ordered) for name in node.names]


def _city(node: Node) -> str:
    digits = stem(node.at or node.main)[:4]
    return digits if len(digits) == 4 else ""


def _blocks(node: Node, view: View) -> Iterable[str]:
    city = _city(node)
    for name in _names(node, view):
        yield f"name {name.whole}"
        if city and name.works:
            yield from (f"{city} {phase} {name.works[-_WORKS:]}" for phase in name.phases)
        if city:
            yield from (f"{city} {name.gist[i : i + _GRAM]}" for i in range(len(name.gist) - _GRAM + 1))
    for _, developer in homes(node, view, ("developedBy",)):
        yield f"developer {developer}"
    yield from (
        f"brand {brand}" for brand in {*_brands(node, view), *(name.core for name in _names(node, view))}
    )


def _keys(node: Node, view: View) -> Iterable[str]:
    return {f"{name.whole} in {node.source}" for name in _names(node, view)}


def _pair(one: Node, other: Node, view: View) -> Likeness | None:
    if one.article == other.article:
        return _in_one(one, other, view)
    if not compatible(one.at or "0", other.at or "0") and one.at and other.at:
        return None
    developers = homes(one, view, ("developedBy",)) & homes(other, view, ("developedBy",))
    apart = homes(one, view, ("developedBy",)) and homes(other, view, ("developedBy",)) and not developers
    if not apart and not developers and (_called_by(one, other, view) or _called_by(other, one, view)):
        return Likeness(0.65, True, _EPONYM, eponym=True)
    best: Likeness | None = None
    near = bool(_city(one)) and _city(one) == _city(other)
    far = bool(_city(one)) and bool(_city(other)) and not near
    for a in _names(one, view):
        for b in _names(other, view):
            found = _compare(a, b, near, bool(developers), bool(apart), far)
            if found is not None and (
                best is None or (found.merged, found.score) > (best.merged, best.score)
            ):
                best = found
    return best


def _in_one(one: Node, other: Node, view: View) -> Likeness | None:
    """Two projects of one article, which lists apart what is apart, but for slips and for names of who builds it."""
    ours, theirs = _names(one, view), _names(other, view)
    if any(_one_phase(a, b) and _sizes_agree(a, b) for a in ours for b in theirs):
        return Likeness(0.85, True, _SAME_PHASE)
    if _eponym(one, view) != _eponym(other, view) and homes(one, view, ("developedBy",)) & homes(
        other, view, ("developedBy",)
    ):
        return Likeness(0.7, True, _EPONYM, eponym=True)
    return None


def _eponym(node: Node, view: View) -> bool:
    """Whether a project has but its developer's name."""
    return bool(_brands(node, view)) and all(not name.core for name in _names(node, view))


def _compare(a: _Name, b: _Name, near: bool, developer: bool, apart: bool, far: bool) -> Likeness | None:
    """Two names, `near` in one city or `far` in two, with one `developer` or with two told `apart`."""
    likeness = _alike(a.core, b.core)
    close = likeness >= _LIKE and (developer or near)
    if a.phases and b.phases and not a.phases & b.phases:
        return Likeness(0.5, False, _PHASE) if close else None
    if not _sizes_agree(a, b):
        return Likeness(0.5, False, _FIGURE) if close else None
    if (developer or near) and not apart and _one_phase(a, b):
        return Likeness(0.8, True, _SAME_PHASE)
    if a.whole == b.whole and (developer or near or len(a.whole) >= _RARE):
        return Likeness(0.95 if developer or near else 0.8, True, _NAME)
    if developer:
        short, long = sorted((a.core, b.core), key=len)
        if not short:
            return Likeness(0.7, True, _EPONYM, eponym=True)
        if likeness >= (_LIKE if far else _SAME) or (len(short) >= 2 and short in long and not far):
            return Likeness(round(0.6 + 0.35 * likeness, 2), True, _DEVELOPER)
        return Likeness(round(likeness, 2), False, _NOT_ALIKE) if likeness >= _CLOSE else None
    if apart or not (near or len(a.gist) >= _RARE) or min(len(a.gist), len(b.gist)) < _GRAM:
        return None
    likeness = _alike(a.gist, b.gist)
    short, long = sorted((a.whole, b.whole), key=len)
    if likeness >= _LIKE or (near and len(short) > _GRAM and short in long):
        return Likeness(round(0.55 + 0.35 * max(likeness, 0.7), 2), True, _ALIKE)
    return Likeness(round(likeness, 2), False, _ALIKE) if near and likeness >= _LIKE - 0.15 else None


def _one_phase(a: _Name, b: _Name) -> bool:
    """Whether two names are of one phase of the same works, and of nothing that differs: 同热三期, 晋北同热三期煤电."""
    if not (a.works and b.works and a.phases & b.phases):
        return False
    short, long = sorted((a.works, b.works), key=len)
    kinds = sorted((a.kind, b.kind), key=len)
    return long.endswith(short) and (not kinds[0] or _alike(*kinds) >= _SAME)


def _sizes_agree(a: _Name, b: _Name) -> bool:
    """Whether no capacities differ; 2×100万千瓦 and 2×100000千瓦 slip in print, and are one."""
    if not (a.sizes and b.sizes) or a.sizes & b.sizes:
        return True
    one, other = (
        {re.sub(r"0+", "", re.sub(r"[^\d×]", "", size)) for size in name.sizes if "×" in size}
        for name in (a, b)
    )
    return bool(one & other)


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    if 2 * min(len(one), len(other)) / (len(one) + len(other)) < _CLOSE:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _CLOSE else 0.0


def _marks(node: Node, view: View) -> Marks:
    names = _names(node, view)
    phases = frozenset(phase for name in names for phase in name.phases)
    works = sorted(f"{name.works[-_WORKS:]} {phase}" for name in names if name.works for phase in name.phases)
    return {
        **place_marks(node.at),
        "phase": phases,
        # what one article lists apart is apart
        **({} if _eponym(node, view) else {f"in {node.article}": frozenset(works[:1] or {node.local})}),
    }


def _clash(one: Marks, other: Marks) -> str:
    for dimension in one.keys() & other.keys():
        if dimension.startswith("in ") and one[dimension] != other[dimension]:
            return "article"
    if one["phase"] and other["phase"] and not one["phase"] & other["phase"]:
        return "phase"
    return place_clash(one, other)


def _group(grouping: Grouping, view: View, pairs: Sequence[tuple[Node, Node, Likeness]]) -> None:
    grouping.propose_by(lambda n: _keys(n, view), 0.96, _NAME)
    for one, other, likeness in pairs:
        if likeness.merged and not likeness.eponym:
            grouping.propose(one, other, likeness.score, likeness.reason)
    grouping.settle()
    candidates: dict[tuple[str, str], list[Node]] = defaultdict(list)
    called: list[tuple[Node, Node, Node, Likeness]] = []
    for one, other, likeness in pairs:
        if likeness.eponym and (mere := _merely_called(one, other, view)) is not None:
            candidates[grouping.root(mere)].append(other if mere is one else one)
            called.append((mere, one, other, likeness))
    for mere, one, other, likeness in called:
        fitting = {grouping.root(node) for node in candidates[grouping.root(mere)]}
        if len(fitting - {grouping.root(mere)}) <= 1:
            grouping.propose(one, other, likeness.score, _EPONYM)
        else:
            grouping.refuse(one, other, 0.5, _SEVERAL)
    grouping.settle()


def _merely_called(one: Node, other: Node, view: View) -> Node | None:
    """Which of two is called by nothing but its developer, None if both are."""
    mere = [_eponym(a, view) or _called_by(a, b, view) for a, b in ((one, other), (other, one))]
    return None if all(mere) else one if mere[0] else other


PROJECTS = Rule(
    EntityType.PROJECT,
    _keys,
    _group,
    uses=("developedBy",),
    marks=_marks,
    clash=_clash,
    refusals={"place": PLACE_DIFFERS, "phase": _PHASE, "article": _IN_ONE},
    blocks=_blocks,
    pair=_pair,
)
