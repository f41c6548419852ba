"""Findings and unread sentences as JSON and CSV, and the words for their kinds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum

from kg.audit.finding import Cause, Finding, Kind, Said, Severity
from kg.audit.unread import Unread
from kg.errors import UsageError
from kg.query.results import Results

FORMS = ("json", "csv")

_WORDS: dict[StrEnum, Said] = {
    Kind.RATIO: Said("比率", "ratio"),
    Kind.SUM: Said("合计", "sum"),
    Kind.COUNT: Said("数目", "count"),
    Kind.SPAN: Said("年月", "dates"),
    Kind.UNIT: Said("单位", "unit"),
    Kind.FIGURE: Said("数据不一", "figures differ"),
    Kind.ORDER: Said("先后", "order"),
    Kind.CHAINS: Said("一企多链", "several chains"),
    Severity.HIGH: Said("高", "high"),
    Severity.MEDIUM: Said("中", "medium"),
    Severity.LOW: Said("低", "low"),
    Cause.SOURCE: Said("多半是原文", "likelier the source"),
    Cause.READING: Said("多半是读错", "likelier our reading"),
    Cause.OPEN: Said("两可", "either"),
}


def word(item: StrEnum, lang: str) -> str:
    """A kind, severity or cause in `zh` or `en`."""
    return in_words(_WORDS[item], lang)


def in_words(said: Said, lang: str) -> str:
    """A wording in `zh` or `en`."""
    return said.zh if lang == "zh" else said.en


def findings_as(form: str, findings: Sequence[Finding], lang: str) -> str:
    """Findings as `json` (a list, with every sentence and its place) or `csv` (one a row).

    Raises UsageError for another format.
    """
    if form == "json":
        return _json([_finding(finding, lang) for finding in findings])
    header = ("id", "kind", "severity", "cause", "about", "what", "why", "articles", "sentences")
    rows = [
        (
            finding.id,
            str(finding.kind),
            str(finding.severity),
            str(finding.cause),
            finding.about[1] if finding.about else None,
            in_words(finding.what, lang),
            in_words(finding.why, lang),
            "; ".join(dict.fromkeys(evidence.article for evidence in finding.evidence)),
            "\n".join(evidence.quote for evidence in finding.evidence),
        )
        for finding in findings
    ]
    return _table(form, header, rows)


def unread_as(form: str, found: Sequence[Unread]) -> str:
    """Unread sentences as `json` or `csv`. Raises UsageError for another format."""
    if form == "json":
        return _json(
            [
                {
                    "score": u.score,
                    "words": list(u.words),
                    "named": list(u.named),
                    "figures": u.figures,
                    **asdict(u.evidence),
                }
                for u in found
            ]
        )
    header = ("score", "sentence", "words", "named", "figures", "article", "headline", "start", "end")
    rows = [
        (
            u.score,
            u.evidence.quote,
            " ".join(u.words),
            " ".join(u.named),
            u.figures,
            u.evidence.article,
            u.evidence.headline,
            u.evidence.start,
            u.evidence.end,
        )
        for u in found
    ]
    return _table(form, header, rows)


def _finding(finding: Finding, lang: str) -> dict[str, object]:
    return {
        "id": finding.id,
        "kind": finding.kind,
        "severity": finding.severity,
        "cause": finding.cause,
        "about": {"iri": finding.about[0], "label": finding.about[1]} if finding.about else None,
        "what": in_words(finding.what, lang),
        "why": in_words(finding.why, lang),
        "evidence": [asdict(evidence) for evidence in finding.evidence],
    }


def _json(items: list[dict[str, object]]) -> str:
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _table(form: str, header: tuple[str, ...], rows: Sequence[tuple[str | int | None, ...]]) -> str:
    if form not in FORMS:
        raise UsageError(f"unknown format {form!r}; formats are {', '.join(FORMS)}")
    return Results(header, tuple(rows)).to(form)
