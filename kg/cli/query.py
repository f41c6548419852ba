"""`kg query`: saved questions by name, or SPARQL."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from kg.cli.common import console, language, open_graph, table
from kg.errors import UsageError
from kg.query import SavedQuery, run, saved_queries


@click.command("query")
@click.argument("question", required=False)
@click.option(
    "-f", "--file", type=click.Path(path_type=Path), help="Read the SPARQL from a file ('-': stdin)."
)
@click.option(
    "-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of a saved query."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "jsonl"]),
    default="table",
    show_default=True,
)
@click.option(
    "--queries",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A folder with saved queries of your own.",
)
@language
@click.pass_context
def command(
    ctx: click.Context,
    question: str | None,
    file: Path | None,
    params: tuple[str, ...],
    form: str,
    queries: tuple[Path, ...],
    lang: str,
) -> None:
    """Ask QUESTION: the name of a saved query, or SPARQL. Without one, list the saved queries.

    Prefixes lz: skos: rdf: schema: prov: need no declaration.

    \b
    Examples:
      kg query
      kg query leaders
      kg query projects -p zone=左云经开区 --format csv
      kg query 'SELECT ?z WHERE { ?z a lz:Zone }'
      kg query -f my.rq
    """
    saved = saved_queries(queries)
    if question is None and file is None:
        listed = [(q.name, q.zh if lang == "zh" else q.en, _usage(q)) for q in saved.values()]
        console().print(table(("NAME", "问题" if lang == "zh" else "asks", "-p"), listed))
        return
    given = {}
    for pair in params:
        name, mark, value = pair.partition("=")
        if not mark:
            raise UsageError(f"-p {pair!r}: write it as NAME=VALUE")
        given[name] = value
    asked: SavedQuery | str
    if file is not None:
        asked = _read(file)
    else:
        assert question is not None
        asked = saved.get(question, question)
        if isinstance(asked, str) and re.fullmatch(r"[\w-]+", asked):
            raise UsageError(f"there is no saved query {asked!r}; there are: {', '.join(saved)}")
    answer = run(open_graph(ctx), asked, given)
    if form != "table":
        click.echo(answer.to(form), nl=False)
        return
    base = "https://w3id.org/lianzhu/"
    rows = [[str(c).removeprefix(base) if isinstance(c, str) else c for c in row] for row in answer.rows]
    numbers = [
        i
        for i in range(len(answer.variables))
        if any(isinstance(r[i], int) and r[i] is not True for r in answer.rows)
    ]
    console().print(table(answer.variables, rows, right=numbers))
    console().print(f"{len(answer)} 行" if lang == "zh" else f"{len(answer)} rows", style="dim")


def _usage(query: SavedQuery) -> str:
    return " ".join(
        f"{p.name}={'…' if p.default is None else p.default}{'' if not p.optional else '?'}"
        for p in query.parameters
    )


def _read(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the query file {file}: {error}") from error
