"""`kg explore`: one HTML file to look around in."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import Language, either, language, open_graph, opening


@click.command("explore")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="explorer.html",
    show_default=True,
    help="The file.",
)
@click.option(
    "--zone",
    "--chain",
    "--entity",
    "name",
    metavar="NAME",
    help="Start with this zone, chain, firm or project (any of its names).",
)
@language
@click.pass_context
def command(ctx: click.Context, output: Path, name: str | None, lang: Language) -> None:
    """Write the graph as one page to look around in.

    The page opens offline in a browser: search a name, click a shape for its facts, click a fact for
    its sentence.

    \b
    Examples:
      kg explore -o page.html
      kg explore --zone 左云经开区 -o zuoyun.html
      kg explore --lang en
    """
    from kg.explore import page
    from kg.query import find

    graph, say = open_graph(ctx), either(lang)
    focus = find(graph, name).iri if name else None
    total, _, shown = page(graph, output, focus=focus, lang=lang)
    told = say(f"共 {total} 项，起始显示 {shown} 项", f"{total} things, {shown} shown at first")
    click.echo(f"{opening(output)}  ({told})")
