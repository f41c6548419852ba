"""The explorer and the search as jobs: pages and data from content that is worked out once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote

from kg.errors import UsageError
from kg.explore.served import Served
from kg.graph import Graph
from kg.server.cards import Link
from kg.server.jobs import Desk, Sink
from kg.server.pages import page
from kg.server.refusal import Refusal
from kg.server.resources import address

_MOST_HITS = 100


def prepare(desk: Desk) -> None:
    """Work out what the pages are drawn from, so that nobody waits for it."""
    served = _served(desk)
    served.page()
    served.prepare()


@dataclass(frozen=True, slots=True)
class Explorer:
    """The page, starting with the thing of an id or IRI, else with where most is told."""

    lang: str
    focus: str | None

    def run(self, desk: Desk, sink: Sink) -> str:
        """Write it. Raises Refusal (404) for an unknown thing."""
        try:
            page = _served(desk).page(self.lang, self.focus)
        except UsageError as error:
            raise Refusal(404, str(error)) from error
        sink.write(page.encode("utf-8"))
        return "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Data:
    """An answer to what the page asks."""

    name: str
    asked: tuple[tuple[str, str], ...]

    def run(self, desk: Desk, sink: Sink) -> str:
        """Write it. Raises UsageError for what cannot be asked."""
        answer = _served(desk).answer(self.name, dict(self.asked))
        sink.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))
        return "application/json"


@dataclass(frozen=True, slots=True)
class Found:
    """What is called by a name, or has it in its own, in characters or in pinyin."""

    name: str
    lang: str

    def run(self, desk: Desk, sink: Sink) -> str:
        """Write it."""
        name = self.name.strip()
        found = _served(desk).search(name, _MOST_HITS)
        told = {thing["i"]: thing for thing in found["part"]["things"]}
        hits = [
            (Link(told[i]["label"], address(told[i]["id"], None), told[i]["kind"]), fitting)
            for i, fitting in found["hits"]
        ]
        return page(
            "search.html",
            self.lang,
            sink,
            here=f"/search?q={quote(name)}",
            name=name,
            hits=hits,
            found=found["found"],
        )


def _served(desk: Desk) -> Served:
    return desk.once("explorer", lambda graph: Served(cast(Graph, graph)))  # it asks no more than SPARQL
