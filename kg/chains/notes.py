"""What gap tables rest on and how to read them, for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.chains.relatedness import ENOUGH, Relatedness
from kg.chains.scoring import weights
from kg.ontology import concepts

# What the words of the tables mean: (zh, en) of the word and of its meaning. States come from the ontology.
_MEANINGS = (
    (
        ("地区", "Place"),
        (
            "默认列开发区。县、市、省若只是重复其中开发区的链，不另列；要看某地，用 --place。",
            "Zones by default. A county, city or province that only repeats its zones is left out; ask with --place.",
        ),
    ),
    (
        ("产业链、环节", "Chain, segment"),
        (
            "对照模板的名称；“文中叫法”是文章的说法。文章没有说到、只凭企业看出的链，照实注明。",
            "Names of the reference chain; how the texts call it stands beside. A chain that no text names, seen only "
            "through its members, says so.",
        ),
    ),
    (
        ("未归入环节", "In no segment"),
        (
            "文章说是这条链的成员，但名称、产品和原文用词对不上模板的任何环节。",
            "A member by what a text says, but none of its words tells a segment.",
        ),
    ),
    (
        ("关键", "Critical"),
        (
            "缺了它，链条就断：技术、资质或投资门槛高，难以外购替代。",
            "Without it the chain breaks: hard to buy from outside.",
        ),
    ),
    (
        ("断点", "Break point"),
        (
            "关键环节无证据，而它的上游和下游当地都有。",
            "A critical segment without evidence whose suppliers and customers are both here.",
        ),
    ),
    (
        ("补链", "Fill"),
        (
            "上游、下游当地都有，本环节无证据。",
            "Suppliers and customers are both here, no evidence of the segment.",
        ),
    ),
    (
        ("延链", "Extend"),
        (
            "上游或下游之一当地有，本环节无证据。",
            "Either suppliers or customers are here, no evidence of the segment.",
        ),
    ),
    (
        ("强链", "Strengthen"),
        (
            "本环节有证据，但弱、在建，或只有规划。",
            "There is evidence of the segment, but it is weak, being built, or only planned.",
        ),
    ),
    (
        ("建链", "Start"),
        (
            "链上所见环节很少，关键环节无证据，上下游当地也都未见。",
            "Few segments of the chain are seen; a critical one without evidence, its neighbours neither.",
        ),
    ),
    (
        ("分值、优先", "Score, priority"),
        (
            "0–100 分，构成逐项列在“分值构成”：建议的种类、是否关键、上下游在不在、有没有买家和链主、候选有多近。"
            "{high} 分起为高，{medium} 分起为中。分值只排先后，不是概率。",
            "0–100, its parts in their own column: the kind of move, critical or not, neighbours, buyers and leader "
            "here, how near the nearest candidate is. High from {high} on, medium from {medium}. It ranks; it is no "
            "probability.",
        ),
    ),
    (
        ("堵点", "Blocked"),
        (
            "环节里有项目，但文章说它停工、停产。",
            "A project of the segment stands still, by what a text says.",
        ),
    ),
    (
        ("本地可能的买家", "Possible buyers here"),
        (
            "当地处于下游环节的企业和项目。推算所得，原文没有说它们采购什么。",
            "Firms and projects in the segments downstream. Computed: no text says what they buy.",
        ),
    ),
    (
        ("候选、目标企业", "Candidates, target firms"),
        (
            "图谱中别处处于同一环节的企业和项目，@ 后是所在地和远近（同市、同省、邻省、远）。只是线索，不表示有意投资；"
            "联系方式留空，由招商人员填写。",
            "Firms and projects elsewhere in the graph in the same segment, after @ where and how near. A lead, no "
            "sign of interest; the contact is left for you to fill in.",
        ),
    ),
    (
        ("可通过的链主", "Leader to go through"),
        (
            "本链在当地的链主；没有的，为当地上下游所在产业链的链主。",
            "The leader of this chain here; without one, leaders of the chains here that hold a neighbouring segment.",
        ),
    ),
    (
        ("履约率", "Progress rates"),
        (
            "签约开工率：文章说签约的项目中，也有文章说已开工（或更远）的；开工投产率：文章说已开工（或更远）的项目中，"
            "文章说已投产的。按项目首次见报的年份分组。文章没说到的不算已发生。",
            "Signed to started: of the projects that a text calls signed, those of which a text also says that they "
            "were started or went further. Started to producing: of all that were started, those that produce. "
            "By the year of the first report. What no text says is not taken to have happened.",
        ),
    ),
)


_LEVELS = {
    "Zone": ("开发区", "zones"),
    "Park": ("园区", "parks"),
    "province": ("省", "provinces"),
    "city": ("市", "cities"),
    "county": ("县", "counties"),
}

_RELATED = (
    ("关联度", "Relatedness"),
    (
        "某环节与当地已有环节在别处同时出现的程度（Hidalgo、Hausmann 等，2007）。"
        "至少有两个环节的地区满 {} 个才计入分值；本图谱有：",
        "How often the segment goes with those that are here, elsewhere (Hidalgo, Hausmann et al., 2007). It counts "
        "only where {} areas have at least two segments; this graph has: ",
    ),
)


def note(articles: int, sources: int, lang: str) -> str:
    """What the tables rest on, and what they do not say."""
    if lang == "zh":
        return (
            f"依据 {sources} 个来源、{articles} 篇文章自动读出。“无证据”只表示这些文章没有提到，不等于当地没有；"
            "企业和项目归入环节依据其名称、产品和原文用词，请核对原文后使用。"
        )
    return (
        f"Read automatically from {articles} articles of {sources} sources. 'No evidence' means that these articles "
        "do not mention it, not that it is absent; firms and projects were placed by their names, products and "
        "sentences: check the sentence before use."
    )


def resting(areas: Mapping[str, Relatedness], lang: str) -> list[tuple[str, str]]:
    """What relatedness is and on how many areas of each level it rests; nothing where there are none."""
    told = [(level, known.areas) for level, known in sorted(areas.items()) if level]
    if not told:
        return []
    at = 0 if lang == "zh" else 1
    counts = ("、" if lang == "zh" else ", ").join(f"{_LEVELS[level][at]} {count}" for level, count in told)
    return [(_RELATED[0][at], _RELATED[1][at].format(ENOUGH) + counts)]


def meanings(
    lang: str,
    without_template: Sequence[tuple[str, str]] = (),
    areas: Mapping[str, Relatedness] | None = None,
) -> list[tuple[str, str]]:
    """The words of the tables with what they mean, and the chains (place, name) that no template fits.

    `areas` is the relatedness of each level of areas.
    """
    at = 0 if lang == "zh" else 1
    states = [
        (c.label_zh, c.definition_zh) if lang == "zh" else (c.label_en, c.definition_en)
        for c in concepts("SegmentStates")
    ]
    points = weights()
    found = [
        (word[at], meaning[at].format(high=points["high"], medium=points["medium"]))
        for word, meaning in _MEANINGS
    ]
    found[3:3] = states
    found += resting(areas or {}, lang)
    if without_template:
        listed = "；".join(f"{name}（{place}）" for place, name in without_template)
        title = "未列入的产业链" if lang == "zh" else "Chains not listed"
        why = "文章说到，但没有可对照的模板：" if lang == "zh" else "Named in texts, but no template fits: "
        found.append((title, why + listed))
    return found
