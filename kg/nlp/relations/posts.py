"""Who holds which post: holdsPost with its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg.model import Claim, EntityType, Mention, Modality
from kg.nlp.relations import relation
from kg.nlp.relations.evidence import claim, cues, series, speaking
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

FIRM, PROJECT, INSTITUTION = EntityType.FIRM, EntityType.PROJECT, EntityType.INSTITUTION
ZONE, PARK, PLACE, PERSON = EntityType.ZONE, EntityType.PARK, EntityType.PLACE, EntityType.PERSON
HOUSES = (ZONE, FIRM, INSTITUTION, PLACE, PARK, PROJECT)

_TITLE_LENGTH = 30
_BREAK = re.compile(r"[》》“”：:—]|发布|介绍|回忆|表示")
_SPEECH = re.compile(r"[“”‘’（()）《》\s：:]")


@cache
def _title() -> re.Pattern[str]:
    """A title, or several (党工委副书记、管委会主任), up to the end of a stretch."""
    one = rf"[^，,。；;、！]{{0,14}}?{any_of(words('relations', 'title'))}(?:[（(][^（()）]{{0,8}}[）)])?"
    return re.compile(rf"(?P<title>{one}(?:[、兼]{one})*)(?:、)?$")


@cache
def _appointed() -> re.Pattern[str]:
    """N担任A董事长, N，A董事长: what stands between a person and the house."""
    return re.compile(
        rf"(?:同志)?(?:(?:不再|将|拟|曾|现)?{any_of(words('relations', 'appointed'))}|[，,（(])"
    )


@relation("posts")
def posts(page: Page) -> Iterator[Claim]:
    """Posts of the people of a page."""
    for sentence in speaking(page):
        floor = sentence.start
        for group in series(page, sentence, PERSON):
            found = [*_before(page, sentence, group[0], floor), *_after(page, sentence, group[0])]
            for person in group:
                for post in found:
                    yield replace(post, subject=person.entity)
            floor = group[-1].end


def _before(page: Page, sentence: Sentence, person: Mention, floor: int) -> Iterator[Claim]:
    """A董事长N; 中共A常委、B总理N; 该区投促中心主任N; 执行董事N; 来自A的N教授."""
    tail = re.match(
        rf"(?:同志)?{any_of(words('relations', 'address'))}", page.body[person.end : person.end + 6]
    )
    if tail is not None:
        for near in _houses(page, sentence):
            if page.body[near.end : person.start] in ("的", ""):
                yield _claim(page, sentence, person, near.entity, tail.group(), 0.8)
                return
    start, _ = sentence.clause_at(person.start)
    start = max(start, floor)
    end = person.start
    while True:
        houses = [m for m in _houses(page, sentence) if start <= m.start and m.end <= end]
        house = houses[-1] if houses else None
        begin = house.end if house is not None else start
        hit = _title().search(page.body[begin:end].rstrip("、"))
        if hit is None:
            return
        gap = page.body[begin:end]
        if house is not None and len(gap) <= _TITLE_LENGTH and not _BREAK.search(gap):
            yield _claim(page, sentence, person, house.entity, page.body[begin:end].strip("的、"), 0.9)
            end = house.start
            if page.body[end - 1 : end] != "、":
                return
            continue
        if end == person.start:
            title = hit["title"]
            owner = _unnamed(page, sentence, title if house is not None else gap)
            if owner is not None:
                yield _claim(page, sentence, person, owner, _bare(title), 0.7)
        return


def _after(page: Page, sentence: Sentence, person: Mention) -> Iterator[Claim]:
    """N担任A董事长."""
    link = _appointed().match(page.body, person.end, sentence.end)
    if link is None:
        return
    for house in _houses(page, sentence):
        if house.start != link.end():
            continue
        rest = page.body[house.end : min(sentence.end, house.end + 16)]
        one = rf"[^，,。；;、！]{{0,10}}?{any_of(words('relations', 'title'))}"
        title = re.match(rf"{one}(?:、{one})*", rest)
        others = {m.start for m in page.mentions(sentence, PERSON, outer=True)}
        if title is not None and house.end + title.end() not in others:
            yield _claim(page, sentence, person, house.entity, title.group().strip("的"), 0.8, link.group())


def _houses(page: Page, sentence: Sentence) -> list[Mention]:
    return page.mentions(sentence, *HOUSES, outer=True)


def _bare(title: str) -> str:
    """A title without 该区, 企业 and the like before it."""
    return re.sub(rf"^{any_of(words('relations', 'own_house'))}", "", title).strip("的") or title


def _unnamed(page: Page, sentence: Sentence, lead: str) -> str | None:
    """The house of a title that names none: the zone for 该区, else the firm spoken of."""
    lead = _SPEECH.sub("", lead)
    if len(lead) > _TITLE_LENGTH:
        return None
    if cues("zone_house").match(lead):
        zone = page.main if page.main is not None and page.type(page.main) is ZONE else None
        return zone or sentence.home
    if not cues("firm_title").search(lead):
        return None
    firm = sentence.topics.get(FIRM)
    if sentence.topic is not None and page.type(sentence.topic) is FIRM:
        firm = sentence.topic
    return firm


def _claim(
    page: Page, sentence: Sentence, person: Mention, house: str, title: str, confidence: float, link: str = ""
) -> Claim:
    """A post of a person; a project's stands for its firm when the firm is known."""
    if page.type(house) is PROJECT:
        inner = [m for m in page.mentions(sentence, FIRM) if m.end <= person.start]
        held_by = [m.entity for m in inner if _within(page, sentence, house, m)]
        if held_by:
            house = held_by[0]
    held = Modality.ASSERTED
    around = page.body[sentence.clause_at(person.start)[0] : person.start] + link
    if cues("left_post").search(around + page.body[person.end : person.end + 8]):
        held = Modality.NEGATED
    elif link.startswith(("将", "拟")):
        held = Modality.EXPECTED
    return claim(sentence, person.entity, "holdsPost", house, "posts/title", confidence, held, title=title)


def _within(page: Page, sentence: Sentence, project: str, firm: Mention) -> bool:
    return any(
        m.entity == project and m.start <= firm.start and firm.end <= m.end
        for m in page.mentions(sentence, PROJECT)
    )
