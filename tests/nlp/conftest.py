"""Pages made from text with marked names, so that rules are tested without the name components.

`[[Firm 晋华]]` marks a mention; `[[Firm 晋华=晋华新材料]]` one of an entity that is named otherwise elsewhere;
marks nest: `[[Project [[Firm 晋华]]电池项目]]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import spacy

import kg.nlp.sentences  # noqa: F401  registers lz_sentences
from kg.model import Article, Block, BlockKind, Concept, Entity, EntityType, Modality, Ref, Source
from kg.nlp.context import Context
from kg.nlp.dates import moments
from kg.nlp.pipeline import register_factories
from kg.nlp.quantities import measures
from kg.nlp.relations import rules
from kg.nlp.view import Page

_MARK = re.compile(r"\[\[(?P<type>[A-Z][a-z]+) |(?:=(?P<name>[^\[\]]+))?\]\]")


def unmark(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    """The text without marks, and (start, end, type, name) of each mark."""
    text, found, open_ = "", [], []
    at = 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark["type"]:
            open_.append((len(text), mark["type"]))
        else:
            start, type_ = open_.pop()
            found.append((start, len(text), type_, mark["name"] or text[start:]))
    return text + marked[at:], found


def make_page(
    marked: str, headline: str = "", publisher: str | None = None, published: str | None = None
) -> Page:
    """A page of marked lines, with its figures and dates; `headline` (marked too) is its first block."""
    nlp = spacy.blank("zh")
    body, marks = unmark("\n".join(filter(None, [headline, marked])))
    blocks, start = [], 0
    for number, line in enumerate(body.split("\n")):
        kind = BlockKind.HEADLINE if headline and number == 0 else BlockKind.PARAGRAPH
        if line.startswith("【"):
            kind = BlockKind.HEADING
        blocks.append(Block(kind, start, start + len(line)))
        start += len(line) + 1
    source = Source("s", "s.txt", "", "text/plain", publisher=publisher, published=published)
    doc = nlp.make_doc(body)
    doc._.measures, doc._.moments = measures(body), moments(body, published)
    doc._.article = Article("s", source, unmark(headline)[0], body, tuple(blocks))
    nlp.add_pipe("lz_sentences")(doc)
    ids: dict[tuple[str, str], str] = {}
    spans, entities = [], {}
    for begin, end, type_, name in sorted(marks):
        id_ = ids.setdefault((type_, name), f"e{len(ids) + 1}")
        spans.append(doc.char_span(begin, end, label=type_, span_id=id_))
        forms = {body[b:e] for b, e, t, n in marks if (t, n) == (type_, name)}
        entities[id_] = Entity(id_, EntityType(type_), name, tuple(sorted(forms)))
    doc.spans["entities"] = spans
    doc._.entities = entities
    page: Page = Context()(doc)._.page
    return page


@pytest.fixture(scope="session")
def page_of() -> Callable[..., Page]:
    """Make a page from marked text."""
    return make_page


@pytest.fixture(scope="session")
def told() -> Callable[..., set[tuple[str, str, str]]]:
    """What a rule asserts on a marked text: (subject, predicate, object) by name.

    With `modality`, what it says in that mode; the claim's stretch is checked to be a sentence of the text.
    """

    def read(
        rule: str,
        marked: str,
        headline: str = "",
        modality: Modality = Modality.ASSERTED,
        publisher: str | None = None,
    ) -> set[tuple[str, str, str]]:
        page = make_page(marked, headline, publisher)
        found = set()
        for claim in rules()[rule](page):
            assert any((s.start, s.end) == (claim.start, claim.end) for s in page.sentences)
            assert 0 < claim.confidence <= 1 and claim.rule
            if claim.modality is modality:
                assert isinstance(claim.object, Ref | Concept)
                object_ = (
                    page.entities[claim.object.entity].name
                    if isinstance(claim.object, Ref)
                    else claim.object.name
                )
                found.add((page.entities[claim.subject].name, claim.predicate, object_))
        return found

    return read


@pytest.fixture(scope="session")
def candidates() -> Callable[[str, str], dict[str, float]]:
    """What the name components take for names of one type in a text: form -> score, likely ones only."""
    register_factories()
    nlp = spacy.blank("zh")
    for part in ("sentences", "tagger", "projects", "chains", "industries", "products"):
        nlp.add_pipe(f"lz_{part}")

    def read(kind: str, text: str) -> dict[str, float]:
        doc = nlp(text)
        return {s.text: s._.score for s in doc.spans["candidates"] if s.label_ == kind and s._.score >= 0.5}

    return read


@pytest.fixture(scope="session")
def figures() -> Callable[..., set[tuple[str, str, float | str, str | None]]]:
    """What a rule asserts of one entity: (subject, predicate, number or phase, unit), subjects by name."""

    def read(
        rule: str,
        marked: str,
        headline: str = "",
        modality: Modality = Modality.ASSERTED,
        published: str | None = None,
    ) -> set[tuple[str, str, float | str, str | None]]:
        page = make_page(marked, headline, published=published)
        found: set[tuple[str, str, float | str, str | None]] = set()
        for claim in rules()[rule](page):
            assert page.body[claim.start : claim.end].strip()
            if claim.printed is not None:
                assert claim.printed in page.body[claim.start : claim.end]
            if claim.modality is modality:
                value = claim.object.name if isinstance(claim.object, Concept) else float(str(claim.object))
                found.add((page.entities[claim.subject].name, claim.predicate, value, claim.unit))
        return found

    return read
