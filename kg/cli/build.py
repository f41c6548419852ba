"""`kg build`: files and folders of articles become a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import Language, ProgressBar, Target, console, either, language, table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.building import BuildReport

NAMES: dict[Language, dict[str, str]] = {
    "zh": {"read": "读取", "graph": "入图"},
    "en": {"read": "Reading", "graph": "Storing"},
}
"""What the stages of a build are called."""


@click.command("build")
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
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
    holds already is replaced if it has changed, and not read again if it has not. Sources that cannot be read are
    named and left out; the exit code is then 1. Without SOURCES the graph is made anew from what it holds: after
    a change of curation.yaml in its folder, which every build applies, or with a new version.

    \b
    Examples:
      kg build seeds
      kg build seeds --timings
      kg build
      kg --kg shanxi.kg build articles/ report.pdf --jobs 2
    """
    import time

    start = time.perf_counter()
    from kg.building import build

    say = either(lang)
    if not sources and not (target.path / "kg.json").exists():
        raise UsageError(f"there is no graph at {target.path} yet: name files or folders to read")
    tell = ProgressBar(NAMES[lang])
    began = time.perf_counter()
    try:
        report = build(sources, target.path, jobs=jobs, settings=target.settings, progress=tell)
    finally:
        tell.close()
    _summary(report, lang)
    if timings:
        _timings(report, began - start, time.perf_counter() - start, lang)
    click.echo(f"\n{target.path}  →  kg --kg {target.path} query")
    findings(report, lang)
    for failure in report.failures:
        click.echo(f"{say('未读入', 'Not read')}: {failure}", err=True)
    if report.failures:
        ctx.exit(1)


def heading(report: BuildReport, lang: Language) -> None:
    """How much the graph holds now."""
    graph = report.graph
    entities, claims = sum(graph.entities.values()), sum(graph.claims.values())
    said = either(lang)(
        f"{graph.articles} 篇文章，{entities} 个实体，{claims} 条事实",
        f"{graph.articles} articles, {entities} entities, {claims} claims",
    )
    console().print(said, style="bold")


def findings(report: BuildReport, lang: Language) -> None:
    """The curated lines that do not apply, on stderr."""
    from kg.curation import in_words

    say = either(lang)
    for finding in report.graph.findings:
        line = in_words(finding.line)
        click.echo(
            f"{say('校订不适用', 'Curation, not applied')}: {line} — {say(finding.zh, finding.en)}", err=True
        )


def _summary(report: BuildReport, lang: Language) -> None:
    """Articles, entities by type, claims by predicate, what was set aside."""
    from kg.ontology import labels

    out, say, names, graph = console(), either(lang), labels(lang), report.graph
    heading(report, lang)
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
