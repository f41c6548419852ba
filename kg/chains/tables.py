"""Gaps as tables: the same rows for the terminal, the workbook, Markdown, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.chains.coverage import Member
from kg.chains.gaps import Gap
from kg.ontology import Segment, labels
from kg.text import safe_cell

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title: header and rows of equal length."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


_WORDS = {
    "chains": ("产业链图谱", "Chains"),
    "gaps": ("缺口清单", "Gaps"),
    "evidence": ("证据", "Evidence"),
    "note": ("说明", "Note"),
    "place": ("地区", "Place"),
    "chain": ("产业链", "Chain"),
    "tier": ("上中下游", "Tier"),
    "segment": ("环节", "Segment"),
    "critical": ("关键", "Critical"),
    "state": ("状态", "State"),
    "who": ("本地企业和项目", "Firms and projects here"),
    "leader": ("链主", "Chain leader"),
    "up": ("本地上游", "Upstream here"),
    "down": ("本地下游", "Downstream here"),
    "buyers": ("本地可能的买家", "Possible buyers here"),
    "move": ("建议", "Move"),
    "break": ("断点", "Break point"),
    "elsewhere": ("别处同环节(候选)", "Same segment elsewhere (candidates)"),
    "code": ("国民经济行业代码", "GB/T 4754 code"),
    "reason": ("理由", "Reason"),
    "member": ("企业或项目", "Firm or project"),
    "kind": ("类别", "Kind"),
    "phase": ("阶段", "Phase"),
    "money": ("投资(亿元)", "Investment (100m yuan)"),
    "keyword": ("归入环节的依据", "Word that placed it"),
    "quote": ("原文", "Sentence"),
    "source": ("出处", "Article"),
    "date": ("日期", "Date"),
    "confidence": ("归入把握", "Confidence of placing"),
    "yes": ("是", "yes"),
    "no members": ("语料中没有提到", "none mentioned in these articles"),
}

_MOVES_EN = {"建链": "start", "补链": "fill", "延链": "extend", "强链": "strengthen", "": ""}


def word(key: str, lang: str) -> str:
    """A fixed wording in `zh` or `en`."""
    zh, en = _WORDS[key]
    return zh if lang == "zh" else en


def note(articles: int, sources: int, lang: str) -> str:
    """What the tables rest on, and what they do not say."""
    if lang == "zh":
        return (
            f"依据 {sources} 个来源、{articles} 篇文章自动读出。“无证据”只表示这些文章没有提到,不等于当地没有;"
            "企业和项目归入环节依据其名称、产品和原文用词,请核对原文后使用。"
        )
    return (
        f"Read automatically from {articles} articles of {sources} sources. 'No evidence' means that these articles "
        "do not mention it, not that it is absent; firms and projects were placed by their names, products and "
        "sentences: check the sentence before use."
    )


def gap_table(gaps: Sequence[Gap], lang: str = "zh") -> Table:
    """One row a segment that suggests a move, most pressing first within a chain and place."""
    rows = []
    for gap in sorted(gaps, key=lambda g: (*_chain_key(g), -g.priority, g.segment.id)):
        if gap.move:
            rows.append(
                (
                    *_where(gap, lang),
                    "、".join(gap.chain.leaders),
                    gap.move.value if lang == "zh" else _MOVES_EN[gap.move.value],
                    word("yes", lang) if gap.break_point else "",
                    _names(gap.upstream, lang),
                    _names(gap.downstream, lang),
                    "、".join(m.label for m in gap.buyers[:6]),
                    "；".join(f"{m.label}({where})" for where, m in gap.elsewhere[:6]),
                    " ".join(gap.segment.codes),
                    reason(gap, lang),
                )
            )
    keys = (*_WHERE, "leader", "move", "break", "up", "down", "buyers", "elsewhere", "code", "reason")
    return Table(word("gaps", lang), tuple(word(k, lang) for k in keys), tuple(rows))


def chain_table(gaps: Sequence[Gap], lang: str = "zh") -> Table:
    """One row a segment of each chain, in the order of the template, with who is there."""
    rows = []
    for gap in gaps:
        who = "、".join(_member(m, lang) for m in gap.members) or word("no members", lang)
        rows.append((*_where(gap, lang), who))
    return Table(word("chains", lang), tuple(word(k, lang) for k in (*_WHERE, "who")), tuple(rows))


def evidence_table(gaps: Sequence[Gap], lang: str = "zh") -> Table:
    """One row a member and sentence: why it stands in the segment and what is said of it."""
    names = labels("zh" if lang == "zh" else "en")
    rows = []
    for gap in gaps:
        for m in gap.members:
            for e in m.evidence[:3] or (None,):
                rows.append(
                    (
                        gap.chain.container_label,
                        gap.chain.template.label_zh if lang == "zh" else gap.chain.template.label_en,
                        _label(gap.segment, lang),
                        m.label,
                        names[m.kind],
                        "、".join(names[p] for p in m.phases),
                        yi(m.investment),
                        m.keyword,
                        float(m.confidence),
                        e.quote if e else "",
                        e.headline if e else "",
                        (e.published or "") if e else "",
                    )
                )
    keys = (
        "place",
        "chain",
        "segment",
        "member",
        "kind",
        "phase",
        "money",
        "keyword",
        "confidence",
        "quote",
        "source",
        "date",
    )
    unique = tuple(dict.fromkeys(rows))
    return Table(word("evidence", lang), tuple(word(k, lang) for k in keys), unique)


def reason(gap: Gap, lang: str) -> str:
    """Why a segment suggests its move, in one sentence."""
    up, down = _names(gap.upstream, lang), _names(gap.downstream, lang)
    names = labels("zh" if lang == "zh" else "en")
    if gap.state != "stateNoEvidence":
        state = names[gap.state]
        return (
            f"已有{len(gap.members)}家,状态为{state}" if lang == "zh" else f"{len(gap.members)} here, {state}"
        )
    if gap.upstream and gap.downstream:
        return (
            f"上游有{up},下游有{down},本环节无证据"
            if lang == "zh"
            else f"{up} upstream and {down} downstream, none here"
        )
    if gap.upstream:
        return f"上游有{up},可向下延伸" if lang == "zh" else f"extends {up} downstream"
    if gap.downstream:
        return f"下游有{down},可向上延伸" if lang == "zh" else f"extends {down} upstream"
    return "链上所见环节尚少" if lang == "zh" else "few segments of this chain are seen"


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
        "" if c is None else str(c).replace("|", "\\|").replace("\n", " ").replace("<", "&lt;") for c in cells
    )
    return "| " + " | ".join(texts) + " |"


_WHERE = ("place", "chain", "tier", "segment", "critical", "state")


def _where(gap: Gap, lang: str) -> tuple[str, ...]:
    names = labels("zh" if lang == "zh" else "en")
    template = gap.chain.template
    return (
        gap.chain.container_label,
        template.label_zh if lang == "zh" else template.label_en,
        names[gap.segment.tier],
        _label(gap.segment, lang),
        word("yes", lang) if gap.segment.critical else "",
        names[gap.state],
    )


def _chain_key(gap: Gap) -> tuple[bool, str, str]:
    return (not gap.chain.names, gap.chain.container, gap.chain.template.id)


def _label(segment: Segment, lang: str) -> str:
    return segment.label_zh if lang == "zh" else segment.label_en


def _names(found: Sequence[Segment], lang: str) -> str:
    return "、".join(_label(s, lang) for s in found)


def _member(member: Member, lang: str) -> str:
    names = labels("zh" if lang == "zh" else "en")
    phases = "/".join(names[p] for p in member.phases)
    return f"{member.label}({phases})" if phases else member.label
