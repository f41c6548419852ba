"""Annotated articles with other names in them, so that the reader learns where a name stands rather than which.

A few hundred articles hold few names. In a reworded copy the distinctive part of each firm's name, the place names
and the persons are others, the same throughout the article; zones and projects named after them follow.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import cache

from kg.divisions import divisions, short_name
from kg.model import Article, EntityType
from kg.nlp.firms import brands
from kg.nlp.names import firm_brand
from kg.nlp.vocabulary import everyday, toponyms
from kg.nlp.wordlists import words

Names = Mapping[EntityType, frozenset[tuple[int, int]]]

_KEPT = 0.2  # the share of names that stay as they are
_CHINESE = re.compile(r"[\u4e00-\u9fff]+$")
_LENGTHS = (2, 2, 2, 2, 3, 3, 4)
_UNIT = re.compile(r"(?:省|市|县|区|旗|州|盟)$")


def reword(article: Article, names: Names, seed: str) -> tuple[Article, Names]:
    """A copy of an article with other names, and where the annotated names stand in it.

    The same seed gives the same copy.
    """
    draw = random.Random(seed)  # noqa: S311  not for secrets
    swaps = _swaps(article.body, names, draw)
    if not swaps:
        return article, names
    pattern = re.compile("|".join(re.escape(name) for name in sorted(swaps, key=lambda n: (-len(n), n))))
    cuts, parts, at = [], [], 0
    for hit in pattern.finditer(article.body):
        parts += [article.body[at : hit.start()], swaps[hit[0]]]
        cuts.append((hit.start(), hit.end(), len(swaps[hit[0]])))
        at = hit.end()
    body = "".join([*parts, article.body[at:]])
    moved = _mover(cuts)
    blocks = tuple(replace(b, start=moved(b.start), end=moved(b.end)) for b in article.blocks)
    where = {
        type_: frozenset((moved(start), moved(end)) for start, end in spans if moved(start) < moved(end))
        for type_, spans in names.items()
    }
    return replace(article, id=f"{article.id}~{seed}", body=body, blocks=blocks), where


def _mover(cuts: list[tuple[int, int, int]]) -> Callable[[int], int]:
    """Old offsets to new ones; one inside a replaced name goes to the nearer of its ends."""

    def moved(offset: int) -> int:
        shift = 0
        for start, end, size in cuts:
            if offset >= end:
                shift += size - (end - start)
            elif offset > start:
                return start + shift + (0 if offset - start < end - offset else size)
            else:
                break
        return offset + shift

    return moved


def _swaps(text: str, names: Names, draw: random.Random) -> dict[str, str]:
    """What is written instead of what."""
    swaps: dict[str, str] = {}
    for type_, find, make in (
        (EntityType.PLACE, _place, _other_place),
        (EntityType.FIRM, _brand, _other_brand),
        (EntityType.PERSON, _person, _other_person),
    ):
        found = {find(text[start:end]) for start, end in names.get(type_, ())} - {""}
        for name in sorted(found - swaps.keys()):
            if draw.random() >= _KEPT:
                swaps[name] = make(name, draw)
    return swaps


def _brand(name: str) -> str:
    """The distinctive part of a firm's name, without a place in front; "" if there is none to speak of."""
    brand = firm_brand(name)
    for size in (3, 2):
        if brand[:size] in _short_places() and len(brand) - size >= 2:
            brand = brand[size:]
            break
    fits = 2 <= len(brand) <= 4 and _CHINESE.match(brand) and brand in name
    return brand if fits and brand not in toponyms() and not _common(brand) else ""


def _common(word: str) -> bool:
    """Whether a word means something of itself: the 稀土 of 稀土公司 stays."""
    return everyday().get(word, "nz") not in ("nz", "nr", "nt", "nrt")


def _other_brand(name: str, draw: random.Random) -> str:
    length = len(name) if draw.random() < 0.4 else draw.choice(_LENGTHS)
    return draw.choice(_brands()[length])


@cache
def _brands() -> Mapping[int, list[str]]:
    common = everyday()
    by_length: dict[int, list[str]] = {2: [], 3: [], 4: []}
    for brand in sorted(brands()):
        plain = brand in common or brand in toponyms() or not _CHINESE.match(brand)
        if len(brand) in by_length and not plain:
            by_length[len(brand)].append(brand)
    return by_length


def _place(name: str) -> str:
    """The short name of a county or prefecture, as it stands in names of zones too; "" for anything else."""
    short = _UNIT.sub("", name)
    return short if short in _short_places() else ""


def _other_place(name: str, draw: random.Random) -> str:
    return draw.choice(_places(len(name)))


@cache
def _short_places() -> Collection[str]:
    return frozenset(name for size in (2, 3) for name in _places(size))


@cache
def _places(size: int) -> list[str]:
    return sorted(
        {
            short
            for d in divisions()
            if d.level != "province"
            for short in [short_name(d.name)]
            if len(short) == size
        }
    )


def _person(name: str) -> str:
    return name if 2 <= len(name) <= 3 and _CHINESE.match(name) else ""


def _other_person(name: str, draw: random.Random) -> str:
    given = draw.choice(_brands()[2])
    return draw.choice([s for s in words("people_words", "surnames") if len(s) == 1]) + given[: len(name) - 1]
