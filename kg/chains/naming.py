"""Chains by what people call them: a template, or the name that texts give the chain of a zone."""

from __future__ import annotations

from kg.chains.coverage import Chain, without_repeats
from kg.chains.landscape import Landscape
from kg.chains.templates import template_named
from kg.errors import UsageError
from kg.ontology import Template


def chains_called(landscape: Landscape, name: str, container: str | None = None) -> list[Chain]:
    """The chains of a name in a zone or place (an IRI), or anywhere; with their members' evidence.

    NAME is one that texts use, whole or in part, or that of a template. A chain that follows no template has all its
    members unplaced, and a template without segments. Raises UsageError, naming what there is, if nothing fits.
    """
    known = landscape.chains(container)
    loose = _without_template(landscape, container)
    template = template_named(name, landscape.templates)
    bare = name.removesuffix("产业链")
    ways = (
        [chain for chain in (*known, *loose) if name in chain.names],
        [chain for chain in known if template and chain.template.id == template.id and chain.states],
        [chain for chain in (*known, *loose) if any(bare in called for called in chain.names)],
    )
    for found in ways:
        if found:
            telling = [chain for chain in found if chain.telling]
            return found if container else without_repeats(telling or found)
    there = dict.fromkeys(n for chain in (*known, *loose) for n in chain.names or (chain.template.label_zh,))
    listed = "、".join(list(there)[:12])
    where = landscape.label(container) if container else "the graph"
    said = f"; there are: {listed}" if listed else ""
    raise UsageError(f"{where} has no chain that is called {name!r} or has evidence of it{said}")


def _without_template(landscape: Landscape, container: str | None) -> list[Chain]:
    """The chains that texts name and no template fits: all their members are unplaced."""
    found = []
    for where, name, leaders, members in landscape.loose(container):
        place = landscape.container(where)
        if place is None:
            continue
        everyone = sorted((landscape.told(landscape.member(iri)) for iri in members), key=lambda m: m.label)
        template = Template("", "", name, name, (), ())
        found.append(
            Chain(
                where, place.label, place.kind, template, (name,), leaders, {}, {}, tuple(everyone),
                landscape.around(where),
            )
        )  # fmt: skip
    return found
