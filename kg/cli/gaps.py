"""`kg gaps`: what the chains of a zone or place lack, segment by segment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import Language, console, either, language, open_graph, opening, table
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from kg.chains import Chain, Gap
    from kg.ontology import Template

_ENDINGS = {".xlsx": "xlsx", ".md": "md", ".csv": "csv", ".json": "json"}
_MOVES = 12  # of a chain on the terminal, at most


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
def command(
    ctx: click.Context, where: str | None, chain: str | None, output: Path | None, lang: Language
) -> None:
    """Show what the chains of a zone or place lack.

    Segment by segment: who is there, and what has no evidence. Moves: 补链 fill between neighbours,
    延链 extend, 强链 strengthen, 建链 start; 断点 marks a critical segment whose supplier and customer are
    both there. "No evidence" means that the articles do not mention it, not that it is absent.

    \b
    Examples:
      kg gaps --zone 左云经开区
      kg gaps --chain 光伏 --lang en
      kg gaps -o gaps.xlsx
    """
    form = _form(output)
    from kg.chains import chains_of, gaps, without_repeats, without_template
    from kg.chains.notes import meanings, note
    from kg.query import find

    graph, say = open_graph(ctx), either(lang)
    thing = find(graph, where) if where else None
    if thing is not None and thing.kind not in ("Zone", "Park", "Place"):
        raise UsageError(f"{where!r} is {thing.label}, a {thing.kind.lower()}; name a zone, park or place")
    container = thing.iri if thing else None
    template = _template(chain) if chain else None
    everywhere = chains_of(graph)
    chosen = [c for c in everywhere if c.telling and (template is None or c.template.id == template.id)]
    chosen = [c for c in chosen if c.container == container] if container else without_repeats(chosen)
    found = gaps(chosen, everywhere)
    info = graph.info()
    about = note(info["articles"], info["sources"], lang)
    if output is None:
        _print(chosen, found, about, lang)
        return
    title = say("产业链缺口", "Gaps in chains") + (f" · {where}" if where else "")
    _write(output, form, found, about, title, meanings(lang, without_template(graph)), lang)
    told = say(f"{len(chosen)} 条链", f"{len(chosen)} chains")
    click.echo(f"{opening(output)}  ({told})")


def _form(output: Path | None) -> str:
    if output is None:
        return ""
    form = _ENDINGS.get(output.suffix.lower())
    if form is None:
        raise UsageError(f"{output}: write to a file that ends in {', '.join(_ENDINGS)}")
    return form


def _template(name: str) -> Template:
    from kg.chains.gaps import template_named
    from kg.ontology import templates

    template = template_named(name)
    if template is None:
        known = "、".join(t.label_zh for t in templates())
        raise UsageError(f"no chain template is called {name!r}; there are: {known}")
    return template


def _write(
    output: Path,
    form: str,
    found: list[Gap],
    about: str,
    title: str,
    meant: list[tuple[str, str]],
    lang: Language,
) -> None:
    from kg.chains.tables import as_text, chain_table, evidence_table, gap_table
    from kg.chains.workbook import save
    from kg.graph.store import replace_file

    tables = [gap_table(found, lang), chain_table(found, lang), evidence_table(found, lang)]
    if form == "xlsx":
        save(output, tables, about, title, meant)
        return
    try:
        replace_file(output, as_text(tables, form, about))
    except OSError as error:
        raise KgError(f"{output}: cannot write the table: {error.strerror or error}") from error


def _print(chosen: list[Chain], found: list[Gap], about: str, lang: Language) -> None:
    out, say = console(), either(lang)
    if not chosen:
        out.print(say("没有可对照模板的产业链", "no chain of this place follows a template"))
    for chain in chosen:
        _print_chain(out, chain, [gap for gap in found if gap.chain is chain], lang)
        out.print()
    out.print(about, style="dim")


def _print_chain(out: Console, chain: Chain, gaps: list[Gap], lang: Language) -> None:
    from kg.chains.gaps import NO_EVIDENCE
    from kg.chains.tables import chain_table, gap_table, word

    say = either(lang)
    head = f"{chain.container_label} · {say(chain.template.label_zh, chain.template.label_en)}"
    if chain.leaders:
        head += say(f"  链主 {'、'.join(chain.leaders)}", f"  led by {', '.join(chain.leaders)}")
    out.print(head, style="bold")
    seen = sum(gap.state != NO_EVIDENCE for gap in gaps)
    out.print(say(f"{seen}/{len(gaps)} 环节有证据", f"{seen} of {len(gaps)} segments with evidence"))
    there = chain_table(gaps, lang).only("tier", "segment", "critical", "state", "who")
    rows = [row for row in there.rows if row[-1] != word("nobody", lang)]
    out.print(table(there.header, rows) if rows else word("nobody", lang))
    moves = gap_table([gap for gap in gaps if not gap.members], lang)
    if moves.rows:
        shown = moves.only("tier", "segment", "move", "break", "urgency", "reason")
        out.print()
        out.print(table(shown.header, shown.rows[:_MOVES]))
        if (more := len(moves.rows) - _MOVES) > 0:
            out.print(say(f"… 另有 {more} 条，见 -o", f"… {more} more, see -o"))
