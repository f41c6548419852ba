"""Who invests in, builds or owns a project: developedBy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Claim, EntityType, Mention
from kg.nlp.relations import relation
from kg.nlp.relations.evidence import claim, cues, modality, series, speaking
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

FIRM, PROJECT, INSTITUTION = EntityType.FIRM, EntityType.PROJECT, EntityType.INSTITUTION
DEVELOPERS = (FIRM, INSTITUTION)

# between a developer and its project: A“X项目”, A的X, A投资2亿元的X, A（占股51%）投资建设的X
_OWNED = re.compile(
    r"(?:[（(][^（()）]{0,30}[）)])?(?:的|[^，,。；;、！：:]{0,14}?(?:投资|建设|承建|开发|实施)[^，,。；;、！：:]{0,14}?的)?[“‘「《\"]?"
)
# 由A、B(共同)投资建设
_BY = re.compile(r"(?:由|为)[^，,。；;！：:]{0,8}$")


@cache
def _builds() -> re.Pattern[str]:
    return re.compile(rf"[^，,。；;！：:]{{0,10}}?{any_of(words('relations', 'builds'))}")


@relation("development")
def development(page: Page) -> Iterator[Claim]:
    """Developers of the projects of a page."""
    for sentence in speaking(page):
        yield from _inside_name(page, sentence)
        yield from _owner_before(page, sentence)
        yield from _by(page, sentence)
        yield from _doer(page, sentence)


def _inside_name(page: Page, sentence: Sentence) -> Iterator[Claim]:
    """The firm in a project's name: 泰山玻纤 of 泰山玻纤项目, 友联科技 of 友联科技等24个项目."""
    for project in page.mentions(sentence, PROJECT):
        for owner in page.mentions(sentence, *DEVELOPERS):
            if project.start <= owner.start and owner.end <= project.end:
                first = owner.start - project.start <= 6
                if first or page.type(owner.entity) is FIRM:
                    yield claim(
                        sentence,
                        project.entity,
                        "developedBy",
                        owner.entity,
                        "development/name",
                        0.9 if first else 0.7,
                    )


def _owner_before(page: Page, sentence: Sentence) -> Iterator[Claim]:
    """A developer right before its project: 中能建科锐的“X项目”, 吉林君星投资1.5亿元的X."""
    owners = page.mentions(sentence, *DEVELOPERS, outer=True)
    for project in page.mentions(sentence, PROJECT, outer=True):
        for group in series(page, sentence, *DEVELOPERS):
            if _OWNED.fullmatch(page.body, group[-1].end, project.start):
                listed = group if page.body[group[-1].end : project.start] else group[-1:]
                for owner in listed:
                    yield claim(
                        sentence, project.entity, "developedBy", owner.entity, "development/owner", 0.85
                    )
    del owners


def _by(page: Page, sentence: Sentence) -> Iterator[Claim]:
    """该项目由A与B共同投资建设; 投资方为A."""
    for group in series(page, sentence, *DEVELOPERS):
        lead = page.body[max(sentence.start, group[0].start - 10) : group[0].start]
        if not _BY.search(lead):
            continue
        after = page.body[group[-1].end : min(sentence.end, group[-1].end + 16)]
        if lead.rstrip("“").endswith("为") and not cues("owners").search(lead):
            continue
        if not cues("owners").search(lead) and not _builds().match(after):
            continue
        project = page.subject(sentence, group[0].start, PROJECT)
        if project is None:
            following = [m for m in page.mentions(sentence, PROJECT, outer=True) if m.start >= group[-1].end]
            project = following[0].entity if following else None
        if project is None:
            continue
        for owner in group:
            yield claim(
                sentence,
                project,
                "developedBy",
                owner.entity,
                "development/by",
                0.9,
                modality(page, sentence, group[0].start),
            )


def _doer(page: Page, sentence: Sentence) -> Iterator[Claim]:
    """A(将)投资建设X: the verb right after the developer, the project in the same clause."""
    for group in series(page, sentence, *DEVELOPERS):
        verb = _builds().match(page.body, group[-1].end, sentence.end)
        if verb is None:
            continue
        _, end = sentence.clause_at(group[-1].end)
        projects = [
            m for m in page.mentions(sentence, PROJECT, outer=True) if verb.end() <= m.start and m.end <= end
        ]
        for project in projects[:1]:
            for owner in group:
                yield claim(
                    sentence,
                    project.entity,
                    "developedBy",
                    owner.entity,
                    "development/doer",
                    0.8,
                    modality(page, sentence, verb.end() - 1),
                )


def nested(outer: Mention, inner: Mention) -> bool:
    """Whether one mention holds another."""
    return outer.start <= inner.start and inner.end <= outer.end
