"""`kg info`: what a graph holds."""

from __future__ import annotations

import json

import click

from kg.cli.common import console, language, open_graph, table
from kg.ontology import labels


@click.command("info")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@language
@click.pass_context
def command(ctx: click.Context, as_json: bool, lang: str) -> None:
    """Say what the graph holds: sources, articles, entities and claims by kind, its version.

    \b
    Examples:
      kg info
      kg --kg shanxi.kg info --json
    """
    held = open_graph(ctx).info()
    if as_json:
        click.echo(json.dumps(held, ensure_ascii=False, indent=1))
        return
    names, out = labels(lang), console()
    for key, value in held.items():
        if isinstance(value, dict):
            out.print()
            rows = [
                (names.get(k, k), k, n) for k, n in sorted(value.items(), key=lambda x: (-int(x[1]), x[0]))
            ]
            out.print(table((key, "", "n"), rows, right=(2,)))
        else:
            out.print(f"{key}: {value}", markup=False)
