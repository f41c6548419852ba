"""What a zone, park or place lives on or bets on: leadingIndustry."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Claim, EntityType, Modality
from kg.nlp.relations import relation
from kg.nlp.relations.evidence import claim, cues, speaking
from kg.nlp.view import Page

ZONE, PARK, PLACE, INDUSTRY = EntityType.ZONE, EntityType.PARK, EntityType.PLACE, EntityType.INDUSTRY
HOMES = (ZONE, PARK, PLACE)


@relation("industries")
def industries(page: Page) -> Iterator[Claim]:
    """Each industry of a page, with the zone, park or place in force where it is named."""
    for sentence in speaking(page):
        for industry in page.mentions(sentence, INDUSTRY):
            start, _ = sentence.clause_at(industry.start)
            lead = page.body[start : industry.start]
            home = _owner(page, sentence.index, industry.start) or page.home(sentence, industry.start)
            if home is None:
                continue
            strong = cues("priority").search(page.body, start, sentence.end)
            held = Modality.NEGATED if cues("given_up").search(lead) else Modality.ASSERTED
            yield claim(
                sentence,
                home,
                "leadingIndustry",
                industry.entity,
                "industries/priority" if strong else "industries/named",
                0.85 if strong else 0.6,
                held,
            )


def _owner(page: Page, sentence_index: int, offset: int) -> str | None:
    """The zone or place right before an industry: 临泉经开区电子信息产业, 大同新材料产业."""
    sentence = page.sentences[sentence_index]
    for mention in page.mentions(sentence, *HOMES):
        if mention.end == offset or (mention.end == offset - 1 and page.body[mention.end] == "的"):
            return mention.entity
    return None
