"""`kg evaluate`: the graph against annotations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import Language, console, language, open_graph, opening, table
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from kg.evaluate.report import Report


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option(
    "--errors", metavar="KIND", help="List misses and false claims of a type or predicate ('all' for all)."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write all of it, with the sentences, to a file: .html, .md or .json.",
)
@language
@click.pass_context
def command(
    ctx: click.Context, gold: Path, as_json: bool, errors: str | None, output: Path | None, lang: Language
) -> None:
    """Score the graph against annotations.

    GOLD is a folder of annotations named after their sources (NAME.json). Prints precision, recall and F1
    by entity type and predicate, and how far confidences hold. What was missed and what is false is listed
    with the reason and its sentence, one a line: side, source, kind, what, reason, what is there instead,
    sentence.

    \b
    Examples:
      kg evaluate tests/gold/seeds
      kg evaluate tests/gold/seeds --errors chainLeader
      kg evaluate tests/gold/seeds -o mistakes.html
    """
    from kg.evaluate import from_graph, load_gold, mistakes, reliability, score
    from kg.evaluate.report import FORMS, Report

    form = FORMS.get(output.suffix.lower()) if output else None
    if output is not None and form is None:
        raise UsageError(f"{output}: write to a file that ends in {', '.join(FORMS)}")
    wanted = load_gold(gold)
    found = from_graph(open_graph(ctx), only=wanted)
    scores = score(wanted, found)
    kinds = [kind for _, kind in scores.rows if kind != "ALL"]
    if errors is not None and errors not in ("all", *kinds):
        raise UsageError(f"--errors {errors}: is neither 'all' nor one of {', '.join(kinds)}")
    absent = sorted(wanted.keys() - found.keys())
    if absent:
        click.echo(
            f"{len(absent)} of {len(wanted)} annotated sources are not in the graph: {_some(absent)}",
            err=True,
        )
    listed = [m for m in mistakes(scores) if errors in (None, "all", m.kind)]
    report = Report(scores.rows, reliability(scores.reliability), listed, absent)
    if output is not None and form is not None:
        _write(output, report.as_text(form, lang))
    if as_json:
        click.echo(json.dumps(report.as_data(), ensure_ascii=False, indent=1))
    elif output is None:
        _print(report, lang, with_mistakes=errors is not None)
    else:
        click.echo(opening(output))


def _write(output: Path, text: str) -> None:
    from kg.graph.store import replace_file

    try:
        replace_file(output, text)
    except OSError as error:
        raise KgError(f"{output}: cannot write the report: {error.strerror or error}") from error


def _print(report: Report, lang: Language, *, with_mistakes: bool) -> None:
    from kg.evaluate.report import words

    out, say = console(), words(lang)
    rows = [
        (group if kind == "ALL" else f"  {kind}", *(f"{x:.3f}" for x in r.shares), r.gold, r.found)
        for (group, kind), r in report.rows.items()
        if kind != group  # observations are of one kind
    ]
    header = ("", "P", "R", "F1", say["gold"], say["found"])
    out.print(table(header, rows, right=(1, 2, 3, 4, 5)))
    out.print()
    bins = [
        (f"{b.low:.1f}–{b.high:.1f}", b.claims, b.right, f"{b.share:.2f}", f"{b.confidence:.2f}")
        for b in report.reliability.bins
    ]
    names = [say[key] for key in ("confidence", "claims", "right", "share", "mean")]
    out.print(table(names, bins, right=(1, 2, 3, 4)))
    out.print(f"{say['error']} {report.reliability.error:.3f}")
    if with_mistakes:
        click.echo()
        for m in report.mistakes:
            cells = (m.side, m.source, m.kind, m.text, m.reason, m.instead, m.sentence)
            click.echo("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in cells))


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
