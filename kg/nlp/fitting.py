"""Fits the tables that guesses of names are weighed by (`data/*_weights.csv`) to annotated articles.

The components that look for names (zones, firms, chains, …) say which stretches may be one, and by what traits; a
guess is right if an annotator named that very stretch.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import DataError
from kg.model import EntityType
from kg.nlp import chains, industries, products, projects
from kg.nlp.candidates import passages
from kg.nlp.firms import Firms
from kg.nlp.institutions import Institutions
from kg.nlp.people import People
from kg.nlp.pipeline import make_doc
from kg.nlp.spotting import WordIndex
from kg.nlp.weigh import Table, fit, using
from kg.nlp.zones import Zones
from kg.read import find_sources, read_source

Guesses = Iterator[tuple[str, int, int, Collection[str]]]  # table, start, end, traits

_QUOTES = "“”\"'‘’《》「」"


@dataclass(frozen=True, slots=True)
class Kind:
    """A table to fit: whose names they are (`said`), how often a trait must occur, how hard weights are held.

    Where annotators differ on where a name begins, a guess is right that shares `near` of its characters with
    an annotated one (twice those in both over those in each).
    """

    said: str
    types: tuple[EntityType, ...]
    rare: int = 8
    ridge: float = 1.0
    near: float = 1.0


_SITES = (EntityType.ZONE, EntityType.PARK)  # which of the two a name is, its ending says
KINDS = {
    "zone": Kind("a zone", _SITES),
    "park": Kind("a park", _SITES),
    "firm": Kind("a firm's short name", (EntityType.FIRM,), rare=40),
    "person": Kind("a person", (EntityType.PERSON,)),
    "institution": Kind("an institution", (EntityType.INSTITUTION,)),
    "chain": Kind("an industry chain", (EntityType.CHAIN,)),
    "industry": Kind("an industry", (EntityType.INDUSTRY,), near=0.75),
    "project": Kind("a project", (EntityType.PROJECT,), near=0.75),
    "product": Kind("a product", (EntityType.PRODUCT,), ridge=2.0, near=0.75),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A guess in an article of a source and whether it is right."""

    source: str
    article: int
    start: int
    end: int
    name: str
    traits: frozenset[str]
    right: bool


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article read up to where guesses begin, with the names annotated in it by type."""

    source: str
    article: int
    doc: Doc
    names: Mapping[EntityType, frozenset[tuple[int, int]]]


def annotated(
    nlp: Language, gold_folder: Path, texts_folder: Path, say: Callable[[str], None] = lambda _: None
) -> list[Annotated]:
    """The articles of `texts_folder` that `gold_folder` has annotations of, in order of source.

    Raises DataError if there are none or one cannot be understood.
    """
    texts = {path.stem: path for path in find_sources([texts_folder])}
    both = sorted(texts.keys() & {path.stem for path in gold_folder.glob("*.json")})
    if not both:
        raise DataError(f"{gold_folder} holds no annotation (STEM.json) of any text in {texts_folder}")
    first = nlp.pipe_names[: nlp.pipe_names.index("places") + 1]
    found = []
    for n, stem in enumerate(both):
        if n % 50 == 0:
            say(f"reading {n} of {len(both)}")
        forms = _forms(gold_folder / f"{stem}.json")
        for number, article in enumerate(read_source(texts[stem])):
            doc = make_doc(nlp, article)
            for part in first:
                doc = nlp.get_pipe(part)(doc)
            names = {type_: _stretches(doc.text, own) for type_, own in forms.items()}
            found.append(Annotated(stem, number, doc, names))
    return found


def _forms(path: Path) -> dict[EntityType, set[str]]:
    """The forms annotated in a file by type."""
    forms: dict[EntityType, set[str]] = {type_: set() for type_ in EntityType}
    try:
        for entity in json.loads(path.read_text(encoding="utf-8"))["entities"]:
            forms[EntityType(entity["type"])].update([entity["name"], *entity.get("mentions", [])])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path} is no annotation of a text ({type(error).__name__}: {error})") from error
    return forms


def _stretches(text: str, forms: Collection[str]) -> frozenset[tuple[int, int]]:
    """Where the forms stand, none inside a longer one."""
    found: list[tuple[int, int]] = []
    for form in sorted(filter(None, forms), key=lambda f: (-len(f), f)):
        for hit in re.finditer(re.escape(form), text):
            if not any(start <= hit.start() and hit.end() <= end for start, end in found):
                found.append(hit.span())
    return frozenset(_bare(text, *span) for span in found)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the quotes around it."""
    while start < end and text[start] in _QUOTES:
        start += 1
    while start < end and text[end - 1] in _QUOTES:
        end -= 1
    return start, end


