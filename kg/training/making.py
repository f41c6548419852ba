"""All learned parts made from annotated articles, with what they are worth on articles left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.evaluate import Document, Scores, load_gold
from kg.evaluate.calibration import Calibrated, Judged, fit_confidence, judge
from kg.evaluate.readings import document
from kg.evaluate.scoring import Row, score
from kg.nlp.fitting import KINDS
from kg.nlp.pipeline import config_of, make_doc, make_pipeline, reading
from kg.nlp.weigh import Table, using, write
from kg.training.card import card
from kg.training.examples import Text, gather
from kg.training.network import Plan
from kg.training.reader import make_reader


@dataclass(frozen=True, slots=True)
class Made:
    """What was made from how many sources: how well names and all else are read, on articles left out."""

    sources: int
    folds: int
    plan: Plan
    names: Mapping[str, Row]
    scores: Scores
    confidence: Calibrated


def make(
    gold: Sequence[Path],
    texts: Sequence[Path],
    out: Path,
    plan: Plan,
    folds: int = 3,
    jobs: int = 1,
    say: Callable[[str], None] = lambda _: None,
) -> Made:
    """Write tables, reader, model card and a pipeline that uses them to the folder `out`.

    `gold` are folders of annotations, `texts` those of the sources they are of, in the same order. The same files
    give the same bytes. Raises DataError for a file that cannot be used, SourceError for a text that cannot be read.
    """
    read = gather(gold, texts, folds, plan.copies, say)
    documents: dict[str, Document] = {}
    for folder in gold:
        documents |= load_gold(folder)
    tables = out / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    for name, table in sorted(read.tables.items()):
        write(tables / f"{name}_weights.csv", table, _about_table(name))
    with TemporaryDirectory() as scratch:
        folders = [Path(scratch) / str(fold) for fold in range(folds)]
        names = make_reader(read, out / "reader", folders, plan, jobs, say)
        found: dict[str, Document] = {}
        judged: list[Judged] = []
        for fold, folder in enumerate(folders):
            say(f"reading fold {fold + 1} of {folds} whole")
            held = read.held(fold)
            judged += _read(held, folder, read.folds[fold], documents, found)
    confidence = fit_confidence(judged)
    write(tables / "confidence_weights.csv", confidence.table, _ABOUT_CONFIDENCE)
    sources = {text.source for text in read.texts}
    scores = score({s: documents[s] for s in sorted(sources)}, found)
    made = Made(len(sources), folds, plan, names, scores, confidence)
    (out / "CARD.md").write_text(card(made), encoding="utf-8")
    (out / "pipeline.cfg").write_text(config_of(out), encoding="utf-8")
    return made


def _read(
    texts: Sequence[Text],
    model: Path,
    tables: Mapping[str, Table],
    gold: Mapping[str, Document],
    found: dict[str, Document],
) -> list[Judged]:
    """Read texts with the model and tables of their fold; what is said goes to `found`, its claims are judged."""
    judged: list[Judged] = []
    with using(tables):
        nlp = make_pipeline(model=model)
        for source in sorted({text.source for text in texts}):
            docs = []
            for text in (t for t in texts if t.source == source):
                doc = make_doc(nlp, text.doc._.article)
                for name, component in nlp.pipeline:
                    if name != "confidence":
                        doc = component(doc)
                docs.append(doc)
            found[source], _ = document([reading(doc) for doc in docs])
            judged += judge(docs, gold[source])
    return judged


def _about_table(name: str) -> str:
    kind = KINDS[name]
    return (
        f"How much each trait of a guess speaks for {kind.said}. Log odds by kg.nlp.fitting on annotated news\n"
        f"and government reports (ridge {kind.ridge:g}); traits seen fewer than {kind.rare} times have none."
    )


_ABOUT_CONFIDENCE = (
    "How much each trait of a claim speaks for its being right (log odds, by kg.evaluate.calibration), from what\n"
    "was read in articles that neither the reader nor the tables had seen."
)
