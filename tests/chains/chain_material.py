"""Chains made by hand, without a graph."""

from __future__ import annotations

from decimal import Decimal

from kg.chains import Chain, Evidence, Member
from kg.ontology import Template, templates

PV = next(t for t in templates() if t.id == "pv")
STRONG, WEAK, BUILDING, PLANNED = "stateStrong", "stateWeak", "stateUnderConstruction", "statePlanned"


def member(label: str, *phases: str, money: str | None = None, **more: object) -> Member:
    said = (Evidence(f"{label}的一句话。", "标题", "2024-02", "inChain", Decimal("0.9")),)
    amount = None if money is None else Decimal(money)
    more = {"keyword": label[:2], "matched": label, "confidence": Decimal("0.85"), **more}
    return Member(f"x:{label}", label, "Project", phases, amount, said, **more)  # type: ignore[arg-type]


def chain(
    states: dict[str, str],
    members: dict[str, tuple[Member, ...]] | None = None,
    *,
    where: str = "甲开发区",
    kind: str = "Zone",
    template: Template = PV,
    names: tuple[str, ...] = (),
    leaders: tuple[str, ...] = (),
    unplaced: tuple[Member, ...] = (),
    around: tuple[str, ...] = (),
) -> Chain:
    """A chain whose segments have the states given, each with a member of its own unless told."""
    inside = {s: (member(f"{where}{s}"),) for s in states} | (members or {})
    return Chain(where, where, kind, template, names, leaders, states, inside, unplaced, frozenset(around))
