"""Who invests in, builds or owns a project: developedBy."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache

from kg.model import Claim, Entity, EntityType, Mention, Modality, Ref
from kg.nlp.names import has_legal_form
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
# 该公司的“X项目”, 公司投资建设的X
_OWN = re.compile(
    r"(?:该公司|该企业|该集团|公司|企业)(?:的|[^，,。；;、！：:]{0,10}(?:投资|建设|实施)[^，,。；;、！：:]{0,10}的)[“‘「《\"]?$"
)
# 吸引A、B等多方参与
_DRAWN = re.compile(r"(?:吸引|引入|引进)[^，,。；;！：:]{0,8}$")
_TAKES_PART = re.compile(r"等?(?:多方|各方|企业|公司)*(?:共同)?(?:参与|入股|注资|投资)")
# 公司(拟)投资5亿元建设X
_OWN_DOES = re.compile(
    r"(?:公司|集团|企业)(?:拟|将|计划|已)?(?:(?:在|于)[^，,。；;、！：:]{0,12})?(?:投资|出资)?[^，,。；;、！：:]{0,12}(?:建设|新建|兴建|实施|投建)[“‘「《\"]?$"
)
_LINE = re.compile(r"\d号?线(?:项目|工程|[一二三四]期)*$")  # 福莆宁F1线
# 超颖电子（603175）7月1日公告：
_LABEL = re.compile(
    r"(?:[（(][^（()）]{0,12}[）)])?(?:\d+月\d+日|晚间?)*(?:公告|发布公告|披露)?(?:称|，)?[：:，]"
)
# 四期, 首期项目
_FIRST = 6  # a firm further inside a project's name is no more than named there
_PHASE = re.compile(r"(?:[一二三四五六七八九\d]+|首)期")
# 由A、B(共同)投资建设
_BY = re.compile(r"(?:由|为)[^，,。；;！：:]{0,8}$")


@cache
def _builds() -> re.Pattern[str]:
    return re.compile(rf"[^，,。；;！：:]{{0,10}}?{any_of(words('relations', 'builds'))}")


@relation("development")
def development(page: Page) -> Iterator[Claim]:
    """Developers of the projects of a page."""
    known: dict[str, list[str]] = {}
    for sentence in speaking(page):
        for found in _stated(page, sentence):
            if isinstance(found.object, Ref) and found.modality is Modality.ASSERTED:
                owners = known.setdefault(found.subject, [])
                owners += [found.object.entity] if found.object.entity not in owners else []
            yield found
        yield from _carried(page, sentence, known)


def _stated(page: Page, sentence: Sentence) -> Iterator[Claim]:
    yield from _inside_name(page, sentence)
    yield from _owner_before(page, sentence)
    yield from _by(page, sentence)
    yield from _doer(page, sentence)


def _inside_name(page: Page, sentence: Sentence) -> Iterator[Claim]:
    """The firm in a project's name: 泰山玻纤 of 泰山玻纤项目, 友联科技 of 友联科技等24个项目."""
    full = [e for e in page.entities.values() if e.type is FIRM and any(map(has_legal_form, _forms(e)))]
    for project in page.mentions(sentence, PROJECT):
        held = False
        public = bool(cues("public_works").search(project.text) or _LINE.search(project.text))
        for owner in page.mentions(sentence, *DEVELOPERS):
            first = project.start <= owner.start <= project.start + _FIRST
            if not first or owner.end > project.end:
                continue
            whole = (owner.start, owner.end) == (project.start, project.end)
            if page.type(owner.entity) is INSTITUTION and whole:
                continue  # a new hospital builds itself no more
            if public and not has_legal_form(owner.text):
                continue  # 京唐城际: not a firm but where a line begins and ends
            held = True
            yield claim(sentence, project.entity, "developedBy", owner.entity, "development/name", 0.9)
        begins = [
            (len(f), e.id) for e in full for f in _forms(e) if len(f) > 2 and project.text.startswith(f)
        ]
        if begins and not held:  # 晶科能源年产…项目, where 晶科能源股份有限公司 is told of
            yield claim(sentence, project.entity, "developedBy", max(begins)[1], "development/name", 0.8)


