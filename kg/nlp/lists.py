"""Enumerations as Chinese prose writes them: what the items are, what they are called together, how many.

A、B和C等8个项目 · 化工、装备制造4个主导产业 · 硅料、硅片、电池片产业链 · 延伸了A、B、C。

Pure functions over text. All offsets count from the start of the text given plus `base`. `edges` are the
offsets where words begin (from the tagger); with them a trigger inside a word is not taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kg.nlp.wordlists import any_of, words

_OPEN, _CLOSE = "（(《【[「『“‘〈<", "）)》】]」』”’〉>"
_BREAK = "，,。；;！？!?：:\n"
_NUMERAL = "零一二两三四五六七八九十百千"
_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = "个家条项座处种类户大款位名所只支块片宗批"
HEAD_KINDS = {
    head: kind
    for kind in ("measure", "talent", "place", "facility", "park", "product", "institution", "firm")
    + ("industry", "chain", "project")
    for head in words("list_heads", kind)
}

_COUNT = rf"(?P<count>\d+|[{_NUMERAL}]+)\s*(?:余|多)?\s*(?P<unit>[{_UNITS}])?"
# 等离子, 高等, 平等: 等 ends no list there
_ETC = rf"(?<![平高中初优同对均劣特一二三何相])等(?!级|离子|温|候|额|效|线|值|闲|待|于|同)等?(?:\s*{_COUNT})?"
_HEAD = rf"(?P<head>{any_of(HEAD_KINDS)})"
_TAIL_ETC = re.compile(rf"{_ETC}(?P<mod>[^，,。；;、：:！？等]{{0,14}}?){_HEAD}(?!{any_of(HEAD_KINDS)})")
_BARE_ETC = re.compile(_ETC)
_TAIL_COUNT = re.compile(
    rf"(?:共|这)?(?P<count>\d+|[{_NUMERAL}]+)\s*(?P<unit>[{_UNITS}])(?P<mod>[^，,。；;、：:！？等的]{{0,10}}?){_HEAD}(?!{any_of(HEAD_KINDS)})"
)
_MONEY = r"\d[\d.,]*\s*[多余]?\s*[万亿]*\s*(?:元|美元|欧元|港元|日元|人民币)+"
AMOUNT = re.compile(
    rf"(?:(?:计划|项目|预计|一期|估算|动态)?总?(?:投资额?|总额|投入|耗资|斥资|规模)(?:为|约|超过?|近|达到?|逾|共|高达|共计)*)?"
    rf"(?:约|超|近|逾)?{_MONEY}(?:人民币)?(?:以上|左右)?的?"
    r"|(?:占地|全长|总长|长|面积|建筑面积|总建筑面积|时速|总装机|装机|位于|坐落(?:于|在))[^，、。；的]{1,14}的"
)
_TIME = re.compile(
    r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:前|底|以来|内)?|\d{1,2}月(?:\d{1,2}[日号])?(?:前|底|份|内)?"
)
_NUMBER = re.compile(rf"(?:\d+|[{_NUMERAL}]+)[个家条项座处批](?!月)")
_VERBS = frozenset(words("leads", "verbs"))
_SOFT = re.compile(any_of(words("leads")))
_PREDICATE = re.compile(any_of(words("predicates", "closed")))
_CONJUNCTION = re.compile("以及|及其|和|与|及|暨")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: `start`, `end` and its text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: `items` in order, the noun they share (`head`: 项目 of 等8个项目) and its `kind`.

    `count` is the number stated for the whole; `open` says that 等 leaves room for more.
    `lead` is the text of the clause before the first item (延伸了), `mod` what stands before the
    head (重点 of 等8个重点项目); `end` is behind the head. `follow` is the rest of the clause.
    """

    items: tuple[Item, ...]
    head: str
    kind: str
    mod: str
    count: int | None
    open: bool
    lead: str
    start: int
    end: int
    follow: str


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

    Never returns an offset that leaves less than two characters, unless there were fewer.
    """
    cut = start
    for found in _SOFT.finditer(text, start, max(start, end - 2)):
        if found[0] in _VERBS and _splits(found.start(), edges):
            cut = found.end()
    while cut < end - 1:
        for pattern in (AMOUNT, _TIME, _NUMBER, _SOFT):
            eaten = pattern.match(text, cut, end)
            if eaten and eaten.end() <= end - 2 and _splits(eaten.end(), edges):
                cut = eaten.end()
                break
        else:
            break
    return cut


def right_edge(text: str, start: int, end: int, edges: Collection[int] | None = None) -> int:
    """Where the name that begins at `start` ends: before the first predicate, else at `end`."""
    for predicate in _PREDICATE.finditer(text, min(start + 2, end), end):
        if _splits(predicate.start(), edges):
            return predicate.start()
    return end


def _splits(offset: int, edges: Collection[int] | None) -> bool:
    return edges is None or offset in edges


def listings(text: str, base: int = 0, edges: Collection[int] | None = None) -> list[Listing]:
    """The lists of a sentence, in order. `edges` are offsets in the same count as the result (with `base`)."""
    local = None if edges is None else {e - base for e in edges}
    found: list[Listing] = []
    for start, end in clauses(text):
        found += _of_clause(text, start, end, base, local)
    return found


def _of_clause(
    text: str, start: int, end: int, base: int, edges: Collection[int] | None
) -> Iterator[Listing]:
    depth = depths(text[start:end])
    flat = lambda i: not depth[i - start]  # noqa: E731
    pieces: list[tuple[int, int]] = []
    begin = at = start
    while True:
        stop = next((i for i in range(at, end) if text[i] == "、" and flat(i)), end)
        tail = next(
            (t for t in _TAIL_ETC.finditer(text, at, end) if t.start() < stop and flat(t.start())), None
        )
        if tail and _no_verb(tail["mod"]):
            yield from _close(text, [*pieces, (at, tail.start())], tail, begin, end, base, edges)
            pieces, begin, at = [], tail.end(), tail.end()
            if at < end and text[at] == "、":
                begin = at = at + 1
            if at >= end:
                return
            continue
        if stop == end:
            break
        pieces.append((at, stop))
        at = stop + 1
    counted = next(
        (t for t in _TAIL_COUNT.finditer(text, at, end) if flat(t.start()) and t.start() > at), None
    )
    if counted and (pieces or _CONJUNCTION.search(text, at, counted.start())):
        yield from _close(text, [*pieces, (at, counted.start())], counted, begin, end, base, edges)
    elif pieces:
        bare = next(
            (t for t in _BARE_ETC.finditer(text, at, end) if flat(t.start()) and t.start() > at), None
        )
        yield from _close(text, [*pieces, (at, bare.start() if bare else end)], bare, begin, end, base, edges)


def _no_verb(text: str) -> bool:
    return not any(found[0] in _VERBS for found in _SOFT.finditer(text))


def _close(
    text: str,
    pieces: list[tuple[int, int]],
    tail: re.Match[str] | None,
    begin: int,
    end: int,
    base: int,
    edges: Collection[int] | None,
) -> Iterator[Listing]:
    groups = tail.groupdict() if tail else {}
    count = number(groups.get("count"))
    is_open = bool(tail and tail[0].startswith("等"))
    spans: list[tuple[int, int]] = []
    for n, (a, b) in enumerate(pieces):
        last = n == len(pieces) - 1
        if last and tail is None:
            b = right_edge(text, a, b, edges)
        for c, d in _parts(text, a, b, last, len(pieces) > 1, count, len(spans), edges):
            c = left_edge(text, c, d, edges)
            while c < d and text[c] in " 　、":
                c += 1
            while c < d and text[d - 1] in " 　、":
                d -= 1
            if c < d:
                spans.append((c, d))
    if not spans:
        return
    head = groups.get("head") or _shared_head(text[spans[-1][0] : spans[-1][1]])
    close = tail.end() if tail else spans[-1][1]
    yield Listing(
        items=tuple(Item(base + a, base + b, text[a:b]) for a, b in spans),
        head=head,
        kind=HEAD_KINDS.get(head, ""),
        mod=groups.get("mod") or "",
        count=count,
        open=is_open,
        lead=text[begin : spans[0][0]],
        start=base + spans[0][0],
        end=base + close,
        follow=text[close:end],
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
    many: bool,
    count: int | None,
    before: int,
    edges: Collection[int] | None,
) -> list[tuple[int, int]]:
    """A piece between two 、 cut at the conjunctions that join items, not at those inside a name.

    Only the last piece may hold one (A、B和C), or one before a sum (A和2.5亿元的B). 和 and 以及 join items;
    及, 与 mostly stay inside a name (汽车及零部件) unless the stated number asks for the cut.
    """
    depth = depths(text[start:end])
    marks = [
        m
        for m in _CONJUNCTION.finditer(text, start + 1, end - 1)
        if not depth[m.start() - start]
        and _splits(m.start(), edges)
        and m.end() <= end - 2
        and m[0] != "及其"
    ]
    chosen = [m for m in marks if AMOUNT.match(text, m.end(), end) or m[0] == "以及"]
    if last:
        wanted = None if count is None else count - before - 1
        if wanted is not None and wanted == len(marks):
            chosen = marks
        elif many and not chosen:
            chosen = [m for m in marks if m[0] == "和"][-1:]
    cut = [start]
    for m in chosen:
        cut += [m.start(), m.end()]
    cut.append(end)
    return list(zip(cut[::2], cut[1::2], strict=True))
