"""Which of several forms of an answer the one who asks would have (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_PART = re.compile(r'[^,"]*(?:"(?:[^"\\]|\\.)*"[^,"]*)*')
_QUALITY = re.compile(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", re.IGNORECASE)


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """The media type of `offered` (the best first) that an Accept header likes most; None if it likes none."""
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    best, most = None, 0.0
    for media_type in offered:
        quality = _quality(media_type, ranges)
        if quality > most:
            best, most = media_type, quality
    return best


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in filter(None, map(str.strip, _PART.findall(accept))):
        name, *parameters = part.split(";")
        found = [m for p in parameters if (m := _QUALITY.fullmatch(p))]
        yield name.strip().lower(), min(float(found[0][1]), 1.0) if found else 1.0


def _quality(media_type: str, ranges: Iterable[tuple[str, float]]) -> float:
    """By the most specific range that it falls into."""
    family = media_type.split("/")[0] + "/*"
    fitting = {name: quality for name, quality in ranges if name in (media_type, family, "*/*")}
    for name in (media_type, family, "*/*"):
        if name in fitting:
            return fitting[name]
    return 0.0
