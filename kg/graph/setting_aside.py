"""What of an article is not taken in, and why, in words: what breaks the contract, and what people rejected."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.curation import Reject
from kg.graph.iris import Iris
from kg.graph.state import Rejected
from kg.graph.writing import Resolved
from kg.link import Corpus
from kg.model import Claim, Concept, Mention, Ref
from kg.names import normal
from kg.ontology import labels

Fault = tuple[str, str]
"""The reason, in Chinese and in English."""

_REJECTED = ("人工校订：此条不实", "Curated: this is wrong")


class SettingAside:
    """Says what of an article is set aside."""

    def __init__(self, corpus: Corpus, iris: Iris) -> None:
        self._corpus = corpus
        self._iris = iris
        self._labels = labels("zh")

    def rejected(
        self, resolved: Resolved, faults: Mapping[str, Fault], same: Mapping[str, str]
    ) -> Iterator[Rejected]:
        """What is set aside for `faults` (by IRI): the article itself, or mentions and claims of it."""
        article, body = resolved.article, resolved.article.body
        if whole := faults.get(self._iris.article(article.id)):
            yield Rejected(article.id, article.headline, "", *whole)
            return
        for part, reason in resolved.unsound:
            yield Rejected(article.id, self._part(part, same), body[part.start : part.end], *reason)
        for iri, named in resolved.mentions.items():
            if iri in faults:
                yield Rejected(article.id, self._part(named[0], same), named[0].text, *faults[iri])
        for iri, claim in resolved.claims.items():
            if iri in faults:
                quote = body[claim.start : claim.end]
                yield Rejected(article.id, self._part(claim, same), quote, *faults[iri])

    def curated(
        self, resolved: Resolved, lines: Sequence[Reject]
    ) -> tuple[Resolved, list[Rejected], list[Reject]]:
        """The article without the claims that people rejected, what was set aside so, and the lines that did it."""
        article = resolved.article
        mine = [line for line in lines if line.concerns(article.id, article.source.id)]
        if not mine:
            return resolved, [], []
        aside: list[Rejected] = []
        used: list[Reject] = []
        claims = dict(resolved.claims)
        for iri, claim in resolved.claims.items():
            quote = article.body[claim.start : claim.end]
            if line := next((line for line in mine if self._means(line, claim, quote)), None):
                del claims[iri]
                used.append(line)
                reason, reason_en = _REJECTED
                if line.why:
                    reason, reason_en = f"{reason}（{line.why}）", f"{reason_en} ({line.why})"
                aside.append(Rejected(article.id, self._part(claim, {}), quote, reason, reason_en))
        return replace(resolved, claims=claims), aside, used

    def _means(self, line: Reject, claim: Claim, quote: str) -> bool:
        if line.predicate not in (claim.predicate, claim.indicator) or line.quote not in quote:
            return False
        if line.subject.key not in self._names(claim.subject):
            return False
        match claim.object:
            case Ref(entity):
                return normal(line.object) in self._names(entity)
            case Concept(name):
                return line.object in (name, self._labels.get(name))
            case number:
                return line.object in (claim.printed, f"{number:f}", str(number))

    def _names(self, path: str) -> Collection[str]:
        entity = self._corpus.entity(path)
        return {normal(name) for name in (entity.name, *entity.aliases)} if entity is not None else ()

    def _part(self, part: Mention | Claim, same: Mapping[str, str]) -> str:
        if isinstance(part, Mention):
            return f"“{part.text}” → {self._name(part.entity, same)}"
        match part.object:
            case Ref(entity):
                value = self._name(entity, same)
            case Concept(name):
                value = self._labels.get(name, name)
            case number:
                value = part.printed or f"{number:f} {part.unit or ''}".strip()
        predicate = self._labels.get(part.indicator or part.predicate, part.predicate)
        return f"{self._name(part.subject, same)} {predicate} {value}"

    def _name(self, entity: str, same: Mapping[str, str]) -> str:
        path = same.get(entity, entity)
        known = self._corpus.entity(path)
        return known.name if known is not None else entity
