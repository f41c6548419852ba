"""`kg gaps`: what the chains of a zone or place lack, segment by segment."""

from __future__ import annotations

from pathlib import Path

import click

from kg.chains import chains_of, gaps
from kg.chains.gaps import template_named
from kg.chains.tables import as_text, chain_table, evidence_table, gap_table, note
from kg.chains.workbook import save
from kg.cli.common import console, language, open_graph, table
from kg.errors import UsageError
from kg.graph.store import replace_file
from kg.ontology import templates
from kg.query import find

_ENDINGS = {".xlsx": "xlsx", ".md": "md", ".csv": "csv", ".json": "json"}


@click.command("gaps")
@click.option(
    "--zone", "--place", "where", metavar="NAME", help="Only this zone, park or place (any of its names)."
)
@click.option("--chain", metavar="NAME", help="Only chains of this template (光伏, 装备制造, …).")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write to a file instead: .xlsx, .md, .csv or .json.",
)
@language
@click.pass_context
def command(ctx: click.Context, where: str | None, chain: str | None, output: Path | None, lang: str) -> None:
    """Show, segment by segment, who is in the chains of a zone or place and what has no evidence.

    Moves: 补链 fill between neighbours, 延链 extend, 强链 strengthen, 建链 start; 断点 marks a critical
    segment whose supplier and customer are both there. "No evidence" means that the articles do not
    mention it, not that it is absent.

    \b
    Examples:
      kg gaps --zone 左云经开区
      kg gaps --chain 光伏
      kg gaps -o gaps.xlsx
    """
    form = _form(output)
    graph = open_graph(ctx)
    container = find(graph, where).iri if where else None
    template = template_named(chain) if chain else None
    if chain and template is None:
        known = "、".join(t.label_zh for t in templates())
        raise UsageError(f"no chain template is called {chain!r}; there are: {known}")
    everywhere = chains_of(graph, None, template.id if template else None)
    chosen = [c for c in everywhere if container in (None, c.container)]
    found = gaps(chosen, everywhere)
    info = graph.info()
    about = note(info["articles"], info["sources"], lang)
    title = ("产业链缺口" if lang == "zh" else "Gaps in chains") + (f" · {where}" if where else "")
    if output is not None:
        tables = [gap_table(found, lang), chain_table(found, lang), evidence_table(found, lang)]
        if form == "xlsx":
            save(output, tables, about, title)
        else:
            replace_file(output, as_text(tables, form, about))
        click.echo(
            f"{output}  ←  {len(tables[0].rows)} × {tables[0].title}, {len(chosen)} × {tables[1].title}"
        )
        return
    out = console()
    if not chosen:
        message = "没有可对照模板的产业链" if lang == "zh" else "no chain of this place follows a template"
        out.print(message)
    for one in chosen:
        own = [g for g in found if g.chain is one]
        seen = sum(g.state != "stateNoEvidence" for g in own)
        label = one.template.label_zh if lang == "zh" else one.template.label_en
        head = f"{one.container_label} · {label}"
        if one.leaders:
            head += (
                f"  链主 {'、'.join(one.leaders)}" if lang == "zh" else f"  led by {', '.join(one.leaders)}"
            )
        out.print(head, style="bold", markup=False)
        out.print(
            f"{seen}/{len(own)} 环节有证据"
            if lang == "zh"
            else f"{seen} of {len(own)} segments with evidence"
        )
        shown = chain_table([g for g in own if g.members], lang)
        out.print(table(shown.header[2:], [row[2:] for row in shown.rows]))
        moves = gap_table([g for g in own if not g.members], lang)
        if moves.rows:
            keep = (2, 3, 7, 8, 14)
            out.print()
            out.print(
                table([moves.header[i] for i in keep], [[row[i] for i in keep] for row in moves.rows[:12]])
            )
            if len(moves.rows) > 12:
                more = len(moves.rows) - 12
                out.print(f"… 另有 {more} 条,见 -o" if lang == "zh" else f"… {more} more, see -o")
        out.print()
    out.print(about, style="dim", markup=False)


def _form(output: Path | None) -> str:
    if output is None:
        return ""
    form = _ENDINGS.get(output.suffix.lower())
    if form is None:
        raise UsageError(f"{output}: write to a file that ends in {', '.join(_ENDINGS)}")
    return form
