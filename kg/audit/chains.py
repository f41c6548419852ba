"""One firm in two chains of one zone: a member may serve both, but whoever counts members counts it twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.audit.claims import Claims, Statement
from kg.audit.finding import Cause, Finding, Kind, Said, Severity
from kg.query.facts import Thing

_LEAST = 3  # characters of a firm's name by which a project is its


def chains(claims: Claims, things: list[Thing]) -> Iterator[Finding]:
    """Firms that stand, themselves or with their projects, in several chains of one zone, park or place."""
    named = {thing.iri: thing for thing in things}
    owners = _owners(claims, things)
    containers: dict[str, set[str]] = defaultdict(set)
    for s in claims.of("chainIn"):
        containers[s.subject].add(str(s.object))
    members: dict[tuple[str, str], dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for s in claims.of("inChain"):
        if s.modality == "asserted":
            for firm in owners.get(s.subject, {s.subject}):
                for container in containers.get(str(s.object), {""}):
                    members[container, firm][str(s.object)].append(s)
    several = {key: found for key, found in members.items() if len(found) > 1}
    details = claims.details(s for found in several.values() for said in found.values() for s in said)
    for (_, firm), found in sorted(several.items()):
        label = named[firm].label if firm in named else firm
        listed = [named[chain].label if chain in named else chain for chain in sorted(found)]
        if any(one in other for one in listed for other in listed if one is not other):
            continue  # 新材料 and 先进新材料: one chain by two names
        evidence = {
            details[s.iri].evidence: None for chain in sorted(found) for s in found[chain] if s.iri in details
        }
        if len(evidence) < 2:
            continue  # 依托大咖等企业，培育养生食品、休闲食品等产业链: one list, that puts nobody into two chains
        what = Said(
            f"{label}列入{len(found)}条产业链：{'、'.join(listed)}",
            f"{label} is in {len(found)} chains: {', '.join(listed)}",
        )
        other = any(s.subject != firm for said in found.values() for s in said)
        why = (
            Said(
                "分别经由它的不同项目列入；计企业数时会重复",
                "by different projects of it; a count of firms has it twice",
            )
            if other
            else Said(
                "可能确属两链，也可能把一处列举读成了另一链",
                "it may serve both, or a list was read into the wrong chain",
            )
        )
        ordered = tuple(sorted(evidence, key=lambda e: (e.article, e.start)))
        yield Finding(Kind.CHAINS, Severity.LOW, Cause.OPEN, what, why, ordered, (firm, label))


def _owners(claims: Claims, things: list[Thing]) -> dict[str, set[str]]:
    """The firms of each project: who develops it, else a firm whose name its name begins with."""
    owners: dict[str, set[str]] = defaultdict(set)
    for s in claims.of("developedBy"):
        if s.modality == "asserted":
            owners[s.subject].add(str(s.object))
    members = {s.subject for s in claims.of("inChain")}
    firms: dict[str, str] = {}
    for thing in things:
        if thing.kind == "Firm":
            for name in (thing.label, *thing.aliases):
                if len(name) >= _LEAST:
                    firms.setdefault(name, thing.iri)
    for thing in things:
        if thing.kind == "Project" and thing.iri in members and thing.iri not in owners:
            for end in range(len(thing.label), _LEAST - 1, -1):
                if thing.label[:end] in firms:
                    owners[thing.iri].add(firms[thing.label[:end]])
                    break
    return owners
