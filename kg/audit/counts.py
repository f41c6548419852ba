"""A stated count against the items listed: 围绕化工、装备制造、食品加工、新能源4个主导产业.

Only a list right before its count, with a noun behind (…四大产业), is compared, and only where no way of
cutting it gives the number: 和 may join two items or stand inside one, and a list may go on over a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.audit.cues import group
from kg.audit.finding import Cause, Finding, Kind, Said, Severity
from kg.audit.texts import Text
from kg.nlp.quantities import number

_MOST = 12
_OFF = 2  # a list further off from a number is no list of what it counts
_ITEM = 18  # characters of one item, at most; the first may have a verb before it
_COUNT = re.compile(
    rf"(?P<etc>等)?(?P<n>[两二三四五六七八九十]{{1,2}}|(?<![\d.])\d{{1,2}})(?P<class>{group('classes')})"
    r"(?P<noun>[\u4e00-\u9fff“]{2})"
)
_ENDS = re.compile(r"[，,。；;：:！？!?\n]")
_INSIDE = re.compile(r"《[^《》\n]*》|“[^“”\n]*”|（[^（）\n]*）|\([^()\n]*\)|【[^【】\n]*】")
_FILL = "字"
_BEGINS = re.compile("以及|和|与|及|的|为|在|对|将")
_JOINTS = re.compile("以及|和|与|及|暨|并")
_NOUN = re.compile(rf"(?!{group('no_nouns')})")
_FIXED = re.compile(group("fixed"))
_NO_ITEM = re.compile(rf"(?:{group('no_items')})$|{group('takes')}")
_COUNTED = re.compile(r"[\d一二三四五六七八九十两几百千万](?:多|余)?[个条项大家座所类]|%|百分点")


def counts(text: Text) -> Iterator[Finding]:
    """Lists of an article that hold more or fewer items than they say."""
    masked = _INSIDE.sub(lambda m: _FILL * len(m[0]), text.body)
    for match in _COUNT.finditer(masked):
        stated = number(match["n"])
        if stated is None or not 2 <= stated <= _MOST or not _NOUN.match(match["noun"]):
            continue
        start = _clause_start(masked, match.start())
        listed = masked[start : match.start()]
        if "、" in listed and not _COUNTED.search(listed) and not _FIXED.search(masked[start : match.end()]):
            yield from _compare(text, masked, start, match, int(stated))


def _clause_start(masked: str, at: int) -> int:
    found = 0
    for match in _ENDS.finditer(masked, max(0, at - 200), at):
        found = match.end()
    return found


def _compare(text: Text, masked: str, start: int, match: re.Match[str], stated: int) -> Iterator[Finding]:
    listed = masked[start : match.start()]
    items = listed.split("、")
    if any(len(item) > _ITEM or not item.strip() for item in items[1:]) or _NO_ITEM.search(items[-1]):
        return
    least = len(items)
    most = least + len(_JOINTS.findall(listed))
    if least <= stated <= most or (match["etc"] and stated > least):
        return
    if any(rest.count("、") + 1 == stated for rest in _suffixes(listed)):
        return
    off = stated - most if stated > most else least - stated
    if off > _OFF or (least == 2 and stated > 3) or _goes_on(masked, start, most, stated):
        return
    seen = str(least) if least == most else f"{least}–{most}"
    quote = text.body[start : match.end()]
    what = Said(
        f"写作{match['n']}{match['class']}，列出{seen}项：{_short(quote)}",
        f"{match['n']}{match['class']} are stated, {seen} listed: {_short(quote)}",
    )
    near = "列举紧接数目之前" if not match["etc"] else "列举已多于“等”前所称的数目"
    why = Said(
        near + "，按顿号和连词怎样切分都不合",
        "the list stands right before its count, and no way of cutting it fits",
    )
    bounds = text.sentence(match.start()) or (start, match.end())
    severity = Severity.MEDIUM if off == 1 else Severity.LOW
    yield Finding(Kind.COUNT, severity, Cause.SOURCE, what, why, (text.evidence(*bounds),))


def _suffixes(listed: str) -> Iterator[str]:
    """What follows a joint or a 的: there the list may have begun."""
    for match in _BEGINS.finditer(listed):
        yield listed[match.end() :]


def _goes_on(masked: str, start: int, most: int, stated: int) -> bool:
    """Whether clauses before the list, taken as items too, give the number."""
    items = most
    at = start
    for _ in range(stated):
        if at < 2 or masked[at - 1] not in "，,；;":
            return False
        before = max(
            (m.end() for m in re.finditer(r"[，,。；;：:！？\n]", masked[max(0, at - 80) : at - 1])),
            default=0,
        )
        clause_start = max(0, at - 80) + before
        items += masked[clause_start : at - 1].count("、") + 1
        if items == stated:
            return True
        if items > stated:
            return masked[clause_start : at - 1].count("、") > 0
        at = clause_start
    return False


def _short(quote: str) -> str:
    quote = " ".join(quote.split())
    return quote if len(quote) <= 60 else "…" + quote[-58:]
