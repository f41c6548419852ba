"""Which chain template a chain of some zone follows, going by its name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.link.keywords import folded, words
from kg.model import Entity
from kg.ontology import Template

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

    A chain whose name holds a word that no template knows follows none: 新能源汽车 is not 新能源.
    A name that fits two templates equally decides for neither.
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
    core = _core(name)
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


def _better(one: Following, other: Following) -> bool:
    return (-one.confidence, -len(one.matched), one.matched) < (
        -other.confidence,
        -len(other.matched),
        other.matched,
    )


def _forms(name: str) -> set[str]:
    """How the name of a template may appear: whole, or one part of it (锂电池 of 锂电池与新型储能)."""
    cores = {_core(part) for part in (name, *_PARTS.split(folded(name))) if part}
    return {core for core in cores if len(core) >= 2 and _meaning(core)}


def _core(name: str) -> str:
    text = folded(name)
    for ending in words("chain_endings"):
        if text.endswith(ending) and len(text) > len(ending) + 1:
            return text.removesuffix(ending)
    return text


def _meaning(text: str) -> str:
    for filler in words("chain_fillers"):
        text = text.replace(filler, "")
    return text
