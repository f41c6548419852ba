"""Development zones and parks: where names begin, what a list says once for all of its items."""

from __future__ import annotations

import pytest

from kg.nlp import make_pipeline
from kg.nlp.pipeline import make_doc
from kg.nlp.sentences import plain_article


@pytest.fixture(scope="module")
def sites():  # type: ignore[no-untyped-def]
    nlp = make_pipeline()

    def read(text: str) -> dict[str, str]:
        doc = make_doc(nlp, plain_article(text))
        for part in ("sentences", "tagger", "places", "zones"):
            doc = nlp.get_pipe(part)(doc)
        spans = [
            s for s in doc.spans.get("candidates", ()) if s.label_ in ("Zone", "Park") and s._.score >= 0.4
        ]
        return {s.text: s.label_ for s in spans}

    return read


def test_the_kind_may_be_said_once(sites) -> None:  # type: ignore[no-untyped-def]
    found = sites("全年盐池、平罗、中宁3个经济开发区新引进企业20家。")
    assert found.get("盐池") == found.get("平罗") == "Zone"


@pytest.mark.parametrize(
    "text",
    [
        "完善道路、管网、园区基础设施。",
        "建成城市公园、街心花园和主题乐园。",
        "推动县城、集镇和各类园区发展。",
    ],
)
def test_common_nouns_are_no_sites(sites, text: str) -> None:  # type: ignore[no-untyped-def]
    assert sites(text) == {}
