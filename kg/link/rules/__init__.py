"""When names of different articles stand for one thing: one rule a kind of entity, a file each or a few.

To change how a kind is linked, edit its rule; the order is that in which rules may look at one another:
parks look at the zones they are in, projects at zones and developers.
"""

from __future__ import annotations

from kg.link.rules.base import Rule, View
from kg.link.rules.firms import FIRMS
from kg.link.rules.local import CHAINS, PARKS
from kg.link.rules.named import INDUSTRIES, INSTITUTIONS, PRODUCTS
from kg.link.rules.persons import PERSONS
from kg.link.rules.places import PLACES
from kg.link.rules.projects import PROJECTS
from kg.link.rules.zones import ZONES

RULES: tuple[Rule, ...] = (
    PLACES,
    ZONES,
    PARKS,
    FIRMS,
    INSTITUTIONS,
    INDUSTRIES,
    PRODUCTS,
    PROJECTS,
    CHAINS,
    PERSONS,
)

__all__ = ["RULES", "Rule", "View"]
