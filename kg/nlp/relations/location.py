"""Where things are: locatedIn, and parkOf for a park in a zone or park. The smallest container only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.model import Claim, EntityType, Mention, Modality
from kg.nlp.homes import level, names
from kg.nlp.relations import relation
from kg.nlp.relations.evidence import claim, cues, series, speaking
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

ZONE, PARK, PLACE = EntityType.ZONE, EntityType.PARK, EntityType.PLACE
FIRM, PROJECT, INSTITUTION = EntityType.FIRM, EntityType.PROJECT, EntityType.INSTITUTION
HOMES = (ZONE, PARK, PLACE)
THINGS = (ZONE, PARK, FIRM, PROJECT, INSTITUTION)

_SIZES = {"county": 2, "prefecture": 3, "province": 4}
# between a container and what it holds: 经开区的X, 经开区内X, 右玉电商企业X, 高新区的省级重点项目——X
_HELD = re.compile(
    r"(?:境内|区域内|内|里)?的?(?:[^，,。；;、！：:]{0,12}(?:的|企业|公司|项目|——))?[“‘「《\"]?"
)
_LIST_HEAD = re.compile(r"(?:企业|公司|的)[“‘「《\"]?$")


@dataclass(frozen=True, slots=True)
class Site:
    """A container found for a thing."""

    container: str
    sentence: Sentence
    rule: str
    confidence: float
    stated: bool
    modality: Modality = Modality.ASSERTED


@cache
def _settles() -> re.Pattern[str]:
    return re.compile(rf"[^，,。；;！：:]{{0,16}}?{any_of(words('relations', 'settles'))}了?[“‘]?")


def size(page: Page, entity: str) -> int:
    """How large a container is: a park 0, a zone 1, then the levels of places."""
    kind = page.type(entity)
    if kind is PARK:
        return 0
    if kind is ZONE:
        return 1
    return min((_SIZES.get(level(n) or "", 5) for n in names(page, entity)), default=5)


class Sites:
    """Collects the sites of the things of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: dict[str, list[Site]] = {}

    def collect(self) -> None:
        """Read all sentences."""
        for sentence in speaking(self.page):
            for group in series(self.page, sentence, *THINGS):
                shared = self._before(sentence, group[0])
                for mention in group:
                    self._read(sentence, mention, shared if mention is not group[0] else None)

    def _add(self, entity: str, site: Site) -> None:
        if site.container != entity:
            self.found.setdefault(entity, []).append(site)

    def _read(self, sentence: Sentence, mention: Mention, shared: Site | None) -> None:
        """All that the sentence says of where the mention's entity is."""
        entity = mention.entity
        inner = self._inside(sentence, mention)
        before = self._before(sentence, mention)
        after = self._after(sentence, mention)
        if shared is not None and not shared.rule.endswith("list"):
            shared = None
        for site in (inner, before, shared, after):
            if site is not None:
                self._add(entity, site)
        self._by_context(sentence, mention)

    def _inside(self, sentence: Sentence, mention: Mention) -> Site | None:
        """The place or zone that the name itself begins with or holds: 左云县政府, 经开区化工园."""
        page = self.page
        kind = page.type(mention.entity)
        nested = [
            m for m in sentence.mentions if mention.start <= m.start and m.end <= mention.end and m != mention
        ]
        parts = [
            m
            for m in page.mentions(sentence, *HOMES)
            if m in nested
            and m.entity != mention.entity
            and not any(
                o.start <= m.start
                and m.end <= o.end
                and (o.end - o.start) > (m.end - m.start)
                and o.entity != m.entity
                for o in nested
            )
        ]
        if kind is FIRM:
            parts = [m for m in parts if page.type(m.entity) is not PLACE]
        if kind is ZONE:
            parts = [m for m in parts if page.type(m.entity) is PLACE]
        if not parts:
            return None
        part = min(parts, key=lambda m: (size(page, m.entity), m.start))
        return Site(part.entity, sentence, "inside-name", 0.8, True)

    def _before(self, sentence: Sentence, mention: Mention) -> Site | None:
        """A container right before: 大同经开区的X, 位于高新区的省级重点项目——X."""
        page = self.page
        for container in reversed(page.mentions(sentence, *HOMES, outer=True)):
            if container.end > mention.start or container.entity == mention.entity:
                continue
            gap = page.body[container.end : mention.start]
            if _HELD.fullmatch(gap):
                listed = _LIST_HEAD.search(gap) is not None
                return Site(container.entity, sentence, "held-list" if listed else "held", 0.9, True)
            return None
        return None

    def _after(self, sentence: Sentence, mention: Mention) -> Site | None:
        """X落户于高新区, X在经开区开工."""
        page = self.page
        verb = _settles().match(page.body, mention.end, sentence.end)
        if verb is None:
            return None
        for container in page.mentions(sentence, *HOMES, outer=True):
            if container.start < verb.end():
                continue
            if container.start > verb.end():
                return None
            if cues("event").match(page.body, container.end):
                return None
            between = page.body[mention.end : container.start]
            modality = Modality.NEGATED if cues("negated").search(between) else Modality.ASSERTED
            return Site(container.entity, sentence, "settles", 0.9, True, modality)
        return None

    def _by_context(self, sentence: Sentence, mention: Mention) -> None:
        """The zone or place in force where the mention stands."""
        page = self.page
        kind = page.type(mention.entity)
        wanted = (PLACE,) if kind is ZONE else HOMES
        homes = (page.home(sentence, mention.start), sentence.home, page.main)
        home = next((h for h in homes if h and h != mention.entity and page.type(h) in wanted), None)
        if home is None:
            return
        if kind in (FIRM, INSTITUTION) and not self._resident(sentence, mention, home):
            return
        named = any(at <= mention.start and entity == home for at, entity in sentence.switches)
        self._add(
            mention.entity,
            Site(home, sentence, "clause-home" if named else "home", 0.75 if named else 0.6, False),
        )

    def _resident(self, sentence: Sentence, mention: Mention, home: str) -> bool:
        """Whether a firm or institution named here is likely to be at home here."""
        page = self.page
        if not page.report and page.type(home) is PLACE and not sentence.switches:
            return False  # news tells of firms from everywhere
        start, end = sentence.clause_at(mention.start)
        clause = page.body[start:end]
        lead = page.body[max(start, mention.start - 20) : mention.start]
        return not (cues("partner").search(lead) and cues("partnership").search(clause))


def _choose(page: Page, sites: list[Site]) -> Site:
    """The site to claim: a stated one, unless the context gives a smaller container."""
    stated = [s for s in sites if s.stated]
    if not stated:
        named = [s for s in sites if s.rule == "clause-home"]
        return min(named or sites, key=lambda s: (size(page, s.container), s.sentence.index))
    best = min(stated, key=lambda s: (size(page, s.container), -s.confidence, s.sentence.index))
    context = [s for s in sites if not s.stated]
    if context and page.type(best.container) is PLACE:
        smaller = min(context, key=lambda s: (size(page, s.container), s.sentence.index))
        if size(page, smaller.container) < size(page, best.container):
            return smaller
    return best


@relation("location")
def location(page: Page) -> Iterator[Claim]:
    """One container for each thing that has one."""
    sites = Sites(page)
    sites.collect()
    for entity in sorted(sites.found):
        site = _choose(page, sites.found[entity])
        parkish = page.type(entity) is PARK and page.type(site.container) in (ZONE, PARK)
        yield claim(
            site.sentence,
            entity,
            "parkOf" if parkish else "locatedIn",
            site.container,
            f"location/{site.rule}",
            site.confidence,
            site.modality,
        )
