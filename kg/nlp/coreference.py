"""Which mentions of an article name the same thing, by their spelling.

Nothing is merged that could be two things: a short form joins a longer name only if no other fits as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.names import zone_kind
from kg.nlp.names import firm_brand, firm_core, has_legal_form, key, plain
from kg.nlp.wordlists import words

_QUALIFIER = re.compile(rf"(?:{'|'.join(words('zone_words', 'zone'))}|现代)+")
_SHORT_PROJECT = 5  # characters; a shorter name (抽水蓄能) is that of many
_PART = re.compile(
    r"期|配套|[批段楼线号座栋]|标段|工程"
)  # what makes a project of its own: 沈白高铁, 沈白高铁配套
_SHARED_FORM = re.compile(r"(?:股份|集团|控股|公司)$")


@dataclass(frozen=True, slots=True)
class Name:
    """A surface form with what is known about it: `code` of a place, `places` inside it with their codes."""

    kind: str
    text: str
    code: str = ""
    places: tuple[tuple[str, str], ...] = ()  # (text, code), in order


def cluster(names: Sequence[Name]) -> list[int]:
    """For each name the number of the thing it stands for; numbers follow first mention."""
    roots: dict[Name, object] = {}
    for kind in dict.fromkeys(n.kind for n in names):
        own = list(dict.fromkeys(n for n in names if n.kind == kind))
        if kind == "Place":
            roots.update({n: (kind, n.code or n.text) for n in own})
        elif kind == "Firm":
            roots.update({n: (kind, root) for n, root in _firms(own).items()})
        elif kind in ("Zone", "Park"):
            roots.update({n: (kind, root) for n, root in _sites(own).items()})
        elif kind == "Project":
            roots.update(
                {
                    n: (kind, root)
                    for n, root in _projects(own, [n.text for n in names if n.kind == "Firm"]).items()
                }
            )
        else:
            roots.update({n: (kind, key(kind, n.text)) for n in own})
    numbers: dict[object, int] = {}
    return [numbers.setdefault(roots[n], len(numbers)) for n in names]


@dataclass(frozen=True, slots=True)
class Site:
    """A zone or park by its parts: what is left of the name, its family, the place it names."""

    core: str
    family: str
    place: str


def _site(name: Name) -> Site:
    kind = zone_kind(name.text)
    stem = name.text[: -len(kind.suffix)] if kind else name.text
    place = ""
    for text, code in name.places:
        if text in stem:
            place = code or text
            stem = stem.replace(text, "", 1)
    stem = re.sub(r"[省市县区州盟旗]$", "", plain(stem)) if len(stem) < 2 else plain(stem)
    family = kind.family if kind else ""
    if kind is not None and kind.type == "Park":
        return Site(re.sub(r"^现代", "", stem), "park", place)
    return Site(_QUALIFIER.sub("", stem), family, place)


def _sites(own: Sequence[Name]) -> dict[Name, object]:
    """Zones and parks: same core and family, and no two different places."""
    sites = {n: _site(n) for n in own}
    by_core: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for n in own:
        by_core[sites[n].core, sites[n].family].append(n)
    roots: dict[Name, object] = {}
    for (core, family), members in by_core.items():
        places = {sites[n].place for n in members} - {""}
        only = places.pop() if len(places) == 1 else ""
        roots.update({n: (core, family, sites[n].place or only) for n in members})
    # 左云开发区: any kind of zone of that place, if there is one only
    for n in own:
        site = sites[n]
        if site.family == "any":
            fits = {
                repr(roots[o]): roots[o]
                for o in own
                if sites[o].family != "any" and (sites[o].core, sites[o].place) == (site.core, site.place)
            }
            if len(fits) == 1:
                roots[n] = next(iter(fits.values()))
    return roots


def _projects(names: Sequence[Name], firms: Collection[str]) -> dict[Name, str]:
    """Projects: a name joins the one longer name that ends in it, or that begins with it and adds no part.

    山西安盛清洁能源生产灌装基地, 安盛清洁能源生产灌装基地; 伽伽煤矸石综合利用转换新型环保建材, 伽伽煤矸石综合利用.
    Short names are those of many, but for a firm's: 引进晶科能源等项目, of which the text names one.
    """
    called = {plain(firm) for firm in firms}
    roots = {n: key("Project", n.text) for n in names}
    keys = sorted(set(roots.values()), key=lambda k: (len(k), k))
    joined: dict[str, str] = {}
    for short in keys:
        if len(short) < _SHORT_PROJECT and short not in called:
            continue
        longer = [k for k in keys if k != short and _extends(k, short)]
        if longer and all(k == longer[-1] or _extends(longer[-1], k) for k in longer):
            joined[short] = longer[-1]
    return {n: joined.get(root, root) for n, root in roots.items()}


def _extends(long: str, short: str) -> bool:
    return long.endswith(short) or (long.startswith(short) and _PART.search(long[len(short) :]) is None)


def _firms(names: Sequence[Name]) -> dict[Name, str]:
    """Firms: a short form joins the one longer name it begins (without the place): 华阳碳材, 华阳."""
    cores = {n: _unplaced(n) for n in names}
    roots = {n: cores[n] for n in names}
    for n in sorted(names, key=lambda n: (len(cores[n]), n.text)):
        if has_legal_form(n.text):
            continue
        short = _SHARED_FORM.sub("", cores[n])
        if len(short) < 2:
            continue
        longer = {cores[o] for o in names if cores[o] != cores[n] and cores[o].startswith(short)}
        full = {c for c in longer if any(cores[o] == c and has_legal_form(o.text) for o in names)}
        brands = {
            c for c in longer if any(cores[o] == c and firm_brand(o.text).endswith(short) for o in names)
        }
        fits = full or brands
        if len(fits) == 1:
            roots[n] = next(iter(fits))
    for n in names:  # follow chains: 金科 → 金科地产 → 金科地产集团股份有限公司
        seen = {roots[n]}
        while True:
            further = next((roots[o] for o in names if cores[o] == roots[n] and roots[o] not in seen), None)
            if further is None:
                break
            seen.add(further)
            roots[n] = further
    return roots


def _unplaced(name: Name) -> str:
    """A firm's core without a place in front, if enough is left."""
    core = firm_core(name.text)
    if not has_legal_form(name.text):
        return core
    for text, _ in name.places:
        for lead in (text, text + "省", text + "市", text + "县"):
            if core.startswith(lead) and len(core) - len(lead) >= 2:
                core = core[len(lead) :]
                break
    return core
