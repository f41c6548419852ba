"""The words of `data/cues.yaml` and `data/telling.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import yaml

from kg.errors import DataError
from kg.nlp.wordlists import any_of
from kg.tables import table


@cache
def cue_table(name: str) -> dict[str, Any]:
    """A data file of this package. Raises DataError if it is no table."""
    try:
        found = table("kg.audit", name)
    except yaml.YAMLError as error:
        raise DataError(f"{name}.yaml cannot be read: {error}; see the comment on its top") from error
    if not isinstance(found, dict):
        raise DataError(f"{name}.yaml is no table of words; see the comment on its top")
    return found


def cues(section: str) -> Any:
    """A section of `cues.yaml`. Raises DataError if there is none of that name."""
    try:
        return cue_table("cues")[section]
    except KeyError:
        raise DataError(f"cues.yaml has no section {section!r}; see the comment on its top") from None


def group(section: str) -> str:
    """A regular expression group of a section's words."""
    return any_of(cues(section))


def alternatives(words: Sequence[str]) -> str:
    """A regular expression group of words."""
    return any_of(words)
