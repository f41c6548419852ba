"""`lz_llm`, `lz_llm_facts`: names and facts by a language model, taken over only where the text bears them out.

The model is asked passage by passage, with the types and properties of the ontology as its schema. A name counts if
it stands in the passage letter by letter; a fact if its quote does, its subject and object are mentions of fitting
types, and its figure is one that stands in the quote. All else is set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import DataError
from kg.nlp.plugins.chat import Chat, json_in
from kg.nlp.plugins.labels import TYPES
from kg.nlp.plugins.schema import instructions
from kg.nlp.plugins.setting_aside import put_aside
from kg.nlp.spotting import propose

_KEY = "llm facts"
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Said:
    """A fact that the model stated of the passage `start`..`end` of the body, unchecked."""

    start: int
    end: int
    fact: Any


def facts_said(doc: Doc) -> list[Said]:
    """What `lz_llm` has left for `lz_llm_facts`."""
    kept: list[Said] = doc.user_data.setdefault(_KEY, [])
    return kept


class Llm:
    """Asks the model about each passage; adds the names to the candidates, keeps the facts for later."""

    def __init__(
        self, name: str, chat: Chat, types: list[str], facts: bool, score: float, longest: int
    ) -> None:
        unknown = sorted({*types} - {*TYPES})
        if unknown:
            raise DataError(f"pipeline config, {name}: {unknown[0]!r} is none of {', '.join(TYPES)}")
        self.name, self.chat, self.facts = name, chat, facts
        self.types = tuple(types) or TYPES
        self.score, self.longest = score, longest

    @cached_property
    def _told(self) -> str:
        return instructions(self.types, self.facts)

    def __call__(self, doc: Doc) -> Doc:
        """Ask and add; returns the same `Doc`. Raises KgError if the model does not answer."""
        for start, end in self._passages(doc):
            answer = self.chat.ask(self._told, doc.text[start:end])
            data = json_in(answer)
            if data is None:
                put_aside(doc, self.name, answer, "is no JSON object")
                continue
            self._names(doc, start, end, data.get("entities"))
            if self.facts:
                facts_said(doc).extend(Said(start, end, fact) for fact in _listed(data.get("facts")))
        return doc

    def _passages(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """Runs of sentences up to `longest` characters."""
        begin = end = None
        for span in doc.spans["sentences"]:
            if begin is not None and end is not None and span.end_char - begin > self.longest:
                yield begin, end
                begin = None
            begin = span.start_char if begin is None else begin
            end = span.end_char
        if begin is not None and end is not None:
            yield begin, end

    def _names(self, doc: Doc, start: int, end: int, listed: object) -> None:
        for one in _listed(listed):
            type_, name = (one.get("type"), one.get("text")) if isinstance(one, dict) else (None, None)
            if (
                not isinstance(name, str)
                or not isinstance(type_, str)
                or not 0 < len(name.strip()) <= _LONGEST_NAME
            ):
                put_aside(doc, self.name, one, "is no entity: type and text are wanted")
            elif type_ not in self.types:
                put_aside(doc, self.name, one, f"{type_!r} is none of the types asked for")
            elif name.strip() not in doc.text[start:end]:
                put_aside(doc, self.name, one, "is not in the text")
            else:
                for hit in re.finditer(re.escape(name.strip()), doc.text[start:end]):
                    at = start + hit.start()
                    propose(doc, at, start + hit.end(), type_, self.score, f"{self.name}.{type_}")


def _listed(data: object) -> list[Any]:
    return data if isinstance(data, list) else []


@Language.factory(
    "lz_llm",
    default_config={
        "url": "http://127.0.0.1:8000/v1",
        "model": "",
        "key_variable": "",
        "timeout": 120.0,
        "types": [],
        "facts": False,
        "score": 0.8,
        "longest": 1500,
    },
)
def make_llm(
    nlp: Language,
    name: str,
    url: str,
    model: str,
    key_variable: str,
    timeout: float,
    types: list[str],
    facts: bool,
    score: float,
    longest: int,
) -> Llm:
    """`url` ends before `/chat/completions`; `key_variable` names the environment variable with the key.

    `types` to ask for (all if none are named); `facts` asks for facts too (`lz_llm_facts` takes them over);
    `score` is how sure its names are; passages have up to `longest` characters.
    """
    return Llm(name, Chat(name, url, model, key_variable, timeout), types, facts, score, longest)
