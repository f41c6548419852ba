"""`kg gaps`: what the chains of a zone or place lack, segment by segment, and whom to call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import Language, asked_graph, console, either, endpoint, language, table
from kg.cli.places import asked_about, place_named
from kg.cli.reports import report_file, write_report

if TYPE_CHECKING:
    from rich.console import Console

    from kg.chains import Landscape
    from kg.chains.citing import Citations
    from kg.chains.rows import Rated

_MOVES = 12  # of a chain on the terminal, at most


@click.command("gaps")
@click.option(
    "--zone", "--place", "where", metavar="NAME", help="Only this zone, park or place (any of its names)."
)
@click.option("--chain", metavar="NAME", help="Only chains of this template (光伏, 装备制造, …).")
@click.option("--against", metavar="NAME", help="Compare with another zone or place, segment by segment.")
@report_file(
    "Write to a file instead: .xlsx, .html, .md, .json, .csv (the gaps) or .zip (all sheets as CSV)."
)
@endpoint
@language
@click.pass_context
def command(
    ctx: click.Context,
    where: str | None,
    chain: str | None,
    against: str | None,
    output: Path | None,
    lang: Language,
) -> None:
    """Show what chains lack, and who could fill it.

    Segment by segment: who is there, and what has no evidence. Moves: 补链 fill between neighbours,
    延链 extend, 强链 strengthen, 建链 start; 断点 marks a critical segment whose supplier and customer are
    both there. "No evidence" means that the articles do not mention it, not that it is absent. A file holds
    more than the terminal: chain map, gaps, target firms, project ledger, and the sentences of each row.

    \b
    Examples:
      kg gaps --zone 左云经开区
      kg gaps --zone 左云经开区 -o gaps.xlsx
      kg gaps --zone 左云经开区 --against 山西省
      kg gaps --chain 光伏 --lang en
    """
    from kg.chains.report import gap_report
    from kg.errors import UsageError

    if against is not None and where is None:
        raise UsageError("--against needs a zone or place to compare: add --zone NAME")
    graph, say = asked_graph(ctx), either(lang)
    landscape, container, template = asked_about(graph, where, chain)
    if against is not None and container is not None:
        from kg.chains.compare import comparison

        report = comparison(landscape, container, place_named(graph, against), template, lang)
        if output is None:
            shown = report.tables[0]
            out = console()
            out.print(table(shown.header, [[str(c or "") for c in row] for row in shown.rows]))
            out.print(report.about, style="dim")
            return
    elif output is None:
        _print(landscape, container, template, lang)
        return
    else:
        report = gap_report(landscape, container, template, lang)
    write_report(report, output, say(f"{len(report.tables)} 张表", f"{len(report.tables)} tables"))


def _print(landscape: Landscape, container: str | None, template: str | None, lang: Language) -> None:
    from kg.chains.citing import Citations
    from kg.chains.notes import resting
    from kg.chains.rating import chosen, levels_of, rated, related_by_level
    from kg.chains.report import about, by_chain

    out, say = console(), either(lang)
    chains, everywhere = chosen(landscape, container, template)
    if not chains:
        out.print(say("没有可对照模板的产业链", "no chain of this place follows a template"))
    related = related_by_level(landscape, levels_of(landscape, chains))
    cited = Citations(landscape, lang)
    for found in by_chain(rated(landscape, chains, everywhere, related)):
        _print_chain(out, list(found), cited, lang)
        out.print()
    for name, meaning in resting(related, lang):
        out.print(f"{name}：{meaning}" if lang == "zh" else f"{name}: {meaning}", style="dim")
    out.print(about(landscape, lang), style="dim")


def _print_chain(out: Console, found: list[Rated], cited: Citations, lang: Language) -> None:
    from kg.chains.gaps import NO_EVIDENCE
    from kg.chains.rows import chain_table, gap_table, label
    from kg.chains.wording import word

    say, chain = either(lang), found[0].gap.chain
    head = f"{chain.container_label} · {label(chain.template, lang)}"
    if chain.leaders:
        head += say(f"  链主 {'、'.join(chain.leaders)}", f"  led by {', '.join(chain.leaders)}")
    out.print(head, style="bold")
    seen = sum(rated.gap.state != NO_EVIDENCE for rated in found)
    out.print(say(f"{seen}/{len(found)} 环节有证据", f"{seen} of {len(found)} segments with evidence"))
    there = chain_table(found, cited, lang).only("tier", "segment", "critical", "state", "who")
    rows = [row for row in there.rows if row[-1] != word("nobody", lang)]
    out.print(table(there.header, [[str(c) for c in r] for r in rows]) if rows else word("nobody", lang))
    moves = gap_table([rated for rated in found if not rated.gap.members], cited, lang)
    if moves.rows:
        shown = moves.only("segment", "move", "break", "urgency", "score", "reason", "candidates")
        out.print()
        out.print(table(shown.header, [[str(c) for c in row] for row in shown.rows[:_MOVES]], right=(4,)))
        if (more := len(moves.rows) - _MOVES) > 0:
            out.print(say(f"… 另有 {more} 条，见 -o", f"… {more} more, see -o"))
