"""The answer to each saved question in plain Python, rows in order. Entities are given and compared by IRI.

A function has the name of its question, `-` written `_`; `ANSWERS` has them by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from plain import RDF, SCHEMA, SKOS, Claim, Plain

Row = tuple[Any, ...]
ANSWERS: dict[str, Callable[..., list[Row]]] = {}
STRENGTHS = {"suppliesTo": "stated", "memberUnderLeader": "member", "potentialSupplierOf": "potential"}
BEGUN = {"started", "underConstruction", "trialProduction", "inProduction", "fullCapacity"}


def answer(function: Callable[..., list[Row]]) -> Callable[..., list[Row]]:
    ANSWERS[function.__name__.replace("_", "-")] = function
    return function


def ordered(rows: Iterable[tuple[Row, Row]]) -> list[Row]:
    """The second of each pair, in the order of the first; what is not there comes first, as in SPARQL."""
    return [
        row
        for _, row in sorted(rows, key=lambda pair: [(x is not None, 0 if x is None else x) for x in pair[0]])
    ]


def places(p: Plain, thing: str) -> Iterable[str | None]:
    """Where it is said to lie; nowhere counts as one."""
    return p("locatedIn", thing) or {None}


def named(p: Plain, iri: str | None) -> str | None:
    return None if iri is None else p.label[iri]


def said(p: Plain, claim: Claim) -> str:
    """The object of a claim: its label, the figure as printed, or its text."""
    target = claim["object"]
    label = p.label.get(target) or p.label.get(p.base + target)
    return label or claim.get("asPrinted") or target


def headline(p: Plain, claim: Claim) -> str | None:
    return p.one(SCHEMA + "headline", claim["wasQuotedFrom"])


def published(p: Plain, claim: Claim) -> str | None:
    return p.one(SCHEMA + "datePublished", claim["wasQuotedFrom"])


def largest(p: Plain, project: str) -> Decimal | None:
    return max(map(Decimal, p("totalInvestment", project)), default=None)


def order(p: Plain, phase: str) -> int:
    return int(p.one("order", phase) or 0)


def phases(p: Plain, thing: str) -> str | None:
    """The names of the phases told of a thing, in their order."""
    told = sorted(p("status", thing), key=lambda phase: order(p, phase))
    return "、".join(p.label[phase] for phase in told) or None


def developers(p: Plain, project: str) -> str | None:
    return "、".join(p.names(p("developedBy", project))) or None


def template_of(p: Plain, segment: str) -> str:
    (template,) = p(SKOS + "inScheme", segment)
    return template


def told(p: Plain, zone: str) -> set[str]:
    """The segments of which something is known in a zone or place, plans included."""
    return {segment for one in p.subjects("coverageIn", zone) for segment in p("coverageOf", one)}


@answer
def articles(p: Plain, thing: str) -> list[Row]:
    mentions: dict[str, int] = defaultdict(int)
    for mention in p.subjects("refersTo", thing):
        mentions[mention.partition("#")[0]] += 1
    rows = []
    for article, count in mentions.items():
        (title,), day = p(SCHEMA + "headline", article), p.one(SCHEMA + "datePublished", article)
        rows.append(((-count, day, title, article), (day, title, count)))
    return ordered(rows)


@answer
def candidates(p: Plain, zone: str) -> list[Row]:
    rows = []
    for template in {t for c in p.subjects("chainIn", zone) for t in p("follows", c)}:
        for segment in p.subjects(SKOS + "inScheme", template) - told(p, zone):
            critical = p.one("critical", segment) == "true"
            for firm in p.subjects("inSegment", segment) & p.a("Firm"):
                for place in places(p, firm):
                    names = (p.label[template], p.label[segment], critical, p.label[firm], named(p, place))
                    rows.append(((not critical, *names[:2], *names[3:], firm), names))
    return ordered(rows)


@answer
def chiefs(p: Plain, zone: str | None = None) -> list[Row]:
    rows = []
    for claim in p.claims("chainChief", "asserted"):
        containers = p("chainIn", claim["subject"])
        if p.inside(containers, zone):
            for place in containers or {None}:
                row = (p.label[claim["subject"]], named(p, place), p.label[claim["object"]], claim["quote"])
                rows.append(((*row[:3], claim["iri"], place), row))
    return ordered(rows)


@answer
def coverage(p: Plain, zone: str) -> list[Row]:
    rows = []
    for one in p.subjects("coverageIn", zone):
        segment, state = p.one("coverageOf", one), p.one("segmentState", one)
        assert segment and state
        tier, template = p.one("tier", segment), template_of(p, segment)
        assert tier
        counts = [int(p.one(count, one) or 0) for count in ("memberCount", "producingCount")]
        row = (p.label[template], p.label[tier], p.label[segment], p.label[state], *counts)
        rows.append(((row[0], order(p, tier), row[2], segment), row))
    return ordered(rows)


@answer
def customers(p: Plain, firm: str) -> list[Row]:
    return ordered(
        ((rank, p.label[customer], customer), (strength, p.label[customer]))
        for rank, (predicate, strength) in enumerate(STRENGTHS.items())
        for customer in p(predicate, firm)
    )


@answer
def denied(p: Plain) -> list[Row]:
    rows = []
    for claim in p.claims(modality="negated"):
        what = p.word[p.base + claim["predicate"]]
        names = (p.label[claim["subject"]], what, said(p, claim))
        rows.append(
            ((headline(p, claim), *names, claim["iri"]), (*names, claim["quote"], headline(p, claim)))
        )
    return ordered(rows)


@answer
def disagreements(p: Plain, zone: str | None = None) -> list[Row]:
    rows = []
    for project, sums in p.triples["totalInvestment"].items():
        known = {Decimal(one) for one in sums}
        if len(known) > 1 and p.inside({project}, zone):
            name = p.label[project]
            rows.append(((-max(known), name, project), (name, min(known), max(known), len(known))))
    return ordered(rows)


@answer
def doubtful(p: Plain, below: str = "0.6") -> list[Row]:
    rows = []
    for claim in p.claims():
        sure = Decimal(claim["confidence"])
        if sure < Decimal(below):
            what = (p.label[claim["subject"]], p.word[p.base + claim["predicate"]], said(p, claim))
            rows.append(((sure, claim["iri"]), (sure, *what, claim["quote"], headline(p, claim))))
    return ordered(rows)[:50]


@answer
def evidence(p: Plain, thing: str) -> list[Row]:
    rows = set()
    for claim in p.claims():
        if thing in (claim["subject"], claim["object"]):
            what, sure = p.word[p.base + claim["predicate"]], Decimal(claim["confidence"])
            rows.add((what, claim["quote"], sure, headline(p, claim), published(p, claim)))
    return ordered(((row[4], row[3], *row[:3]), row) for row in rows)


@answer
def expected(p: Plain, until: str | None = None, zone: str | None = None) -> list[Row]:
    rows = []
    for claim in p.claims("status", "expected"):
        date = claim.get("date")
        if until is not None and (date is None or date[: len(until)] > until):
            continue
        if p.inside({claim["subject"]}, zone):
            names = (date, p.label[claim["subject"]], p.label[p.base + claim["object"]])
            rows.append(((*names, claim["iri"]), (*names, claim["quote"], headline(p, claim))))
    return ordered(rows)


@answer
def figures_changed(p: Plain, zone: str | None = None, **years: str) -> list[Row]:
    found: dict[Row, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for claim in p.claims("observation", "asserted"):
        if "date" in claim and "unit" in claim and p.inside({claim["subject"]}, zone):
            key = (claim["subject"], claim["indicator"], claim.get("of", ""), claim["unit"])
            found[key][claim["date"]].append(Decimal(claim["object"]))
    rows = []
    for (subject, indicator, of, unit), dated in found.items():
        if years["from"] in dated and years["to"] in dated:
            before, after = max(dated[years["from"]]), max(dated[years["to"]])
            names = (p.label[subject], p.label[p.base + indicator], of, unit)
            rows.append(((*names, subject), (*names, before, after, after - before)))
    return ordered(rows)


@answer
def figures(p: Plain, of: str, year: str | None = None) -> list[Row]:
    rows = []
    for claim in p.claims("observation"):
        date = claim.get("date")
        if claim["subject"] == of and (year is None or (date or "").startswith(year)):
            number, indicator = Decimal(claim["object"]), p.label[p.base + claim["indicator"]]
            held = p.label[p.base + claim["modality"]]
            key = (indicator, claim.get("of"), date)
            what = (claim.get("asPrinted"), number, claim.get("unit"), held, claim["quote"])
            rows.append(((*key, number, claim["iri"]), (*key, *what)))
    return ordered(rows)


@answer
def firm_projects(p: Plain, firm: str) -> list[Row]:
    rows = []
    group = {
        f for f in p.a("Firm", "Institution", "Zone", "Project") if firm in p.closure(f, ["subsidiaryOf"])
    }
    for developer in group | {firm}:
        for project in p.subjects("developedBy", developer):
            for place in places(p, project):
                names = (named(p, place), p.label[project], p.label[developer])
                rows.append(
                    (
                        (*names, project, developer, place),
                        (*names, phases(p, project) or "", largest(p, project)),
                    )
                )
    return ordered(rows)


@answer
def firms_across_zones(p: Plain, min: str = "2") -> list[Row]:
    rows = []
    for firm in p.a("Firm"):
        projects = p.subjects("developedBy", firm)
        there = {z for thing in {firm, *projects} for z in p("locatedIn", thing)} & p.a("Zone", "Park")
        if len(there) >= int(min) and there:
            name = p.label[firm]
            rows.append(((-len(there), name, firm), (name, len(there), "、".join(p.names(there)))))
    return ordered(rows)


@answer
def in_segment(p: Plain, segment: str, zone: str | None = None) -> list[Row]:
    rows = []
    for one in p.a("Segment"):
        if not any(segment.lower() in name.lower() for name in p(SKOS + "prefLabel", one)):
            continue
        names = (p.label[template_of(p, one)], p.label[one])
        for placement in p.subjects(RDF + "object", one) & p.a("Placement"):
            member, sure = p.one(RDF + "subject", placement), Decimal(p.one("confidence", placement) or 0)
            if p.inside({member or ""}, zone):
                keyword, text = p.one("matchedKeyword", placement), p.one("matchedText", placement)
                label = named(p, member)
                rows.append(((*names, -sure, label, member), (*names, label, keyword, text, sure)))
    return ordered(rows)


@answer
def industries(p: Plain, zone: str) -> list[Row]:
    rows = []
    for claim in p.claims("leadingIndustry", "asserted"):
        if claim["subject"] == zone:
            name, day = p.label[claim["object"]], published(p, claim)
            rows.append(((name, day, claim["iri"]), (name, claim["quote"], headline(p, claim), day)))
    return ordered(rows)


@answer
def investment(p: Plain, zone: str | None = None) -> list[Row]:
    groups: dict[tuple[str, str | None, int], list[str]] = defaultdict(list)
    steps = {phase: 0 if phase == p.base + "suspended" else order(p, phase) for phase in p.a("Phase")}
    for project in p.a("Project"):
        furthest = max((steps[phase] for phase in p("status", project)), default=-1)
        if p.inside({project}, zone):
            for place in p("locatedIn", project):
                for chain in p("inChain", project) or {None}:
                    groups[place, chain, furthest].append(project)
    phase_of = {step: p.label[phase] for phase, step in steps.items()}
    rows = []
    for (place, chain, furthest), projects in groups.items():
        names = (p.label[place], named(p, chain))
        money = sum(largest(p, project) or 0 for project in projects)
        row = (*names, phase_of.get(furthest), len(projects), money)
        rows.append(((*names, -furthest, place, chain), row))
    return ordered(rows)


@answer
def largest_projects(p: Plain, min: str = "1000000000", zone: str | None = None) -> list[Row]:
    rows = []
    for project in p.a("Project"):
        money = largest(p, project)
        if money is not None and money >= Decimal(min) and p.inside({project}, zone):
            name, there = p.label[project], "、".join(p.names(p("locatedIn", project)))
            rows.append(((-money, name, project), (name, money, there)))
    return ordered(rows)


@answer
def leaders(p: Plain, zone: str | None = None) -> list[Row]:
    rows = []
    for chain, leader in p.pairs("chainLeader"):
        containers = p("chainIn", chain)
        members = p.subjects("inChain", chain) - {leader}
        for place in containers or {None}:
            if zone is None or p.inside({place} - {None}, zone):
                names = (named(p, place), p.label[chain], p.label[leader])
                rows.append(((*names, chain, leader, place), (*names, len(members))))
    return ordered(rows)


@answer
def makers(p: Plain, product: str, zone: str | None = None) -> list[Row]:
    rows = []
    for maker, made in p.pairs("produces"):
        if product in p.label[made] and made in p.a("Product") and p.inside({maker}, zone):
            for place in places(p, maker):
                names = (p.label[maker], p.label[made], named(p, place))
                rows.append(((*names, maker, made, place), names))
    return ordered(rows)


@answer
def members(p: Plain, zone: str) -> list[Row]:
    quotes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for claim in p.claims("inChain", "asserted"):
        quotes[claim["object"], claim["subject"]].append(claim["quote"])
    rows = []
    for (one, member), texts in quotes.items():
        if one == zone or p.inside(p("chainIn", one), zone):
            names = (p.label[one], p.label[member])
            row = (*names, phases(p, member), largest(p, member), min(texts))
            rows.append(((*names, one, member), row))
    return ordered(rows)


@answer
def partners(p: Plain, thing: str) -> list[Row]:
    rows = []
    for claim in p.claims(modality="asserted"):
        both = (claim["subject"], claim["object"])
        for own, other, child in ((*both, "parent"), (*reversed(both), "subsidiary")):
            relation = {"cooperatesWith": "partner", "subsidiaryOf": child}.get(claim["predicate"])
            if relation and own == thing:
                names = (relation, p.label[other])
                rows.append(((*names, claim["iri"]), (*names, claim["quote"])))
    return ordered(rows)


@answer
def phases_changed(p: Plain, zone: str | None = None, **years: str) -> list[Row]:
    told: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for claim in p.claims("status", "asserted"):
        day = claim.get("date") or published(p, claim)
        if day and p.inside({claim["subject"]}, zone):
            told[claim["subject"]].append((int(day[:4]), order(p, p.base + claim["object"])))
    name = {order(p, phase): p.label[phase] for phase in p.a("Phase")}
    rows = []
    for project, steps in told.items():
        steps = [step for step in steps if step[0] <= int(years["to"])]
        _, then = max((s for s in steps if s[0] <= int(years["from"])), default=(0, None))
        _, now = max(steps, default=(0, None))
        if now is not None and now != then:
            label = p.label[project]
            rows.append(((now, label, project), (label, name.get(then), name[now])))
    return ordered(rows)


@answer
def posts(p: Plain, at: str | None = None) -> list[Row]:
    rows = []
    for claim in p.claims("holdsPost", "asserted"):
        if at in (None, claim["object"]):
            person, place, day = p.label[claim["subject"]], p.label[claim["object"]], claim.get("date")
            row = (person, claim.get("title"), place, day, claim["quote"])
            rows.append(((place, person, day, claim["iri"]), row))
    return ordered(rows)


@answer
def projects(p: Plain, zone: str | None = None) -> list[Row]:
    rows = []
    for project in p.a("Project"):
        if p.inside({project}, zone):
            for place in places(p, project):
                name, money = p.label[project], largest(p, project)
                rows.append(
                    (
                        (named(p, place), None if money is None else -money, name, project, place),
                        (named(p, place), name, developers(p, project), phases(p, project), money),
                    )
                )
    # none comes first where the order rises, and so last where it falls
    rows = [((key[0], key[1] is None, *key[1:]), row) for key, row in rows]
    return ordered(rows)


@answer
def same_industry(p: Plain, min: str = "2") -> list[Row]:
    rows = []
    for industry in p.a("Industry"):
        there = p.subjects("leadingIndustry", industry) & p.a("Zone", "Park")
        if there and len(there) >= int(min):
            name = p.label[industry]
            rows.append(((-len(there), name, industry), (name, len(there), "、".join(p.names(there)))))
    return ordered(rows)


@answer
def segments_without_evidence(p: Plain, zone: str) -> list[Row]:
    rows = []
    for template in {t for c in p.subjects("chainIn", zone) for t in p("follows", c)}:
        for segment in p.subjects(SKOS + "inScheme", template) - told(p, zone):
            tier, critical = p.one("tier", segment), p.one("critical", segment) == "true"
            assert tier
            names = (p.label[template], p.label[tier], p.label[segment])
            rows.append(((names[0], order(p, tier), names[2], segment), (*names, critical)))
    return ordered(rows)


@answer
def signed_not_started(p: Plain, zone: str | None = None) -> list[Row]:
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in p.claims("status", "asserted"):
        if claim["object"] == "signed":
            told[claim["subject"]].append(claim)
    rows = []
    for project, claims in told.items():
        if {phase.removeprefix(p.base) for phase in p("status", project)} & BEGUN:
            continue
        if p.inside({project}, zone):
            for place in places(p, project):
                day = max((c["date"] for c in claims if "date" in c), default=None)
                name, quote = p.label[project], min(c["quote"] for c in claims)
                row = (name, named(p, place), day, quote)
                rows.append(((named(p, place), name, project, place), row))
    return ordered(rows)


@answer
def suppliers(p: Plain, firm: str | None = None) -> list[Row]:
    return ordered(
        ((rank, p.label[one], p.label[other], one, other), (strength, p.label[one], p.label[other]))
        for rank, (predicate, strength) in enumerate(STRENGTHS.items())
        for one, other in p.pairs(predicate)
        if firm in (None, other)
    )


@answer
def suspended(p: Plain, zone: str | None = None) -> list[Row]:
    rows = []
    for claim in p.claims("status", "asserted"):
        if claim["object"] == "suspended" and p.inside({claim["subject"]}, zone):
            key = (p.label[claim["subject"]], claim.get("date"))
            rows.append(((*key, claim["iri"]), (*key, claim["quote"], headline(p, claim))))
    return ordered(rows)


@answer
def unplaced(p: Plain, zone: str | None = None) -> list[Row]:
    quotes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for claim in p.claims("inChain", "asserted"):
        quotes[claim["object"], claim["subject"]].append(claim["quote"])
    rows = []
    for member, chain in p.pairs("inChain"):
        if not p("inSegment", member) and p.inside(p("chainIn", chain), zone):
            names = (p.label[chain], p.label[member])
            rows.append(((*names, chain, member), (*names, min(quotes[chain, member], default=None))))
    return ordered(rows)


@answer
def zones(p: Plain, **given: str) -> list[Row]:
    rows = []
    for zone in p.a("Zone"):
        if p.inside({zone}, given.get("in")):
            there = {zone, *p.subjects("parkOf", zone)}
            inside = {thing for place in there for thing in p.subjects("locatedIn", place)}
            firms, projects = len(inside & p.a("Firm")), len(inside & p.a("Project"))
            row = (p.label[zone], firms, projects, len(p.subjects("chainIn", zone)))
            rows.append(((-projects, -firms, p.label[zone], zone), row))
    return ordered(rows)
