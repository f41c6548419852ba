"""Figures, reliability, misses and false claims in a form to read: JSON, Markdown, or one HTML page."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from kg.evaluate.mistakes import REASONS, Mistake
from kg.evaluate.reliability import Reliability
from kg.evaluate.scoring import Row
from kg.ontology import Language, labels
from kg.tables import table

FORMS = {".html": "html", ".md": "md", ".json": "json"}


@dataclass(frozen=True, slots=True)
class Report:
    """All that an evaluation says; `absent` are annotated sources of which nothing was read."""

    rows: dict[tuple[str, str], Row]
    reliability: Reliability
    mistakes: Sequence[Mistake]
    absent: Sequence[str] = ()

    def as_text(self, form: str, lang: Language = "zh") -> str:
        """The report as `html`, `md` or `json`."""
        if form == "json":
            return json.dumps(self.as_data(), ensure_ascii=False, indent=1) + "\n"
        return _Html(self, lang).page() if form == "html" else _Markdown(self, lang).page()

    def as_data(self) -> dict[str, Any]:
        """The report as plain data."""
        table = self.reliability
        return {
            "figures": {
                f"{group}/{kind}": {
                    **dict(zip(("precision", "recall", "f1"), row.shares, strict=True)),
                    "right": row.right,
                    "gold": row.gold,
                    "found": row.found,
                }
                for (group, kind), row in self.rows.items()
            },
            "reliability": {
                "bins": [{**asdict(b), "share": b.share} for b in table.bins],
                "error": table.error,
            },
            "absent": list(self.absent),
            "mistakes": [asdict(m) for m in self.mistakes],
        }

    def causes(self) -> list[tuple[str, str, dict[str, int]]]:
        """Side, kind and how many mistakes there are for each reason, the kinds with most mistakes first."""
        counts: dict[tuple[str, str], Counter[str]] = {}
        for m in self.mistakes:
            counts.setdefault((m.side, m.kind), Counter())[m.reason] += 1
        ordered = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
        return [(side, kind, dict(found)) for (side, kind), found in ordered]


@cache
def words(lang: Language) -> dict[str, str]:
    """What the report says in a language, by key."""
    return {key: pair[0 if lang == "zh" else 1] for key, pair in table("kg.evaluate", "words").items()}


class _Page:
    """What the forms share: the cells of the tables."""

    def __init__(self, report: Report, lang: Language) -> None:
        self.report, self.lang = report, lang
        self.say, self.names = words(lang), labels(lang)

    def called(self, kind: str) -> str:
        """A type or predicate with its label: `chainLeader 链主`."""
        label = self.names.get(kind)
        return f"{kind} {label}" if label and label != kind else kind

    def figures(self) -> tuple[list[str], list[list[str]]]:
        head = [self.say[key] for key in ("kind", "precision", "recall", "f1", "gold", "found")]
        rows = [
            [
                self.say[group] if kind == "ALL" else self.called(kind),
                *(f"{share:.3f}" for share in row.shares),
                str(row.gold),
                str(row.found),
            ]
            for (group, kind), row in self.report.rows.items()
            if kind != group  # observations are of one kind
        ]
        return head, rows

    def bins(self) -> tuple[list[str], list[list[str]]]:
        head = [self.say[key] for key in ("confidence", "claims", "right", "share", "mean")]
        rows = [
            [
                f"{b.low:.1f}–{b.high:.1f}",
                str(b.claims),
                str(b.right),
                f"{b.share:.2f}",
                f"{b.confidence:.2f}",
            ]
            for b in self.report.reliability.bins
        ]
        return head, rows

    def classes(self) -> tuple[list[str], list[list[str]]]:
        found = self.report.causes()
        used = [reason for reason in REASONS if any(reason in counts for _, _, counts in found)]
        head = [self.say["kind"], "", *(self.say[reason] for reason in used)]
        rows = [
            [self.called(kind), self.say[side], *(str(counts.get(reason, "")) for reason in used)]
            for side, kind, counts in found
        ]
        return head, rows

    def sections(self) -> Iterable[tuple[str, list[Mistake]]]:
        """The mistakes by kind, in the order of the figures."""
        for _, kind in self.report.rows:
            own = [m for m in self.report.mistakes if m.kind == kind]
            if own:
                yield kind, sorted(own, key=lambda m: (m.side != "missed", m.source))

    def why(self, mistake: Mistake) -> str:
        reason = self.say[mistake.reason]
        return f"{reason}: {mistake.instead}" if mistake.instead else reason

    def by(self, mistake: Mistake) -> str:
        return f"{mistake.rule} {mistake.confidence:.2f}" if mistake.confidence is not None else ""


class _Markdown(_Page):
    def page(self) -> str:
        say = self.say
        parts = [f"# {say['title']}", ""]
        if self.report.absent:
            parts += [f"{say['absent']}: {_md('、'.join(self.report.absent))}", ""]
        parts += [f"## {say['figures']}", "", *_md_table(*self.figures()), ""]
        parts += [f"## {say['reliability']}", "", say["reliability_note"], "", *_md_table(*self.bins()), ""]
        parts += [f"{say['error']}: {self.report.reliability.error:.3f}", ""]
        parts += [f"## {say['causes']}", "", *_md_table(*self.classes()), ""]
        parts += [f"## {say['mistakes']}", ""]
        for kind, own in self.sections():
            parts += [f"### {self.called(kind)}", ""]
            for m in own:
                by = f" ({_md(self.by(m))})" if self.by(m) else ""
                parts.append(f"- **{say[m.side]}** {_md(m.text)} — {_md(self.why(m))}{by}  ")
                parts.append(f"  {_md(m.source)}: {_md(m.sentence)}")
            parts.append("")
        if not self.report.mistakes:
            parts += [say["none"], ""]
        return "\n".join(parts)


def _md(text: str) -> str:
    """Text of articles as text of Markdown: nothing in it is a mark, a link or HTML."""
    return re.sub(r"([\\`*_\[\]|#~!])", r"\\\1", text).replace("&", "&amp;").replace("<", "&lt;")


def _md_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] + ["--:"] * (len(head) - 1), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


class _Html(_Page):
    def page(self) -> str:
        say = self.say
        parts = [f"<h1>{say['title']}</h1>"]
        if self.report.absent:
            parts.append(f"<p>{say['absent']}: {escape('、'.join(self.report.absent))}</p>")
        parts += [
            f"<h2>{say['figures']}</h2>",
            _table(*self.figures(), "figures", {say[group] for group, _ in self.report.rows}),
        ]
        parts += [f"<h2>{say['reliability']}</h2>", f"<p>{say['reliability_note']}</p>"]
        parts += [_table(*self.bins(), "bins")]
        parts += [f"<p>{say['error']}: {self.report.reliability.error:.3f}</p>"]
        if self.report.mistakes:
            parts += [f"<h2>{say['causes']}</h2>", _table(*self.classes(), "classes")]
        parts += [f"<h2>{say['mistakes']}</h2>"]
        parts += [self._section(kind, own) for kind, own in self.sections()]
        if not self.report.mistakes:
            parts.append(f"<p>{say['none']}</p>")
        template = (files("kg.evaluate") / "data" / "report.html").read_text(encoding="utf-8")
        language = "zh-CN" if self.lang == "zh" else "en"
        return (
            template.replace("@@LANG@@", language)
            .replace("@@TITLE@@", say["title"])
            .replace("@@BODY@@", "\n".join(parts))
        )

    def _section(self, kind: str, own: Sequence[Mistake]) -> str:
        counts = Counter(m.side for m in own)
        told = " · ".join(f"{self.say[side]} {counts[side]}" for side in ("missed", "false") if counts[side])
        items = "\n".join(self._item(m) for m in own)
        head = f"<summary>{escape(self.called(kind))} <span>{told}</span></summary>"
        return f"<details>{head}\n<ul>{items}</ul></details>"

    def _item(self, m: Mistake) -> str:
        notes = " · ".join(escape(part) for part in (m.source, self.by(m)) if part)
        return (
            f'<li class="{m.side}"><b>{self.say[m.side]}</b> {escape(m.text)} <i>{escape(self.why(m))}</i>'
            f"<p>{_marked(m.sentence, m.quote)}</p><small>{notes}</small></li>"
        )


def _marked(sentence: str, quote: str) -> str:
    before, found, after = sentence.partition(quote) if quote and quote != sentence else (sentence, "", "")
    return f"{escape(before)}<mark>{escape(found)}</mark>{escape(after)}" if found else escape(sentence)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], kind: str, strong: Container[str] = ()) -> str:
    """A table; rows that begin with one of `strong` are set off."""
    cells = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = [f'<table class="{kind}"><thead><tr>{cells}</tr></thead>']
    for row in rows:
        lines += [
            '<tr class="group">' if row[0] in strong else "<tr>",
            *(f"<td>{escape(cell)}</td>" for cell in row),
            "</tr>",
        ]
    return "".join([*lines, "</table>"])
