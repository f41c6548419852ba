"""What the judge is told of a candidate."""

from kg.nlp.learned.judge import Bench, Case

TEXT = "太重集团与太重智能开工，太重集团投产。"


def bench(**cases: Case) -> Bench:
    """Candidates by place and type: `s0_4_Firm` is 0 to 4."""
    keys = {}
    for name, case in cases.items():
        start, end, kind = name[1:].split("_")
        keys[int(start), int(end), kind] = case
    return Bench(TEXT, {}, keys)


def test_a_candidate_of_both_sides() -> None:
    traits = set(bench(s0_4_Firm=Case(0.9, 0.55, "firm.full")).traits((0, 4, "Firm")))
    assert {"Firm:network:9", "Firm:rule:6", "Firm:by:firm.full", "Firm:size:4"} <= traits
    assert "Firm:elsewhere:-" in traits


def test_only_one_side_speaks() -> None:
    traits = set(bench(s0_4_Firm=Case(network=0.3)).traits((0, 4, "Firm")))
    assert "Firm:rule:-" in traits
    assert not any(":by:" in trait for trait in traits)


def test_the_same_name_elsewhere_counts() -> None:
    traits = set(bench(s0_4_Firm=Case(0.3), s12_16_Firm=Case(0.99)).traits((0, 4, "Firm")))
    assert "Firm:elsewhere:10" in traits
    assert "Firm:count:2" in traits


def test_rivals_are_what_overlaps() -> None:
    cases = bench(s0_2_Firm=Case(0.4), s0_4_Firm=Case(0.9), s0_4_Project=Case(0.6), s5_9_Firm=Case(0.9))
    traits = set(cases.traits((0, 2, "Firm")))
    assert "Firm:rival:4" in traits
    assert "Firm:inside:Project:edge:3" in traits
    assert "Firm:as:Project:3" in set(cases.traits((0, 4, "Firm")))


def test_traits_come_in_one_order() -> None:
    cases = bench(s0_2_Firm=Case(0.4), s0_4_Firm=Case(0.9), s0_4_Project=Case(0.6), s1_3_Park=Case(0.5))
    assert list(cases.traits((0, 4, "Firm"))) == list(cases.traits((0, 4, "Firm")))


def test_what_a_list_says_of_its_items() -> None:
    cases = {(0, 4, "Firm"): Case(0.3), (5, 9, "Firm"): Case(0.9)}
    items = {(0, 4): ("firm", "企业"), (5, 9): ("firm", "企业")}
    listed = set(Bench(TEXT, {}, cases, items).traits((0, 4, "Firm")))
    assert {"Firm:head:firm", "Firm:noun:企业", "Firm:before:-", "Firm:after:4"} <= listed
    alone = set(Bench(TEXT, {}, cases).traits((5, 9, "Firm")))
    assert "Firm:before:2" in alone  # joined by 与
    assert not any(":head:" in trait for trait in alone)
