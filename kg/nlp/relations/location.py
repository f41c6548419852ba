"""Where things are: locatedIn, and parkOf for a park in a zone or park. The smallest container only.

What a text states (位于X的S, S落户X, a place inside the name) goes before the zone or place that is in force
where a thing is named. News tells of firms from everywhere, so there a firm needs more than that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.model import Claim, EntityType, Mention, Modality
from kg.nlp.levels import level, lies_in, names
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
_ROUTE = re.compile(r"至|到|—|-|－|–|~|经")
_ZONE_LIKE = re.compile(r"[区园城港谷]$")
_AGREEMENT = re.compile(r"战略合作|合作框架|框架协议")
_COMPANY = re.compile(r"(?:公司|集团|企业|厂)$")
_OFFICE = re.compile(r"(?:[省县区州旗]|市(?!场))(?=[\u4e00-\u9fff]{2,})")
_OFFICE_LEVELS = {
    "省": "province",
    "市": "prefecture",
    "州": "prefecture",
    "县": "county",
    "区": "county",
    "旗": "county",
}
_BUILDS = re.compile(
    r"[“‘「《\"]|的?[^，,。；;、！：:]{0,10}(?:投资|建设|实施)[^，,。；;、！：:]{0,14}?的?[“‘]?|$"
)
_SPANS = re.compile(r"[，,]?(?:横跨|地跨|跨)")


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
def _settles(moored: bool) -> re.Pattern[str]:
    """A verb of being somewhere; without 在 for firms and offices, which act in many places (`moored`)."""
    verbs = [verb for verb in words("relations", "settles") if not (moored and verb == "在")]
    return re.compile(rf"[^，,。；;！：:]{{0,16}}?{any_of(verbs)}了?[“‘]?")


@cache
def _project_tail() -> re.Pattern[str]:
    """What makes the name before it that of a project."""
    tail = any_of(words("relations", "project_tail"))
    own = rf"(?![的是在为与等和将已])(?:(?!公司|企业)[^，,。；;、]){{1,20}}?{tail}"
    return re.compile(
        rf"等(?:(?!公司|企业)[^，,。；;、]){{0,10}}?项目|(?:{tail}|{own})(?:[、，等和]|开工|建成|投产|建设|落地|签约|$)"
    )


@cache
def _event() -> re.Pattern[str]:
    return re.compile(rf"[^，,。；;]{{0,8}}?{any_of(words('context', 'event'))}")


def size(page: Page, entity: str) -> int:
    """How large a container is: a park 0, a zone 1, then the levels of places."""
    kind = page.type(entity)
    if kind is not PLACE:
        return 0 if kind is PARK else 1
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
                if shared is not None and not shared.rule.endswith("list"):
                    shared = None
                for mention in group:
                    sites = [self._inside(sentence, mention), self._before(sentence, mention), shared]
                    sites += [*self._after(sentence, mention), self._in_context(sentence, mention, group)]
                    self._keep(mention, sites)
        for sentence in speaking(self.page):
            for mention in self.page.mentions(sentence, ZONE, PARK):
                if mention.entity not in self.found:  # named only in other names: 经开区特钢产业园
                    self._keep(
                        mention,
                        [self._inside(sentence, mention), self._in_context(sentence, mention, [mention])],
                    )

    def _keep(self, mention: Mention, sites: list[Site | None]) -> None:
        found = [site for site in sites if site is not None and site.container != mention.entity]
        if found:
            self.found.setdefault(mention.entity, []).extend(found)

    def _inside(self, sentence: Sentence, mention: Mention) -> Site | None:
        """The place or zone that the name itself holds: 左云县政府, 经开区化工园, 县招商中心."""
        page, kind = self.page, self.page.type(mention.entity)
        inner = [
            m
            for m in sentence.mentions
            if mention.start <= m.start and m.end <= mention.end and m.entity != mention.entity
        ]
        wanted = {FIRM: (ZONE, PARK), ZONE: (PLACE,)}.get(kind, HOMES)
        parts = []
        for part in inner:
            if page.type(part.entity) not in wanted:
                continue
            if page.type(part.entity) is not PLACE and not _ZONE_LIKE.search(part.text):
                continue
            if part.text in words("countries") or part.text == "中国":
                continue  # 中国工业互联网研究院江西分院
            if _ROUTE.match(page.body, part.end) or _ROUTE.search(page.body[part.start - 1 : part.start]):
                continue  # 榕江至融安: the ends of a line
            owners = [o for o in inner if o.start <= part.start and part.end <= o.end and o != part]
            if any(page.type(o.entity) is FIRM for o in owners) and not self._under_main(part.entity):
                continue  # 山西烁科晶体项目: the place of the firm; but 友谊鹏旭项目 in a city over 友谊县
            if page.report and page.type(part.entity) is PLACE and not self._local(part):
                continue  # 北京泓方牧场 in another province's report: where the builder comes from
            parts.append(part)
        if parts:
            part = min(parts, key=lambda m: (size(page, m.entity), m.start))
            return Site(part.entity, sentence, "inside-name", 0.8, True)
        if kind is INSTITUTION:
            office = _OFFICE.match(mention.text)
            place = page.divisions.get(_OFFICE_LEVELS[office.group()]) if office else None
            return Site(place, sentence, "office", 0.7, True) if place else None
        if kind is ZONE:
            return self._named_after(sentence, mention)
        return None

    def _under_main(self, place: str) -> bool:
        """Whether a place is a division under the one that the page is about."""
        main = self.page.main
        return main is not None and self.page.type(main) is PLACE and lies_in(self.page, place, main)

    def _local(self, part: Mention) -> bool:
        """Whether a place in a name may be a part of the place a report is of."""
        page, main = self.page, self.page.main
        if main is None or page.type(main) is not PLACE or part.entity == main:
            return True
        if any(level(n) for n in names(page, part.entity)):
            return lies_in(page, part.entity, main)
        return part.text not in words("regions", "regions") and part.text not in words("countries")

    def _named_after(self, sentence: Sentence, zone: Mention) -> Site | None:
        """The place a zone bears the name of: 长治高新区 is in 长治市."""
        page = self.page
        for entity in page.entities.values():
            if entity.type is not PLACE or not any(level(n) for n in names(page, entity.id)):
                continue
            for name in names(page, entity.id):
                bare = re.sub(r"[省市县区州旗]$", "", name)
                if len(bare) >= 2 and zone.text.startswith(bare):
                    return Site(entity.id, sentence, "named-after", 0.8, True)
        return None

    def _before(self, sentence: Sentence, mention: Mention) -> Site | None:
        """A container right before: 大同经开区的X, 位于高新区的省级重点项目——X."""
        page = self.page
        for container in reversed(page.mentions(sentence, *HOMES, outer=True)):
            if container.end > mention.start or container.entity == mention.entity:
                continue
            gap = page.body[container.end : mention.start]
            if not _HELD.fullmatch(gap):
                return None
            rule = "held-list" if _LIST_HEAD.search(gap) else "held"
            return Site(container.entity, sentence, rule, 0.9, True)
        return None

    def _after(self, sentence: Sentence, mention: Mention) -> list[Site]:
        """X落户于高新区, X在经开区开工; X横跨太原、晋中两市."""
        page = self.page
        moored = page.type(mention.entity) in (FIRM, INSTITUTION)
        spans = _SPANS.match(page.body, mention.end)
        verb = spans or _settles(moored).match(page.body, mention.end, sentence.end)
        if verb is None:
            return []
        for group in series(page, sentence, *HOMES):
            if group[0].start != verb.end() or _event().match(page.body, group[-1].end, sentence.end):
                continue
            denied = cues("negated").search(page.body[mention.end : group[0].start])
            modality = Modality.NEGATED if denied else Modality.ASSERTED
            rule = "spans" if spans else "settles"
            places = group if spans else [_innermost(page, sentence, group[0])]
            return [Site(m.entity, sentence, rule, 0.9, True, modality) for m in places]
        return []

    def _in_context(self, sentence: Sentence, mention: Mention, group: list[Mention]) -> Site | None:
        """The zone or place in force where the mention stands."""
        page, kind = self.page, self.page.type(mention.entity)
        listed = {m.entity for m in group}
        if kind in HOMES:
            beside = [g for g in series(page, sentence, *HOMES) if mention in g]
            listed |= {m.entity for g in beside for m in g}
        clause = sentence.clause_at(mention.start)[0]
        switches = [
            entity
            for at, entity in sentence.switches
            if at <= mention.start
            and entity not in listed
            # a park beside a park that another clause names is no part of it
            and (kind is not PARK or at == clause or page.type(entity) is not PARK)
            # nor does a place that one clause of a report opens on hold what the next clauses name
            and (at == clause or (not page.report and (page.type(entity) is not PLACE or kind is not ZONE)))
        ]
        wanted = (PLACE,) if kind is ZONE else HOMES
        homes = [*switches[::-1], sentence.home, page.main]
        if kind is PARK and not switches:
            homes = [h for h in homes if h is None or page.type(h) is not PARK]
        home = next((h for h in homes if h and h not in listed and page.type(h) in wanted), None)
        if home is None:
            return None
        named = home in switches
        if kind is INSTITUTION and not self._founded(sentence, mention, group):
            return None
        if kind is FIRM and (
            self._names_project(group) or not self._resident(sentence, mention, group, home, named)
        ):
            return None
        return Site(home, sentence, "clause-home" if named else "home", 0.75 if named else 0.6, False)

    def _founded(self, sentence: Sentence, mention: Mention, group: list[Mention]) -> bool:
        """Whether an institution is told of as one of this place: set up here, or opening its doors."""
        start, end = sentence.clause_at(mention.start)
        if cues("national").search(mention.text) or self._partner(sentence, group):
            return False
        return cues("founds").search(self.page.body, start, end) is not None

    def _resident(
        self, sentence: Sentence, mention: Mention, group: list[Mention], home: str, named: bool
    ) -> bool:
        """Whether a firm named here is likely to be at home here."""
        page = self.page
        if not page.report and page.type(home) is PLACE and not named:
            return False  # news tells of firms from everywhere
        if cues("national").search(mention.text) or self._partner(sentence, group):
            return False
        if page.report:
            return True
        # the builder of a project is where the project is only if the text says so
        after = page.body[mention.end : sentence.end]
        projects = [m for m in page.mentions(sentence, PROJECT, outer=True) if m.start >= mention.end]
        builds = projects and _BUILDS.fullmatch(after[: projects[0].start - mention.end])
        lead = page.body[max(sentence.start, mention.start - 24) : mention.start]
        return not builds and not re.search(r"(?:由|吸引|引入)[^，,。；;]{0,20}$", lead)

    def _names_project(self, group: list[Mention]) -> bool:
        """Whether the names of a list stand for projects: 立坤、华晟等新材料项目, 新金宝打印机项目."""
        if _COMPANY.search(group[-1].text):
            return False
        return _project_tail().match(self.page.body, group[-1].end) is not None

    def _partner(self, sentence: Sentence, group: list[Mention]) -> bool:
        """Whether the names of a list are those of partners: 加强与A、B等企业合作, 落实A战略合作协议."""
        start, _ = sentence.clause_at(group[0].start)
        _, end = sentence.clause_at(group[-1].end)
        lead = self.page.body[max(start, group[0].start - 20) : group[0].start]
        clause = self.page.body[start:end]
        with_them = cues("partner").search(lead) and cues("partnership").search(clause)
        return bool(with_them or _AGREEMENT.search(clause))


def _innermost(page: Page, sentence: Sentence, container: Mention) -> Mention:
    """Of 北京石景山 and 河北雄安新区启动区 the last."""
    for following in page.mentions(sentence, *HOMES, outer=True):
        if following.start == container.end:
            container = following
    return container


def _choose(page: Page, entity: str, sites: list[Site]) -> list[Site]:
    """The sites to claim: a stated one, unless the context gives a smaller container inside it."""
    spans = [s for s in sites if s.rule == "spans"]
    if spans:
        return spans
    stated = [s for s in sites if s.stated]
    context = [s for s in sites if not s.stated]
    if not stated:
        pool = [s for s in context if s.rule == "clause-home"] or context
        return [min(pool, key=lambda s: (size(page, s.container), s.sentence.index))]
    best = min(stated, key=lambda s: (size(page, s.container), -s.confidence, s.sentence.index))
    if page.type(entity) in (PROJECT, PARK, FIRM) and page.type(best.container) is PLACE:
        inner = [s for s in context if _inside_of(page, s.container, best.container)]
        if inner:
            return [min(inner, key=lambda s: (size(page, s.container), s.sentence.index))]
    return [best]


def _inside_of(page: Page, lower: str, upper: str) -> bool:
    """Whether a container is likely to lie in a place: a division under it, or a zone where it is no county."""
    if page.type(lower) is PLACE:
        return lies_in(page, lower, upper)
    return size(page, upper) >= _SIZES["prefecture"]


@relation("location")
def location(page: Page) -> Iterator[Claim]:
    """One container for each thing that has one."""
    sites = Sites(page)
    sites.collect()
    for entity in sorted(sites.found):
        for site in _choose(page, entity, sites.found[entity]):
            parkish = page.type(entity) is PARK and page.type(site.container) is not PLACE
            yield claim(
                site.sentence,
                entity,
                "parkOf" if parkish else "locatedIn",
                site.container,
                f"location/{site.rule}",
                site.confidence,
                site.modality,
            )
