"""The sheets of the project ledger: projects, rates, and the figures that texts give themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import pyoxigraph as ox

from kg.chains.citing import Citations
from kg.chains.landscape import Landscape
from kg.chains.ledger import Conflict, Entry, Event
from kg.chains.rates import Rates
from kg.chains.tables import Cell, Share, Table, made, yi
from kg.chains.wording import Language
from kg.ontology import labels

_MU = Decimal(10000) / Decimal(15)  # m² in a mu

_FIGURES = """
SELECT ?container ?indicator ?value ?unit ?printed ?date ?of ?quote ?headline ?published WHERE {
  # values
  VALUES ?indicator { lz:signedProjects lz:signedInvestment lz:startedProjects lz:startedInvestment
    lz:producingProjects lz:producingInvestment lz:startRate lz:productionRate }
  ?claim rdf:predicate lz:observation ; lz:indicator ?indicator ; rdf:subject ?container ; rdf:object ?value ;
    lz:modality lz:asserted ; lz:quote ?quote ; prov:wasQuotedFrom ?article .
  ?article schema:headline ?headline .
  OPTIONAL { ?claim lz:unit ?unit }
  OPTIONAL { ?claim lz:asPrinted ?printed }
  OPTIONAL { ?claim lz:date ?date }
  OPTIONAL { ?claim lz:of ?of }
  OPTIONAL { ?article schema:datePublished ?published }
}"""


def ledger_table(landscape: Landscape, entries: Sequence[Entry], cited: Citations, lang: Language) -> Table:
    """One row a project."""
    names, rows = labels(lang), []
    for entry in entries:
        zone, park = _homes(landscape, entry)
        row: dict[str, Cell] = {
            "project": entry.label,
            "place": zone,
            "park": park,
            "developer": "、".join(entry.developers),
            "chain": "、".join(entry.chains),
            "segment": "；".join(cited.segment(s) for s in entry.segments),
            "money": yi(entry.investment),
            "done": yi(entry.completed),
            "capacity": "；".join(entry.capacity),
            "output": yi(entry.output),
            "tax": yi(entry.tax),
            "land": None if entry.land is None else float(round(entry.land / _MU, 1)),
            "floor": None if entry.floor is None else float(round(entry.floor)),
            "jobs": entry.jobs,
            "phase": names.get(entry.phase, ""),
            "phases": _events(entry.events, lang),
            "expected": _events(entry.expected, lang),
            "last": entry.last,
            "conflicts": "；".join(conflict(c, lang) for c in entry.conflicts),
            "refs": cited.cite([entry.iri]),
        }
        rows.append(row)
    columns = (
        "project place park developer chain segment phase phases expected money done capacity output tax land floor "
        "jobs last conflicts refs"
    )
    return made("ledger", columns, rows, lang)


def rate_table(landscape: Landscape, found: Iterable[Rates], lang: Language) -> Table:
    """One row a zone and year: how many of the signed were started, how many of the started produce."""
    rows: list[dict[str, Cell]] = []
    for one in found:
        signed, started = one.signed, one.started
        rows.append(
            {
                "place": landscape.label(one.place),
                "year": one.year,
                "signed": signed.of,
                "started": signed.came,
                "start_rate": _share(signed.rate),
                "signed_money": yi(signed.of_value) or None,
                "start_money_rate": _share(signed.value_rate),
                "building": started.of,
                "producing": started.came,
                "production_rate": _share(started.rate),
                "building_money": yi(started.of_value) or None,
                "production_money_rate": _share(started.value_rate),
                "valued": signed.valued + started.valued,
            }
        )
    columns = (
        "place year signed started start_rate signed_money start_money_rate "
        "building producing production_rate building_money production_money_rate valued"
    )
    return made("rates", columns, rows, lang)


def figure_table(landscape: Landscape, container: str | None, lang: Language) -> Table:
    """One row a figure on signed, started and producing projects that a text gives, as it gives it."""
    values = f"VALUES ?container {{ {ox.NamedNode(container)} }}" if container else ""
    names, rows = labels(lang), []
    base = landscape.graph.iris.ontology_base
    answers = sorted(landscape.ask(_FIGURES.replace("# values", values)))
    landscape.prepare(row[0] for row in answers)
    for where, indicator, value, unit, printed, date, of, quote, headline, published in answers:
        row: dict[str, Cell] = {
            "place": landscape.label(where),
            "indicator": names.get(indicator.removeprefix(base), ""),
            "figure": printed or f"{value} {unit}".strip(),
            "date": date or published,
            "of": of,
            "quote": " ".join(quote.split()),
            "source": headline,
        }
        rows.append(row)
    return made("figures", "place indicator figure date of quote source", rows, lang)


def conflict(one: Conflict, lang: Language) -> str:
    """Where texts disagree, in words."""
    names, zh = labels(lang), lang == "zh"
    if one.predicate == "status":
        phase, *dates = one.values
        return f"{names[phase]}{'：有文章说已，有文章说未' if zh else ': asserted and denied'}（{'、'.join(dates)}）"
    return f"{names[one.predicate]} {' / '.join(one.values)}"


def _homes(landscape: Landscape, entry: Entry) -> tuple[str, str]:
    """The zone (or, without one, the smallest place) and the park of a project."""
    kinds = [(c.kind, c.label) for iri in sorted(entry.around) if (c := landscape.container(iri))]
    parks = [name for kind, name in kinds if kind == "Park"]
    zones = [name for kind, name in kinds if kind == "Zone"]
    if not zones and (home := landscape.home(entry.iri)) and home.kind == "Place":
        zones = [home.label]
    return "、".join(zones), "、".join(parks)


def _events(events: Iterable[Event], lang: Language) -> str:
    names = labels(lang)
    return "；".join(f"{names[e.phase]} {e.date}".strip() for e in events)


def _share(value: float | None) -> Share | None:
    return None if value is None else Share(value)
