"""The evidence of a report: sentences numbered as they are cited."""

from __future__ import annotations

from collections.abc import Iterable

from kg.chains.landscape import Landscape
from kg.chains.tables import Cell, Refs, Table, made, yi
from kg.chains.wording import Language
from kg.ontology import labels

MOST = 3  # sentences that are cited of one firm or project


class Citations:
    """Gives sentences their numbers, and makes the table of them."""

    def __init__(self, landscape: Landscape, lang: Language) -> None:
        self._landscape = landscape
        self._lang = lang
        self._names = labels(lang)
        self._numbers: dict[str, tuple[int, ...]] = {}
        self._rows: list[dict[str, Cell]] = []

    def prepare(self, iris: Iterable[str]) -> None:
        """Read the sentences of many things at once."""
        everyone = set(iris)
        self._landscape.prepare(everyone)
        self._landscape.evidence(everyone)

    def cite(self, iris: Iterable[str]) -> Refs | None:
        """The numbers of the sentences on firms and projects; None if there are none."""
        numbers = [number for iri in dict.fromkeys(iris) for number in self._of(iri)]
        return Refs(tuple(sorted(numbers))) if numbers else None

    def table(self) -> Table:
        """All that was cited."""
        columns = "number member kind segment phase money said quote source date confidence placed"
        return made("evidence", columns, self._rows, self._lang)

    def _of(self, iri: str) -> tuple[int, ...]:
        if iri not in self._numbers:
            first = len(self._rows) + 1
            self._rows += self._told(iri, first)
            self._numbers[iri] = tuple(range(first, len(self._rows) + 1))
        return self._numbers[iri]

    def _told(self, iri: str, first: int) -> list[dict[str, Cell]]:
        member, names = self._landscape.member(iri), self._names
        placements = self._landscape.placed(iri)
        about: dict[str, Cell] = {
            "member": member.label,
            "kind": names.get(member.kind, member.kind),
            "segment": "；".join(self.segment(one.segment) for one in placements),
            "phase": "、".join(names[phase] for phase in member.phases),
            "money": yi(member.investment),
            "placed": "；".join(f"{one.keyword}（{one.text}）{one.confidence}" for one in placements),
        }
        return [
            {
                **about,
                "number": first + i,
                "said": names.get(told.predicate, told.predicate)
                + (f"（{names[told.modality]}）" if told.modality != "asserted" else ""),
                "quote": " ".join(told.quote.split()),
                "source": told.headline,
                "date": told.published or "",
                "confidence": float(told.confidence),
            }
            for i, told in enumerate(self._landscape.evidence([iri])[iri][:MOST])
        ]

    def segment(self, segment: str) -> str:
        """A segment (by id) with the name of its chain."""
        known = self._landscape.segments[segment]
        template = self._landscape.by_id[known.chain]
        if self._lang == "zh":
            return f"{template.label_zh}·{known.label_zh}"
        return f"{template.label_en} · {known.label_en}"
