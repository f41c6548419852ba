"""Which administrative division a place's name stands for."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_RANK = {"province": 0, "prefecture": 1, "county": 2}
_ENDINGS = (
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
)
_SHORT_ENDINGS = ("省", "市", "县", "区", "盟", "旗", "州")


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division: its GB/T 2260 code, name, level and the code above it."""

    code: str
    name: str
    level: str
    parent: str


def short_forms(name: str) -> set[str]:
    """The name itself and the forms papers shorten it to: 左云县 → 左云; of two characters at least."""
    forms = {name}
    for ending in (*_ENDINGS, *_SHORT_ENDINGS):
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            forms.add(name[: -len(ending)])
    return forms


@cache
def divisions() -> dict[str, tuple[Division, ...]]:
    """Divisions by each form of their names, higher levels first."""
    found: dict[str, list[Division]] = defaultdict(list)
    text = (files("kg") / "nlp" / "data" / "divisions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    for row in rows:
        division = Division(row["code"], row["name"], row["level"], row["parent"])
        for form in short_forms(division.name):
            found[form].append(division)
    return {
        form: tuple(sorted(ds, key=lambda d: (_RANK.get(d.level, 3), d.code))) for form, ds in found.items()
    }


def resolve(names: Iterable[str], around: Iterable[str]) -> tuple[Division | None, bool]:
    """The division that names of one place stand for, given other place names of the article.

    Returns it and whether the choice was safe: one candidate only, the only one of the highest
    level, or the only one under a division named around it.
    """
    pools = [divisions().get(name, ()) for name in names]
    candidates = [
        d for d in max(pools, key=lambda p: (bool(p), -len(p)), default=()) if all(d in p for p in pools if p)
    ]
    if not candidates:
        return None, False
    if len(candidates) == 1:
        return candidates[0], True
    near = {
        d.code for name in around for d in divisions().get(name, ()) if len(divisions().get(name, ())) == 1
    }
    under = [
        d for d in candidates if d.parent in near or d.code[:2] + "0000" in near or d.code[:4] + "00" in near
    ]
    if len(under) == 1:
        return under[0], True
    pool = under or candidates
    top = [d for d in pool if d.level == pool[0].level]
    return (top[0], pool[0].level != "county") if len(top) == 1 else (None, False)
