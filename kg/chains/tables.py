"""Gaps as tables: the same rows for the terminal, the workbook, Markdown, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.chains.coverage import Member
from kg.chains.gaps import NO_EVIDENCE, Gap, Move, Urgency
from kg.ontology import Segment, Template, labels, segments
from kg.text import safe_cell

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title: `keys` name its columns for programs, `header` for people."""

    title: str
    keys: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def only(self, *keys: str) -> Table:
        """The table with some of its columns, in the order given."""
        at = [self.keys.index(key) for key in keys]
        rows = tuple(tuple(row[i] for i in at) for row in self.rows)
        return Table(self.title, keys, tuple(self.header[i] for i in at), rows)


_WORDS = {
    "chains": ("产业链图谱", "Chains"),
    "gaps": ("缺口清单", "Gaps"),
    "evidence": ("证据", "Evidence"),
    "place": ("地区", "Place"),
    "chain": ("产业链", "Chain"),
    "called": ("文中叫法", "Called in the texts"),
    "tier": ("位置", "Tier"),
    "segment": ("环节", "Segment"),
    "critical": ("关键", "Critical"),
    "state": ("状态", "State"),
    "who": ("本地企业和项目", "Firms and projects here"),
    "leader": ("链主", "Chain leader"),
    "move": ("建议", "Move"),
    "break": ("断点", "Break point"),
    "urgency": ("优先", "Priority"),
    "buyers": ("本地可能的买家", "Possible buyers here"),
    "elsewhere": ("别处同环节（候选）", "Same segment elsewhere (candidates)"),
    "code": ("国民经济行业代码", "GB/T 4754 code"),
    "reason": ("理由", "Reason"),
    "member": ("企业或项目", "Firm or project"),
    "kind": ("类别", "Kind"),
    "phase": ("阶段", "Phase"),
    "money": ("投资（亿元）", "Investment (100m yuan)"),
    "keyword": ("归入环节的依据", "Word that placed it"),
    "quote": ("原文", "Sentence"),
    "source": ("出处", "Article"),
    "date": ("日期", "Date"),
    "confidence": ("归入把握", "Confidence of placing"),
    "yes": ("是", "yes"),
    "nobody": ("文章没有提到", "none mentioned in these articles"),
    "unplaced": ("未归入环节", "in no segment of the template"),
    "uncalled": ("（原文未提，按企业归入）", "(not named; seen through its members)"),
}

_EN = {
    Move.START: "start", Move.FILL: "fill", Move.EXTEND: "extend", Move.STRENGTHEN: "strengthen", Move.NONE: "",
    Urgency.HIGH: "high", Urgency.MEDIUM: "medium", Urgency.LOW: "low",
}  # fmt: skip


def word(key: str, lang: str) -> str:
    """A fixed wording in `zh` or `en`."""
    zh, en = _WORDS[key]
    return zh if lang == "zh" else en


def gap_table(gaps: Sequence[Gap], lang: str = "zh") -> Table:
    """One row a segment that suggests a move, most pressing first within a chain and place."""
    order = {id(gap.chain): i for i, gap in reversed(list(enumerate(gaps)))}
    ranked = sorted(gaps, key=lambda g: (order[id(g.chain)], _URGENT[g.urgency], -g.priority, g.segment.id))
    rows = [
        {
            **_where(gap, lang),
            "leader": "、".join(gap.chain.leaders),
            "move": _word(gap.move, lang),
            "break": word("yes", lang) if gap.break_point else "",
            "urgency": _word(gap.urgency, lang),
            "buyers": _few([_member(m, lang) for m in gap.buyers], lang),
            "elsewhere": _few([f"{_member(m, lang)}@{zone}" for zone, m in gap.elsewhere], lang, "；"),
            "code": " ".join(gap.segment.codes),
            "reason": reason(gap, lang),
        }
        for gap in ranked
        if gap.move
    ]
    keys = "place chain segment tier critical state move break urgency reason buyers elsewhere leader code"
    return _table("gaps", keys, rows, lang)


def chain_table(gaps: Sequence[Gap], lang: str = "zh") -> Table:
    """One row a segment of each chain, in the order of the template, with who is there.

    Members by what a text says of whom no segment is known stand in a row of their own at the chain's end.
    """
    rows: list[dict[str, Cell]] = []
    for i, gap in enumerate(gaps):
        about = {"leader": "、".join(gap.chain.leaders)}
        who = "、".join(_member(m, lang) for m in gap.members) or word("nobody", lang)
        rows.append({**_where(gap, lang), **about, "who": who})
        last = i + 1 == len(gaps) or gaps[i + 1].chain is not gap.chain
        if last and gap.chain.unplaced:
            who = "、".join(_unplaced(m, lang) for m in gap.chain.unplaced)
            blank = {"tier": "", "segment": word("unplaced", lang), "critical": "", "state": ""}
            rows.append({**_where(gap, lang), **about, **blank, "who": who})
    return _table("chains", "place chain called leader tier segment critical state who", rows, lang)


def evidence_table(gaps: Sequence[Gap], lang: str = "zh") -> Table:
    """One row a member and sentence: why it stands in the segment and what is said of it."""
    rows: list[dict[str, Cell]] = []
    for i, gap in enumerate(gaps):
        last = i + 1 == len(gaps) or gaps[i + 1].chain is not gap.chain
        rows += [row for m in gap.members for row in _evidence(gap, m, _label(gap.segment, lang), lang)]
        if last:
            name = word("unplaced", lang)
            rows += [row for m in gap.chain.unplaced for row in _evidence(gap, m, name, lang)]
    keys = "place chain segment member kind phase money quote source date keyword confidence"
    return _table("evidence", keys, rows, lang)


