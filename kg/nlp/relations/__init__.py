"""Relations: one family of rules a file, found by name.

A rule is a function `Page → claims`, registered under the family's name:

    @relation("chain-leader")
    def chain_leader(page: Page) -> Iterator[Claim]: ...

A file in this folder is enough; packages of others add theirs by the entry point
`lianzhu_relations`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator

import catalogue
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Claim
from kg.nlp.view import Page

Rule = Callable[[Page], Iterator[Claim]]

_rules = catalogue.create("lianzhu", "relations", entry_points=True)


def relation(name: str) -> Callable[[Rule], Rule]:
    """Register a rule under a name (kebab case)."""

    def add(rule: Rule) -> Rule:
        _rules.register(name, func=rule)
        return rule

    return add


def rules() -> dict[str, Rule]:
    """All rules by name: those of this folder and those of entry points, sorted."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_rules.get_all().items()))


class Relations:
    """The component that runs every rule over a page and keeps each distinct claim once.

    Of claims that say the same, the one with the highest confidence stays (the first on a tie).
    """

    def __init__(self, only: list[str] | None = None) -> None:
        self.rules = {name: rule for name, rule in rules().items() if only is None or name in only}

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc._.claims`."""
        best: dict[tuple[object, ...], Claim] = {}
        for rule in self.rules.values():
            for claim in rule(doc._.page):
                key = (
                    claim.subject,
                    claim.predicate,
                    claim.object,
                    claim.modality,
                    claim.unit,
                    claim.indicator,
                    claim.date,
                    claim.of,
                )
                if key not in best or claim.confidence > best[key].confidence:
                    best[key] = claim
        doc._.claims = sorted(
            best.values(), key=lambda c: (c.start, c.end, c.predicate, c.subject, str(c.object))
        )
        return doc


@Language.factory("lz_relations", default_config={"only": None})
def make_relations(nlp: Language, name: str, only: list[str] | None) -> Relations:
    """`only` names the rules to run; all by default."""
    return Relations(only)
