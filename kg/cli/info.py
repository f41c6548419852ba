"""`kg info`: what a graph holds."""

from __future__ import annotations

import json

import click

from kg.cli.common import Language, console, either, language, open_graph, table


@click.command("info")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@language
@click.pass_context
def command(ctx: click.Context, as_json: bool, lang: Language) -> None:
    """Say what the graph holds.

    Sources, articles, entities and claims by kind, what was computed, and the version that wrote it.

    \b
    Examples:
      kg info
      kg info --lang en
      kg info --json
    """
    from kg.ontology import labels

    graph = open_graph(ctx)
    held = graph.info()
    if as_json:
        click.echo(json.dumps(held, ensure_ascii=False, indent=1))
        return
    names, out, say = labels(lang), console(), either(lang)
    facts = [
        (say("图谱", "graph"), graph.path),
        (say("来源", "sources"), held["sources"]),
        (say("文章", "articles"), held["articles"]),
        (say("四元组", "quads"), held["quads"]),
        (say("搁置", "set aside"), held["rejected"]),
        (say("版本", "version"), f"{held['version']} ({say('格式', 'format')} {held['format']})"),
        (say("标识前缀", "ids under"), held["id_base"]),
    ]
    if held["stale"]:
        facts.append((say("由旧版读入，可重建", "read by other code; build again"), len(held["stale"])))
    for name, value in facts:
        out.print(f"{name}: {value}")
    for title, counts in (
        (say("实体", "Entities"), held["entities"]),
        (say("事实", "Claims"), held["claims"]),
        (say("推算", "Computed"), held["derived"]),
    ):
        rows = [(names.get(k, k), k, n) for k, n in sorted(counts.items(), key=lambda x: (-int(x[1]), x[0]))]
        out.print()
        out.print(table((title, "", ""), rows, right=(2,)))
