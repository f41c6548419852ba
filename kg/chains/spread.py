"""Where a chain is: its segments area by area, so that provinces, cities or zones can be set side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from kg.chains.citing import Citations
from kg.chains.gaps import PRESENT
from kg.chains.landscape import Landscape
from kg.chains.notes import meanings, note
from kg.chains.rating import level_of
from kg.chains.report import Report
from kg.chains.rows import label
from kg.chains.tables import Cell, made, yi
from kg.chains.wording import Language, word
from kg.ontology import TIERS

Level = Literal["province", "city", "county", "zone"]
_KINDS = {"zone": "Zone"}


def spread(landscape: Landscape, template: str, level: Level, lang: Language = "zh") -> Report:
    """The areas of a level in which a template's chain (by its id) has evidence, those with most segments first.

    A row says how many segments are there, which by tier (with the number of firms and projects, planned ones in
    brackets) and which critical ones have no evidence. Its sentences are cited.
    """
    known = landscape.by_id[template]
    cited = Citations(landscape, lang)
    rows: list[dict[str, Cell]] = []
    found = [c for c in landscape.chains(evidence=False) if c.template.id == template and c.states]
    for chain in sorted(
        found, key=lambda c: (-sum(s in PRESENT for s in c.states.values()), c.container_label)
    ):
        if level_of(landscape.container(chain.container)) != _KINDS.get(level, level):
            continue
        there = {s.id for s in known.segments if chain.states.get(s.id) in PRESENT}
        members = {m.iri: m for inside in chain.members.values() for m in inside}
        amounts = [m.investment for m in members.values() if m.investment is not None]
        row: dict[str, Cell] = {
            "place": chain.container_label,
            "seen": f"{len(there)}/{len(known.segments)}",
            "count": len(members),
            "invested": yi(sum(amounts, Decimal(0))) if amounts else None,
        }
        for tier in TIERS:
            told = []
            for segment in known.segments:
                if segment.tier == tier and segment.id in chain.states:
                    text = f"{label(segment, lang)} {len(chain.members.get(segment.id, ()))}"
                    told.append(text if segment.id in there else f"({text})")
            row[tier] = "、".join(told)
        blank = [label(s, lang) for s in known.segments if s.critical and s.id not in chain.states]
        row["without"] = "、".join(blank)
        row["refs"] = cited.cite(sorted(members))
        rows.append(row)
    columns = "place seen count invested upstream midstream downstream without refs"
    info = landscape.graph.info()
    return Report(
        f"{label(known, lang)} {word(f'by.{level}', lang)}",
        note(info["articles"], info["sources"], lang),
        (made("spread", columns, rows, lang), cited.table()),
        tuple(meanings(lang)),
        (),
        lang,
    )
