"""`lz_llm_facts`: the facts that a language model stated, as claims where the text bears them out.

It comes after `relations`, when it is settled which names are mentions of what.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Claim, Concept, Modality, Ref
from kg.nlp.plugins.llm import Said, facts_said
from kg.nlp.plugins.schema import FIGURES, PHASES, RELATIONS, stated
from kg.nlp.plugins.setting_aside import put_aside
from kg.nlp.relations.investment import currency, is_money
from kg.nlp.view import Measure, Page


class Refused(Exception):
    """Why a fact is not taken over."""


class LlmFacts:
    """Appends to `doc._.claims`."""

    def __init__(self, name: str, confidence: float) -> None:
        self.name, self.confidence = name, confidence

    def __call__(self, doc: Doc) -> Doc:
        """Check and add; returns the same `Doc`."""
        known = {(c.subject, c.predicate, c.object, c.modality) for c in doc._.claims}
        for said in facts_said(doc):
            try:
                claim = self._claim(doc._.page, said)
            except Refused as reason:
                put_aside(doc, self.name, said.fact, str(reason))
                continue
            key = (claim.subject, claim.predicate, claim.object, claim.modality)
            if key not in known:  # what a rule has read as well stays as the rule has it
                known.add(key)
                doc._.claims.append(claim)
        doc._.claims.sort(key=lambda c: (c.start, c.end, c.predicate, c.subject, str(c.object)))
        return doc

    def _claim(self, page: Page, said: Said) -> Claim:
        """The claim that a fact makes. Raises Refused with the reason if it makes none."""
        fact = said.fact if isinstance(said.fact, dict) else {}
        predicate = str(fact.get("predicate"))
        ends = stated().get(predicate)
        if ends is None:
            raise Refused(f"{predicate!r} is no property that a text states")
        try:
            held = Modality(fact.get("held") or Modality.ASSERTED)
        except ValueError:
            raise Refused(f"held {fact.get('held')!r} is none of {', '.join(Modality)}") from None
        quote = _text(fact, "quote")
        start = page.body.find(quote, said.start, said.end)
        if start < 0:
            raise Refused("the quote is not in the text")
        end = start + len(quote)
        first, last = page.sentence_at(start), page.sentence_at(end - 1)
        if first is None or last is None:
            raise Refused("the quote stands in no sentence")
        subject = _entity(page, _text(fact, "subject"), ends.domain, first.start, last.end)
        claim = Claim(
            subject,
            predicate,
            Decimal(0),
            first.start,
            last.end,
            self.name,
            self.confidence,
            held,
        )
        if predicate in RELATIONS:
            target = _entity(page, _text(fact, "object"), ends.range, first.start, last.end)
            if target == subject:
                raise Refused("subject and object are one")
            return replace(claim, object=Ref(target))
        if predicate == "status":
            if fact.get("value") not in PHASES:
                raise Refused(f"{fact.get('value')!r} is no phase")
            return replace(claim, object=Concept(str(fact["value"])))
        measure = _figure(page, _text(fact, "value"), FIGURES[predicate], start, end)
        unit = {"money": currency(measure), "area": "m2", "people": "person"}[FIGURES[predicate]]
        quantity = measure.quantity
        return replace(
            claim, object=quantity.value, unit=unit, max_value=quantity.max_value, printed=quantity.printed
        )


def _text(fact: dict[str, Any], key: str) -> str:
    value = fact.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Refused(f"has no {key}")
    return value.strip()


def _entity(page: Page, name: str, types: frozenset[str], start: int, end: int) -> str:
    """The entity of a name: of its mention in the sentence if there is one, else of any that is called so."""
    here = [m.entity for m in page.within(start, end) if m.text == name]
    called = [e.id for e in page.entities.values() if name in (e.name, *e.aliases)]
    if not here and not called:
        raise Refused(f"{name!r} is no mention")
    fitting = [e for e in (*here, *called) if page.type(e) in types]
    if not fitting:
        raise Refused(f"{name!r} is a {page.type((*here, *called)[0])}, not {' or '.join(sorted(types))}")
    return fitting[0]


def _figure(page: Page, value: str, kind: str, start: int, end: int) -> Measure:
    """The measure of the text that a figure is."""
    for sentence in page.sentences:
        for measure in sentence.measures:
            inside = start <= measure.start and measure.end <= end
            if inside and measure.quantity.printed in value and _in_unit(measure, kind):
                return measure
    raise Refused(f"{value!r} is no figure of the quote in a unit of {kind}")


def _in_unit(measure: Measure, kind: str) -> bool:
    if kind == "money":
        return is_money(measure)
    return measure.quantity.unit in (("m2",) if kind == "area" else ("person", "count"))


@Language.factory("lz_llm_facts", default_config={"confidence": 0.7})
def make_llm_facts(nlp: Language, name: str, confidence: float) -> LlmFacts:
    """`confidence` is what its claims begin with; `lz_confidence`, behind it, weighs them like all others."""
    return LlmFacts(name, confidence)
