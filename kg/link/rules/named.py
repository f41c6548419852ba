"""Institutions, industries and products: one where the name is the same.

Of institutions the place may be told by the name (大同市商务局) or only by the article (市商务局 in one on 大同):
both stand for the same office.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from kg.link.grouping import Grouping, Reason
from kg.link.location import leading, stem
from kg.link.nodes import Node
from kg.link.places import called_by_code
from kg.link.rules.base import Likeness, Rule, View
from kg.model import EntityType
from kg.names import normal

_SAME = Reason("名称相同", "The same name")
_OFFICE = Reason("同一地方的同一机构", "The same office of the same place")
# how names begin that mean another thing in each article, and the digits of the code of the place meant
_RELATIVE = re.compile(r"^(?:(省|自治区)|(市|州|盟|地区)|(县|区|旗)|(开发区|高新区|经开区|镇|乡|街道))")
_OF_PEOPLE = re.compile(r"^人民(?=政府)")
_PARTY = re.compile(r"^(?:中共|中国共产党)")
_DIGITS = (2, 4, 6)
_INDUSTRY = re.compile(r"(?<=..)(?:产业|行业)$")


def _office(name: str, node: Node) -> tuple[str, str]:
    """The code of the place whose office a name stands for, and the office; no code for offices of no place.

    The code is "?" where neither name nor article tells the place.
    """
    text = _PARTY.sub("", normal(name))
    if relative := _RELATIVE.match(text):
        level = next(i for i, found in enumerate(relative.groups()) if found)
        if level == len(_DIGITS):
            return (node.main or "?"), text
        rest = text[relative.end() :]
        digits = stem(node.main)
        if len(digits) < _DIGITS[level] or (level == 2 and not _same_level(relative.group(), node.main)):
            return "?", text
        return digits[: _DIGITS[level]].ljust(6, "0"), _OF_PEOPLE.sub("", rest)
    division, rest = leading(text, [code for code in (node.named, node.main) if code])
    if division is not None and rest and (division.name == text[: len(text) - len(rest)] or node.named):
        return division.code, _OF_PEOPLE.sub("", rest)
    return "", text


def _same_level(word: str, code: str) -> bool:
    """Whether 县, 区 or 旗 is the last character of the division: 县政府 is none of a 区's."""
    division = called_by_code(code)
    return division is not None and division.name.endswith(word)


def _offices(node: Node, view: View) -> Iterable[str]:
    for name in node.names:
        code, rest = _office(name, node)
        if code == "?":
            yield f"{rest} in {node.source}"
        else:
            yield f"{code} {rest}".strip()


def _names(node: Node, view: View) -> Iterable[str]:
    return {normal(name) for name in node.names}


def _industries(node: Node, view: View) -> Iterable[str]:
    """新材料产业 and 新材料 are one; 产业 alone says nothing."""
    return {_INDUSTRY.sub("", name) for name in _names(node, view)}


def _by(
    keys: Callable[[Node, View], Iterable[str]], reason: Reason, score: float
) -> Callable[[Grouping, View, Sequence[tuple[Node, Node, Likeness]]], None]:
    def group(grouping: Grouping, view: View, pairs: Sequence[tuple[Node, Node, Likeness]]) -> None:
        grouping.propose_by(lambda node: keys(node, view), score, reason)
        grouping.settle()

    return group


INSTITUTIONS = Rule(EntityType.INSTITUTION, _offices, _by(_offices, _OFFICE, 0.9))
INDUSTRIES = Rule(EntityType.INDUSTRY, _industries, _by(_industries, _SAME, 0.95))
PRODUCTS = Rule(EntityType.PRODUCT, _names, _by(_names, _SAME, 0.95))
