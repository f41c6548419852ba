"""The phase a project is in: lead verb, list of projects, tail verb, and whether the passage is a plan.

推进A、B等项目建设 · A、B开工建设，C投产 · 确保A建成投产 (a goal: under construction today) · 除A外，其余项目均已投产.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from kg.model import Claim, Concept, EntityType, Mention, Modality
from kg.nlp.dates import period_of
from kg.nlp.moods import plans
from kg.nlp.phases import ORDER, Says, Trigger, triggers
from kg.nlp.relations import relation
from kg.nlp.view import Page, Sentence

_BUILDING = ORDER.index("underConstruction")
_NEAR = 20  # characters between two verbs of one predicate
_JOINT = re.compile(r"[、，,；;]|以及|并且|并|和|及|与")
_REST = re.compile(r"其余|其他项目|其它项目")
_EXCEPT = re.compile(r"除(?!了?此)[^。；]*?外")
_WHEN = r"[\d年月日底末初上中下旬季度半前后内一二三四今明去份]+"
# What may stand between the start of a clause and the phase word when the clause goes on about a project.
_GOES_ON = re.compile(
    rf"[，,\s]*(?:{_WHEN}(?:对接|洽谈|接洽|立项|备案|供地|拿地|摘牌|交地)、)*(?:自|在[^，,]{{1,14}}?)?(?:{_WHEN})?(?:(?:该|此|本|这个)?(?:其中)?[^，,、。；的]{{0,10}}?(?:项目|工程|车间|产线|生产线|[一二三]期|主体|厂区|厂房|电站|基地|园区))?"
    rf"(?:(?:目前|现在|当前|如今|现|已经?|正式?|正在|并|且|也|均|都|全部|陆续|全面|成功|顺利|正式|刚刚?|于|在|自|将|预计|计划|力争|确保|争取|有望|实现|开始|进入|首台|首批|率先|先后|建设|{_WHEN}))*"
)
_PART = re.compile("的?(?:用地|土地|资产|征地)")  # X项目用地: not the project itself
_OTHERS = re.compile(r"其余|其他|其它|等|多个|一批|\d[个家项]")


@dataclass(slots=True)
class _Group:
    """Projects that stand together in a clause, with the phase words that lead to and follow them."""

    mentions: list[Mention]
    lead: Trigger | None = None
    tails: list[Trigger] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.mentions[0].start

    @property
    def end(self) -> int:
        return self.mentions[-1].end


def _visible(page: Page, sentence: Sentence, start: int, end: int) -> list[Trigger]:
    """Phase words of a clause outside the names in it; of two that touch, the one that says more stays."""
    names = page.mentions(sentence, EntityType.PROJECT, EntityType.FIRM, EntityType.PARK, EntityType.ZONE)
    found: list[Trigger] = []
    for trigger in triggers(page.body, start, end):
        if any(m.start < trigger.end and trigger.start < m.end for m in names):
            continue
        if _is_noun(page.body, trigger) or page.body[trigger.start - 1 : trigger.start] == "或":
            continue
        found.append(trigger)
    return found


def _is_noun(body: str, trigger: Trigger) -> bool:
    """布局的X, X的引进, 《…规划》: no verb that says where a project stands."""
    if not trigger.strong and trigger.tail is None and body.startswith("的", trigger.end):
        return True
    return (
        body[trigger.start - 1 : trigger.start] == "的"
        and trigger.tail is not None
        and trigger.tail.account == "signed"
    )


def _says_most(trigger: Trigger) -> tuple[bool, int]:
    says = trigger.tail or trigger.lead
    return trigger.strong, ORDER.index(says.account) if says else 0


def _merged(found: list[Trigger], body: str) -> list[Trigger]:
    """Neighbours without a joint between them are one word: 签约落地, 加快建设, 竣工投产."""
    out: list[Trigger] = []
    for trigger in found:
        last = out[-1] if out else None
        if (
            last is not None
            and trigger.start - last.end <= 2
            and not _JOINT.search(body[last.end : trigger.start])
        ):
            keep, other = sorted((last, trigger), key=_says_most, reverse=True)
            if "主体" in body[max(0, last.start - 3) : trigger.start]:  # 主体工程完工: the plant is not
                keep = last
            out[-1] = replace(
                keep,
                lead=keep.lead or (None if keep.strong else other.lead),
                tail=keep.tail or (None if keep.strong else other.tail),
                start=last.start,
                end=trigger.end,
                word=body[last.start : trigger.end],
                denied=last.denied or trigger.denied,
                future=last.future or trigger.future,
            )
        else:
            out.append(trigger)
    return out


def _groups(page: Page, sentence: Sentence) -> list[_Group]:
    """The groups of a sentence with their leads and tails, clause by clause."""
    body = page.body
    projects = [
        m for m in page.mentions(sentence, EntityType.PROJECT, outer=True) if not _PART.match(body, m.end)
    ]
    groups: list[_Group] = []
    previous: _Group | None = None
    for start, end in sentence.clauses():
        words = _merged(_visible(page, sentence, start, end), body)
        inside = [m for m in projects if start <= m.start and m.end <= end]
        if not inside:
            if groups:
                _continue(body, groups[-1], words, start, end)
            continue
        here = _of_clause(body, inside, words)
        if _EXCEPT.match(body, start):
            previous = None
            continue
        first = here[0]
        if first.lead is None and not first.tails and previous is not None and not previous.tails:
            first.lead = previous.lead  # 实施A等项目，B等项目
        groups += here
        previous = here[-1]
    return groups


def _of_clause(body: str, mentions: list[Mention], words: list[Trigger]) -> list[_Group]:
    """The projects of a clause, cut where a phase word stands between two: 推动A达产、B投产."""
    groups = [_Group([mentions[0]])]
    groups[0].lead = _lead([t for t in words if t.end <= mentions[0].start and t.lead])
    for mention in mentions[1:]:
        last = groups[-1]
        between = [t for t in words if last.end <= t.start and t.end <= mention.start]
        if not between:
            last.mentions.append(mention)
            continue
        group = _Group([mention])
        for t in between:
            if t.lead and _opens(body, last, t, mention, is_last=t is between[-1]):
                group.lead = t
            else:
                last.tails.append(t)
        groups.append(group)
    groups[-1].tails += [t for t in words if t.start >= groups[-1].end and t.tail]
    return groups


def _opens(body: str, group: _Group, trigger: Trigger, mention: Mention, is_last: bool) -> bool:
    """Whether a word between two projects belongs to the second: A、B，建设C, not A开工、B."""
    if not _JOINT.search(body[trigger.end : mention.start]):
        return True
    return is_last and bool(_JOINT.search(body[group.end : trigger.start]))


def _lead(found: list[Trigger]) -> Trigger | None:
    """The verb nearest to the list, or a telling one close before it (拟投资5亿元建设A)."""
    if not found:
        return None
    near = [t for t in found if t.strong and found[-1].start - t.end <= _NEAR]
    return near[-1] if near else found[-1]


def _continue(body: str, last: _Group, words: list[Trigger], start: int, end: int) -> None:
    """A clause without a project of its own goes on about the last: A总投资3亿元，目前已开工."""
    for t in _predicates(body, words, start, end):
        if not any(known.strong for known in last.tails) or not t.future:
            last.tails.append(t)


def _predicates(body: str, words: list[Trigger], start: int, end: int) -> Iterator[Trigger]:
    """The phase words that are what a clause says of an unnamed subject: 目前已开工; 3月签约、9月开工."""
    begin = start
    for t in words:
        before = body[begin : t.start]
        listed = body[t.end : t.end + 1] == "、"
        if (
            t.strong
            and not _OTHERS.search(before)
            and _GOES_ON.fullmatch(before)
            and (listed or end - t.end <= 4)
        ):
            yield t
            begin = t.end + 1 if listed else t.end


def _phases(group: _Group, plan: bool) -> list[tuple[str, Trigger]]:
    """What the words around a group say, strongest first: tails, then the lead."""
    strong = [t for t in group.tails if t.strong]
    chosen = [t for t in strong if t.attribute] or strong
    if not chosen and group.lead is not None and group.lead.strong:
        chosen = [group.lead]
    if not chosen and group.lead is not None:
        chosen = [group.lead]
    if not chosen:
        chosen = group.tails[:1]
    said = []
    for t in chosen:
        says = t.lead if t is group.lead else t.tail
        if says is not None:
            said.append((_phase(says, t, plan), t))
    if plan and said and not chosen[0].attribute:
        said = [min(said, key=lambda s: ORDER.index(s[0]))]
    return said


def _phase(says: Says, trigger: Trigger, plan: bool) -> str:
    """In an account 将开工 is a plan, and 预计投产 an expectation of the phase itself."""
    if plan:
        return says.account if trigger.attribute else says.plan
    if trigger.future and (not trigger.strong or ORDER.index(says.account) < _BUILDING):
        return says.plan
    return says.account


def _modality(trigger: Trigger, phase: str, plan: bool) -> Modality:
    if trigger.denied:
        return Modality.NEGATED
    if trigger.future and not plan and ORDER.index(phase) >= _BUILDING:
        return Modality.EXPECTED
    return Modality.ASSERTED


def _claim(sentence: Sentence, project: str, phase: str, trigger: Trigger, plan: bool) -> Claim:
    return Claim(
        subject=project,
        predicate="status",
        object=Concept(phase),
        start=sentence.start,
        end=sentence.end,
        rule="status-plan" if plan else "status",
        confidence=0.85 if trigger.strong else 0.7,
        modality=_modality(trigger, phase, plan),
        date=None if plan else period_of(sentence, trigger.end),
    )


def _of_rest(page: Page, sentence: Sentence, plan: bool) -> Iterator[Claim]:
    """除A外，其余项目均已投产: the projects listed in this sentence, or the one before, less those told apart."""
    rest = _REST.search(page.body, sentence.start, sentence.end)
    if rest is None:
        return
    _, end = sentence.clause_at(rest.start())
    words = [t for t in _merged(_visible(page, sentence, rest.end(), end), page.body) if t.strong and t.tail]
    if not words or words[0].tail is None:
        return
    told: set[str] = set()
    apart = _EXCEPT.search(page.body, sentence.start, rest.start())
    if apart:
        told = {m.entity for m in page.within(apart.start(), apart.end(), EntityType.PROJECT)}
    listed = [m for m in page.mentions(sentence, EntityType.PROJECT, outer=True) if m.end <= rest.start()]
    if not apart:
        told = {m.entity for m in listed}
    if all(m.entity in told for m in listed) and sentence.index:
        before = page.sentences[sentence.index - 1]
        if before.block == sentence.block:
            listed = page.mentions(before, EntityType.PROJECT, outer=True)
    phase = _phase(words[0].tail, words[0], plan)
    named = [t for t in re.split(r"除|、|以及|和|外", apart[0]) if t] if apart else []
    for entity in dict.fromkeys(m.entity for m in listed):
        if entity not in told and not any(_alike(page.entities[entity].name, name) for name in named):
            yield replace(_claim(sentence, entity, phase, words[0], plan), rule="status-rest")


def _alike(name: str, other: str) -> bool:
    """Whether a name in 除…外 is a shorter or longer form of a listed one: better left out than said in vain."""
    match = SequenceMatcher(None, name, other, autojunk=False).find_longest_match()
    return match.size >= 4 and match.size >= 0.6 * min(len(name), len(other))


def _of_topic(page: Page, sentence: Sentence) -> Iterator[Claim]:
    """A sentence that names no project goes on about the one spoken of: 目前，一期车间已开车运行."""
    if page.mentions(sentence, EntityType.PROJECT) or _REST.search(sentence.text):
        return
    for start, end in sentence.clauses():
        words = _merged(_visible(page, sentence, start, end), page.body)
        for t in _predicates(page.body, words, start, end):
            subject = page.subject(sentence, t.start, EntityType.PROJECT)
            if subject is None or subject != sentence.topic or t.tail is None:
                continue
            phase = _phase(t.tail, t, plan=False)
            yield replace(
                _claim(sentence, subject, phase, t, plan=False), rule="status-topic", confidence=0.6
            )


@relation("status")
def status(page: Page) -> Iterator[Claim]:
    """The phases of projects."""
    for sentence, plan in zip(page.sentences, plans(page), strict=True):
        for group in _groups(page, sentence):
            for phase, trigger in _phases(group, plan):
                for mention in group.mentions:
                    yield _claim(sentence, mention.entity, phase, trigger, plan)
        yield from _of_rest(page, sentence, plan)
        if not plan:
            yield from _of_topic(page, sentence)
