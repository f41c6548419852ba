"""Enumerations as Chinese prose writes them: what the items are, what they are called together, how many.

A、B和C等8个项目 · 化工、装备制造4个主导产业 · 硅料、硅片、电池片产业链 · 延伸了A、B、C。

Pure functions over text; offsets count from its start. `edges` are the offsets where a word begins or ends
(from a tagger): with them a trigger inside a word is not taken for one; without them every offset will do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from kg.nlp.wordlists import any_of, words

_OPEN, _CLOSE = "（(《【[「『“‘〈<", "）)》】]」』”’〉>"
_BREAK = "，,。；;！？!?：:\n"
_NUMERALS = "零一二两三四五六七八九十百千"
_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = "个家条项座处种类户大款位名所只支块片宗批"
_REACH = 14  # characters between 等 and the noun of the list: 等3个省级重点工业项目

# later kinds win where two share a noun
_KINDS = ["measure", "talent", "place", "facility", "park", "product"]
_KINDS += ["institution", "firm", "industry", "chain", "project"]
HEAD_KINDS = {head: kind for kind in _KINDS for head in words("list_heads", kind)}

_HEAD = re.compile(any_of(HEAD_KINDS))
_COUNT = rf"(?P<count>\d+|[{_NUMERALS}]+)\s*[余多]?\s*(?:[{_UNITS}])"
# 等 of 高等, 平等, 等离子, 等级 ends no list
_ETC = re.compile(
    rf"(?<![平高中初优同对均劣特一二三何相])等(?![级离温候额效线值闲待于同])等?\s*(?:{_COUNT})?"
)
_COUNTED = re.compile(rf"(?<![\d.,第])(?:共|这)?{_COUNT}")
_MONEY = r"\d[\d.,]*\s*[多余]?\s*[万亿]*\s*(?:元|美元|欧元|港元|日元|人民币)+"
AMOUNT = re.compile(
    r"(?:(?:计划|项目|预计|一期|估算|动态)?总?(?:投资额?|总额|投入|耗资|斥资|规模)(?:为|约|超过?|近|达到?|逾|共|高达|共计)*)?"
    rf"(?:约|超|近|逾)?{_MONEY}(?:人民币)?(?:以上|左右)?的?"
    r"|(?:占地|全长|总长|长|面积|建筑面积|总建筑面积|时速|总装机|装机|位于|坐落[于在]?)[^，、。；的]{1,14}的"
)
_TIME = re.compile(
    r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?[前底内]?(?:以来)?|\d{1,2}月(?:\d{1,2}[日号])?[前底份内]?"
)
_NUMBER = re.compile(rf"(?:\d+|[{_NUMERALS}]+)[{_UNITS}](?!月)")
_VERBS = frozenset(words("leads", "verbs"))
_LEAD = re.compile(any_of(words("leads")))
_PREDICATE = re.compile(
    rf"{any_of(words('predicates'))}|[已正将均也都拟](?={any_of([*words('predicates'), *words('leads')])})"
)
# 产能建设项目, 量产生产线: these verbs may stand inside a name, before its noun
_INNER = frozenset(
    ["建设", "投产", "实施", "推进", "推动", "并网", "落地", "建成", "前期", "主体", "量产", "上线", "用地"]
)
_WORK = re.compile("(?:改造|提升)?(?:项目|工程|基地|中心|生产线|产线|装置|平台)")
_COMPLETE = re.compile(
    rf"(?:{any_of([*words('list_heads', 'facility'), '项目', '工程', '产业链', '产业园', '集群'])}|[一二三四五六]期)$"
)
_MEANS = re.compile(
    '以(?=.{2,60}?(?:为|作为)(?:[“"]?链|龙头|依托|重点|引领|代表|核心|支撑|载体|抓手|牵引|主|基础|契机|突破口))'
)
_SAID = re.compile(rf"(?:{any_of([*words('predicates'), *words('leads')])})+")
_CONJUNCTION = re.compile("以及|和|与|及|暨")


@dataclass(frozen=True, slots=True)
class Item:
    """One item: offsets, text, and the words before it that are no part of it (`lead`: 开工建设)."""

    start: int
    end: int
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its `items`, the noun they share (`head`: 项目 of 等8个重点项目), that noun's `kind`.

    `mod` stands between number and head (重点), `count` is the number stated for the whole, `open` says that
    等 leaves room for more. `start` is where the clause begins or the list before it ends; `end` is
    behind the head; `follow` is the rest of the clause. The lead of the first item is the list's.
    """

    items: tuple[Item, ...]
    start: int
    end: int
    head: str = ""
    kind: str = ""
    mod: str = ""
    count: int | None = None
    open: bool = False
    follow: str = ""

    @property
    def lead(self) -> str:
        """What the clause says before the first item: 延伸了."""
        return self.items[0].lead

    @property
    def is_list(self) -> bool:
        """Whether it is more than a name by itself: two items at least, or one that a tail ends."""
        return len(self.items) > 1 or self.closed

    @property
    def closed(self) -> bool:
        """Whether something ends the list and says what it is: 等项目, 8个项目."""
        return bool(self.head) and (self.open or self.count is not None)


