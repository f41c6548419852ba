"""`kg query`: saved questions by name, or SPARQL."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import (
    Language,
    asked_graph,
    console,
    either,
    endpoint,
    known_queries,
    language,
    own_queries,
    table,
)
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph import Queryable
    from kg.query import Results, SavedQuery


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
    help="How to print the answer.",
)
@own_queries
@endpoint
@language
@click.pass_context
def command(
    ctx: click.Context,
    question: str | None,
    file: Path | None,
    params: tuple[str, ...],
    form: str,
    queries: tuple[Path, ...],
    lang: Language,
) -> None:
    """Ask a saved question or SPARQL.

    QUESTION is the name of a saved query, or SPARQL text. Without one, the saved queries are listed with
    their parameters. The prefixes lz, skos, rdf, rdfs, owl, xsd, schema, prov, org, geo and dcterms need no
    declaration. An entity is named by any of its names.

    \b
    Examples:
      kg query
      kg query leaders
      kg query projects -p zone=左云经开区 --format csv
      kg query suppliers -p firm=耀邦
      kg query 'SELECT ?zone ?name { ?zone a lz:Zone ; skos:prefLabel ?name }'
      kg query -f my.rq --format jsonl
      kg query leaders --endpoint http://localhost:7878/query
    """
    from kg.query import run

    saved = known_queries(ctx, queries)
    if question is None and file is None:
        _list(saved, lang)
        return
    if question is not None and file is not None:
        raise UsageError("give a question or a file (-f), not both")
    asked = _from_file(file) if file is not None else _named(question or "", saved)
    graph = asked_graph(ctx)
    answer = run(graph, asked, _given(params))
    if form == "table":
        _table(graph, answer, lang)
    else:
        click.echo(answer.to(form), nl=False)


def _list(saved: dict[str, SavedQuery], lang: Language) -> None:
    say = either(lang)
    rows = [(q.name, say(q.zh, q.en), " ".join(p.usage for p in q.parameters)) for q in saved.values()]
    console().print(table((say("名称", "NAME"), say("问什么", "asks"), "-p"), rows))


def _named(question: str, saved: dict[str, SavedQuery]) -> SavedQuery | str:
    """The saved query of a name; text that is more than a name is SPARQL."""
    if question in saved:
        return saved[question]
    if not re.fullmatch(r"[\w.-]*", question.strip()):
        return question
    from difflib import get_close_matches

    near = get_close_matches(question, saved, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(saved)}"
    raise UsageError(f"no saved query is called {question!r}; {hint}")


def _from_file(file: Path) -> SavedQuery:
    from kg.query.saved import parse

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file}: cannot read the query: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: is no text in UTF-8; save the query so") from error
    return parse(text, "stdin" if str(file) == "-" else str(file))


def _given(params: tuple[str, ...]) -> dict[str, str]:
    given = {}
    for pair in params:
        name, mark, value = pair.partition("=")
        if not mark:
            raise UsageError(f"-p {pair!r}: write it as NAME=VALUE")
        given[name] = value
    return given


def _table(graph: Queryable, answer: Results, lang: Language) -> None:
    """The answer for the eye: IRIs as `kg show` takes them, the phases and terms as `lz:name`."""
    from kg.query.results import Value, plain

    bases = ((graph.iris.id_base, ""), (graph.iris.ontology_base, "lz:"))

    def cell(item: Value) -> Value:
        for base, short in bases:
            if isinstance(item, str) and item.startswith(base):
                return short + item.removeprefix(base)
        return plain(item)

    numbers = [
        i
        for i in range(len(answer.variables))
        if all(row[i] is None or not isinstance(row[i], str | bool) for row in answer.rows)
    ]
    out = console()
    out.print(table(answer.variables, [[cell(c) for c in row] for row in answer.rows], right=numbers))
    out.print(either(lang)(f"{len(answer)} 行", f"{len(answer)} rows"), style="dim")
