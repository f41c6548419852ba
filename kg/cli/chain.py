"""`kg chain`: a chain of a zone as a tree — its leader, then its members by tier and segment."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import Language, console, either, language, open_graph, table
from kg.cli.places import place_named, template_named
from kg.cli.reports import report_file, write_report
from kg.cli.sentences import Sentences

if TYPE_CHECKING:
    from rich.text import Text
    from rich.tree import Tree

    from kg.chains import Chain, Landscape, Member
    from kg.chains.leading import Led
    from kg.chains.spread import Level
    from kg.ontology import Segment

_MOST = 4  # chains that are drawn where no zone is named


@click.command("chain")
@click.argument("name")
@click.option("--zone", "--place", "where", metavar="NAME", help="The chain of this zone, park or place.")
@click.option(
    "--by",
    "level",
    type=click.Choice(["province", "city", "county", "zone"]),
    help="Not the tree, but where the chain is: its segments area by area.",
)
@report_file("With --by: write to a file instead (.xlsx, .html, .md, .json, .csv or .zip), sentences too.")
@click.option("--sentences", is_flag=True, help="With the sentences that each line rests on.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, sentences too.")
@language
@click.pass_context
def command(
    ctx: click.Context,
    name: str,
    where: str | None,
    level: Level | None,
    output: Path | None,
    sentences: bool,
    as_json: bool,
    lang: Language,
) -> None:
    """Draw a chain as a tree.

    First its leader, then its members by tier and segment. NAME is what texts call the chain, or a chain
    template (光伏, 装备制造, pv). Each member has its phase, its investment and the confidence of the reading; ★
    marks critical segments.

    \b
    Examples:
      kg chain 装备制造 --zone 左云经开区
      kg chain 装备制造 --zone 左云经开区 --sentences
      kg chain 光伏 --place 山西省 --lang en
      kg chain 光伏 --by province
    """
    from kg.chains import Landscape
    from kg.chains.leading import led
    from kg.chains.naming import chains_called
    from kg.chains.report import about
    from kg.errors import UsageError

    if output is not None and level is None:
        raise UsageError("-o needs --by; a zone's chain is written by kg gaps --zone NAME -o FILE")
    graph, say = open_graph(ctx), either(lang)
    container = place_named(graph, where) if where else None
    landscape = Landscape(graph)
    if level is not None:
        _spread(landscape, template_named(landscape, name), level, output, lang)
        return
    chains = chains_called(landscape, name, container)
    if as_json:
        click.echo(json.dumps([asdict(c) for c in chains], ensure_ascii=False, indent=1, default=_plain))
        return
    out = console()
    if container is None and len(chains) > _MOST:
        head = (
            say("地区", "Place"),
            say("文中叫法", "Called"),
            say("链主", "Leader"),
            say("成员", "Members"),
        )
        rows = [
            (c.container_label, "、".join(c.names), "、".join(c.leaders), len(c.everyone)) for c in chains
        ]
        out.print(table(head, rows, right=(3,)))
        out.print(say("用 --zone 选一个", "choose one with --zone"), style="dim")
        return
    cited = Sentences(lang)
    leading = led(landscape)
    for chain in chains:
        out.print(_Drawing(landscape, chain, leading, cited, lang).tree())
        out.print()
    for part in cited.parts() if sentences else ():
        out.print(part)
    out.print(about(landscape, lang), style="dim")


def _spread(landscape: Landscape, template: str, level: Level, output: Path | None, lang: Language) -> None:
    from kg.chains.spread import spread

    report, say = spread(landscape, template, level, lang), either(lang)
    areas = report.tables[0]
    if output is not None:
        write_report(report, output, say(f"{len(areas.rows)} 个地区", f"{len(areas.rows)} areas"))
        return
    out = console()
    shown = areas.only(*(key for key in areas.keys if key != "refs")).filled()
    out.print(table(shown.header, shown.rows) if areas.rows else say("没有证据", "no evidence"))
    out.print(
        say("括号里的环节只在谋划或签约", "segments in brackets are only planned or signed"), style="dim"
    )
    out.print(report.about, style="dim")


class _Drawing:
    """One chain on the terminal."""

    def __init__(
        self, landscape: Landscape, chain: Chain, leading: Sequence[Led], cited: Sentences, lang: Language
    ) -> None:
        from kg.ontology import labels

        self._landscape, self._chain, self._cited, self._lang = landscape, chain, cited, lang
        self._led = [
            one for one in leading if one.name in chain.names and chain.container_label in one.places
        ]
        self._names, self._say = labels(lang), either(lang)

    def tree(self) -> Tree:
        from rich.text import Text
        from rich.tree import Tree

        from kg.chains.wording import word
        from kg.ontology import TIERS

        chain, segments = self._chain, self._chain.template.segments
        head = Text(
            f"{chain.container_label} · {self._say(chain.template.label_zh, chain.template.label_en)}", "bold"
        )
        if segments:
            seen = f"{len(chain.states)}/{len(segments)}"
            called = "、".join(chain.names) or word("uncalled", self._lang)
            head.append(
                self._say(
                    f"  文中叫法 {called}  {seen} 环节有证据", f"  called {called}  {seen} segments seen"
                ),
                "dim",
            )
        drawn = Tree(head, guide_style="dim")
        for line in self._leaders():
            drawn.add(line)
        for tier in TIERS:
            inside = [s for s in segments if s.tier == tier]
            if not inside:
                continue
            branch = drawn.add(Text(self._names[tier], "bold"))
            for segment in inside:
                if segment.id in chain.states:
                    self._segment(branch, segment)
            if blank := [s for s in inside if s.id not in chain.states]:
                listed = "、".join(self._label(s) for s in blank)
                branch.add(Text(self._say(f"无证据：{listed}", f"no evidence: {listed}"), "dim"))
        if chain.unplaced:
            title = word("unplaced", self._lang) if segments else self._say("成员", "Members")
            branch = drawn.add(Text(title, "bold"))
            for member in chain.unplaced:
                branch.add(self._member(member))
        return drawn

    def _leaders(self) -> Iterator[Text]:
        from rich.text import Text

        from kg.chains.leading import ROLES

        for role in ROLES:
            for one in self._led:
                for iri, (name, told) in sorted(one.roles.get(role, {}).items()):
                    line = Text(f"{self._names[role]}  ")
                    if self._landscape.acts(iri):
                        line.append(name, "bold").append(f"  {self._about(self._landscape.member(iri))}")
                    else:
                        line.append(name, "bold")
                    yield line.append(f"  {self._cited.cite(told)}", "dim")

    def _segment(self, branch: Tree, segment: Segment) -> None:
        from rich.text import Text

        line = Text(self._label(segment)).append(f"  {self._names[self._chain.states[segment.id]]}", "italic")
        inside = branch.add(line)
        for member in self._chain.members.get(segment.id, ()):
            inside.add(self._member(member))

    def _label(self, segment: Segment) -> str:
        return ("★ " if segment.critical else "") + self._say(segment.label_zh, segment.label_en)

    def _member(self, member: Member) -> Text:
        from rich.text import Text

        line = Text(member.label)
        line.append(f"  {self._about(member)}")
        if member.keyword:
            line.append(self._say(f"  依“{member.keyword}”", f"  by '{member.keyword}'"), "dim")
        elif elsewhere := [self._landscape.segments[s] for s in member.segments]:
            listed = "、".join(
                f"{self._say(t.label_zh, t.label_en)}·{self._say(s.label_zh, s.label_en)}"
                for s in elsewhere
                for t in (self._landscape.by_id[s.chain],)
            )
            line.append(self._say(f"  另归 {listed}", f"  elsewhere in {listed}"), "dim")
        return line.append(f"  {self._cited.cite(member.evidence[:2])}".rstrip(), "dim")

    def _about(self, member: Member) -> str:
        """Kind, phase and investment of a member."""
        from kg.chains.tables import yi

        told = [self._names[member.kind]]
        told += [self._names[member.phases[-1]]] if member.phases else []
        if (money := yi(member.investment)) is not None:
            told.append(self._say(f"投资{money:g}亿元", f"{money:g} hundred million yuan"))
        return " · ".join(told)


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)