@dataclass(frozen=True, slots=True)
class _Tail:
    start: int
    end: int
    head: str = ""
    mod: str = ""
    count: int | None = None
    open: bool = False


def depths(text: str) -> list[int]:
    """How many brackets and quotes are open at each character; an unbalanced text counts as flat."""
    depth, found = 0, []
    for char in text:
        if char in _OPEN:
            depth += 1
        found.append(depth)
        if char in _CLOSE:
            depth = max(0, depth - 1)
    return found if depth == 0 else [0] * len(text)


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Stretches between commas, stops and colons that stand outside brackets; 3,332 is not cut."""
    begin, depth = 0, depths(text)
    for i, char in enumerate(text):
        if char in _BREAK and not depth[i]:
            if char in ",:" and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit():
                continue
            if i > begin:
                yield begin, i
            begin = i + 1
    if begin < len(text):
        yield begin, len(text)


def number(text: str | None) -> int | None:
    """The value of 12, 八, 十二, 二十三; None for anything else."""
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        else:
            return None
    return total + digit


def left_edge(text: str, start: int, end: int, edges: Collection[int] | None = None) -> int:
    """Where the name that ends at `end` begins: behind the verbs, adverbs, dates and sums before it.

    At least two characters are left, unless there were fewer. A verb with nothing but verbs behind it
    is the predicate of the name (东环高速建成通车) and cuts nothing off.
    """
    cut = start
    for found in _LEAD.finditer(text, start, max(start, end - 2)):
        if (
            found[0] in _VERBS
            and _splits(found.start(), edges)
            and not _SAID.fullmatch(text, found.end(), end)
        ):
            cut = found.end()
    means = _MEANS.search(text, cut)
    if means and means.end() < end - 1 and _splits(means.start(), edges):
        cut = means.end()
    while cut < end - 1:
        for pattern in (AMOUNT, _TIME, _NUMBER, _LEAD):
            eaten = pattern.match(text, cut, end)
            if eaten and eaten.end() <= end - 2 and _splits(eaten.end(), edges):
                cut = eaten.end()
                break
        else:
            break
    return cut


def right_edge(text: str, start: int, end: int, edges: Collection[int] | None = None) -> int:
    """Where the name that begins at `start` ends: before the first predicate, else at `end`."""
    depth = depths(text[start:end])
    for predicate in _PREDICATE.finditer(text, min(start + 2, end), end):
        if not _splits(predicate.start(), edges) or depth[predicate.start() - start]:
            continue
        if _WORK.match(text, predicate.end(), end) and predicate[0] in _INNER:
            continue
        return predicate.start()
    return end


def listings(text: str, edges: Collection[int] | None = None) -> list[Listing]:
    """The lists of a sentence, in order: two items at least, or one that a tail ends (比亚迪等项目)."""
    return [found for found in series(text, edges) if found.is_list]


def series(text: str, edges: Collection[int] | None = None) -> list[Listing]:
    """Like `listings`, with every other clause as a list of one: lead, name, rest."""
    found: list[Listing] = []
    for start, end in clauses(text):
        for listing in _of_clause(text, start, end, edges):
            while found and listing.closed and not listing.lead and _runs_on(found[-1], listing.start):
                earlier = found.pop()
                listing = replace(listing, items=earlier.items + listing.items, start=earlier.start)
            found.append(listing)
    return found


def _runs_on(earlier: Listing, start: int) -> bool:
    """Whether a list without an end goes on behind the comma: 建成奶粉三期、奶酪三期，乳铁蛋白等项目."""
    return earlier.end == start - 1 and not earlier.head and not earlier.follow and len(earlier.items) > 1


def _splits(offset: int, edges: Collection[int] | None) -> bool:
    return edges is None or offset in edges


def _of_clause(text: str, start: int, end: int, edges: Collection[int] | None) -> Iterator[Listing]:
    depth = depths(text[start:end])
    pieces: list[tuple[int, int]] = []
    begin = at = start
    while at < end:
        stop = next((i for i in range(at, end) if text[i] == "、" and not depth[i - start]), end)
        tail = _etc(text, at, stop, end, start, depth, edges)
        if tail and tail.head:
            yield from _close(text, [*pieces, (at, tail.start)], tail, begin, end, edges)
            pieces, begin, at = [], tail.end, tail.end
            if at < end and text[at] == "、":
                begin = at = at + 1
            continue
        pieces.append((at, stop))
        at = stop + 1
        if stop == end:
            last = pieces.pop()
            counted = _counted(text, *last, start, depth, edges)
            if counted and (pieces or _CONJUNCTION.search(text, last[0], counted.start)):
                tail = counted
            pieces.append((last[0], tail.start if tail else end))
            yield from _close(text, pieces, tail, begin, end, edges)


def _etc(
    text: str, at: int, stop: int, end: int, start: int, depth: list[int], edges: Collection[int] | None
) -> _Tail | None:
    """The 等 that ends a list before `stop`, with the noun behind it if there is one."""
    for etc in _ETC.finditer(text, at + 1, end):
        if etc.start() >= stop:
            return None
        if depth[etc.start() - start] or not _splits(etc.start(), edges):
            continue
        head = _noun(text, etc.end(), end, edges)
        count = number(etc["count"])
        if head:
            return _Tail(etc.start(), head.end(), head[0], text[etc.end() : head.start()], count, True)
        return _Tail(etc.start(), etc.end(), count=count, open=True)
    return None


def _counted(
    text: str, at: int, stop: int, start: int, depth: list[int], edges: Collection[int] | None
) -> _Tail | None:
    """The number that ends a list, with its noun: 4个主导产业."""
    for count in _COUNTED.finditer(text, at + 1, stop):
        if not depth[count.start() - start] and _splits(count.start(), edges):
            head = _noun(text, count.end(), stop, edges)
            if head:
                mod = text[count.end() : head.start()]
                return _Tail(count.start(), head.end(), head[0], mod, number(count["count"]))
    return None


def _noun(text: str, at: int, end: int, edges: Collection[int] | None) -> re.Match[str] | None:
    """The noun a list is called by, at most a few words behind `at`, with no verb between."""
    for i in range(at, min(at + _REACH, end)):
        if text[i] in _BREAK + "、等的":
            return None
        found = _HEAD.match(text, i, end)
        if found and _splits(found.end(), edges) and not _HEAD.match(text, found.end(), end):
            return found
        if _splits(i, edges) and any(
            v[0] in _VERBS and v.start() == i for v in [_LEAD.match(text, i, end)] if v
        ):
            return None
    return None


def _close(
    text: str,
    pieces: list[tuple[int, int]],
    tail: _Tail | None,
    begin: int,
    end: int,
    edges: Collection[int] | None,
) -> Iterator[Listing]:
    items: list[Item] = []
    for n, (a, b) in enumerate(pieces):
        last = n == len(pieces) - 1
        if last and tail is None:
            b = right_edge(text, left_edge(text, a, b, edges), b, edges)
        for c, d in _parts(text, a, b, last, len(items), len(pieces) > 1, tail, edges):
            name = left_edge(text, c, d, edges)
            while d > name and text[d - 1].isspace():
                d -= 1
            while name < d and text[name].isspace():
                name += 1
            if name < d:
                items.append(Item(name, d, text[name:d], text[c:name]))
    if not items:
        return
    if tail is None:
        head = _shared_head(items[-1].text) if len(items) > 1 else ""
        tail = _Tail(items[-1].end, items[-1].end, head)
    yield Listing(
        items=tuple(items),
        start=begin,
        end=tail.end,
        head=tail.head,
        kind=HEAD_KINDS.get(tail.head, ""),
        mod=tail.mod,
        count=tail.count,
        open=tail.open,
        follow=text[tail.end : end],
    )


def _shared_head(item: str) -> str:
    """The noun that ends the last item, if it is one of the known: 产业链 of 石化、造纸产业链."""
    for size in range(min(6, len(item) - 1), 1, -1):
        if item[-size:] in HEAD_KINDS:
            return item[-size:]
    return ""


def _parts(
    text: str,
    start: int,
    end: int,
    last: bool,
    before: int,
    many: bool,
    tail: _Tail | None,
    edges: Collection[int] | None,
) -> list[tuple[int, int]]:
    """A piece between two 、 cut at the conjunctions that join items, not at those inside a name.

    和 joins the last item to the rest (A、B和C); 及 and 与 mostly stay inside a name (汽车及零部件) unless the
    stated number asks for the cut. Anywhere, 以及 joins items, a sum begins one (A和2.5亿元的B) and a noun by
    which things are called ends one (A水库和B电站).
    """
    depth = depths(text[start:end])
    marks = [
        m
        for m in _CONJUNCTION.finditer(text, start + 1, end - 1)
        if not depth[m.start() - start]
        and _splits(m.start(), edges)
        and _splits(m.end(), edges)
        and m.end() < end - 1
    ]
    chosen = [
        m
        for m in marks
        if m[0] == "以及" or AMOUNT.match(text, m.end(), end) or _COMPLETE.search(text, start, m.start())
    ]
    if last and tail and tail.count is not None and not tail.open:
        if len(marks) == tail.count - before - 1:
            chosen = marks
    elif last and not chosen and (many or (tail and tail.open)):
        chosen = [m for m in marks if m[0] == "和" and not text[m.end()].isdigit()][-1:]
    cut = [start, *(x for m in chosen for x in m.span()), end]
    return list(zip(cut[::2], cut[1::2], strict=True))
