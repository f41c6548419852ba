"""A gap report as one HTML page to read and to print; it loads nothing and runs no script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from kg.chains.gaps import NO_EVIDENCE
from kg.chains.rows import Rated, label
from kg.chains.swimlanes import legend, patterns, swimlanes
from kg.chains.tables import Cell, Refs, Share, Table
from kg.chains.wording import Language, word
from kg.ontology import labels

_STYLE = Path(__file__).parent / "data" / "page.css"
# What a page shows of tables that have more columns than paper has room for.
_SHOWN = {
    "gaps": (
        "place", "chain", "segment", "critical", "state", "move", "break", "urgency", "score", "reason", "buyers",
        "candidates", "through", "parts", "refs",
    ),
    "chains": ("place", "chain", "tier", "segment", "critical", "state", "count", "invested", "who", "refs"),
    "targets": (
        "place", "chain", "segment", "urgency", "target", "at", "near", "phase", "money", "buyers", "through",
        "contact", "refs",
    ),
    "evidence": ("number", "member", "said", "quote", "source", "date", "confidence", "placed"),
}  # fmt: skip
_LONG = ("reason", "who", "quote", "candidates", "parts", "placed", "phases", "buyers", "conflicts")
_NAMES = ("segment", "through", "target", "at", "project", "developer", "member", "source")
_GROUPING = ("place", "chain")


def page(
    tables: Sequence[Table],
    drawn: Sequence[Sequence[Rated]],
    title: str,
    about: str,
    meanings: Sequence[tuple[str, str]],
    lang: Language,
) -> str:
    """The report as an HTML document: the chains drawn, then the tables, each row with links to its sentences."""
    shown = [t.only(*(key for key in _SHOWN.get(t.key, t.keys) if key in t.keys)) for t in tables]
    links = "".join(f'<a href="#{t.key}">{escape(t.title)}</a>' for t in shown if t.rows)
    parts = [
        f'<!doctype html><html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        f'<p class="about">{escape(about)}</p><nav>{links}</nav>',
    ]
    if drawn:
        parts += [patterns(), f'<div class="keys">{legend(lang)}</div>']
        parts += (_chain(found, lang, f"c{i}") for i, found in enumerate(drawn))
    parts += (_table(table) for table in shown if table.rows)
    parts.append(f'<h2 id="notes">{escape(word("notes", lang))}</h2><dl>')
    parts += (f"<dt>{escape(name)}</dt><dd>{escape(meaning)}</dd>" for name, meaning in meanings)
    return "".join([*parts, "</dl></body></html>\n"])


def _chain(found: Sequence[Rated], lang: Language, key: str) -> str:
    chain = found[0].gap.chain
    seen = sum(rated.gap.state != NO_EVIDENCE for rated in found)
    told = [
        f"{seen}/{len(found)} 环节有证据"
        if lang == "zh"
        else f"{seen} of {len(found)} segments with evidence",
        f"{labels(lang)['chainLeader']} {'、'.join(chain.leaders)}" if chain.leaders else "",
        f"{word('called', lang)} {'、'.join(chain.names) or word('uncalled', lang)}",
        f"{word('unplaced', lang)} {'、'.join(m.label for m in chain.unplaced)}" if chain.unplaced else "",
    ]
    head = f"{chain.container_label} · {label(chain.template, lang)}"
    about = escape("　".join(part for part in told if part))
    return f'<figure><h3>{escape(head)}</h3><p class="led">{about}</p>{swimlanes(found, lang, key)}</figure>'


def _table(table: Table) -> str:
    """A table without its empty columns; what rows have in common stands above them."""
    table = table.filled()
    shared = sum(key in _GROUPING for key in table.keys) if table.keys[:1] == _GROUPING[:1] else 0
    head = "".join(f"<th>{escape(name)}</th>" for name in table.header[shared:])
    rows: list[str] = []
    before: tuple[Cell, ...] = ()
    for row in table.rows:
        if row[:shared] != before:
            before = row[:shared]
            title = escape(" · ".join(str(cell) for cell in before))
            rows.append(f'<tr class="group"><th colspan="{len(row) - shared}">{title}</th></tr>')
        cells = "".join(map(_cell, table.keys[shared:], row[shared:]))
        anchor = f' id="e{row[0]}"' if table.key == "evidence" else ""
        rows.append(f"<tr{anchor}>{cells}</tr>")
    return (
        f'<h2 id="{table.key}">{escape(table.title)}</h2><div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(key: str, cell: Cell) -> str:
    if cell is None:
        return "<td></td>"
    if isinstance(cell, Refs):
        return f'<td><a href="#e{cell.numbers[0]}">{escape(str(cell))}</a></td>'
    if isinstance(cell, Share | int | float):
        text = f"{cell:,.2f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)
        return f'<td class="number">{text}</td>'
    kind = ' class="long"' if key in _LONG else ' class="name"' if key in _NAMES else ""
    return f"<td{kind}>{escape(cell)}</td>"
