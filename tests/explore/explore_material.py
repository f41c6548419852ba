"""A large content made by rule: zones with chains, firms and projects in them, each link with its sentence."""

from __future__ import annotations

from pathlib import Path

from kg.explore.atlas import Atlas
from kg.explore.content import Content, Source, Statement, links_of
from kg.explore.document import order, render, settings, whole, write
from kg.explore.start import Starts
from kg.query.facts import Thing

EVIL = "</script><img src=x onerror=alert(1)>"
_PLACES = "云州晋阳朔方平城雁门汾河太行吕梁漳泽沁水"
_TRADES = ("光伏", "电池", "碳材", "铸造", "制药", "食品", "轴承", "玻纤", "环保", "装备")


def large(things: int = 5000, links: int = 10_000, base: str = "https://w3id.org/lianzhu/id/") -> Content:
    """A content of so many things and stated links."""
    named: list[Thing] = []
    for n in range(things):
        kind = "Zone" if n % 125 == 0 else "Chain" if n % 25 == 1 else "Project" if n % 3 == 0 else "Firm"
        place = _PLACES[n % 20] + _PLACES[(7 * n + 3) % 20]
        label = {
            "Zone": f"{place}{n}经济技术开发区",
            "Chain": f"{place}{_TRADES[n % 10]}产业链{n}",
            "Project": f"{place}{_TRADES[n % 10]}{n}号项目",
            "Firm": f"{place}{_TRADES[n % 10]}{n}有限公司",
        }[kind]
        named.append(Thing(f"{base}{kind.lower()}/{n:05}", kind, label, (f"{place}{n}",)))
    article = f"{base}article/大"
    told: list[Statement] = []
    seen: set[tuple[int, str, int]] = set()

    def tell(one: int, predicate: str, other: int) -> None:
        if one == other or (one, predicate, other) in seen or len(told) == links:
            return
        seen.add((one, predicate, other))
        quote = f"{named[one].label}与{named[other].label}之间的第{len(told)}句。"
        told.append(
            Statement(f"{len(told):016x}", named[one].iri, predicate, named[other].iri, None, quote, article, 0,
                      len(quote), 0.5 + len(told) % 50 / 100, "asserted", (2015 + len(told) % 10,), {})
        )  # fmt: skip

    for n in range(things):
        zone = n - n % 125
        chain = n - n % 25 + 1
        if named[n].kind == "Chain":
            tell(n, "chainIn", zone)
        elif named[n].kind != "Zone" and chain < things:
            tell(n, "inChain", chain)
    for step in range(1, 60):
        for n in range(things):
            if named[n].kind in ("Firm", "Project"):
                tell(n, ("locatedIn", "cooperatesWith", "suppliesTo")[step % 3],
                     n - n % 125 if step % 3 == 0 else (n * (step + 1) + 17 * step) % things)  # fmt: skip
        if len(told) == links:
            break
    sources = {article: Source("一篇很长的文章", "2024-05", "大", 0)}
    progress = ("producing", "building", "planned", "untold")
    states = {t.iri: progress[i % 4] for i, t in enumerate(named) if t.kind == "Project"}
    links_told = sorted(links_of(told), key=lambda k: (k.source, k.predicate, k.target))
    return Content({t.iri: t for t in sorted(named, key=lambda t: t.iri)}, told, links_told, states, sources)


def write_large(target: Path, found: Content | None = None) -> None:
    """The page of a large content, all of it in the file."""
    found = found or large()
    atlas = Atlas(found, order(), "https://w3id.org/lianzhu/id/")
    things = range(len(atlas.things))
    told = settings(atlas, Starts(found, order()).start(), [], {"articles": 1, "sources": 1})
    parts = {
        "lang": "zh",
        "maps": [],
        "part": atlas.within(things),
        "texts": [],
        "whole": whole(atlas, things),
    }
    write(render({**told, **parts}), target)
