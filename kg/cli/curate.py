"""`kg curate`: what people decide about a graph goes into its curation.yaml, which every build applies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli.build import NAMES, findings, heading
from kg.cli.common import Language, ProgressBar, Target, console, either, language, open_graph
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.curation import Line
    from kg.model import EntityType
    from kg.query.facts import Fact

why = click.option("--why", default="", metavar="TEXT", help="The reason, kept with the line.")
later = click.option("--later", is_flag=True, help="Only write it down; the next kg build applies it.")


def _options(function: Callable[..., None]) -> Callable[..., None]:
    for option in (language, later, why):
        function = option(function)
    return click.pass_context(function)


@click.group("curate", invoke_without_command=True)
@language
@click.pass_context
def command(ctx: click.Context, lang: Language) -> None:
    """Mend a graph: merge, keep apart, rename, retype, reject, add.

    What is decided here stands in curation.yaml in the graph's folder, to be read and edited; every build applies
    it, whatever is read anew. Without a subcommand its lines are listed, each with whether it applies. To take
    one back, delete its line and run kg build.

    A thing is named by any of its names: 左云经开区, zone/左云经开区 to say its kind, 高新区@郑州市 among homonyms (a
    place, a source or an article behind the @).

    \b
    Examples:
      kg curate
      kg curate apart 云冈经开区 左云经开区 --why 两地各有一个
      kg curate rename 左云经开区 左云经济技术开发区（省级） --lang en
      kg curate add firm/贝利 locatedIn zone/云冈经开区 --source "大同日报 2024-03-01" --quote 贝利落户云冈 --later
    """
    if ctx.invoked_subcommand is None:
        _list(ctx, lang)


@command.command("merge")
@click.argument("names", nargs=-1, required=True)
@_options
def merge(ctx: click.Context, names: tuple[str, ...], why: str, later: bool, lang: Language) -> None:
    """These NAMES stand for one thing.

    \b
    Examples:
      kg curate merge 泰山玻纤 泰山玻璃纤维有限公司 --why 同一企业的简称
    """
    from kg.curation import Merge, Name

    _decide(ctx, [Merge(tuple(map(Name.of, _several(names))), why)], later, lang)


@command.command("apart")
@click.argument("names", nargs=-1, required=True)
@_options
def apart(ctx: click.Context, names: tuple[str, ...], why: str, later: bool, lang: Language) -> None:
    """These NAMES stand for as many things.

    \b
    Examples:
      kg curate apart 华阳碳材 华阳智慧
      kg curate apart 李强@003_e411cce8968547f8 李强@014_report
    """
    from kg.curation import Apart, Name

    _decide(ctx, [Apart(tuple(map(Name.of, _several(names))), why)], later, lang)


@command.command("rename")
@click.argument("name")
@click.argument("to")
@_options
def rename(ctx: click.Context, name: str, to: str, why: str, later: bool, lang: Language) -> None:
    """What is called NAME is to be labelled TO; its IRI stays.

    \b
    Examples:
      kg curate rename zone/左云经济技术开发区 左云经开区
    """
    from kg.curation import Name, Rename

    _decide(ctx, [Rename(Name.of(name), to, why)], later, lang)


@command.command("retype")
@click.argument("name")
@click.argument("kind")
@_options
def retype(ctx: click.Context, name: str, kind: str, why: str, later: bool, lang: Language) -> None:
    """What is called NAME is of another KIND: zone, park, firm, project, …

    \b
    Examples:
      kg curate retype project/恒盛选煤 firm
    """
    from kg.curation import Name, Retype

    _decide(ctx, [Retype(Name.of(name), _kind(kind), why)], later, lang)


@command.command("reject")
@click.argument("subject")
@click.argument("predicate")
@click.argument("object")
@click.option("--article", metavar="ID", help="Only as this article (or source) says it.")
@click.option("--quote", default="", metavar="TEXT", help="Only where the sentence has this in it.")
@_options
def reject(
    ctx: click.Context,
    subject: str,
    predicate: str,
    object: str,
    article: str | None,
    quote: str,
    why: str,
    later: bool,
    lang: Language,
) -> None:
    """This fact, as articles were read to state it, is wrong.

    PREDICATE is as kg show --json has it (locatedIn) or in words (位于); OBJECT a name, a phase, or a figure as it is
    printed. What is rejected is set aside with the reason (kg validate).

    \b
    Examples:
      kg curate reject 贝利 位于 大同市
      kg curate reject 贝利 totalInvestment 30亿元 --article 000_998ec1c894b506bd
    """
    from kg.curation import Name, Reject

    graph = open_graph(ctx)
    lines: dict[Line, None] = {}
    for fact in _facts(graph, subject, predicate, object, quote):
        where = (graph.iris.entity_id(fact.article or "") or "").removeprefix("article/")
        if article in (None, where, where.partition("/")[0]):
            name = fact.indicator or fact.predicate
            lines[Reject(where, name, Name(fact.subject_label), _object(fact), quote, why)] = None
    if not lines:
        raise UsageError(f"{article} was not read to say this; kg show {subject} tells who was")
    graph.close()
    _decide(ctx, list(lines), later, lang)


@command.command("add")
@click.argument("subject")
@click.argument("predicate")
@click.argument("object")
@click.option("--source", required=True, metavar="TEXT", help="Who says so: paper and date, a document.")
@click.option("--unit", default="", help="The unit of a figure: CNY, m2, t/a, …")
@click.option("--date", default="", help="When it was so: 2024, 2024-03, 2024-03-01.")
@click.option("--title", default="", help="The title of a post.")
@click.option("--quote", default="", metavar="TEXT", help="The sentence of the source that says so.")
@click.option("--url", default="", help="Where the source is to be found.")
@click.option("--by", default="", metavar="NAME", help="Who adds it.")
@_options
def add(
    ctx: click.Context,
    subject: str,
    predicate: str,
    object: str,
    why: str,
    later: bool,
    lang: Language,
    **said: str,
) -> None:
    """Add a fact with its source.

    SUBJECT, and OBJECT if it is a thing, say their kind: firm/贝利, place/大同市. PREDICATE is a property of the
    ontology: locatedIn, developedBy, status, totalInvestment (in yuan), … The fact goes the way of all others, and
    says that people added it.

    \b
    Examples:
      kg curate add project/贝利精密铸造项目 totalInvestment 300000000 --source "大同日报 2024-03-01"
    """
    from kg.curation.file import line_of

    mapping: dict[str, Any] = {"subject": subject, "predicate": predicate, "object": object, "why": why}
    try:
        decided = line_of("add", mapping | said)
    except ValueError as error:
        raise UsageError(str(error)) from None
    from kg.ontology import properties

    known = {p.name for p in properties()}
    if predicate not in known:
        raise UsageError(f"{predicate!r} is no property; there are: {', '.join(sorted(known))}")
    _decide(ctx, [decided], later, lang)


def _decide(ctx: click.Context, lines: list[Line], later: bool, lang: Language) -> None:
    """Write lines down, apply them, and say so."""
    from kg.building import curate
    from kg.curation import file_of, in_words

    target, say = ctx.find_object(Target), either(lang)
    assert target is not None
    tell = ProgressBar(NAMES[lang])
    try:
        report = curate(lines, target.path, settings=target.settings, progress=tell, apply=not later)
    finally:
        tell.close()
    for line in lines:
        click.echo(f"{file_of(target.path)}  +  {in_words(line)}")
    if report is None:
        click.echo(say("已记下；运行 kg build 后生效", "Written down; kg build applies it"))
    else:
        heading(report, lang)
        findings(report, lang)


def _list(ctx: click.Context, lang: Language) -> None:
    from kg.curation import file_of, in_words
    from kg.graph.curating import lines_of

    target, say = ctx.find_object(Target), either(lang)
    assert target is not None
    file, found = file_of(target.path), lines_of(target.path)
    out = console()
    for line, finding in found:
        out.print(f"{'✗' if finding else '✓'} {in_words(line)}" + (f"  {line.why}" if line.why else ""))
        if finding:
            out.print(f"    {say(finding.zh, finding.en)}")
    bad = sum(finding is not None for _, finding in found)
    out.print(
        say(
            f"{file}：{len(found)} 条校订，其中 {bad} 条不适用",
            f"{file}: {len(found)} lines, {bad} of which do not apply",
        )
    )


def _several(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(names) < 2:
        raise UsageError("give two names or more")
    return names


def _kind(text: str) -> EntityType:
    from kg.curation.lines import KINDS

    kind = KINDS.get(text.lower())
    if kind is None:
        raise UsageError(f"{text!r} is no kind; there are: {', '.join(KINDS)}")
    return kind


def _facts(graph: Any, subject: str, predicate: str, target: str, quote: str) -> list[Fact]:
    """The stated facts that the words mean; UsageError, naming those that come near, if there are none."""
    from kg.names import normal
    from kg.ontology import labels
    from kg.query import describe, find

    found = describe(graph, subject)
    words = {label: name for lang in ("en", "zh") for name, label in labels(lang).items()}
    wanted = words.get(predicate, predicate)
    own = [f for f in found.stated if f.subject == found.thing.iri]
    same = [f for f in own if wanted in (f.predicate, f.indicator)]
    meant = [
        f
        for f in same
        if (normal(target) == normal(_object(f)) or words.get(target, target) == f.concept)
        and quote in (f.quote or "")
    ]
    if not meant and any(f.object_label for f in same):  # another name of the object
        thing = find(graph, target)
        meant = [f for f in same if f.object == thing.iri and quote in (f.quote or "")]
    if not meant:
        near = dict.fromkeys(f"{f.indicator or f.predicate} {_object(f)}" for f in (same or own))
        hint = f"; it was read to be: {', '.join(list(near)[:8])}" if near else ""
        raise UsageError(f"no article was read to say this of {found.thing.label}{hint}")
    return meant


def _object(fact: Fact) -> str:
    """The object of a fact as a rejection names it: a phase, a figure as printed, a name."""
    return fact.concept or fact.printed or fact.object_label or str(fact.object)
