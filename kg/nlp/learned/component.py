"""`lz_reader`: the network and the judge over the candidates of the rules."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401
from kg.errors import DataError
from kg.nlp.learned.features import pieces
from kg.nlp.learned.judge import Bench, key
from kg.nlp.learned.network import Network
from kg.nlp.weigh import Table, parse, score

_FLOOR = 0.1  # what is less likely than this is no candidate


class Reader:
    """Weighs the candidates of the rules anew and adds the network's own."""

    def __init__(self, folder: Path) -> None:
        """The model of a folder, as `kg train` writes it; loaded with the first document."""
        self._folder = folder

    def __call__(self, doc: Doc) -> Doc:
        """Give each candidate of `doc.spans["candidates"]` its probability; add the network's.

        Raises DataError if the folder holds no model.
        """
        network, weights = _model(self._folder)
        bench = Bench.of(doc, network(pieces(doc)))
        judged = {place: score(bench.traits(place), weights) for place in bench.cases}
        kept = []
        for span in doc.spans.get("candidates", ()):
            value = judged.pop(key(span), 0.0)
            if value >= _FLOOR:
                span._.score = value
                kept.append(span)
        for (start, end, kind), value in sorted(judged.items()):
            span = doc.char_span(start, end, label=kind) if value >= _FLOOR else None
            if span is not None:
                span._.score, span._.rule = value, "reader"
                kept.append(span)
        doc.spans["candidates"] = kept
        return doc


@cache
def _model(folder: Path) -> tuple[Network, Table]:
    if not (folder / "judge.csv").is_file():
        raise DataError(f"{folder} holds no learned reader; name the folder that kg train wrote")
    return Network(folder), parse((folder / "judge.csv").read_text(encoding="utf-8"))


@Language.factory("lz_reader", default_config={"model": None})
def make_reader(nlp: Language, name: str, model: str | None) -> Reader:
    """`model` is a folder that `kg train` wrote; by default the model that comes with the package."""
    return Reader(Path(model) if model else Path(str(files("kg.nlp.learned") / "model")))
