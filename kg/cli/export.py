"""`kg export`: the whole graph to a file."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import open_graph

_FORMATS = ("nquads", "trig", "turtle", "jsonld", "graphml", "csv")


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(_FORMATS), help="[default: by the file's ending]")
@click.pass_context
def command(ctx: click.Context, file: Path, form: str | None) -> None:
    """Write the whole graph to a file.

    Sorted: the same graph gives the same bytes. nquads (.nq), trig and jsonld keep the named graphs;
    turtle (.ttl) merges them; graphml is for Gephi, yEd and Cytoscape; csv is a zip with entities and
    claims for a spreadsheet.

    \b
    Examples:
      kg export graph.nq
      kg export graph.ttl
      kg export graph.graphml
      kg export tables.zip --format csv
    """
    from kg.graph.export import export

    export(open_graph(ctx), file, form)
    click.echo(f"{file}: {file.stat().st_size:,} bytes", err=True)
