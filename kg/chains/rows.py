"""The sheets of a gap report: chain map, gaps, target firms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.chains.candidates import Candidate
from kg.chains.citing import Citations
from kg.chains.coverage import Member
from kg.chains.gaps import NO_EVIDENCE, Gap
from kg.chains.scoring import Score, Urgency
from kg.chains.tables import Cell, Table, made, yi
from kg.chains.wording import Language, few, word
from kg.ontology import Segment, Template, labels

_RUNNING = ("inProduction", "fullCapacity")
_URGENT = {Urgency.HIGH: 0, Urgency.MEDIUM: 1, Urgency.LOW: 2}
_TARGETS = 5  # candidates that the target list names for a gap


@dataclass(frozen=True, slots=True)
class Rated:
    """A gap with its score, who could fill it and the leaders through whom to go."""

    gap: Gap
    score: Score
    candidates: tuple[Candidate, ...]
    through: tuple[str, ...]


def chain_table(found: Sequence[Rated], cited: Citations, lang: Language) -> Table:
    """One row a segment of each chain, in the order of the template, with who is there.

    Members by what a text says of whom no segment is known stand in a row of their own at the chain's end.
    """
    rows: list[dict[str, Cell]] = []
    for i, rated in enumerate(found):
        gap = rated.gap
        rows.append({**_where(gap, lang), **_standing_here(gap.members, cited, lang)})
        last = i + 1 == len(found) or found[i + 1].gap.chain is not gap.chain
        if last and gap.chain.unplaced:
            blank = {"tier": "", "segment": word("unplaced", lang), "critical": "", "state": ""}
            who = "、".join(_unplaced(m, cited, lang) for m in gap.chain.unplaced)
            here = _standing_here(gap.chain.unplaced, cited, lang)
            rows.append({**_where(gap, lang), **blank, **here, "who": who})
    columns = "place chain called leader tier segment critical state count invested who refs"
    return made("chains", columns, rows, lang)


def gap_table(found: Sequence[Rated], cited: Citations, lang: Language) -> Table:
    """One row a segment that suggests a move, the highest score first within a chain and place."""
    rows: list[dict[str, Cell]] = []
    for rated in ranked(found):
        gap = rated.gap
        neighbours = [*gap.members, *gap.suppliers[:3], *gap.buyers[:3]]
        rows.append(
            {
                **_where(gap, lang),
                "move": word(gap.move.value, lang),
                "break": word("yes", lang) if gap.break_point else "",
                "urgency": word(rated.score.urgency.value, lang),
                "score": rated.score.total,
                "parts": parts(rated.score, lang),
                "reason": reason(gap, lang),
                "suppliers": few([_member(m, lang) for m in gap.suppliers], lang),
                "buyers": few([_member(m, lang) for m in gap.buyers], lang),
                "candidates": few([candidate(c, lang) for c in rated.candidates], lang, "；"),
                "through": "、".join(rated.through),
                "code": " ".join(gap.segment.codes),
                "refs": cited.cite(m.iri for m in neighbours),
            }
        )
    columns = (
        "place chain segment tier critical state move break urgency score reason suppliers buyers candidates "
        "through parts code refs"
    )
    return made("gaps", columns, rows, lang)


def target_table(found: Sequence[Rated], cited: Citations, lang: Language) -> Table:
    """One row a firm or project elsewhere that could fill a gap, by gap and then by how near it is."""
    names = labels(lang)
    rows: list[dict[str, Cell]] = []
    for rated in ranked(found):
        gap = rated.gap
        for one in rated.candidates[:_TARGETS]:
            member = one.member
            rows.append(
                {
                    **_where(gap, lang),
                    "target": member.label,
                    "kind": names[member.kind],
                    "at": one.home.label if one.home else "",
                    "near": word(one.near.name, lang),
                    "phase": names[member.phases[-1]] if member.phases else "",
                    "money": yi(member.investment),
                    "move": word(gap.move.value, lang),
                    "urgency": word(rated.score.urgency.value, lang),
                    "buyers": few([m.label for m in gap.buyers], lang),
                    "through": "、".join(rated.through),
                    "contact": "",
                    "refs": cited.cite([member.iri]),
                }
            )
    columns = "place chain segment urgency move target kind at near phase money buyers through contact refs"
    return made("targets", columns, rows, lang)


def ranked(found: Sequence[Rated]) -> list[Rated]:
    """The gaps that suggest a move, chain by chain, the highest score first."""
    order = {id(rated.gap.chain): i for i, rated in reversed(list(enumerate(found)))}
    moving = (rated for rated in found if rated.gap.move)
    return sorted(
        moving,
        key=lambda r: (
            order[id(r.gap.chain)], _URGENT[r.score.urgency], -r.score.total, r.gap.segment.id
        ),
    )  # fmt: skip


def parts(score: Score, lang: Language) -> str:
    """What a score is made of: 补链 30 + 关键环节 20 + …"""
    told = []
    for part in score.parts:
        about = word(part.about, lang) if part.key in ("move", "candidate") else part.about
        told.append(f"{word(f'part.{part.key}', lang).format(about)} {part.points}")
    return " + ".join(told)


def reason(gap: Gap, lang: Language) -> str:
    """Why a segment suggests its move, in one sentence."""
    zh = lang == "zh"
    if gap.state != NO_EVIDENCE:
        return _standing(gap, lang)
    if gap.blocked:
        who = few([m.label for m in gap.blocked], lang)
        return f"堵点：{who}停工" if zh else f"blocked: {who} stand still"
    up, down = _names(gap.upstream, lang), _names(gap.downstream, lang)
    if up and down:
        return (
            f"上游有{up}，下游有{down}，本环节无证据"
            if zh
            else f"{up} upstream and {down} downstream, none here"
        )
    if up:
        return f"上游有{up}，可向下延伸" if zh else f"extends {up} downstream"
    if down:
        return f"下游有{down}，可向上延伸" if zh else f"extends {down} upstream"
    return "链上所见环节尚少" if zh else "few segments of this chain are seen"


def candidate(one: Candidate, lang: Language) -> str:
    """A candidate with its phase, where it is and how near."""
    place = one.home.label if one.home else ""
    at = "，".join(part for part in (place, word(one.near.name, lang)) if part)
    return f"{_member(one.member, lang)}@{at}"


def label(thing: Segment | Template, lang: Language) -> str:
    """The name of a segment or template."""
    return thing.label_zh if lang == "zh" else thing.label_en


def _standing(gap: Gap, lang: Language) -> str:
    """Who is in a segment, and what keeps it from being strong."""
    who, zh = few([m.label for m in gap.members], lang), lang == "zh"
    stop = ""
    if gap.blocked:
        stop = few([m.label for m in gap.blocked], lang)
        stop = f"；堵点：{stop}停工" if zh else f"; blocked: {stop}"
    match gap.state:
        case "statePlanned":
            text = (
                f"只有谋划、签约或预期的{who}，未见开工" if zh else f"only planned, signed or expected: {who}"
            )
        case "stateUnderConstruction":
            text = f"{who}在建，未见投产" if zh else f"being built: {who}"
        case "stateWeak":
            if any(phase in _RUNNING for m in gap.members for phase in m.phases):
                text = f"已投产的只见{who}" if zh and len(gap.members) == 1 else _some(who, zh)
            else:
                text = f"有{who}，原文未说是否投产" if zh else f"{who}; no text says whether in production"
        case _:
            text = f"已有{who}" if zh else f"there are {who}"
    return text + stop


def _some(who: str, zh: bool) -> str:
    return f"有{who}，已投产的只见一家" if zh else f"of {who} one is told to be in production"


def _where(gap: Gap, lang: Language) -> dict[str, Cell]:
    names = labels(lang)
    return {
        "place": gap.chain.container_label,
        "chain": label(gap.chain.template, lang),
        "called": "、".join(gap.chain.names) or word("uncalled", lang),
        "leader": "、".join(gap.chain.leaders),
        "tier": names[gap.segment.tier],
        "segment": label(gap.segment, lang),
        "critical": word("yes", lang) if gap.segment.critical else "",
        "state": names[gap.state],
    }


def _standing_here(members: Sequence[Member], cited: Citations, lang: Language) -> dict[str, Cell]:
    amounts = [m.investment for m in members if m.investment is not None]
    return {
        "count": len(members) or None,
        "invested": yi(sum(amounts, Decimal(0))) if amounts else None,
        "who": "、".join(_member(m, lang) for m in members) or word("nobody", lang),
        "refs": cited.cite(m.iri for m in members),
    }


def _names(found: Sequence[Segment], lang: Language) -> str:
    return "、".join(label(s, lang) for s in found)


def _member(member: Member, lang: Language) -> str:
    """A member with the phase it has come to."""
    names = labels(lang)
    return f"{member.label}（{names[member.phases[-1]]}）" if member.phases else member.label


def _unplaced(member: Member, cited: Citations, lang: Language) -> str:
    """A member that stands in no segment of its chain, with those of other chains that it stands in."""
    found = "、".join(cited.segment(s) for s in member.segments)
    at = (f"归入{found}" if lang == "zh" else f"in {found}") if found else ""
    phase = labels(lang)[member.phases[-1]] if member.phases else ""
    about = "；".join(part for part in (phase, at) if part)
    return f"{member.label}（{about}）" if about else member.label
