"""What a language model may say: the types and properties of the ontology, and how it is told of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.model import EntityType
from kg.nlp.phases import ORDER
from kg.ontology import Property as OntologyProperty
from kg.ontology import classes, properties
from kg.tables import table

RELATIONS = (
    "locatedIn", "parkOf", "developedBy", "inChain", "chainIn", "chainLeader", "chainCore", "chainChief",
    "suppliesTo", "produces", "cooperatesWith", "subsidiaryOf", "leadingIndustry", "holdsPost",
)  # fmt: skip
# Figures of one thing: the kind of unit that they are in.
FIGURES = MappingProxyType(
    {
        "totalInvestment": "money",
        "completedInvestment": "money",
        "expectedOutputValue": "money",
        "expectedTax": "money",
        "landArea": "area",
        "floorArea": "area",
        "jobs": "people",
    }
)
PHASES = ORDER
_TYPES = frozenset(str(t) for t in EntityType)


@dataclass(frozen=True, slots=True)
class Property:
    """The types that a property's subject may be of and, if it is a relation, its object."""

    domain: frozenset[str]
    range: frozenset[str]


@cache
def stated() -> MappingProxyType[str, Property]:
    """The properties that a text can state of its entities: relations, figures, and the phase."""
    wanted = {*RELATIONS, *FIGURES, "status"}
    return MappingProxyType(
        {
            p.name: Property(frozenset(p.domain) & _TYPES, frozenset(p.range) & _TYPES)
            for p in properties()
            if p.name in wanted
        }
    )


def instructions(types: Collection[str], with_facts: bool) -> str:
    """What a model is told before it is given a passage (`data/llm.yaml`)."""
    wording = table("kg.nlp", "llm")
    told = [f"- {c.name}（{c.label_zh}）：{c.definition_zh}" for c in classes() if c.name in types]
    facts = form = ""
    if with_facts:
        lines = [_line(p) for p in properties() if p.name in stated() and {*p.domain} & {*types}]
        facts = (
            wording["facts"].replace("@properties", "\n".join(lines)).replace("@phases", "、".join(PHASES))
        )
        form = wording["fact"].strip()
    text = str(wording["task"])
    for mark, part in (("@types", "\n".join(told)), ("@facts", facts), ("@fact", form)):
        text = text.replace(mark, part)
    return text


def _line(term: OntologyProperty) -> str:
    ends = stated()[term.name]
    target = "、".join(sorted(ends.range)) or "value"
    return (
        f"- {term.name}（{term.label_zh}）：{'、'.join(sorted(ends.domain))} → {target}。{term.definition_zh}"
    )
