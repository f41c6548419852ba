"""The words of everyday Chinese: what is one of them is less likely a name."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def _dictionary() -> dict[str, str]:
    """All words of jieba's dictionary (MIT) with their part of speech."""
    package = find_spec("jieba")  # of which only this file is used: to import it takes longer than to read it
    assert package is not None and package.origin is not None
    fields = (Path(package.origin).parent / "dict.txt").read_text(encoding="utf-8").split()
    return dict(zip(fields[::3], fields[2::3], strict=True))  # word, frequency, part of speech


@cache
def everyday() -> dict[str, str]:
    """Words with their part of speech, names of places left out."""
    return {word: tag for word, tag in _dictionary().items() if tag != "ns"}


@cache
def toponyms() -> frozenset[str]:
    """Names of places, rivers and mountains, and some words the dictionary takes for such (城市)."""
    return frozenset(word for word, tag in _dictionary().items() if tag == "ns")


@cache
def everyday_run(text: str) -> bool:
    """Whether a text is nothing but everyday words of two characters or more (光伏发电, 绿色食品)."""
    table = everyday()
    if text in table:
        return True
    return any(
        text[:size] in table
        and table[text[:size]] not in ("nr", "nz", "nt", "nrt")
        and everyday_run(text[size:])
        for size in range(min(len(text) - 2, 6), 1, -1)
    )
