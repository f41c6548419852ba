"""What commands on chains are asked about: zones and places, templates, firms and projects by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.chains import Landscape
    from kg.graph import Queryable
    from kg.query.facts import Thing

_PLACES = ("Zone", "Park", "Place")
_ACTORS = ("Firm", "Project")


def place_named(graph: Queryable, name: str) -> str:
    """The IRI of the zone, park or place of a name; raises UsageError for anything else."""
    return _of_kind(graph, name, _PLACES, "a zone, park or place").iri


def actor_named(graph: Queryable, name: str) -> Thing:
    """The firm or project of a name; raises UsageError for anything else."""
    return _of_kind(graph, name, _ACTORS, "a firm or project")


def template_named(landscape: Landscape, name: str) -> str:
    """The id of the chain template of a name; raises UsageError, naming those there are."""
    from kg.chains.templates import template_named as named

    template = named(name, landscape.templates)
    if template is None:
        known = "、".join(t.label_zh for t in landscape.templates)
        raise UsageError(f"no chain template is called {name!r}; there are: {known}")
    return template.id


def asked_about(
    graph: Queryable, where: str | None, chain: str | None
) -> tuple[Landscape, str | None, str | None]:
    """The landscape, the IRI of `--zone`, the id of the template of `--chain`; UsageError for what is none."""
    from kg.chains import Landscape

    container = place_named(graph, where) if where else None
    landscape = Landscape(graph)
    return landscape, container, template_named(landscape, chain) if chain else None


def _of_kind(graph: Queryable, name: str, kinds: tuple[str, ...], wanted: str) -> Thing:
    from kg.query import find

    try:
        thing = find(graph, name)
    except UsageError:
        # a name that fits things of several kinds may fit one of these
        from kg.query.facts import things

        fitting = [t for t in things(graph) if t.kind in kinds and name in (t.label, *t.aliases)]
        if len(fitting) != 1:
            raise
        thing = fitting[0]
    if thing.kind not in kinds:
        raise UsageError(f"{name!r} is {thing.label}, a {thing.kind.lower()}; name {wanted}")
    return thing
