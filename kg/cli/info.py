"""`kg info`: what a graph holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kg.cli.common import Language, console, either, language, open_graph, table

if TYPE_CHECKING:
    from kg.graph import Queryable

_SOURCES = """
SELECT ?id (COUNT(DISTINCT ?article) AS ?articles) (COUNT(?claim) AS ?claims) (MIN(?title) AS ?headline) WHERE {
  ?article dcterms:isPartOf ?source ; schema:headline ?title . ?source dcterms:identifier ?id .
  OPTIONAL { ?claim prov:wasQuotedFrom ?article }
} GROUP BY ?id ORDER BY ?id"""


@click.command("info")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--sources", is_flag=True, help="List the sources too, with what each holds.")
@language
@click.pass_context
def command(ctx: click.Context, as_json: bool, sources: bool, lang: Language) -> None:
    """Say what the graph holds.

    Sources, articles, entities and claims by kind, what was computed, and the version that wrote it.

    \b
    Examples:
      kg info
      kg info --lang en
      kg info --sources --json
    """
    from kg.ontology import labels

    graph = open_graph(ctx)
    held = graph.info()
    listed = _sources(graph) if sources else []
    if as_json:
        if sources:
            held["held"] = listed
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
    if sources:
        header = (
            say("来源", "Source"),
            say("文章", "articles"),
            say("事实", "claims"),
            say("第一篇", "first headline"),
        )
        out.print()
        out.print(table(header, [tuple(source.values()) for source in listed], right=(1, 2)))


def _sources(graph: Queryable) -> list[dict[str, str | int]]:
    """The sources in order of id, each with how much it holds and the headline of its first article."""
    from kg.query.results import rows

    return [
        {
            "source": str(row["id"]),
            "articles": int(str(row["articles"])),
            "claims": int(str(row["claims"])),
            "headline": str(row["headline"]),
        }
        for row in rows(graph, _SOURCES)
    ]
