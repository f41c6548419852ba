"""Who leads the chains: 链主 (leader), 链核 (core firms) and 链长 (the official answerable), as texts name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kg.chains.coverage import Evidence
from kg.chains.landscape import Landscape
from kg.chains.notes import meanings, note
from kg.chains.report import Report
from kg.chains.tables import Cell, Refs, made
from kg.chains.wording import Language, word
from kg.ontology import labels

ROLES = ("chainLeader", "chainCore", "chainChief")

_LED = """
SELECT ?chain ?chainName ?template ?container ?role ?who ?whoName ?quote ?headline ?published ?confidence WHERE {
  VALUES ?role { lz:chainLeader lz:chainCore lz:chainChief }
  ?claim rdf:predicate ?role ; rdf:subject ?chain ; rdf:object ?who ; lz:modality lz:asserted ; lz:quote ?quote ;
    lz:confidence ?confidence ; prov:wasQuotedFrom ?article .
  ?chain skos:prefLabel ?chainName . FILTER(lang(?chainName) = "zh")
  ?who skos:prefLabel ?whoName . FILTER(lang(?whoName) = "zh")
  ?article schema:headline ?headline .
  OPTIONAL { ?chain lz:follows ?template }
  OPTIONAL { ?chain lz:chainIn ?container }
  OPTIONAL { ?article schema:datePublished ?published }
}"""


@dataclass(slots=True)
class Led:
    """A chain with those who lead it: for each role (`ROLES`) by IRI their name and the sentences.

    `places` are the labels of the zones and places that it is in, `templates` the ids of those it follows,
    `members` how many firms and projects texts put into it besides its leaders.
    """

    chain: str
    name: str
    places: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    members: int = 0
    roles: dict[str, dict[str, tuple[str, tuple[Evidence, ...]]]] = field(default_factory=dict)

    def names(self, role: str) -> tuple[str, ...]:
        """Who has a role, in order of name."""
        return tuple(sorted(name for name, _ in self.roles.get(role, {}).values()))


def led(landscape: Landscape, container: str | None = None, template: str | None = None) -> list[Led]:
    """The chains of which a text names a leader, core firm or chief, in order of place and name.

    With a `container` (an IRI) those in it or in something that lies in it, with a `template` (its id) those that
    follow it.
    """
    rows = sorted(landscape.ask(_LED))
    landscape.prepare({row[3] for row in rows if row[3]})
    found: dict[str, Led] = {}
    places: dict[str, set[str]] = defaultdict(set)
    templates: dict[str, set[str]] = defaultdict(set)
    told: dict[tuple[str, str, str], dict[Evidence, None]] = defaultdict(dict)
    for chain, name, follows, where, role, who, label, quote, headline, published, confidence in rows:
        role = landscape.local(role)
        one = found.setdefault(chain, Led(chain, name))
        if where:
            places[chain].add(where)
        if known := landscape.template_of(follows):
            templates[chain].add(known.id)
        evidence = Evidence(quote, headline, published or None, role, Decimal(confidence))
        told[chain, role, who][evidence] = None
        one.roles.setdefault(role, {})[who] = (label, tuple(told[chain, role, who]))
    kept = []
    for chain, one in found.items():
        inside = {outer for where in places[chain] for outer in (where, *landscape.around(where))}
        if container not in (None, *inside) or template not in (None, *templates[chain]):
            continue
        one.places = tuple(sorted(landscape.label(where) for where in places[chain]))
        one.templates = tuple(sorted(templates[chain]))
        leading = one.roles.get("chainLeader", {}).keys()
        one.members = len(landscape.members_of.get(chain, frozenset()) - leading)
        kept.append(one)
    return sorted(kept, key=lambda one: (one.places, one.name, one.chain))


def leader_report(
    landscape: Landscape, container: str | None = None, template: str | None = None, lang: Language = "zh"
) -> Report:
    """The chains of a zone or place (an IRI), or of the graph, with who leads them and the sentences that say so."""
    found = led(landscape, container, template)
    names, numbers = labels(lang), dict[tuple[str, Evidence], int]()
    for one in found:
        for role in ROLES:
            for who, evidence in one.roles.get(role, {}).values():
                for said in evidence:
                    numbers.setdefault((who, said), len(numbers) + 1)
    rows: list[dict[str, Cell]] = []
    for one in found:
        cited = [
            numbers[who, said] for held in one.roles.values() for who, told in held.values() for said in told
        ]
        rows.append(
            {
                "place": "、".join(one.places),
                "called": one.name,
                "chain": templates_of(landscape, one.templates, lang),
                "leader": "、".join(one.names("chainLeader")),
                "core": "、".join(one.names("chainCore")),
                "chief": "、".join(one.names("chainChief")),
                "members": one.members,
                "refs": Refs(tuple(sorted(set(cited)))),
            }
        )
    sentences: list[dict[str, Cell]] = [
        {
            "number": number,
            "member": who,
            "said": names[said.predicate],
            "quote": " ".join(said.quote.split()),
            "source": said.headline,
            "date": said.published or "",
            "confidence": float(said.confidence),
        }
        for (who, said), number in numbers.items()
    ]
    where = f"{landscape.label(container)} " if container else ""
    info = landscape.graph.info()
    return Report(
        where + word("leaders", lang),
        note(info["articles"], info["sources"], lang),
        (
            made("leaders", "place called chain leader core chief members refs", rows, lang),
            made("evidence", "number member said quote source date confidence", sentences, lang),
        ),
        tuple(meanings(lang)),
        (),
        lang,
    )


def templates_of(landscape: Landscape, ids: Sequence[str], lang: Language) -> str:
    """The names of templates."""
    known = [landscape.by_id[one] for one in ids]
    return "、".join(t.label_zh if lang == "zh" else t.label_en for t in known)
