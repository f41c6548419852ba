"""`kg leaders`: who leads the chains of all zones, with 链核 and 链长."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import Language, console, either, language, open_graph, table
from kg.cli.places import asked_about
from kg.cli.reports import report_file, write_report
from kg.cli.sentences import Sentences


@click.command("leaders")
@click.option("--zone", "--place", "where", metavar="NAME", help="Only in this zone, park or place.")
@click.option("--chain", metavar="NAME", help="Only chains of this template (光伏, 装备制造, …).")
@click.option("--brief", is_flag=True, help="Leave the sentences out.")
@report_file("Write to a file instead: .xlsx, .html, .md, .json, .csv or .zip.")
@language
@click.pass_context
def command(
    ctx: click.Context, where: str | None, chain: str | None, brief: bool, output: Path | None, lang: Language
) -> None:
    """Show who leads the chains, across zones.

    链主 leads a chain, 链核 are the core firms beside it, 链长 is the official or body answerable for it;
    each as texts name them, with the sentences that do.

    \b
    Examples:
      kg leaders
      kg leaders --place 山西省 -o leaders.xlsx
      kg leaders --chain 光伏 --brief
    """
    from kg.chains.leading import leader_report, led, templates_of
    from kg.chains.report import about
    from kg.chains.wording import word

    graph, say = open_graph(ctx), either(lang)
    landscape, container, template = asked_about(graph, where, chain)
    if output is not None:
        report = leader_report(landscape, container, template, lang)
        count = len(report.tables[0].rows)
        write_report(report, output, say(f"{count} 条链", f"{count} chains"))
        return
    out, sentences, rows = console(), Sentences(lang), []
    for one in led(landscape, container, template):
        cited = sentences.cite(
            said for held in one.roles.values() for _, told in held.values() for said in told
        )
        roles = ["、".join(one.names(role)) for role in ("chainLeader", "chainCore", "chainChief")]
        follows = templates_of(landscape, one.templates, lang)
        rows.append(["、".join(one.places), one.name, follows, *roles, one.members, cited])
    keys = ("place", "called", "chain", "leader", "core", "chief", "members", "refs")
    if rows:
        out.print(table([word(key, lang) for key in keys], rows, right=(6,)))
    else:
        out.print(
            say("没有文章说到链主、链核或链长", "no article names a leader, core firm or chief of a chain")
        )
    for part in () if brief else sentences.parts():
        out.print(part)
    out.print()
    out.print(about(landscape, lang), style="dim")
