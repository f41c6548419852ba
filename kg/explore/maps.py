"""Chain maps: every chain of a zone or place laid over its template, segment by segment, gaps and all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kg.chains import Chain, Gap, Member, chains_of, gaps, without_repeats
from kg.explore.atlas import Atlas
from kg.graph import Graph
from kg.ontology import TIERS, Template, segments, templates

_SENTENCES = 3  # that show a member's place in a segment


def chain_maps(graph: Graph, atlas: Atlas) -> list[dict[str, Any]]:
    """The maps of a graph, those of named chains first and of the zones of which most is told before others.

    A map is {key, i (zone or place), t (template's id, or None), names, chains (numbers), states by segment,
    members by segment, moves by segment, unplaced (numbers), seen (segments with evidence), of (segments)}.
    Chains that follow no template have a map without segments, their members unplaced.
    """
    everywhere = chains_of(graph)
    shipped = {template.id for template in templates()}  # those that a page has the words of
    shown = [
        chain
        for chain in without_repeats(everywhere)
        if chain.telling and chain.container in atlas.number and chain.template.id in shipped
    ]
    moves: dict[tuple[str, str], list[Gap]] = defaultdict(list)
    for gap in gaps(shown, everywhere):
        moves[gap.chain.container, gap.chain.template.id].append(gap)
    found = [_map(chain, moves[chain.container, chain.template.id], atlas) for chain in shown]
    mapped = {i for told in found for i in told["chains"]}
    found += _without_template(atlas, mapped)
    weight: dict[int, int] = defaultdict(int)
    for told in found:
        weight[told["i"]] += bool(told["names"]) * 100 + told["count"]
    kinds = {"Zone": 0, "Park": 1}
    return sorted(
        found,
        key=lambda m: (
            kinds.get(atlas.things[m["i"]].kind, 2),
            -weight[m["i"]],
            m["i"],
            not m["names"],
            -m["count"],
            m["key"],
        ),
    )


def template_words(maps: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The templates that maps follow, for a page: their segments in the order of lanes, with both labels."""
    used = {told["t"] for told in maps}
    every = {s.id: s for s in segments().values()}
    return {
        template.id: {
            "zh": template.label_zh,
            "en": template.label_en,
            "segments": [
                {
                    "id": s.id,
                    "zh": s.label_zh,
                    "en": s.label_en,
                    "tier": s.tier,
                    "side": int(s.branch == "sideBranch"),
                    "critical": int(s.critical),
                    "codes": list(s.codes),
                    "feeds": [[f, every[f].label_zh, every[f].label_en] for f in s.feeds if f in every],
                }
                for s in sorted(
                    template.segments, key=lambda s: (TIERS.index(s.tier), s.branch == "sideBranch")
                )
            ],
        }
        for template in templates()
        if template.id in used
    }


def _map(chain: Chain, told: Sequence[Gap], atlas: Atlas) -> dict[str, Any]:
    inside = {s: [_member(m, atlas) for m in _known(found, atlas)] for s, found in chain.members.items()}
    followed = _chains_following(chain.template, chain.container, atlas, set(chain.names))
    return {
        "key": f"{atlas.found.things[chain.container].iri.removeprefix(atlas.base)}~{chain.template.id}",
        "i": atlas.number[chain.container],
        "t": chain.template.id,
        "names": list(chain.names),
        "chains": followed,
        "states": chain.states,
        "members": {s: found for s, found in inside.items() if found},
        "moves": {g.segment.id: [str(g.move), int(g.break_point)] for g in told if g.move or g.break_point},
        "unplaced": [atlas.number[m.iri] for m in _known(chain.unplaced, atlas)],
        "count": len(chain.everyone),
        "seen": len(chain.states),
        "of": len(chain.template.segments),
    }


def _member(member: Member, atlas: Atlas) -> dict[str, Any]:
    """A member with the words that placed it and the claims that tell most of it."""
    claims = {atlas.found.statements[k].quote: k for k in reversed(atlas.claims_of[atlas.number[member.iri]])}
    quoted = [claims[e.quote] for e in member.evidence if e.quote in claims]
    return {
        "i": atlas.number[member.iri],
        "word": member.keyword,
        "text": member.matched,
        "c": None if member.confidence is None else float(member.confidence),
        "claims": quoted[:_SENTENCES],
    }


def _known(members: Iterable[Member], atlas: Atlas) -> list[Member]:
    """The members that are on the page, leaders first."""
    known = [m for m in members if m.iri in atlas.number]
    return sorted(known, key=lambda m: (m.iri not in atlas.leaders, m.label, m.iri))


def _chains_following(template: Template, container: str, atlas: Atlas, names: set[str]) -> list[int]:
    """The chains (as things) of a container that a map stands for."""
    links = (atlas.found.links[k] for k in atlas.links_of[atlas.number[container]])
    found = (link.source for link in links if link.predicate == "chainIn" and link.target == container)
    return sorted({atlas.number[iri] for iri in found if atlas.found.things[iri].label in names})


def _without_template(atlas: Atlas, mapped: set[int]) -> list[dict[str, Any]]:
    found = []
    for link in atlas.found.links:
        chain = atlas.number[link.source]
        if link.predicate != "chainIn" or link.strength != "stated" or chain in mapped:
            continue
        mapped.add(chain)
        inside = {
            atlas.number[other]
            for k in atlas.links_of[chain]
            for told in [atlas.found.links[k]]
            for other in (told.source, told.target)
            if told.predicate in ("inChain", "chainLeader") and atlas.number[other] != chain
        }
        thing = atlas.things[chain]
        found.append(
            {
                "key": f"{link.target.removeprefix(atlas.base)}~{thing.iri.removeprefix(atlas.base)}",
                "i": atlas.number[link.target],
                "t": None,
                "names": [thing.label],
                "chains": [chain],
                "states": {},
                "members": {},
                "moves": {},
                "unplaced": sorted(inside, key=lambda i: (atlas.things[i].iri not in atlas.leaders, i)),
                "count": len(inside),
                "seen": 0,
                "of": 0,
            }
        )
    return found
