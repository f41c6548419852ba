"""The gaps of a graph's chains with their scores, candidates and the leaders to go through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.chains.candidates import candidates
from kg.chains.coverage import Chain, without_repeats
from kg.chains.gaps import Gap, gaps
from kg.chains.landscape import Landscape
from kg.chains.relatedness import Relatedness, relatedness
from kg.chains.rows import Rated
from kg.chains.scoring import score
from kg.chains.things import Container

_PRESENT = """
SELECT ?area ?segment WHERE { ?area lz:hasSegment ?segment }"""


def chosen(
    landscape: Landscape, container: str | None = None, template: str | None = None, *, evidence: bool = False
) -> tuple[list[Chain], list[Chain]]:
    """The chains worth a table of a zone or place (an IRI) or of the graph, and all chains there.

    Without a container, those that only repeat what is told of a zone are left out. The chain of a `template` (its id)
    that is asked for in a container is worth a table whatever is known of it.
    """
    everywhere = landscape.chains(container, evidence=evidence)
    asked = container is not None and template is not None
    told = [c for c in everywhere if (c.telling or asked) and template in (None, c.template.id)]
    return (told if container else without_repeats(told)), everywhere


def rated(
    landscape: Landscape,
    chains: Sequence[Chain],
    everywhere: Sequence[Chain],
    related: dict[str, Relatedness] | None = None,
) -> list[Rated]:
    """The segments of chains, in order, with score, candidates and leaders.

    `related` is how related segments are by kind of area (`related_by_level`), where that is to count.
    """
    leaders: dict[str, list[Chain]] = defaultdict(list)
    for chain in everywhere:
        if chain.leaders:
            leaders[chain.container].append(chain)
    found, told = [], gaps(chains, everywhere)
    landscape.in_segments(gap.segment.id for gap in told if gap.move)
    for gap in told:
        where = gap.chain.container
        known = candidates(landscape, gap.segment.id, where) if gap.move else ()
        level = level_of(landscape.container(where)) if related else ""
        density = related[level].of(where, gap.segment.id) if related and level in related else None
        nearest = known[0].near if known else None
        found.append(Rated(gap, score(gap, nearest, density), known, _through(gap, leaders[where])))
    return found


def related_by_level(landscape: Landscape, levels: Iterable[str]) -> dict[str, Relatedness]:
    """How related segments are, going by areas of each level: Zone, Park, province, city, county."""
    wanted = set(levels)
    kinds = {level if level in ("Zone", "Park") else "Place" for level in wanted}
    beginnings = tuple(f"{kind.lower()}/" for kind in kinds)
    present: dict[str, set[str]] = defaultdict(set)
    for area, segment in landscape.ask(_PRESENT):
        of_kind = (landscape.graph.iris.entity_id(area) or "").startswith(beginnings)
        if of_kind and (known := landscape.segment_of(segment)):
            present[area].add(known.id)
    landscape.introduce(present)
    by_level: dict[str, dict[str, set[str]]] = {level: {} for level in sorted(wanted)}
    for area, had in present.items():
        if (level := level_of(landscape.container(area))) in wanted:
            by_level[level][area] = had
    return {level: relatedness(areas) for level, areas in by_level.items()}


def levels_of(landscape: Landscape, chains: Iterable[Chain]) -> set[str]:
    """The levels of the areas that chains are in."""
    return {level_of(landscape.container(chain.container)) for chain in chains}


def level_of(container: Container | None) -> str:
    """What a zone, park or place is compared with: Zone, Park, province, city or county; "" for anything else."""
    if container is None or container.kind != "Place":
        return container.kind if container else ""
    if not container.code:
        return ""
    return (
        "province"
        if container.code.endswith("0000")
        else "city"
        if container.code.endswith("00")
        else "county"
    )


def _through(gap: Gap, led: Sequence[Chain]) -> tuple[str, ...]:
    """The leaders of the chain here; else those of other chains here that have a neighbouring segment."""
    if gap.chain.leaders:
        return gap.chain.leaders
    beside = {s.id for s in (*gap.upstream, *gap.downstream)}
    return tuple(sorted({name for chain in led if beside & chain.states.keys() for name in chain.leaders}))
