"""Sentences that are cited by number and printed once, under the articles in which they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.cli.common import Language, either, indented

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kg.chains import Evidence


class Sentences:
    """Gives sentences their numbers, and prints them."""

    def __init__(self, lang: Language) -> None:
        self._lang = lang
        self._numbers: dict[tuple[str, str | None, str], int] = {}

    def cite(self, evidence: Iterable[Evidence]) -> str:
        """The numbers of sentences: `0.9 [1][3]`, led by how sure the reading is.

        That is the surest of those that say one thing, and the least sure of several things that are needed.
        """
        told = list(evidence)
        if not told:
            return ""
        surest: dict[str, Decimal] = {}
        for one in told:
            surest[one.predicate] = max(one.confidence, surest.get(one.predicate, one.confidence))
        numbers = sorted({self._number(one) for one in told})
        return f"{min(surest.values())} " + "".join(f"[{number}]" for number in numbers)

    def parts(self) -> Iterator[RenderableType]:
        """All that were cited, article by article."""
        from rich.text import Text

        by_article: dict[tuple[str, str | None], list[tuple[int, str]]] = {}
        for (headline, published, quote), number in self._numbers.items():
            by_article.setdefault((headline, published), []).append((number, quote))
        if by_article:
            yield Text()
            yield Text(either(self._lang)("原文", "Sentences"), style="bold")
        for article, told in by_article.items():
            yield indented("  ", Text(" ".join(part for part in article if part), style="dim"))
            for number, quote in told:
                yield indented(f"    [{number}] ".ljust(9), Text(quote))

    def _number(self, one: Evidence) -> int:
        key = (one.headline, one.published, " ".join(one.quote.split()))
        return self._numbers.setdefault(key, len(self._numbers) + 1)
