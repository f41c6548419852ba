"""The words of everyday Chinese: what is one of them is less likely a name."""

from __future__ import annotations

from functools import cache

import jieba


@cache
def everyday() -> dict[str, str]:
    """Words of jieba's dictionary (MIT) with their part of speech, place names (ns) left out."""
    found = {}
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, _, tag = line.decode("utf8").split()
            if tag != "ns":
                found[word] = tag
    return found


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
