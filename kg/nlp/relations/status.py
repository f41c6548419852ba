"""The phase a project is in: lead verb, list of projects, tail verb, and whether the passage is a plan.

推进A、B等项目建设 · A、B开工建设，C投产 · 确保A建成投产 (a goal: under construction today) · 除A外，其余项目均已投产.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.model import Claim, Concept, EntityType, Mention, Modality
from kg.nlp.dates import period_of
from kg.nlp.moods import plans
from kg.nlp.phases import ORDER, Trigger, triggers
from kg.nlp.relations import relation
from kg.nlp.view import Page, Sentence

_JOINT = re.compile(r"[、，,；;]|以及|并且|并|和|及|与")
_REST = re.compile(r"其余(?:的)?(?:[\d一二三四五六七八九十两]+[个家条])?(?:项目|企业|工程)?|其他项目")
_EXCEPT = re.compile(r"除(?!了?此)[^。；]*?(?:[之以]?外)")
_ALREADY = re.compile(r"(?:已|正|目前|现|刚|于今|于去|当前|现在)[^，。；、]{0,12}$")
_ADVERBS = re.compile(
    r"[，\s]*(?:在[^，]{1,14}?)?(?:目前|现在|当前|现|已经?|正|并|且|也|均|都|全部|陆续|全面|成功|顺利|正式|刚刚?|于|在|将|预计|计划|力争|确保|争取|有望|项目|工程|该项目|"
    r"[\d年月日底末初上中下旬季度半前后内一二三四今明去]+)*"
)


@dataclass(slots=True)
class _Group:
    """Projects that stand together in a clause, with the phase words that lead to and follow them."""

    mentions: list[Mention]
    clause: int
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
        found.append(trigger)
    return found


def _says_most(trigger: Trigger) -> tuple[bool, int]:
    says = trigger.tail or trigger.lead
    return trigger.strong, ORDER.index(says.account) if says else 0


def _merged(found: list[Trigger], body: str) -> list[Trigger]:
    """Neighbours without a joint between them are one word: 签约落地, 加快建设, 竣工投产."""
    out: list[Trigger] = []
    for trigger in found:
        last = out[-1] if out else None
        if last is not None and trigger.start - last.end <= 2 and not _JOINT.search(body[last.end : trigger.start]):
            keep = max((last, trigger), key=_says_most)
            out[-1] = replace(
                keep,
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
    projects = page.mentions(sentence, EntityType.PROJECT, outer=True)
    groups: list[_Group] = []
    previous: _Group | None = None
    for number, (start, end) in enumerate(sentence.clauses("，,。；;！？!?：:")):
        words = _merged(_visible(page, sentence, start, end), body)
        inside = [m for m in projects if start <= m.start and m.end <= end]
        clause_groups: list[_Group] = []
        used: set[int] = set()
        for mention in inside:
            last = clause_groups[-1] if clause_groups else None
            between = [t for t in words if last is not None and last.end <= t.start and t.end <= mention.start]
            if last is not None and not between:
                last.mentions.append(mention)
                continue
            group = _Group([mention], number)
            for t in between:
                assert last is not None
                after, before = body[t.end : mention.start], body[last.end : t.start]
                if t.lead and not _JOINT.search(after) or (_JOINT.search(before) and t is between[-1] and t.lead):
                    group.lead = t
                else:
                    last.tails.append(t)
                used.add(t.start)
            if last is None:
                leads = [t for t in words if t.end <= mention.start and t.lead]
                group.lead = leads[-1] if leads else None
            clause_groups.append(group)
        if clause_groups:
            last = clause_groups[-1]
            last.tails += [t for t in words if t.start >= last.end and t.tail and t.start not in used]
            first = clause_groups[0]
            if first.lead is None and not first.tails and previous is not None and not previous.tails:
                first.lead = previous.lead  # 实施A等项目，B等项目
            groups += clause_groups
            previous = clause_groups[-1]
        elif groups:
            _continue(body, groups, words, start, end)
    return groups


def _continue(body: str, groups: list[_Group], words: list[Trigger], start: int, end: int) -> None:
    """A clause without a project of its own goes on about the last: A总投资3亿元，目前已开工."""
    last = groups[-1]
    for t in words:
        if not t.strong or not _ADVERBS.fullmatch(body[start : t.start]) or end - t.end > 4:
            continue
        if not last.tails or not t.future:
            last.tails.append(t)


def _phases(group: _Group, plan: bool) -> list[tuple[str, Trigger]]:
    """What the words around a group say, strongest first: tails, then the lead."""
    strong = [t for t in group.tails if t.strong]
    chosen = strong
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
            said.append((says.plan if plan or t.future else says.account, t))
    if plan and said:
        said = [min(said, key=lambda s: ORDER.index(s[0]))]
    return said


def _claim(sentence: Sentence, project: str, phase: str, trigger: Trigger, plan: bool) -> Claim:
    return Claim(
        subject=project,
        predicate="status",
        object=Concept(phase),
        start=sentence.start,
        end=sentence.end,
        rule="status-plan" if plan else "status",
        confidence=0.85 if trigger.strong else 0.7,
        modality=Modality.NEGATED if trigger.denied else Modality.ASSERTED,
        date=None if plan else period_of(sentence, trigger.end),
    )


@relation("status")
def status(page: Page) -> Iterator[Claim]:
    """The phases of projects."""
    for sentence, plan in zip(page.sentences, plans(page), strict=True):
        for group in _groups(page, sentence):
            for phase, trigger in _phases(group, plan):
                for mention in group.mentions:
                    yield _claim(sentence, mention.entity, phase, trigger, plan)
