"""`kg ledger`: every project with its phases and dates, and how far projects come."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from kg.cli.common import Language, console, either, language, open_graph, table
from kg.cli.places import asked_about
from kg.cli.reports import report_file, write_report


@click.command("ledger")
@click.option("--zone", "--place", "where", metavar="NAME", help="Only this zone, park or place.")
@click.option("--chain", metavar="NAME", help="Only projects of this chain template (光伏, 装备制造, …).")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=40,
    show_default=True,
    help="Projects on the terminal at most, those with the largest investment first; 0 for all.",
)
@report_file("Write all of it to a file instead: .xlsx, .html, .md, .json, .csv (the projects) or .zip.")
@language
@click.pass_context
def command(
    ctx: click.Context, where: str | None, chain: str | None, limit: int, output: Path | None, lang: Language
) -> None:
    """Show the projects: who builds what, how far.

    Then the rates: of the signed how many were started, of the started how many produce, by number and by
    value, for each zone and year. What no text says is not taken to have happened.

    \b
    Examples:
      kg ledger --zone 左云经开区
      kg ledger --place 山西省 -o ledger.xlsx
    """
    from kg.chains.citing import Citations
    from kg.chains.ledger_rows import ledger_table
    from kg.chains.report import about, ledger_report, progress_tables, projects

    graph, say = open_graph(ctx), either(lang)
    landscape, container, template = asked_about(graph, where, chain)
    if output is not None:
        report = ledger_report(landscape, container, template, lang)
        count = len(report.tables[0].rows)
        write_report(report, output, say(f"{count} 个项目", f"{count} projects"))
        return
    entries = projects(landscape, container, template)
    largest = sorted(entries, key=lambda entry: -(entry.investment or 0))[: limit or None]
    told = ledger_table(landscape, largest, Citations(landscape, lang), lang)
    shown = told.only(
        "project", "place", "developer", "money", "phases", "expected", "last", "conflicts"
    ).filled()
    out = console()
    right = [i for i, key in enumerate(shown.keys) if key == "money"]
    out.print(table(shown.header, shown.rows, right=right) if entries else say("没有项目", "no project"))
    if (more := len(entries) - len(largest)) > 0:
        out.print(say(f"… 另有 {more} 个，见 --limit 0 或 -o", f"… {more} more, see --limit 0 or -o"))
    for one in progress_tables(landscape, entries, container, template, lang):
        if not one.rows:
            continue
        out.print()
        out.print(one.title, style="bold")
        brief = one if one.key == "rates" else one.only("place", "indicator", "figure", "date", "of")
        brief = replace(brief, rows=brief.rows[: limit or None]).filled()
        out.print(table(brief.header, brief.rows))
        if (more := len(one.rows) - len(brief.rows)) > 0:
            out.print(say(f"… 另有 {more} 条", f"… {more} more"))
    out.print()
    out.print(about(landscape, lang), style="dim")
