"""Places: one where the names stand for the same division in their articles, or are the same word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from kg.link.grouping import Grouping, Reason
from kg.link.nodes import Node
from kg.link.places import called
from kg.link.rules.base import Likeness, Rule, View
from kg.model import EntityType
from kg.names import normal

_DIVISION = Reason("同一行政区划（GB/T 2260 代码相同）", "The same division, by its GB/T 2260 code")
_WORD = Reason("同一地名，不是行政区划", "The same name of a place that is no division")
_OPEN = Reason(
    "同名区划，本文未说明是哪一个", "The name of several divisions, and the article does not say which"
)


_REGION = re.compile(r"(?<=..)(?:地区|区域|两地|三地|一带|片区)$")


@cache
def _regions() -> dict[str, str]:
    text = (files("kg.link") / "data" / "regions.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {normal(name): normal(names[0]) for names in lines for name in names}


def region(name: str) -> str:
    """A region's name as it is compared: 京津冀地区 and 京津冀, 长江三角洲 and 长三角 are one."""
    plain = normal(name)
    bare = _REGION.sub("", plain)
    return _regions().get(plain) or _regions().get(bare) or bare


def _keys(node: Node, view: View) -> Iterable[str]:
    if node.code:
        yield f"division {node.code}"
    elif any(called(name) for name in node.names):  # of several divisions; its own thing in each source
        yield f"{node.name} in {node.source}"
    else:
        yield from (f"name {region(name)}" for name in node.names)


def _group(grouping: Grouping, view: View, pairs: Sequence[tuple[Node, Node, Likeness]]) -> None:
    grouping.propose_by(lambda n: [n.code] if n.code else [], 0.97, _DIVISION)
    grouping.propose_by(
        lambda n: [] if n.code else [k for k in _keys(n, view) if k.startswith("name ")], 0.95, _WORD
    )
    grouping.propose_by(
        lambda n: [] if n.code else [k for k in _keys(n, view) if not k.startswith("name ")], 0.9, _OPEN
    )
    grouping.settle()


PLACES = Rule(EntityType.PLACE, _keys, _group)
