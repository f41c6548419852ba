"""Names in running text: what is found, as what, and which mentions are one entity."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.nlp.entities import choose
from kg.nlp.pipeline import register_factories

Reader = Callable[[str], Doc]
_PARTS = ["sentences", "tagger", "places", "zones", "projects", "firms", "chains", "industries", "products"]
_PARTS += ["people", "entities"]


@pytest.fixture(scope="module")
def read() -> Reader:
    register_factories()
    nlp = spacy.blank("zh")
    for part in [
        "sentences",
        "tagger",
        "places",
        "zones",
        "projects",
        "firms",
        "chains",
        "industries",
        "products",
        "people",
        "entities",
    ]:
        nlp.add_pipe(f"lz_{part}")
    return nlp


def named(doc: Doc, kind: str) -> set[str]:
    return {span.text for span in doc.spans["entities"] if span.label_ == kind}


def test_places_by_full_and_short_names(read: Reader) -> None:
    doc = read("呼和浩特市武川县与山西左云签约。京津冀、川渝地区和俄罗斯的客商来到太原。")
    assert named(doc, "Place") >= {"呼和浩特市", "武川县", "山西", "左云", "京津冀", "俄罗斯", "太原"}


@pytest.mark.parametrize(
    ("text", "word"),
    [("全市新建5G基站600个。", "新建"), ("上海市南京东路开街。", "南京"), ("推进创新城市建设。", "新城")],
)
def test_words_and_streets_are_no_places(read: Reader, text: str, word: str) -> None:
    assert word not in named(read(text), "Place")


def test_a_short_name_that_is_a_word_needs_its_surroundings(read: Reader) -> None:
    assert "平定" in named(read("阳泉市推动平定、盂县发展。平定县完成投资3亿元。"), "Place")


def test_the_code_of_a_place_is_kept(read: Reader) -> None:
    doc = read("左云县位于大同市。左云发展快。")
    codes = {e.name: dict(e.identifiers).get("gb2260") for e in doc._.entities.values() if e.type == "Place"}
    assert codes == {"左云县": "140226", "大同市": "140200"}


def test_spellings_of_a_zone_are_one_entity(read: Reader) -> None:
    doc = read("左云经济技术开发区(以下简称左云开发区)紧盯目标。左云经开区入园企业21家。左云开发区起步早。")
    assert {s.id_ for s in doc.spans["entities"] if s.label_ == "Zone"} == {"e1"}
    assert doc._.entities["e1"].name == "左云经济技术开发区"
    assert doc._.entities["e1"].aliases == ("左云开发区", "左云经开区")


def test_zones_go_across_dashes_and_kinds_alone_are_none(read: Reader) -> None:
    assert named(read("奎屯—独山子经济技术开发区获批。"), "Zone") == {"奎屯—独山子经济技术开发区"}
    assert named(read("推动各开发区、省级开发区改革，全省开发区发展向好。"), "Zone") == set()


def test_parks_need_a_telling_word(read: Reader) -> None:
    assert named(read("入驻阳曲煤基新材料产业园的企业增多。"), "Park") == {"阳曲煤基新材料产业园"}
    assert named(read("打造一批特色产业园。"), "Park") == set()


def test_full_names_of_firms_with_brackets_and_branches(read: Reader) -> None:
    doc = read("中能建科锐技术(大同)有限公司落户。燃气由大同华润燃气有限公司左云分公司提供。")
    assert named(doc, "Firm") == {"中能建科锐技术(大同)有限公司", "大同华润燃气有限公司左云分公司"}
    assert "大同" not in named(doc, "Place"), "a place in a firm's name is no mention of the place"


def test_short_names_in_lists_of_firms(read: Reader) -> None:
    doc = read("支持紫鑫药业、天强科技、龙泰机械等企业做大做强。")
    assert named(doc, "Firm") == {"紫鑫药业", "天强科技", "龙泰机械"}


def test_a_short_form_joins_the_full_name(read: Reader) -> None:
    doc = read("公司与晨星碳材科技有限公司签约，晨星碳材将投资5亿元。")
    assert len({s.id_ for s in doc.spans["entities"] if s.label_ == "Firm"}) == 1


def test_the_firm_inside_its_project_is_kept(read: Reader) -> None:
    doc = read("推进海优威胶膜、博能客车二期等项目建设。")
    assert "博能客车二期" in named(doc, "Project")
    assert "博能客车" in named(doc, "Firm")


def test_people_by_post_and_speech(read: Reader) -> None:
    doc = read("市委书记王建国走进车间，与厂长李明华座谈。丁晓峰说，效果很好。")
    assert named(doc, "Person") == {"王建国", "李明华", "丁晓峰"}


def test_institutions(read: Reader) -> None:
    doc = read("国家发展改革委、清华大学与天津大同商会签订协议。大学生参加活动。")
    assert named(doc, "Institution") == {"国家发展改革委", "清华大学", "天津大同商会"}


def test_offsets_hold_and_ids_follow_first_mention(read: Reader) -> None:
    text = "左云县引进晨星科技有限公司。\n大同市支持晨星科技。"
    doc = read(text)
    spans = list(doc.spans["entities"])
    assert all(text[s.start_char : s.end_char] == s.text for s in spans)
    order = list(dict.fromkeys(s.id_ for s in spans))
    assert order == [f"e{n + 1}" for n in range(len(order))] == list(doc._.entities)


def test_what_is_counted_is_no_name(read: Reader) -> None:
    named = {e.name for e in read("左云县建成青年创新创业基地44个，新能源产业园3个。")._.entities.values()}
    assert named == {"左云县"}


@pytest.mark.parametrize("text", ["", "\n", "。", "abc 123", "“”（）—"])
def test_texts_without_names(read: Reader, text: str) -> None:
    assert read(text)._.entities == {}


def candidate(doc: Doc, start: int, end: int, label: str, score: float) -> Span:
    span = doc.char_span(start, end, label=label)
    assert span is not None
    span._.score = score
    return span


def test_the_surer_of_crossing_candidates_wins() -> None:
    doc = spacy.blank("zh").make_doc("晨星科技电池项目")
    sure, crossing = candidate(doc, 0, 4, "Firm", 0.9), candidate(doc, 2, 6, "Product", 0.6)
    assert choose([crossing, sure]) == [sure]


def test_one_stretch_may_be_a_firm_and_its_project_but_not_two_kinds_of_site() -> None:
    doc = spacy.blank("zh").make_doc("晨星科技")
    both = [candidate(doc, 0, 4, "Firm", 0.8), candidate(doc, 0, 4, "Project", 0.7)]
    assert choose(both) == both
    rivals = [candidate(doc, 0, 4, "Park", 0.8), candidate(doc, 0, 4, "Zone", 0.7)]
    assert choose(rivals) == rivals[:1]
