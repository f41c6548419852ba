"""Figures about a whole: what is read out of a sentence, of whom, and what is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.context
import kg.nlp.dates
import kg.nlp.quantities
import kg.nlp.sentences  # noqa: F401  the factories that the pipeline below names
from kg.errors import DataError
from kg.model import Block, BlockKind, Claim, Entity, EntityType, Modality
from kg.nlp.indicators import Indicators, Words, indicators
from kg.nlp.relations.observations import observations
from kg.nlp.sentences import plain_article

ZONE, PARK, PLACE = EntityType.ZONE, EntityType.PARK, EntityType.PLACE
FIRM, PROJECT, CHAIN = EntityType.FIRM, EntityType.PROJECT, EntityType.CHAIN
NAMES: dict[str, EntityType] = {
    "青河经开区": ZONE,
    "青河县": PLACE,
    "京津冀": PLACE,
    "河东市": PLACE,
    "北山光电产业园": PARK,
    "远山集团": FIRM,
    "宏图公司": FIRM,
    "年产2万吨铝箔项目": PROJECT,
    "新材料产业链": CHAIN,
    "装备制造产业链": CHAIN,
}


def _name(doc: Doc) -> Doc:
    """Marks the names above, as the name components would."""
    spans = []
    for name, type_ in NAMES.items():
        for match in re.finditer(re.escape(name), doc.text):
            span = doc.char_span(*match.span(), label=type_.value, span_id=name)
            assert span is not None
            spans.append(span)
            doc._.entities[name] = Entity(name, type_, name)
    doc.spans["entities"] = sorted(spans, key=lambda s: (s.start, -s.end))
    return doc


@Language.factory("test_names")
def make_names(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return _name


@pytest.fixture(scope="module")
def pipeline() -> Language:
    nlp = spacy.blank("zh")
    for factory in ("lz_sentences", "lz_quantities", "lz_dates", "test_names", "lz_context"):
        nlp.add_pipe(factory)
    return nlp


@pytest.fixture
def read(pipeline: Language) -> Callable[..., list[Claim]]:
    """Claims of a text under a headline that names the zone, published in June 2024."""

    def run(text: str, title: str = "青河经开区做强产业", figure: str = "") -> list[Claim]:
        article = plain_article("\n".join(filter(None, (title, text, figure))))
        kinds = [BlockKind.HEADLINE, *[BlockKind.PARAGRAPH] * (len(article.blocks) - 1)]
        blocks = tuple(Block(k, b.start, b.end) for k, b in zip(kinds, article.blocks, strict=True))
        repeats = frozenset({len(blocks) - 1} if figure else ())
        doc = pipeline.make_doc(article.body)
        doc._.article = replace(
            article, blocks=blocks, headline=title, published="2024-06-20", repeats=repeats
        )
        return list(observations(pipeline(doc)._.page))

    return run


def told(claims: list[Claim]) -> list[tuple[str, str, str, str | None]]:
    """Subject, indicator, value and unit of each claim."""
    return [(c.subject, c.indicator or "", str(c.object), c.unit) for c in claims]


def indicated(claims: list[Claim]) -> list[tuple[str, str]]:
    """Indicator and value of each claim."""
    return [(c.indicator or "", str(c.object)) for c in claims]


def test_counted_projects_and_their_money(read: Callable[..., list[Claim]]) -> None:
    claims = read(
        "青河经开区签约项目116个，总投资664.51亿元，已开工项目15个，总投资额94亿元，开工率达62.5%。"
    )
    assert told(claims) == [
        ("青河经开区", "signedProjects", "116", "count"),
        ("青河经开区", "signedInvestment", "66451000000", "CNY"),
        ("青河经开区", "startedProjects", "15", "count"),
        ("青河经开区", "startedInvestment", "9400000000", "CNY"),
        ("青河经开区", "startRate", "62.5", "%"),
    ]
    assert claims[0].printed == "116个"
    assert all(c.modality is Modality.ASSERTED and 0 < c.confidence < 1 for c in claims)


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("新签约项目18个。", "signedProjects", "18"),
        ("共有在建的省市重点项目16个。", "constructionProjects", "16"),
        ("友联科技等24个项目开工建设。", "startedProjects", "24"),
        ("开工建设金水电站等24个项目。", "startedProjects", "24"),
        ("东联安信等10个项目建成投产。", "producingProjects", "10"),
        ("加快推进北线工程等46个项目。", "constructionProjects", "46"),
        ("谋划储备项目11个。", "projects", "11"),
        ("实施八大重点项目。", "projects", "8"),
        ("入园企业达到21家。", "residentFirms", "21"),
        ("新增规上工业企业35家。", "aboveScaleFirms", "35"),
        ("培育链主企业18家。", "leaderFirms", "18"),
        ("对接企业220余家。", "contactedFirms", "220"),
        ("外出招商80余次。", "investmentTrips", "80"),
        ("完成固定资产投资690.4亿元。", "fixedAssetInvestment", "69040000000"),
        ("工业投资完成19.03亿元。", "industrialInvestment", "1903000000"),
        ("规上工业增加值4.5亿元。", "industrialValueAdded", "450000000"),
        ("工业总产值突破1300亿元。", "outputValue", "130000000000"),
        ("主营业务收入11.18亿元。", "revenue", "1118000000"),
        ("完成税收6186.1万元。", "taxRevenue", "61861000"),
        ("外贸进出口总额达770亿元。", "tradeVolume", "77000000000"),
        ("完成产业投资320亿元。", "completedInvestment", "32000000000"),
        ("建成标准化厂房14万平方米。", "standardPlant", "140000"),
        ("盘活低效用地15公顷。", "area", "150000"),
        ("带动就业3万人。", "jobs", "30000"),
        ("投产率为36.76%。", "productionRate", "36.76"),
        ("综合考评位列全省第24名。", "rank", "24"),
        ("一般公共预算收入220.3亿元。", "other", "22030000000"),
        ("社会消费品零售总额1400亿元。", "other", "140000000000"),
        ("农村居民人均可支配收入6131元。", "other", "6131"),
        ("高新技术企业149家。", "other", "149"),
        ("用电量突破43亿千瓦时。", "other", "4300000000"),
    ],
)
def test_indicator(read: Callable[..., list[Claim]], text: str, indicator: str, value: str) -> None:
    assert told(read("青河经开区" + text)) == [
        ("青河经开区", indicator, value, read("青河经开区" + text)[0].unit)
    ]


def test_shares_growth_and_points(read: Callable[..., list[Claim]]) -> None:
    claims = read("青河经开区产值75亿元，占全县的83.52%，同比增长13.6%，高于全市2.1个百分点；能耗下降0.4%。")
    assert indicated(claims) == [
        ("outputValue", "7500000000"),
        ("other", "83.52"),
        ("growthRate", "13.6"),
        ("other", "2.1"),
        ("growthRate", "-0.4"),
    ]
    assert claims[2].of == "outputValue"
    assert claims[4].of == "能耗"


def test_a_change_has_two_figures_with_the_ends_of_its_span(read: Callable[..., list[Claim]]) -> None:
    claims = read("2020年至2022年，青河经开区入园企业数从4家增至21家，工业投资从7.87亿元增至12.05亿元。")
    assert [(c.indicator, str(c.object), c.date) for c in claims] == [
        ("residentFirms", "4", "2020"),
        ("residentFirms", "21", "2022"),
        ("industrialInvestment", "787000000", "2020"),
        ("industrialInvestment", "1205000000", "2022"),
    ]


def test_a_year_of_comparison_is_no_date(read: Callable[..., list[Claim]]) -> None:
    claims = read("2023年，青河经开区进出口3.08亿元，较2014年增长28.3%。")
    assert [c.date for c in claims] == ["2023", "2023"]


def test_among_them_goes_on_with_what_was_counted(read: Callable[..., list[Claim]]) -> None:
    claims = read("青河经开区新签约项目60个，其中10亿元以上项目26个、5亿元以上30个。")
    assert indicated(claims) == [("signedProjects", "60"), ("signedProjects", "26"), ("signedProjects", "30")]
    assert "10亿元以上项目" in (claims[1].of or "")


def test_phases_of_one_kind_in_a_row(read: Callable[..., list[Claim]]) -> None:
    claims = read("青河经开区亿元以上项目新签约502个、新开工416个、新投产312个。")
    assert indicated(claims) == [
        ("signedProjects", "502"),
        ("startedProjects", "416"),
        ("producingProjects", "312"),
    ]


def test_money_before_the_projects_it_is_for(read: Callable[..., list[Claim]]) -> None:
    claims = read("青河经开区总投资65.9亿元的44个灾后恢复重建项目全部开工。")
    assert indicated(claims) == [("startedInvestment", "6590000000"), ("startedProjects", "44")]


def test_respectively_and_both(read: Callable[..., list[Claim]]) -> None:
    claims = read("青河经开区签约开工率、投产率分别达到98.3%、60.2%。营收、税收均增长15%。")
    assert indicated(claims) == [
        ("startRate", "98.3"),
        ("productionRate", "60.2"),
        ("growthRate", "15"),
        ("growthRate", "15"),
    ]
    assert [c.of for c in claims[2:]] == ["营收", "税收"]


def test_listed_bearers_take_their_turn(read: Callable[..., list[Claim]]) -> None:
    claims = read("远山集团、宏图公司产值分别突破300亿元、100亿元。")
    assert told(claims) == [
        ("远山集团", "outputValue", "30000000000", "CNY"),
        ("宏图公司", "outputValue", "10000000000", "CNY"),
    ]


def test_the_clause_that_opens_on_a_name_tells_whose_figure_it_is(read: Callable[..., list[Claim]]) -> None:
    claims = read(
        "目前，北山光电产业园入驻企业28家。截至目前，河东市签约项目73个；远山集团产值75亿元、增长13.6%。"
    )
    assert told(claims) == [
        ("北山光电产业园", "residentFirms", "28", "count"),
        ("河东市", "signedProjects", "73", "count"),
        ("远山集团", "outputValue", "7500000000", "CNY"),
        ("远山集团", "growthRate", "13.6", "%"),
    ]


def test_without_a_name_the_figure_is_the_home_s(read: Callable[..., list[Claim]]) -> None:
    claims = read("对接京津冀企业212家，新签约项目3个。")
    assert {c.subject for c in claims} == {"青河经开区"}


def test_a_chain_s_paragraph(read: Callable[..., list[Claim]]) -> None:
    claims = read(
        "新材料产业链，现有重点项目9个，总投资20.94亿元，预计达产产值22.4亿元。全产业链产值达到35亿元。"
    )
    assert told(claims) == [  # its investment and its planned output are attributes of the chain
        ("新材料产业链", "projects", "9", "count"),
        ("新材料产业链", "outputValue", "3500000000", "CNY"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "年产2万吨铝箔项目总投资5亿元，占地120亩，建成后年产值8亿元。",
        "总投资5亿元的年产2万吨铝箔项目开工。",
        "远山集团投资5亿元建设年产2万吨铝箔项目。",
        "项目建成投产后，可实现年产值2亿元。",
        "这家企业有3条生产线。",
        "这个总投资17亿元的项目从签约到落地不到一年。",
        "北山光电产业园规划面积2.33平方公里。",
        "落实“惠企16条”，做好“三篇大文章”。",
        "印发《支持企业发展10条措施》。",
        "抓好以下8个方面工作。",
        "开发区距高速公路出口3公里。",
    ],
)
def test_no_observation(read: Callable[..., list[Claim]], text: str) -> None:
    assert read(text) == []


def test_a_threshold_is_no_figure(read: Callable[..., list[Claim]]) -> None:
    claims = read("青河经开区投资5000万元以上产业项目65个加快建设，抓好20个投资超10亿元项目。")
    assert indicated(claims) == [("constructionProjects", "65"), ("projects", "20")]


def test_pull_out_figures_count_once(read: Callable[..., list[Claim]]) -> None:
    text = "青河经开区签约项目116个。"
    assert told(read(text, figure="签约项目116个")) == told(read(text))


def test_a_headline_s_figure_counts_only_if_the_text_lacks_it(read: Callable[..., list[Claim]]) -> None:
    title = "青河经开区签约项目116个"
    assert len(read("青河经开区签约项目116个，总投资5亿元。", title=title)) == 2
    assert indicated(read("青河经开区开工在即。", title=title)) == [("signedProjects", "116")]


def test_goals_are_expected_and_said_so(read: Callable[..., list[Claim]]) -> None:
    goal, plan = read("青河经开区力争新签约项目30个，预计完成税收2亿元。")
    assert goal.modality is plan.modality is Modality.EXPECTED
    assert (goal.of or "").startswith("目标")


def test_negated(read: Callable[..., list[Claim]]) -> None:
    (claim,) = read("青河经开区工业总产值未达到100亿元。")
    assert (claim.indicator, claim.object, claim.modality) == (
        "outputValue",
        Decimal(10000000000),
        Modality.NEGATED,
    )


def test_claims_quote_their_sentence(read: Callable[..., list[Claim]]) -> None:
    title, text = "青河经开区做强产业", "青河经开区产值75亿元。"
    (claim,) = read(text, title=title)
    assert f"{title}\n{text}"[claim.start : claim.end] == text
    assert claim.printed == "75亿元"


_PIECES = st.from_regex(
    r"(青河经开区|远山集团|新材料产业链|签约项目|企业|总投资|产值|增长|从|增至|其中|分别|均|等|的|以上|项目|万亿|2023年"
    r"|116个|20家|5亿元|3\.2%|第3名|8万平方米|，|。|、|；|“|”){0,24}",
    fullmatch=True,
)


@settings(deadline=None, max_examples=60)
@given(_PIECES)
def test_any_text_is_read_without_fail_and_the_same_twice(pipeline: Language, text: str) -> None:
    first, second = (list(observations(pipeline(text)._.page)) for _ in range(2))
    assert first == second
    for claim in first:
        assert text[claim.start : claim.end].strip()
        assert claim.printed is not None and claim.printed in text[claim.start : claim.end]
        assert claim.indicator and claim.unit and isinstance(claim.object, Decimal)


def test_words_prefer_the_nearest_and_the_longest() -> None:
    table = Words([("plain", ["投资"]), ("total", ["总投资"]), ("done", ["完成*投资"])])
    last = table.last("总投资5亿元，完成产业投资")
    assert last is not None and last.name == "done"
    last = table.last("完成后总投资")
    assert last is not None and last.name in ("total", "done")
    assert table.last("产值") is None


def test_the_package_s_table_is_whole() -> None:
    table = indicators()
    assert table.money_of["signedProjects"] == "signedInvestment"
    with pytest.raises(DataError, match=r"indicators\.yaml"):
        Indicators({"projects": {}})


def test_a_count_of_several_places_is_the_whole_s(read: Callable[..., list[Claim]]) -> None:
    claims = read("青河县、临水等7个县市获评示范县。")
    assert told(claims) == [("青河经开区", "other", "7", "count")]
    assert told(read("青河县建成7个车间。"))[0][0] == "青河县"


def test_a_yearly_mean_is_of_several_years_and_says_so(read: Callable[..., list[Claim]]) -> None:
    claims = read("2020年，青河县成绩喜人，财政收入、税收年均分别增长7.2%和5.5%，工业投资同比增长22.5%。")
    assert [(c.of, c.date) for c in claims if c.indicator == "growthRate"] == [
        ("财政收入（年均）", None),
        ("税收（年均）", None),
        ("工业投资", "2020"),
    ]
