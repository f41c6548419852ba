"""What several commands share: the graph's folder, language, tables on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

import kg

if TYPE_CHECKING:
    from kg.graph import Graph


class GraphPath(click.Path):
    """A folder that holds a graph."""

    name = "folder"


language = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Language of labels.",
)
"""The option `--lang` of commands that print labels."""


def open_graph(ctx: click.Context) -> Graph:
    """The graph named by `--kg`, closed when the command ends."""
    graph = kg.open(Path(ctx.obj))
    ctx.call_on_close(graph.close)
    return graph


Language = Literal["zh", "en"]


def console(stderr: bool = False) -> Console:
    """A terminal of the width there is; 100 columns where the output is piped."""
    width = None if sys.stdout.isatty() else 100
    return Console(stderr=stderr, width=width, highlight=False, soft_wrap=False)


def table(header: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[int] = ()) -> Table:
    """A table with hairlines only; columns in `right` are numbers. Cells are text, never markup."""
    made = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for i, name in enumerate(header):
        made.add_column(name, justify="right" if i in right else "left", overflow="fold")
    for row in rows:
        made.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    return made


def progress_bar(label: str) -> tuple[Callable[[str, int, int], None], Callable[[], None]]:
    """A callback for stages of long work and a function that ends the bar; silent when piped."""
    bar: list[Any] = []
    at: list[str] = []

    def finish() -> None:
        while bar:
            bar.pop().render_finish()

    def tell(stage: str, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        if at != [stage]:
            finish()
            at[:] = [stage]
            made = click.progressbar(length=max(total, 1), label=f"{label} {stage}", file=sys.stderr)
            bar.append(made)
        bar[0].update(done - bar[0].pos)

    return tell, finish
