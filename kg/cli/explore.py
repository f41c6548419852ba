"""`kg explore`: one HTML file to look around in."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import language, open_graph
from kg.explore import page
from kg.query import find


@click.command("explore")
@click.option("-o", "--output", type=click.Path(path_type=Path), default="explorer.html", show_default=True)
@click.option(
    "--zone",
    "--chain",
    "--entity",
    "name",
    metavar="NAME",
    help="Start with this zone, chain, firm or project.",
)
@language
@click.pass_context
def command(ctx: click.Context, output: Path, name: str | None, lang: str) -> None:
    """Write the graph as one page that opens offline in a browser.

    Search a name, click a shape for its facts, click a fact for its sentence.

    \b
    Examples:
      kg explore -o page.html
      kg explore --zone 左云经开区 -o zuoyun.html
    """
    graph = open_graph(ctx)
    focus = find(graph, name).iri if name else None
    total, start = page(graph, output, focus=focus, lang=lang)
    opened = "用浏览器打开" if lang == "zh" else "open it in a browser"
    click.echo(f"{output}  ←  {start}/{total}  ({opened})")
