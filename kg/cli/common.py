"""What several commands share: the graph, the language, tables and progress on the terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import TextIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, cast

import click

from kg.errors import KgError, UsageError
from kg.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kg.graph.http import Login
    from kg.query import SavedQuery
    from kg.query.knowledge import KnowledgeGraph, RemoteGraph

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Target:
    """Which graph a command is about, and the settings."""

    path: Path
    settings: Settings


_OPENERS = {"darwin": "open", "win32": "start"}

language = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    envvar="LIANZHU_LANG",
    show_default=True,
    help="Language of labels (or set LIANZHU_LANG).",
)
"""The option `--lang` of commands that print labels."""


def either(lang: Language) -> Callable[[str, str], str]:
    """A function that picks the Chinese or the English of two wordings."""
    return lambda zh, en: zh if lang == "zh" else en


def open_graph(ctx: click.Context) -> KnowledgeGraph:
    """The graph named by `--kg`, closed when the command ends."""
    import kg

    target = ctx.find_object(Target)
    assert target is not None
    graph = kg.open(target.path)
    ctx.call_on_close(graph.close)
    return graph


def _address(ctx: click.Context, _: click.Parameter, url: str | None) -> None:
    ctx.meta[_ENDPOINT] = url


_ENDPOINT = "kg.endpoint"

endpoint = click.option(
    "--endpoint",
    metavar="URL",
    envvar="LIANZHU_ENDPOINT",
    expose_value=False,
    callback=_address,
    help="Ask the graph behind this SPARQL endpoint instead (or set LIANZHU_ENDPOINT).",
)
"""The option `--endpoint` of commands that open their graph with `asked_graph`."""


def asked_graph(ctx: click.Context) -> KnowledgeGraph | RemoteGraph:
    """The graph behind `--endpoint`, or else the one named by `--kg`; closed when the command ends."""
    url = ctx.meta.get(_ENDPOINT)
    if url is None:
        return open_graph(ctx)
    from kg.graph.iris import Iris
    from kg.query.knowledge import RemoteGraph

    target = ctx.find_object(Target)
    assert target is not None
    graph = RemoteGraph(url, login=login(), iris=Iris.of(target.settings))
    ctx.call_on_close(graph.close)
    return graph


own_queries = click.option(
    "--queries",
    type=click.Path(path_type=Path),
    multiple=True,
    envvar="LIANZHU_QUERIES",
    metavar="FOLDER",
    help="A folder with saved queries (.rq) of your own (or set LIANZHU_QUERIES, or queries in the settings).",
)
"""The option `--queries`, for `known_queries`."""


def known_queries(ctx: click.Context, folders: Sequence[Path]) -> dict[str, SavedQuery]:
    """The saved queries of the package, the settings and some folders, by name."""
    from kg.query import saved_queries

    target = ctx.find_object(Target)
    own = target.settings.queries if target else None
    return saved_queries((own, *folders) if own else folders)


def login() -> Login:
    """Who asks another store: what the environment says, so that no password stands in a history of commands."""
    from kg.graph.http import Login

    return Login(*(os.environ.get(f"LIANZHU_{name}") for name in ("USER", "PASSWORD", "TOKEN")))


def console() -> Console:
    """The terminal in its width; where the output is piped, lines are as long as they are."""
    from rich.console import Console

    if sys.stdout.isatty():
        return Console(highlight=False, markup=False)
    return Console(file=cast(IO[str], _Trimmed()), width=100_000, highlight=False, markup=False)


class _Trimmed(TextIOBase):
    """Standard output without the spaces that fill up the last column of a table."""

    def write(self, text: str) -> int:
        sys.stdout.write(re.sub(r" +$", "", text, flags=re.MULTILINE))
        return len(text)


def table(header: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[int] = ()) -> Table:
    """A table with hairlines only; columns in `right` are numbers. Cells are text, never markup."""
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for i, name in enumerate(header):
        made.add_column(name, justify="right" if i in right else "left", overflow="fold")
    for row in rows:
        made.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    return made


def indented(lead: str, text: Text) -> Table:
    """Text behind a lead; the lines it is broken into start where its first does."""
    from rich.table import Table

    grid = Table.grid()
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    grid.add_row(lead, text)
    return grid


def output_form(output: Path | None, forms: Sequence[str] = ("json", "csv")) -> str:
    """The format that the ending of a file to write stands for, "" for no file; UsageError for another ending."""
    if output is None:
        return ""
    form = output.suffix.lower().removeprefix(".")
    if form not in forms:
        raise UsageError(f"{output}: write to a file that ends in {', '.join('.' + f for f in forms)}")
    return form


def write_output(output: Path, text: str) -> None:
    """Write a file whole or not at all. Raises KgError if it cannot be written."""
    from kg.graph.store import replace_file

    try:
        replace_file(output, text)
    except OSError as error:
        raise KgError(f"{output}: cannot be written: {error.strerror or error}") from error


def opening(file: Path) -> str:
    """A file that was made, and the command that opens it on this system."""
    return f"{file}  →  {_OPENERS.get(sys.platform, 'xdg-open')} {file}"


class ProgressBar:
    """A bar on stderr for each stage of long work; nothing where stderr is no terminal."""

    def __init__(self, names: dict[str, str]) -> None:
        """`names` says what the stages are called."""
        self._names = names
        self._stage = ""
        self._bar: Any = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """So much of a stage is done."""
        if not sys.stderr.isatty():
            return
        if stage != self._stage:
            self.close()
            self._stage = stage
            label = self._names.get(stage, stage)
            self._bar = click.progressbar(length=max(total, 1), label=label, file=sys.stderr, show_pos=True)
            self._bar.render_progress()
        self._bar.update(done - self._bar.pos)

    def close(self) -> None:
        """End the bar that is shown."""
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None
