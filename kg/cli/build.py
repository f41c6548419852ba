"""`kg build`: files and folders of articles become a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import Language, ProgressBar, Target, console, either, language, table

if TYPE_CHECKING:
    from kg.building import BuildReport


@click.command("build")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--jobs", type=click.IntRange(1), help="Processes that read at once.  [default: as many as pay]"
)
@click.option("--timings", is_flag=True, help="Print where the time goes.")
@language
@click.pass_obj
@click.pass_context
def command(
    ctx: click.Context,
    target: Target,
    sources: tuple[Path, ...],
    jobs: int | None,
    timings: bool,
    lang: Language,
) -> None:
    """Read articles into the graph.

    SOURCES are files or folders: .txt, .md, .html, .docx, .pdf with a text layer. A source that the graph
    holds already is replaced if it has changed. Sources that cannot be read are named and left out; the
    exit code is then 1.

    \b
    Examples:
      kg build seeds
      kg build seeds --timings
      kg --kg shanxi.kg build articles/ report.pdf --jobs 2
    """
    import time

    start = time.perf_counter()
    from kg.building import build

    say = either(lang)
    tell = ProgressBar({"read": say("读取", "Reading"), "graph": say("入图", "Storing")})
    began = time.perf_counter()
    try:
        report = build(sources, target.path, jobs=jobs, settings=target.settings, progress=tell)
    finally:
        tell.close()
    _summary(report, lang)
    if timings:
        _timings(report, began - start, time.perf_counter() - start, lang)
    click.echo(f"\n{target.path}  →  kg --kg {target.path} query")
    for failure in report.failures:
        click.echo(f"{say('未读入', 'Not read')}: {failure}", err=True)
    if report.failures:
        ctx.exit(1)


def _summary(report: BuildReport, lang: Language) -> None:
    """Articles, entities by type, claims by predicate, what was set aside."""
    from kg.ontology import labels

    out, say, names, graph = console(), either(lang), labels(lang), report.graph
    entities, claims = sum(graph.entities.values()), sum(graph.claims.values())
    out.print(
        say(
            f"{graph.articles} 篇文章，{entities} 个实体，{claims} 条事实",
            f"{graph.articles} articles, {entities} entities, {claims} claims",
        ),
        style="bold",
    )
    out.print(
        say(
            f"本次读入 {report.read} 个来源，{report.unchanged} 个未变，{len(report.failures)} 个未读入",
            f"Sources read: {report.read}, unchanged: {report.unchanged}, not read: {len(report.failures)}",
        )
    )
    for title, counts in ((say("实体", "Entities"), graph.entities), (say("事实", "Claims"), graph.claims)):
        rows = [(names.get(k, k), k, n) for k, n in sorted(counts.items(), key=lambda x: (-x[1], x[0]))]
        out.print()
        out.print(table((title, "", ""), rows, right=(2,)))
    out.print()
    aside = len(graph.rejected)
    out.print(say(f"搁置 {aside} 条，原因见 kg validate", f"Set aside: {aside} claims; kg validate says why"))


def _timings(report: BuildReport, start: float, total: float, lang: Language) -> None:
    """Seconds by stage; under reading and storing, their steps."""
    say = either(lang)
    rows = [("start", start)]
    for stage, seconds in report.timings.items():
        rows.append((stage, seconds))
        steps = {"read": report.components, "graph": report.graph.timings}.get(stage, {})
        rows += [(f"  {step}", spent) for step, spent in steps.items()]
    rows.append(("total", total))
    out = console()
    out.print()
    out.print(table((say("时间", "Time"), say("秒", "s")), [(k, f"{v:.2f}") for k, v in rows], right=(1,)))
