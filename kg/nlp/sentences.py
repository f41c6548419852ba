"""Sentences of an article, block by block; a ； also ends one, for lists are written with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401  registers doc._.article
from kg.model import Article, Block, BlockKind, Source

_END = re.compile(r"[。！？；!?;]+[”’」』）)》】]*|…{2,}|\n")


def plain_article(text: str) -> Article:
    """An article without a file behind it: every line a paragraph."""
    blocks, at = [], 0
    for line in text.split("\n"):
        body = line.strip()
        if body:
            start = at + line.index(body)
            blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(body)))
        at += len(line) + 1
    source = Source(id="text", path="", sha256="", media_type="text/plain")
    return Article(id="text", source=source, headline="", body=text, blocks=tuple(blocks))


def split(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of `text`, shifted by `start`; closing quotes stay with theirs.

    Inside brackets nothing is cut: （一期；二期） is one thing.
    """
    depth_at, depth = [], 0
    for char in text:
        if char in "（(【[":
            depth += 1
        depth_at.append(depth)
        if char in "）)】]":
            depth = max(0, depth - 1)
    begin = 0
    unbalanced = depth != 0
    for end in _END.finditer(text):
        if depth_at[end.start()] and not unbalanced:
            continue
        if text[begin : end.end()].strip():
            yield start + begin, start + end.end()
        begin = end.end()
    if text[begin:].strip():
        yield start + begin, start + len(text)


class Sentences:
    """Writes `doc._.article` if absent and `doc.spans["sentences"]`, label = kind of block."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the sentences of a document."""
        if doc._.article is None:
            doc._.article = plain_article(doc.text)
        article: Article = doc._.article
        spans = []
        for block in article.blocks:
            for start, end in split(article.body[block.start : block.end], block.start):
                span = doc.char_span(start, end, label=block.kind.value, alignment_mode="expand")
                if span is not None:
                    spans.append(span)
        doc.spans["sentences"] = spans
        return doc


@Language.factory("lz_sentences")
def make_sentences(nlp: Language, name: str) -> Sentences:
    """No settings."""
    return Sentences()
