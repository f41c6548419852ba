"""What a project is expected to bring a year: output value or sales, taxes, jobs.

预计达产产值22.4亿元 · 可实现年销售收入约10亿元、利税近1亿元 · 带动就业约200人. What a firm or zone has earned is an
observation, not an expectation; so a firm's figure counts only when it is bound to a plant to come (达产后).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Claim, EntityType
from kg.nlp.owners import ahead, behind
from kg.nlp.quantities import ABOUT
from kg.nlp.relations import relation
from kg.nlp.relations.investment import currency, is_money
from kg.nlp.view import Measure, Page, Sentence

_OUTPUT = re.compile(r"(?:产值|销售收入|销售额|营业收入|营收|主营业务收入|产出|销售)" + ABOUT)
_TAX = re.compile(r"(?:利税|税收|税金|纳税|创税|税收贡献|缴税|上缴税收|上交税收|年税额)" + ABOUT)
_JOBS_BEFORE = re.compile(
    r"(?:就业|就业岗位|就业人数|就业机会|岗位|用工|吸纳劳动力|安置劳动力|解决|创造|提供|带动|吸纳|安置)(?:新增)?"
    + ABOUT
)
_JOBS_AFTER = re.compile(r"[^，。；、]{0,8}?(?:就业|岗位|劳动力)")
_EXPECTED = re.compile(
    r"预计|可实现|将实现|达产|投产后|建成后|全部建成|投用后|运营后|预期|可年|将达|可达|有望|可提供|可带动|竣工后"
)
_AFTER_START = re.compile(r"(?:达产|投产|建成|投用|竣工|投入使用)(?:达产|投产|达效|运营)?(?:后|时)")
_OWNERS = (EntityType.PROJECT, EntityType.CHAIN, EntityType.FIRM)


def _is_expected(page: Page, sentence: Sentence, measure: Measure) -> bool:
    return bool(_EXPECTED.search(page.body[sentence.start : measure.start]))


def _predicate(page: Page, sentence: Sentence, measure: Measure) -> str | None:
    """expectedOutputValue, expectedTax, jobs or None."""
    body, unit = page.body, measure.quantity.unit
    before = body[max(sentence.start, measure.start - 16) : measure.start]
    if is_money(measure):
        if _TAX.search(before):
            return "expectedTax"
        if _OUTPUT.search(before):
            return "expectedOutputValue"
    elif unit in ("person", "count") and not measure.quantity.printed.endswith(("家", "户", "项")):
        said = _JOBS_BEFORE.search(before)
        if _JOBS_AFTER.match(body, measure.end, sentence.end) or (
            said and "就业" in before + body[measure.end : measure.end + 6]
        ):
            return "jobs"
    return None


def _owner(page: Page, sentence: Sentence, measure: Measure) -> str | None:
    """The project or chain; a firm only for what its new plant is to bring."""
    mention = ahead(page, sentence, measure, *_OWNERS)
    if mention is not None:
        return mention.entity
    found = behind(page, sentence, measure, EntityType.PROJECT, EntityType.CHAIN, loose=True)
    if found is not None:
        return found
    if _AFTER_START.search(page.body[sentence.start : measure.start]):
        return behind(page, sentence, measure, EntityType.FIRM)
    return None


@relation("benefits")
def benefits(page: Page) -> Iterator[Claim]:
    """Expected output values, taxes and jobs."""
    for sentence in page.sentences:
        if sentence.repeats:
            continue
        for measure in sentence.measures:
            predicate = _predicate(page, sentence, measure)
            if predicate is None:
                continue
            named = re.match(r"的", page.body[measure.end : measure.end + 1])  # 年产值50亿元的新能源产业园
            if not (_is_expected(page, sentence, measure) or named or predicate == "jobs"):
                continue
            subject = _owner(page, sentence, measure)
            if subject is None:
                continue
            q = measure.quantity
            yield Claim(
                subject=subject,
                predicate=predicate,
                object=q.value,
                start=sentence.start,
                end=sentence.end,
                rule=f"benefits-{predicate}",
                confidence=0.8,
                unit="person" if predicate == "jobs" else currency(measure),
                max_value=q.max_value,
                printed=q.printed,
            )
