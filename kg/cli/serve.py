"""`kg serve`: the graph as a web site and a SPARQL endpoint."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import click

from kg.cli.common import (
    Language,
    asked_graph,
    either,
    endpoint,
    known_queries,
    language,
    login,
    own_queries,
)


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen at this address.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="… and port; 0: any."
)
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=30, show_default=True, help="Seconds a query may run."
)
@click.option(
    "--memory",
    type=click.IntRange(64),
    default=512,
    show_default=True,
    help="MB a process that answers may take.",
)
@click.option(
    "--rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows an answer may have."
)
@click.option(
    "--workers", type=click.IntRange(2), default=4, show_default=True, help="Processes that answer queries."
)
@click.option(
    "--queue", type=click.IntRange(1), default=64, show_default=True, help="Queries that may wait for one."
)
@click.option(
    "--updates",
    is_flag=True,
    help="Allow SPARQL updates to whoever has the token in LIANZHU_TOKEN; one is made and shown if it is not set.",
)
@click.option("--behind-proxy", is_flag=True, help="Believe a proxy on this machine who is asking.")
@own_queries
@endpoint
@language
@click.pass_context
def command(
    ctx: click.Context,
    host: str,
    port: int,
    timeout: float,
    memory: int,
    rows: int,
    workers: int,
    queue: int,
    updates: bool,
    behind_proxy: bool,
    queries: tuple[Path, ...],
    lang: Language,
) -> None:
    """Serve pages and a SPARQL 1.1 endpoint.

    Only this machine reaches it unless --host says otherwise. It reads: each query runs in a process of its
    own within the limits, and neither files nor the network are open to it. A graph that is built anew is
    served from then on. With --updates, changes are kept in the graph; a later build writes the graphs of
    the articles anew and keeps those that updates made.

    \b
    Examples:
      kg serve                                  then open http://127.0.0.1:8000/
      kg serve --port 9000 --timeout 10
      kg serve --queries ours                   with the folder's queries on the query page
      kg serve --host 0.0.0.0 --behind-proxy
      kg serve --endpoint http://127.0.0.1:7878/query    pages and a safe endpoint before another store
      LIANZHU_TOKEN=… kg serve --updates
    """
    from kg.graph.endpoint import Endpoint
    from kg.server import Elsewhere, Limits, Options, serve
    from kg.server.limits import MIB
    from kg.server.serving import is_local, new_token

    graph = asked_graph(ctx)
    source = Elsewhere(graph.url, login(), graph.iris) if isinstance(graph, Endpoint) else graph.path
    say = either(lang)
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    token = (os.environ.get("LIANZHU_TOKEN") or new_token()) if updates else None
    limits = Limits(seconds=timeout, memory=memory * MIB, rows=rows, workers=workers, queue=queue)

    def ready(url: str) -> None:
        click.echo(say(f"页面 {url}", f"Pages {url}"))
        click.echo(say(f"SPARQL 端点 {url}sparql", f"SPARQL endpoint {url}sparql"))
        if token and not os.environ.get("LIANZHU_TOKEN"):
            click.echo(say(f"更新令牌 {token}", f"Token for updates {token}"))
        if not is_local(host):
            click.echo(say("注意：其他机器也能访问", "Note: other machines can reach it"), err=True)
        if token and not is_local(host):
            clear = say(
                "令牌以明文传输：请在前面放一个 HTTPS 代理",
                "The token travels in the clear: put an HTTPS proxy in front",
            )
            click.echo(clear, err=True)
        click.echo(say("按 Ctrl-C 结束", "Ctrl-C ends it"))

    options = Options(source, limits, token, lang, known_queries(ctx, queries))
    serve(options, host, port, behind_proxy=behind_proxy, ready=ready)
