"""Which administrative division a place's name stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from kg.divisions import Division, divisions, short_name

_RANK = {"province": 0, "prefecture": 1, "county": 2}


@cache
def _by_name() -> dict[str, tuple[Division, ...]]:
    """Divisions by full and short name, higher levels first; a former name stands for its successor."""
    present = {d.code: d for d in divisions() if not d.until}
    found: dict[str, dict[str, Division]] = defaultdict(dict)
    for d in divisions():
        meant = present.get(d.successor, d) if d.until else d
        for form in (d.name, short_name(d.name)):
            found[form].setdefault(meant.code, meant)
    order = lambda d: (bool(d.until), _RANK[d.level], d.code)  # noqa: E731
    return {form: tuple(sorted(some.values(), key=order)) for form, some in found.items()}


@cache
def _by_code() -> dict[str, Division]:
    """Divisions in force by code, and former ones whose code no other carries."""
    return {d.code: d for d in sorted(divisions(), key=lambda d: (not d.until, d.until))}


def called_by_code(code: str) -> Division | None:
    """The division of a code."""
    return _by_code().get(code)


def called(name: str) -> tuple[Division, ...]:
    """The divisions that a full or short name may stand for, higher levels first."""
    return _by_name().get(name, ())


def resolve(names: Iterable[str], around: Iterable[str], main: str = "") -> tuple[Division | None, bool]:
    """The division that names of one place stand for, given other place names of the article.

    `main` is the code of the division that the article is about, "" if unknown. Returns the division and
    whether the choice was safe: one candidate only, the only one of the highest level, or the only one in or
    under a division named around it.
    """
    known = _by_name()
    pools = [pool for name in names if (pool := known.get(name))]
    candidates = [d for d in min(pools, key=len, default=()) if all(d in pool for pool in pools)]
    if not candidates:
        return None, False
    if len(candidates) == 1:
        return candidates[0], True
    named = (known.get(name, ()) for name in around)
    near = {pool[0].code for pool in named if len(pool) == 1} | ({main} if main else set())
    under = [d for d in candidates if near & {d.parent, d.code[:2] + "0000", d.code[:4] + "00"}]
    if len(under) > 1 and main:  # of two in one province, the one in the city that the article is about
        under = [d for d in under if d.code[:4] == main[:4]] or under
    if len(under) == 1:
        return under[0], True
    left = [d for d in under or candidates if not d.until] or candidates
    top = [d for d in left if d.level == left[0].level]
    return (top[0], left[0].level != "county") if len(top) == 1 else (None, False)
