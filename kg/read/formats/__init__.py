"""The file formats: each module in this folder defines one `FORMAT`; adding a file adds a format."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from kg.read.page import Format


@cache
def formats() -> dict[str, Format]:
    """Every format by suffix (`.txt`), sorted."""
    found: dict[str, Format] = {}
    for module in sorted(iter_modules(__path__), key=lambda m: m.name):
        format_: Format = import_module(f"{__name__}.{module.name}").FORMAT
        found.update(dict.fromkeys(format_.suffixes, format_))
    return dict(sorted(found.items()))