def examples(
    nlp: Language, articles: Sequence[Annotated], say: Callable[[str], None] = lambda _: None
) -> tuple[dict[str, list[Example]], dict[str, Table]]:
    """Every guess in the articles by kind, and the tables fitted to them.

    Firms are guessed in the names of projects, products beside firms: those guesses build on the tables
    fitted before them.
    """
    found: dict[str, list[Example]] = {name: [] for name in KINDS}
    tables: dict[str, Table] = {}
    stages = ((_first_guesses, "projects"), (_firm_guesses, "firms"), (_product_guesses, None))
    for guesses, follows in stages:
        say("guessing names")
        with using(tables):
            new = {name for one in articles for name in _gather(one, guesses, found)}
        for name in sorted(new):
            tables[name] = fit_table(name, found[name])
        if follows:
            with using(tables):
                component = nlp.create_pipe(f"lz_{follows}")
                for one in articles:
                    component(one.doc)
    return found, tables


def _gather(one: Annotated, guesses: Callable[[Doc], Guesses], found: dict[str, list[Example]]) -> set[str]:
    """Append an article's guesses; returns the kinds there are."""
    kinds = set()
    text = one.doc.text
    for name, start, end, traits in guesses(one.doc):
        bare = _bare(text, start, end)
        kind = KINDS[name]
        right = any(_same(bare, span, kind.near) for type_ in kind.types for span in one.names[type_])
        found[name].append(
            Example(one.source, one.article, start, end, text[slice(*bare)], frozenset(traits), right)
        )
        kinds.add(name)
    return kinds


def _same(a: tuple[int, int], b: tuple[int, int], near: float) -> bool:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return a == b or (near < 1 and 2 * shared >= near * (a[1] - a[0] + b[1] - b[0]))


def fit_table(name: str, given: Iterable[Example]) -> Table:
    """The table of a kind of guess, fitted to examples of it."""
    kind = KINDS[name]
    return fit([(e.traits, e.right) for e in given], kind.ridge, kind.rare)


_zones, _people, _institutions, _firms = cache(Zones), cache(People), cache(Institutions), cache(Firms)


def _first_guesses(doc: Doc) -> Guesses:
    """Those that stand on words and places alone."""
    index = WordIndex(doc._.words)
    for site in _zones().guesses(doc, index):
        yield site.kind.type.lower(), site.start, site.end, site.traits
    for person in _people().guesses(doc, index):
        yield "person", person.start, person.end, person.traits
    for body in _institutions().guesses(doc, index):
        yield "institution", body.start, body.end, body.traits
    for offset, passage in passages(doc):
        for name, module in (("chain", chains), ("industry", industries), ("project", projects)):
            for start, end, traits, _ in module.guesses(passage):
                yield name, offset + start, offset + end, traits


def _firm_guesses(doc: Doc) -> Guesses:
    for guess in _firms().guesses(doc, WordIndex(doc._.words)):
        yield "firm", guess.start, guess.end, guess.traits


def _product_guesses(doc: Doc) -> Guesses:
    firms = products.firms_of(doc)
    for offset, passage in passages(doc):
        for start, end, traits, _ in products.guesses(passage, products.inside(firms, offset, passage)):
            yield "product", offset + start, offset + end, traits
