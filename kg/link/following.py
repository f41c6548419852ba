"""Which chain template a chain of some zone follows, going by its name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.divisions import divisions, short_name
from kg.link.keywords import folded, words
from kg.model import Entity
from kg.ontology import Template

_LONG = 4  # characters of a name of a template that tells enough, whatever stands in front of it
_PARTS = re.compile(r"[与和及、()（）/]")


@dataclass(frozen=True, slots=True)
class Following:
    """A chain follows a template (both by id), because its name holds `matched`, or (empty) its members do."""

    chain: str
    template: str
    matched: str
    confidence: float


def follow(chains: Iterable[Entity], templates: Sequence[Template]) -> tuple[Following, ...]:
    """Which templates the chains follow, by label or alias; in order of chain and template.

    Places and words such as 首个 in front do not count. A name that holds another word that no template knows is
    left alone (新能源汽车 is not 新能源), unless it ends in a long name of a template: 西南风电装备 is 风电装备.
    What fits two templates equally decides for neither.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for template in templates:
        for name in (template.label_zh, *template.aliases):
            for form in _forms(name):
                owners[form].add(template.id)
    known = {form: next(iter(ids)) for form, ids in owners.items() if len(ids) == 1}
    found: dict[tuple[str, str], Following] = {}
    for chain in chains:
        for name in (chain.name, *chain.aliases):
            for following in _follow(chain.id, name, known):
                key = following.chain, following.template
                if key not in found or _better(following, found[key]):
                    found[key] = following
    return tuple(found[key] for key in sorted(found))


def _follow(chain: str, name: str, known: Mapping[str, str]) -> Iterator[Following]:
    core = _core(name.rpartition("“")[2] if "”" not in name else name)
    if core not in known:
        core = _without_lead(core)
    if core in known:
        yield Following(chain, known[core], core, 0.95)
        return
    matched, rest = [], core
    while form := max(
        (form for form in known if form in rest), key=lambda form: (len(form), form), default=""
    ):
        matched.append(form)
        rest = rest.replace(form, "\n")
    if matched and not _meaning(rest).strip("\n"):
        for form in matched:
            yield Following(chain, known[form], form, 0.9 if len(matched) == 1 else 0.7)
    elif len(matched) == 1 and len(matched[0]) >= _LONG and core.endswith(matched[0]):
        yield Following(chain, known[matched[0]], matched[0], 0.7)


def _better(one: Following, other: Following) -> bool:
    return (-one.confidence, -len(one.matched), one.matched) < (
        -other.confidence,
        -len(other.matched),
        other.matched,
    )


@cache
def _forms(name: str) -> frozenset[str]:
    """How the name of a template may appear: whole, or one part of it (锂电池 of 锂电池与新型储能)."""
    cores = {_core(part) for part in (name, *_PARTS.split(folded(name))) if part}
    return frozenset(core for core in cores if len(core) >= 2 and _meaning(core))


def _core(name: str) -> str:
    text = folded(name)
    for ending in words("chain_endings"):
        if text.endswith(ending) and len(text) > len(ending) + 1:
            return text.removesuffix(ending)
    return text


def _without_lead(core: str) -> str:
    """The core of a name without the places and words that only lead up to it: 山西省光伏 is 光伏."""
    while lead := next((lead for lead in _leads() if core.startswith(lead)), ""):
        if len(core) - len(lead) < 2:
            break
        core = core.removeprefix(lead)
    return core


@cache
def _leads() -> tuple[str, ...]:
    places = {name for d in divisions() if not d.until for name in (d.name, short_name(d.name))}
    found = {*map(folded, places), *words("chain_leads")}
    return tuple(sorted(found, key=lambda lead: (-len(lead), lead)))


def _meaning(text: str) -> str:
    for filler in words("chain_fillers"):
        text = text.replace(filler, "")
    return text
