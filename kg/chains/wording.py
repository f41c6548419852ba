"""The fixed words of chain reports, in Chinese or English."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from kg.tables import table

Language = Literal["zh", "en"]


def word(key: str, lang: Language) -> str:
    """A fixed wording of `data/words.yaml`."""
    return _words()[key][0 if lang == "zh" else 1]


def few(names: Sequence[str], lang: Language, mark: str = "、", most: int = 6) -> str:
    """Names, the first few of many and how many there are."""
    text = mark.join(names[:most])
    if len(names) > most:
        text += f"等{len(names)}家" if lang == "zh" else f" and {len(names) - most} more"
    return text


@cache
def _words() -> dict[str, tuple[str, str]]:
    return {key: (str(zh), str(en)) for key, (zh, en) in table("kg.chains", "words").items()}
