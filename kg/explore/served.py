"""The page and its data on demand, for a server: plain data that it sends as JSON.

A `Served` holds a graph's content in memory, so each answer takes milliseconds (after `prepare`); make one for each
generation of the graph. To mount it (what is in brackets is what the page asks for, relative to its own address)::

    GET /                                        served.page(lang, focus)            text/html
    GET /data/things?id=…&shown=1,2,3            served.neighbourhood(id, shown)
    GET /data/search?q=…                         served.search(q)
    GET /data/table?of=things|facts&…            served.table(of, query parameters)
    GET /data/article?id=…                       served.article(id)
    GET /data/map?key=…                          served.chain_map(key)
    GET /data/way?from=…&to=…                    served.way(from, to)

or, all of /data/ at once, `served.answer(name, parameters)`. Errors are UsageError (400): nothing else is raised
for what a request may hold. `policy(remote=True)` of `kg.explore.document` is also in the page's own head.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from itertools import pairwise
from threading import Lock

from kg.errors import UsageError
from kg.explore.atlas import Part
from kg.explore.content import text_of
from kg.explore.document import atlas_of, order, render, settings, text_data
from kg.explore.listing import MOST_ROWS, Filter, Listing
from kg.explore.maps import chain_maps
from kg.explore.routes import Ways
from kg.explore.search import Names
from kg.explore.start import Starts
from kg.graph import Graph

_HITS = 20
_SHOWN = 2000  # things that a page may name as shown already
_BRIEF = ("key", "i", "t", "names", "chains", "states", "count", "seen", "of")


class Served:
    """Answers for the pages of one open graph (which must stay open). May be used from several threads."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._atlas = atlas_of(graph)
        self._maps = {m["key"]: m for m in chain_maps(graph, self._atlas)}
        self._info = graph.info()
        self._starts = Starts(self._atlas.found, order())
        self._listing = Listing(self._atlas)
        self._lock = Lock()

    def prepare(self) -> None:
        """Work out now what answers are given from (seconds for a large graph), so that nobody waits for it."""
        with self._lock:
            self._names, self._ways  # noqa: B018 — each is kept
            self._listing.prepare()

    def page(self, lang: str = "zh", focus: str | None = None) -> str:
        """The page as HTML, starting with the thing of an id or IRI or where most is told."""
        start = self._starts.start(None if focus is None else self._atlas.things[self._number(focus)].iri)
        shown = {self._atlas.number[iri] for iri in start} if start else set()
        root = [self._atlas.number[start.iri]] if start else []
        listed = shown | {i for m in self._maps.values() for i in (m["i"], *m["chains"])}
        part = self._atlas.part(listed, self._atlas.between(shown, shown), [])
        for i in root:
            part = _joined(part, self._atlas.around(i, shown))
        data = {
            **settings(self._atlas, start, self._maps.values(), self._info),
            "lang": "en" if lang == "en" else "zh",
            "maps": [{name: told[name] for name in _BRIEF} for told in self._maps.values()],
            "part": part,
            "texts": [],
            "articles": [self._atlas.source(a) for a in range(len(self._atlas.articles))],
            "remote": "data/",
        }
        return render(data)

    def answer(self, name: str, asked: Mapping[str, str]) -> Part:
        """The answer to a request for `name` under /data/ with its query parameters."""
        match name:
            case "things":
                return self.neighbourhood(asked.get("id", ""), _numbers(asked.get("shown", "")))
            case "search":
                return self.search(asked.get("q", ""))
            case "table":
                return self.table(asked)
            case "article":
                return self.article(asked.get("id", ""))
            case "map":
                return self.chain_map(asked.get("key", ""))
            case "way":
                return self.way(asked.get("from", ""), asked.get("to", ""))
        raise UsageError(f"no data {name!r}; there are things, search, table, article, map and way")

    def neighbourhood(self, name: str, shown: Collection[int] = ()) -> Part:
        """A thing (by id or IRI) with its neighbours and claims, and the links among these and to what is shown."""
        known = {i for i in shown if 0 <= i < len(self._atlas.things)}
        return self._atlas.around(self._number(name), known)

    def search(self, query: str, limit: int = _HITS) -> Part:
        """What fits a name, an alias or their pinyin: `hits` ([number, name that fits]), `found`, `things`."""
        with self._lock:
            names = self._names
        hits, found = names.search(query, limit)
        return {
            "hits": [[hit.number, hit.name] for hit in hits],
            "found": found,
            "part": self._atlas.part([hit.number for hit in hits], [], []),
        }

    @cached_property
    def _names(self) -> Names:
        return Names(self._atlas.things, [len(near) for near in self._atlas.near], self._atlas.spelt)

    @cached_property
    def _ways(self) -> Ways:
        return Ways(self._atlas)

    def table(self, asked: Mapping[str, str]) -> Part:
        """Rows of the table `of` things or facts, as `q`, `off`, `y`, `c` and `money` leave them, by `sort` and `down`,
        `limit` of them from `offset` on.
        """
        first, _, last = asked.get("y", "").partition("-")
        chosen = Filter(
            frozenset(filter(None, asked.get("off", "").split(","))),
            (_whole(first), _whole(last)) if first and last else None,
            _decimal(asked.get("c", "0")),
            _decimal(asked.get("money", "0")),
        )
        rows = self._listing.facts if asked.get("of") == "facts" else self._listing.things
        return rows(
            asked.get("q", ""),
            chosen,
            asked.get("sort", ""),
            asked.get("down", "") == "1",
            max(_whole(asked.get("offset", "0")), 0),
            min(max(_whole(asked.get("limit", "50")), 1), MOST_ROWS),
            asked.get("lang", "zh"),
        )

    def article(self, name: str) -> Part:
        """An article by id or IRI: its `text` with mentions, and the claims it makes."""
        atlas = self._atlas
        iri = name if name in atlas.article else atlas.base + name
        if iri not in atlas.article or (text := text_of(self._graph, iri, atlas.number)) is None:
            raise UsageError(f"no article {name!r}")
        claims = [k for k, s in enumerate(atlas.found.statements) if s.article == iri]
        things = {atlas.number[iri] for _, _, iri in text.mentions}
        return {
            "text": text_data(atlas.article[iri], text, atlas),
            "part": atlas.part(things, atlas.between(things, things), claims),
        }

    def chain_map(self, key: str) -> Part:
        """A chain map by key with the things and claims it shows."""
        told = self._maps.get(key)
        if told is None:
            raise UsageError(f"no chain map {key!r}")
        members = [m for found in told["members"].values() for m in found]
        things = {told["i"], *told["chains"], *told["unplaced"], *(m["i"] for m in members)}
        claims = [k for m in members for k in m["claims"]]
        return {"map": told, "part": self._atlas.part(things, self._atlas.between(things, things), claims)}

    def way(self, one: str, other: str) -> Part:
        """The way from one thing to another: `way` (numbers, empty if there is none) with its links and claims."""
        with self._lock:
            ways = self._ways
        found = ways.way(self._number(one), self._number(other))
        steps = set(pairwise(found))
        near = steps | {(other, one) for one, other in steps}
        atlas = self._atlas
        claims = [
            k
            for i in found
            for k in atlas.claims_of[i]
            if (target := atlas.found.statements[k].target) is not None
            and (atlas.number[atlas.found.statements[k].subject], atlas.number[target]) in near
        ]
        return {"way": found, "part": atlas.part(found, atlas.between(found, found), claims)}

    def _number(self, name: str) -> int:
        number = self._atlas.number.get(name, self._atlas.number.get(self._atlas.base + name))
        if number is None:
            raise UsageError(f"nothing in the graph has the id {name!r}")
        return number


def _joined(one: Part, other: Part) -> Part:
    """Two parts as one; what is in both is there twice, which pages take in once."""
    return {
        key: one[key] | other[key] if isinstance(one[key], dict) else [*one[key], *other[key]] for key in one
    }


def _numbers(text: str) -> list[int]:
    return [_whole(part) for part in text.split(",")[:_SHOWN] if part]


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UsageError(f"{text!r} is no whole number") from None


def _decimal(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UsageError(f"{text!r} is no number") from None
