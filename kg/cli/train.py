"""`kg train`: the learned parts made anew from annotations."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from kg.cli.common import opening
from kg.errors import KgError, UsageError


@click.command("train")
@click.argument(
    "gold", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option(
    "--texts",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of the texts that a GOLD folder annotates; once for each, in the same order.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="The folder to write to."
)
@click.option(
    "--folds", type=click.IntRange(2), default=3, show_default=True, help="Parts the texts are dealt out to."
)
@click.option("--epochs", type=click.IntRange(1), help="Times the network sees each text.  [default: 6]")
@click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, help="Networks trained at once."
)
@click.option("--seed", type=int, default=0, show_default=True, help="What the network's chance begins with.")
def command(
    gold: tuple[Path, ...],
    texts: tuple[Path, ...],
    output: Path,
    folds: int,
    epochs: int | None,
    jobs: int,
    seed: int,
) -> None:
    """Train the reader on annotated texts.

    Made are the tables that rules and claims are weighed by, the learned reader, and a model card with scores on
    articles left out; a settings file names the pipeline.cfg beside them to read with what was made. GOLD are folders
    of annotations (NAME.json, in the form that kg evaluate reads), --texts the folders of the texts (NAME.txt,
    NAME.md …). Needs pip install 'lianzhu[train]', and for 300 articles about an hour of one core.

    \b
    Examples:
      kg train annotations --texts articles -o my-model
      kg train annotations more-annotations --texts articles --texts more-articles -o my-model --jobs 2
    """
    if len(gold) != len(texts):
        raise UsageError(f"{len(gold)} folders of annotations, but --texts is given {len(texts)} times")
    if find_spec("torch") is None or find_spec("onnx") is None:
        raise KgError("training needs torch and onnx; install them: pip install 'lianzhu[train]'")
    from dataclasses import replace

    from kg.training.making import make
    from kg.training.network import Plan

    plan = replace(Plan(seed=seed), **({"epochs": epochs} if epochs else {}))
    made = make(gold, texts, output, plan, folds, jobs, lambda message: click.echo(message, err=True))
    for (group, kind), row in made.scores.rows.items():
        if kind == "ALL":
            click.echo(f"{group:12} P {row.precision:.3f}  R {row.recall:.3f}  F1 {row.f1:.3f}")
    click.echo(opening(output / "CARD.md"))
