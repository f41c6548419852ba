"""The tables that come with the package: YAML files in the `data` of its parts."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where PyYAML was built with it


def table(part: str, name: str) -> Any:
    """What `data/NAME.yaml` of a part of the package holds: `table("kg.nlp", "moods")`.

    Raises FileNotFoundError if there is none, yaml.YAMLError if it is broken.
    """
    text = (files(part) / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)  # noqa: S506  (both are safe loaders)
