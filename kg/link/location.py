"""Where the entities of an article are, as far as the article tells: divisions by their GB/T 2260 codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kg.divisions import Division
from kg.link.places import called, called_by_code, resolve
from kg.model import BlockKind, EntityType, Reading
from kg.names import normal

_WITHIN = ("locatedIn", "parkOf", "chainIn", "holdsPost")
_TITLES = (BlockKind.HEADLINE, BlockKind.KICKER, BlockKind.SUBTITLE)
_TITLE_WEIGHT = 5
_LONGEST = 12  # characters of the longest name of a division
_NAMED_AFTER = (EntityType.ZONE, EntityType.PARK, EntityType.FIRM, EntityType.INSTITUTION, EntityType.PROJECT)


@dataclass(slots=True)
class Locations:
    """By local id: `codes` of the places that are divisions; the divisions that other entities are `named` after,
    and `at` which they are.

    `main` is the division that the article as a whole is about, "" if it is about several.
    """

    codes: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    at: dict[str, str] = field(default_factory=dict)
    main: str = ""


def stem(code: str) -> str:
    """The digits of a code that count: 140000 → 14, 140200 → 1402."""
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code


def compatible(one: str, other: str) -> bool:
    """Whether two codes may be of one place: the same, or one above the other; unknown ones always may."""
    a, b = stem(one), stem(other)
    return a.startswith(b) or b.startswith(a)


def leading(name: str, context: Collection[str]) -> tuple[Division | None, str]:
    """The division that a name begins with, and the rest of the name: 大同市商务局 → 大同市, 商务局.

    `context` are codes of divisions that the article speaks of: of counties with short names only those
    count that are in or under one of them, since 平安, 长安 and 新华 begin other names too.
    """
    for length in range(min(len(name) - 1, _LONGEST), 1, -1):
        pool = called(name[:length])
        if not pool:
            continue
        near = [d for d in pool if any(compatible(d.code, code) for code in context)]
        full = [d for d in pool if d.name == name[:length]]
        if len(near) == 1:
            return near[0], name[length:]
        wide = [d for d in pool if d.level != "county"]
        if len(wide) == 1 and not near:
            return wide[0], name[length:]
        if len(full) == 1 and len(pool) == 1:
            return full[0], name[length:]
    return None, name


def locations(
    reading: Reading,
    forms: Mapping[str, Mapping[str, int]],
    links: Mapping[str, Mapping[str, list[str]]],
) -> Locations:
    """The locations in one article; `forms` counts the names of its entities, `links` are its claims."""
    found = Locations()
    places = [e for e in reading.entities if e.type is EntityType.PLACE]
    names = {e.id: {e.name, *e.aliases, *forms.get(e.id, ())} for e in places}
    around = {name for some in names.values() for name in some}
    divisions: dict[str, Division] = {}
    for place in places:
        division, safe = resolve(names[place.id], around)
        if division is not None and safe:
            divisions[place.id] = division
    found.main = _main(reading, forms, divisions)
    if found.main:  # what its neighbours left open, the article's own place may decide
        for place in places:
            if place.id not in divisions:
                division, safe = resolve(names[place.id], around, found.main)
                if division is not None and safe:
                    divisions[place.id] = division
    found.codes = {local: division.code for local, division in divisions.items()}
    context = {found.main, *found.codes.values()} - {""}
    for entity in reading.entities:
        if entity.type in _NAMED_AFTER:
            for name in sorted({entity.name, *entity.aliases}, key=lambda n: (-len(n), n)):
                division, rest = leading(normal(name), context)
                if division is not None and rest:
                    found.named[entity.id] = found.at[entity.id] = division.code
                    break
    for entity in reading.entities:
        if entity.type is not EntityType.PLACE and entity.id not in found.at:
            code = _reached(entity.id, found, links)
            if code:
                found.at[entity.id] = code
    return found


def _reached(start: str, found: Locations, links: Mapping[str, Mapping[str, list[str]]]) -> str:
    """The division that claims lead to, by way of zones and parks; "" if they lead to several."""
    seen, todo = {start}, [start]
    while todo:
        beyond = {
            target
            for local in todo
            for predicate in _WITHIN
            for target in links.get(local, {}).get(predicate, ())
        } - seen
        codes = {found.codes.get(b) or found.at.get(b, "") for b in beyond} - {""}
        if codes:
            finest = max(codes, key=lambda code: (len(stem(code)), code))
            return finest if all(compatible(finest, code) for code in codes) else ""
        seen |= beyond
        todo = sorted(beyond)
    return ""


def _main(reading: Reading, forms: Mapping[str, Mapping[str, int]], divisions: Mapping[str, Division]) -> str:
    """The finest division that most mentions of divisions are of or in; those of titles count more."""
    weight: Counter[str] = Counter()
    for local, division in divisions.items():
        weight[division.code] += sum(forms.get(local, {}).values())
    titles = [b for b in reading.article.blocks if b.kind in _TITLES]
    for mention in reading.mentions:
        if mention.entity in divisions and any(b.start <= mention.start < b.end for b in titles):
            weight[divisions[mention.entity].code] += _TITLE_WEIGHT
    total = sum(weight.values())
    best = ""
    for length in (2, 4, 6):
        own: Counter[str] = Counter()
        for code, count in weight.items():
            if len(stem(code)) >= length and code[:length].startswith(stem(best)):
                own[code[:length]] += count
        if not own:
            break
        top, count = max(own.items(), key=lambda item: (item[1], item[0]))
        if 2 * count <= total:
            break
        if length != 4 or called_by_code(top.ljust(6, "0")):  # cities under the State have no level between
            best = top.ljust(6, "0")
    return best
