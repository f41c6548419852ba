"""`kg push`: the graph to another SPARQL store."""

from __future__ import annotations

import click

from kg.cli.common import Language, ProgressBar, either, language, login, open_graph


@click.command("push")
@click.argument("url")
@click.option(
    "--query", "asked", metavar="URL", help="Where the store answers queries, if it cannot be told."
)
@click.option(
    "--update/--graph-store",
    default=None,
    help="Write by SPARQL Update, or by the Graph Store Protocol, if it cannot be told.",
)
@language
@click.pass_context
def command(ctx: click.Context, url: str, asked: str | None, update: bool | None, lang: Language) -> None:
    """Send the graph to another SPARQL 1.1 store.

    URL is where the store takes graphs (Graph Store Protocol) or updates. Only what has changed since the last push
    is sent, what is gone is removed, other graphs of the store are left alone. A push that was cut off goes on
    when it is run again. A login is taken from LIANZHU_USER and LIANZHU_PASSWORD, or LIANZHU_TOKEN.

    \b
    Examples:
      kg push http://localhost:7878/store                        Oxigraph
      kg push http://localhost:3030/zones/data                   Fuseki
      kg push http://localhost:8890/sparql-graph-crud-auth       Virtuoso
      kg push http://localhost:7200/repositories/zones/statements    GraphDB, RDF4J
      kg query leaders --endpoint http://localhost:7878/query    then ask there
    """
    from kg.graph.push import Places, push

    say = either(lang)
    places = Places.of(url, asked, update)
    bar = ProgressBar({"compare": say("比对", "compare"), "push": say("发送", "send")})
    try:
        done = push(open_graph(ctx), places, login=login(), progress=bar)
    finally:
        bar.close()
    click.echo(
        say(
            f"{places.query}  发送 {done.sent} 个图（{done.triples:,} 条），{done.kept} 个未变，删除 {done.removed} 个",
            f"{places.query}  {done.sent} graphs sent ({done.triples:,} triples), {done.kept} unchanged, "
            f"{done.removed} removed",
        )
    )
