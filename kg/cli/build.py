"""`kg build`: files and folders of articles become a graph."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.common import console, language, progress_bar, table
from kg.ontology import labels


@click.command("build")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(1), help="Processes that read at once. [default: as many as pay]")
@click.option("--config", type=click.Path(path_type=Path), help="Settings file (TOML).")
@click.option("--timings", is_flag=True, help="Print where the time goes.")
@language
@click.pass_context
def command(
    ctx: click.Context,
    sources: tuple[Path, ...],
    jobs: int | None,
    config: Path | None,
    timings: bool,
    lang: str,
) -> None:
    """Read SOURCES (files or folders: .txt .md .html .docx .pdf) into the graph.

    A source that the graph holds already is replaced if it has changed. Sources that cannot be
    read are named and left out; the exit code is then 1.

    \b
    Examples:
      kg build seeds
      kg --kg shanxi.kg build articles/ report.pdf --jobs 2
    """
    import time

    from kg.building import build
    from kg.settings import Settings

    start = time.perf_counter()
    tell, finish = progress_bar("Building")
    try:
        report = build(sources, ctx.obj, jobs=jobs, settings=Settings.load(config), progress=tell)
    finally:
        finish()
    out, names = console(), labels(lang)
    zh = lang == "zh"
    graph = report.graph
    out.print(
        f"{graph.articles} 篇文章,{sum(graph.entities.values())} 个实体,{sum(graph.claims.values())} 条事实"
        if zh
        else f"{graph.articles} articles, {sum(graph.entities.values())} entities, "
        f"{sum(graph.claims.values())} claims"
    )
    for title, counts in (
        ("实体" if zh else "Entities", graph.entities),
        ("事实" if zh else "Claims", graph.claims),
    ):
        rows = [(names.get(k, k), k, n) for k, n in sorted(counts.items(), key=lambda x: (-x[1], x[0]))]
        out.print()
        out.print(table((title, "", "n"), rows, right=(2,)))
    set_aside = len(graph.rejected)
    out.print()
    out.print(
        f"搁置 {set_aside} 条(kg validate 查看原因)" if zh else f"Set aside: {set_aside} (see kg validate)"
    )
    if timings:
        spent = {**report.timings, **{f"  {k}": v for k, v in graph.timings.items()}}
        spent["total"] = time.perf_counter() - start
        out.print()
        out.print(
            table(("时间" if zh else "Time", "s"), [(k, f"{v:.2f}") for k, v in spent.items()], right=(1,))
        )
    out.print()
    out.print(f"{ctx.obj}  →  kg --kg {ctx.obj} show NAME", soft_wrap=True)
    for failure in report.failures:
        click.echo(f"Not read: {failure.reason}", err=True)
    if report.failures:
        sys.exit(1)