def _evidence(gap: Gap, member: Member, segment: str, lang: str) -> list[dict[str, Cell]]:
    names = labels("zh" if lang == "zh" else "en")
    about: dict[str, Cell] = {
        "place": gap.chain.container_label,
        "chain": _label(gap.chain.template, lang),
        "segment": segment,
        "member": member.label,
        "kind": names[member.kind],
        "phase": "、".join(names[p] for p in member.phases),
        "money": yi(member.investment),
        "keyword": member.keyword,
        "confidence": None if member.confidence is None else float(member.confidence),
    }
    said = [{"quote": e.quote, "source": e.headline, "date": e.published or ""} for e in member.evidence[:3]]
    return [{**about, **one} for one in said] or [{**about, "quote": "", "source": "", "date": ""}]


def reason(gap: Gap, lang: str) -> str:
    """Why a segment suggests its move, in one sentence."""
    zh = lang == "zh"
    if gap.state != NO_EVIDENCE:
        return _standing(gap, lang)
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


def _standing(gap: Gap, lang: str) -> str:
    """Who is in a segment, and what keeps it from being strong."""
    who, zh = _few([m.label for m in gap.members], lang), lang == "zh"
    match gap.state:
        case "statePlanned":
            return f"只有谋划或签约的{who}，未见开工" if zh else f"only planned or signed: {who}"
        case "stateUnderConstruction":
            return f"{who}在建，未见投产" if zh else f"being built: {who}"
        case "stateWeak":
            if any(phase in _RUNNING for m in gap.members for phase in m.phases):
                return f"已投产的只见{who}" if zh and len(gap.members) == 1 else _some(who, zh)
            return f"有{who}，原文未说是否投产" if zh else f"{who}; no text says whether in production"
        case _:
            return f"已有{who}" if zh else f"there are {who}"


def _some(who: str, zh: bool) -> str:
    return f"有{who}，已投产的只见一家" if zh else f"of {who} one is told to be in production"


_RUNNING = ("inProduction", "fullCapacity")
_URGENT = {Urgency.HIGH: 0, Urgency.MEDIUM: 1, Urgency.LOW: 2}


def yi(amount: Decimal | None) -> float | None:
    """Yuan as 亿元."""
    return None if amount is None else float(round(amount / Decimal(10**8), 4))


def as_text(tables: Sequence[Table], form: str, about: str) -> str:
    """Tables as `md`, `csv` (the first table alone) or `json` text."""
    if form == "json":
        data = {t.title: [dict(zip(t.header, row, strict=True)) for row in t.rows] for t in tables}
        return json.dumps({"note": about, **data}, ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(tables[0].header)
        writer.writerows([[safe_cell(c) if isinstance(c, str) else c for c in row] for row in tables[0].rows])
        return out.getvalue()
    parts = [about, ""]
    for t in tables:
        parts += [f"## {t.title}", "", _md(t.header), _md(["---"] * len(t.header)), *map(_md, t.rows), ""]
    return "\n".join(parts)


def _md(cells: Sequence[Cell]) -> str:
    texts = (
        ""
        if c is None
        else str(c).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
        for c in cells
    )
    return "| " + " | ".join(texts) + " |"


def _table(title: str, keys: str, rows: Sequence[dict[str, Cell]], lang: str) -> Table:
    columns = tuple(keys.split())
    cells = dict.fromkeys(tuple(row[key] for key in columns) for row in rows)
    return Table(word(title, lang), columns, tuple(word(key, lang) for key in columns), tuple(cells))


def _where(gap: Gap, lang: str) -> dict[str, Cell]:
    names = labels("zh" if lang == "zh" else "en")
    return {
        "place": gap.chain.container_label,
        "chain": _label(gap.chain.template, lang),
        "called": "、".join(gap.chain.names) or word("uncalled", lang),
        "tier": names[gap.segment.tier],
        "segment": _label(gap.segment, lang),
        "critical": word("yes", lang) if gap.segment.critical else "",
        "state": names[gap.state],
    }


def _word(value: Move | Urgency, lang: str) -> str:
    return value.value if lang == "zh" else _EN[value]


def _label(thing: Segment | Template, lang: str) -> str:
    return thing.label_zh if lang == "zh" else thing.label_en


def _names(found: Sequence[Segment], lang: str) -> str:
    return "、".join(_label(s, lang) for s in found)


def _member(member: Member, lang: str) -> str:
    """A member with the phase it has come to."""
    names = labels("zh" if lang == "zh" else "en")
    return f"{member.label}（{names[member.phases[-1]]}）" if member.phases else member.label


def _unplaced(member: Member, lang: str) -> str:
    """A member that stands in no segment of its chain, with those of other chains that it stands in."""
    known, names = segments(), labels("zh" if lang == "zh" else "en")
    found = [f"{names[known[s].chain]}·{_label(known[s], lang)}" for s in member.segments]
    at = ("归入" if lang == "zh" else "in ") + "、".join(found) if found else ""
    phase = names[member.phases[-1]] if member.phases else ""
    about = "；".join(part for part in (phase, at) if part)
    return f"{member.label}（{about}）" if about else member.label


def _few(names: Sequence[str], lang: str, mark: str = "、", most: int = 6) -> str:
    """Names, the first few of many and how many there are."""
    text = mark.join(names[:most])
    if len(names) > most:
        text += f"等{len(names)}家" if lang == "zh" else f" and {len(names) - most} more"
    return text