def _forms(entity: Entity) -> tuple[str, ...]:
    return entity.name, *entity.aliases


def _carried(page: Page, sentence: Sentence, known: dict[str, list[str]]) -> Iterator[Claim]:
    """宁德时代三期、开工建设四期: a further phase."""
    projects = page.mentions(sentence, PROJECT, outer=True)
    for before, project in itertools.pairwise(projects):
        if known.get(project.entity) or not known.get(before.entity) or not _PHASE.match(project.text):
            continue
        known[project.entity] = known[before.entity]
        for owner in known[before.entity]:
            yield claim(sentence, project.entity, "developedBy", owner, "development/carried", 0.7)


def _held(page: Page, sentence: Sentence, at: int) -> Modality:
    """Denied or not: what A 拟投资建设 is a planned project, but already A's."""
    held = modality(page, sentence, at)
    return Modality.ASSERTED if held is Modality.EXPECTED else held


def _owner_before(page: Page, sentence: Sentence) -> Iterator[Claim]:
    """A developer right before its project: 中能建科锐的“X项目”, 吉林君星投资1.5亿元的X."""
    for project in page.mentions(sentence, PROJECT, outer=True):
        for group in series(page, sentence, *DEVELOPERS):
            if _OWNED.fullmatch(page.body, group[-1].end, project.start):
                listed = group if page.body[group[-1].end : project.start] else group[-1:]
                for owner in listed:
                    yield claim(
                        sentence, project.entity, "developedBy", owner.entity, "development/owner", 0.85
                    )
        lead = page.body[max(sentence.start, project.start - 24) : project.start]
        own = _OWN.search(lead) or _OWN_DOES.search(lead)
        speaker = _speaker(page, sentence, project) if own is not None else None
        if speaker is not None:
            yield claim(sentence, project.entity, "developedBy", speaker, "development/own", 0.75)


def _speaker(page: Page, sentence: Sentence, project: Mention) -> str | None:
    """Whom 公司 stands for before a project: 超颖电子：公司拟投资建设X, else the firm spoken of."""
    named = [m for m in page.mentions(sentence, FIRM, outer=True) if m.end < project.start]
    if not named:
        return sentence.topics.get(FIRM)
    return named[0].entity if len(named) == 1 and _LABEL.match(page.body, named[0].end) else None


def _by(page: Page, sentence: Sentence) -> Iterator[Claim]:
    """该项目由A与B共同投资建设; 投资方为A."""
    for group in series(page, sentence, *DEVELOPERS):
        if cues("national").search(group[0].text):
            continue
        lead = page.body[max(sentence.start, group[0].start - 10) : group[0].start]
        after = page.body[group[-1].end : min(sentence.end, group[-1].end + 16)]
        drawn = _DRAWN.search(lead) and _TAKES_PART.match(after)
        if not (_BY.search(lead) or drawn):
            continue
        if lead.rstrip("“").endswith("为") and not cues("owners").search(lead):
            continue
        if not drawn and not cues("owners").search(lead) and not _builds().match(after):
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
                _held(page, sentence, group[0].start),
            )


def _doer(page: Page, sentence: Sentence) -> Iterator[Claim]:
    """A(将)投资建设X: the verb right after the developer, the project in the same clause."""
    for group in series(page, sentence, *DEVELOPERS):
        verb = _builds().match(page.body, group[-1].end, sentence.end)
        if verb is None:
            continue
        _, end = sentence.clause_at(group[-1].end)
        projects = [
            m
            for m in page.mentions(sentence, PROJECT, outer=True)
            if verb.end() <= m.start and m.end <= end and "、" not in page.body[group[-1].end : m.start]
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
                    _held(page, sentence, verb.end() - 1),
                )
