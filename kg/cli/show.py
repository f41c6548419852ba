"""`kg show`: an entity with its names and facts, each with its sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

import click

from kg.cli.common import Language, asked_graph, console, either, endpoint, indented, language

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kg.query import Fact
    from kg.query.facts import Description


@click.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--brief", is_flag=True, help="Leave the sentences out.")
@endpoint
@language
@click.pass_context
def command(ctx: click.Context, name: str, as_json: bool, brief: bool, lang: Language) -> None:
    """Show an entity's facts and their sentences.

    NAME is any name, alias or IRI. A fact ends with how sure the reading is of it and the numbers of the
    sentences that carry it, listed below; ← marks what is said of something else about NAME. A
    project's phases come as a dated history, the latest asserted marked as the current one. What was computed
    rather than read stands apart, at the end.

    \b
    Examples:
      kg show 左云经开区
      kg show 耀邦 --lang en
      kg show 耀邦 --brief
      kg show zone/左云经济技术开发区 --json
    """
    from kg.query import describe

    found = describe(asked_graph(ctx), name, lang)
    if as_json:
        from kg.query.history import history

        held = asdict(found) | {"history": [asdict(step) for step in history(found.stated, found.thing.iri)]}
        click.echo(json.dumps(held, ensure_ascii=False, indent=1, default=str))
        return
    out = console()
    for part in _Sheet(found, lang).parts(brief):
        out.print(part)


class _Sheet:
    """What is printed of an entity: facts by property, then their sentences by article."""

    def __init__(self, found: Description, lang: Language) -> None:
        from kg.ontology import indicators, labels, properties

        self._found = found
        self._names: Mapping[str, str] = labels(lang)
        self._say = either(lang)
        self._order = {p.name: i for i, p in enumerate((*properties(), *indicators()))}
        self._sentences: dict[tuple[str, str], int] = {}  # (article, quote) → its number

    def parts(self, brief: bool) -> Iterable[RenderableType]:
        yield from self._head()
        stated = sorted(self._found.stated, key=self._rank)
        for predicate, facts in groupby(stated, key=lambda fact: fact.predicate):
            yield from self._heading(self._names.get(predicate, predicate))
            lines = self._history if predicate == "status" else self._facts
            yield from lines(facts)
        if not brief:
            yield from self._evidence(stated)
        yield from self._derived()

    def _head(self) -> Iterable[RenderableType]:
        from rich.text import Text

        thing = self._found.thing
        yield Text.assemble((thing.label, "bold"), "  ", (self._names.get(thing.kind, thing.kind), "dim"))
        if thing.aliases:
            yield Text(self._say("又称 ", "also ") + "、".join(thing.aliases), style="dim")
        yield Text(thing.iri, style="dim")
        if not (self._found.stated or self._found.derived):
            yield Text(
                self._say("文章只提到它，没有说到它的事实", "The articles name it and state nothing of it")
            )

    def _rank(self, fact: Fact) -> tuple[object, ...]:
        """By property; the entity's own before what others have of it; then as the texts go."""
        own = fact.subject == self._found.thing.iri
        order = [self._order.get(name or "", -1) for name in (fact.predicate, fact.indicator)]
        return (order[0], fact.predicate, not own, order[1], fact.article, fact.start, str(fact.object))

    def _heading(self, title: str) -> Iterable[RenderableType]:
        from rich.text import Text

        yield Text()
        yield Text(title, style="bold")

    def _facts(self, facts: Iterable[Fact]) -> Iterable[RenderableType]:
        from rich.text import Text

        from kg.query.facts import merged
        from kg.query.wording import figure

        for same in merged(facts):
            fact = same[0]
            inverse = fact.subject != self._found.thing.iri
            line = Text("← " if inverse else "")
            line.append(fact.subject_label if inverse else figure(fact, self._names))
            if fact.modality != "asserted":
                line.append(f"  [{self._names.get(fact.modality, fact.modality)}]", style="bold")
            if notes := [note for note in (fact.title, fact.product, fact.of, fact.date) if note]:
                line.append("  " + " · ".join(notes))
            numbers = sorted({self._number(one) for one in same})
            surest = max(one.confidence for one in same if one.confidence is not None)
            line.append(f"  {surest} " + "".join(f"[{n}]" for n in numbers), style="dim")
            yield indented("  ", line)

    def _history(self, facts: Iterable[Fact]) -> Iterable[RenderableType]:
        """The phases in the order of time; the latest asserted is the current one."""
        from rich.cells import cell_len
        from rich.text import Text

        from kg.query.history import history

        steps = history(facts, self._found.thing.iri)
        days = [step.when or self._say("时间不详", "no date") for step in steps]
        width = max(map(cell_len, days), default=0)
        for step, day in zip(steps, days, strict=True):
            line = Text(day + " " * (width - cell_len(day)) + "  ")
            line.append(self._names.get(step.phase, step.phase), style="bold" if step.current else "")
            notes = []
            if step.plan:
                notes.append(f"[{self._names.get('expected', 'expected')}]")
            if step.current:
                notes.append(self._say("← 当前", "← current"))
            if step.when and not step.stated:
                notes.append(self._say("按文章日期", "by the article's date"))
            line.append("".join(f"  {note}" for note in notes), style="bold" if step.plan else "")
            numbers = sorted({self._number(one) for one in step.facts})
            surest = max(one.confidence for one in step.facts if one.confidence is not None)
            line.append(f"  {surest} " + "".join(f"[{n}]" for n in numbers), style="dim")
            yield indented("  ", line)

    def _number(self, fact: Fact) -> int:
        key = (fact.article or "", fact.quote or "")
        return self._sentences.setdefault(key, len(self._sentences) + 1)

    def _evidence(self, stated: list[Fact]) -> Iterable[RenderableType]:
        """The sentences by their numbers, under the articles in which they stand."""
        from rich.text import Text

        about = {fact.article: (fact.headline, fact.published) for fact in stated}
        if about:
            yield from self._heading(self._say("原文", "Sentences"))
        article = None
        for (where, quote), number in self._sentences.items():
            if where != article:
                article = where
                yield indented("  ", Text(" ".join(x for x in about[where] if x), style="dim"))
            yield indented(f"    [{number}] ".ljust(9), Text(re.sub(r"\s+", " ", quote)))

    def _derived(self) -> Iterable[RenderableType]:
        from rich.text import Text

        if not self._found.derived:
            return
        yield from self._heading(self._say("推算所得（原文没有明说）", "Computed (no text says so)"))
        own = self._found.thing.iri
        for (predicate, inverse), facts in groupby(
            self._found.derived, key=lambda fact: (fact.predicate, fact.subject != own)
        ):
            title = ("← " if inverse else "") + self._names.get(predicate, predicate)
            others = dict.fromkeys(f.subject_label if inverse else str(f.object_label) for f in facts)
            yield indented(f"  {title}  ", Text("、".join(others)))
