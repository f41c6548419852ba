"""One zone or place beside another, segment by segment: what the other has and this one lacks."""

from __future__ import annotations

from kg.chains.citing import Citations
from kg.chains.coverage import Chain
from kg.chains.gaps import NO_EVIDENCE, PRESENT
from kg.chains.landscape import Landscape
from kg.chains.notes import meanings, note
from kg.chains.report import Report
from kg.chains.rows import label
from kg.chains.tables import Cell, Table
from kg.chains.wording import Language, few, word
from kg.ontology import Segment, labels


def comparison(
    landscape: Landscape, one: str, other: str, template: str | None = None, lang: Language = "zh"
) -> Report:
    """Every segment that one of two zones or places (IRIs) has: its state in each, and who is there.

    What only the other has comes first within a chain: there lie the candidates to learn from or to win.
    """
    ours = _by_template(landscape.chains(one, evidence=False))
    theirs = _by_template(landscape.chains(other, evidence=False))
    cited = Citations(landscape, lang)
    names, rows = labels(lang), []
    for known in landscape.templates:
        if template not in (None, known.id) or known.id not in ours.keys() | theirs.keys():
            continue
        told = []
        for segment in known.segments:
            here, there = _state(ours.get(known.id), segment), _state(theirs.get(known.id), segment)
            if here == there == NO_EVIDENCE:
                continue
            members = [_members(chains.get(known.id), segment) for chains in (ours, theirs)]
            lacking = here not in PRESENT and there in PRESENT
            row: list[Cell] = [
                label(known, lang),
                names[segment.tier],
                label(segment, lang),
                word("yes", lang) if segment.critical else "",
                names[here],
                names[there],
                _verdict(here, there, lang),
                few([m for m, _ in members[0]], lang),
                few([m for m, _ in members[1]], lang),
                cited.cite(iri for found in members for _, iri in found),
            ]
            told.append((not lacking, row))
        rows += [tuple(row) for _, row in sorted(told, key=lambda pair: pair[0])]
    a, b = landscape.label(one), landscape.label(other)
    zh = lang == "zh"
    header = (
        word("chain", lang), word("tier", lang), word("segment", lang), word("critical", lang),
        f"{a} {word('state', lang)}", f"{b} {word('state', lang)}", "对比" if zh else "Verdict", a, b,
        word("refs", lang),
    )  # fmt: skip
    keys = (
        "chain", "tier", "segment", "critical", "state", "other_state", "verdict", "who", "other_who", "refs"
    )  # fmt: skip
    info = landscape.graph.info()
    return Report(
        f"{a} / {b}",
        note(info["articles"], info["sources"], lang),
        (Table("compared", word("compared", lang), keys, header, tuple(rows)), cited.table()),
        tuple(meanings(lang)),
        (),
        lang,
    )


def _by_template(chains: list[Chain]) -> dict[str, Chain]:
    return {chain.template.id: chain for chain in chains}


def _state(chain: Chain | None, segment: Segment) -> str:
    return chain.states.get(segment.id, NO_EVIDENCE) if chain else NO_EVIDENCE


def _members(chain: Chain | None, segment: Segment) -> list[tuple[str, str]]:
    return [(m.label, m.iri) for m in chain.members.get(segment.id, ())] if chain else []


def _verdict(here: str, there: str, lang: Language) -> str:
    """Who of the two has a segment; what is only planned is not there yet."""
    ours, theirs = ("present" if state in PRESENT else state for state in (here, there))
    return word(f"{ours}.{theirs}", lang)
