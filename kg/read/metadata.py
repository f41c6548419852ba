"""What files say of themselves: front matter, and a `sources.yaml` beside files that carry none."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from kg.errors import SourceError
from kg.read.page import Metadata, Unreadable

SIDECAR = "sources.yaml"
_KEYS = ("title", "published", "publisher", "url")
_FRONT = re.compile(r"\ufeff?\s*---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?[日月年]?(?:[T ]\d{1,2}:\d{2}.*)?")
_NOTHING = (None, "", "~", "null")
_MAX_SIDECAR = 4_000_000


def iso_date(value: object) -> str | None:
    """A date as ISO text, as exact as given (2024, 2024-02, 2024-02-07); None if it is no date.

    >>> iso_date("2024年2月7日"), iso_date(2024), iso_date("soon")
    ('2024-02-07', '2024', None)
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    match = _DATE.fullmatch(str(value).strip())
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def front_matter(text: str) -> tuple[Metadata, str]:
    """YAML front matter and the text below it.

    Reads `title`, `published` (or `date`), `source` or `publisher`, `url`, `author`; other keys belong to
    other tools and are left alone. A `source` that is an address counts as `url`.
    """
    match = _FRONT.match(text)
    if not match:
        return Metadata(), text
    try:
        data = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506  as text: 001 stays 001
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(f"has front matter that is not YAML ({_reason(error)})") from None
    if not isinstance(data, dict):
        # two rules around plain text, not metadata
        return Metadata(), text
    given = {str(key).lower(): value for key, value in data.items() if value not in _NOTHING}
    source = str(given.pop("source", "")).strip()
    if re.match(r"https?://", source):
        given.setdefault("url", source)
    elif source:
        given.setdefault("publisher", source)
    if "published" not in given and "date" in given:
        given["published"] = given["date"]
    metadata = _metadata({key: given[key] for key in _KEYS if key in given}, "front matter")
    authors = given.get("author", given.get("authors", ()))
    names = (
        authors if isinstance(authors, list) else re.split(r"[、，,;；\s]+", str(authors)) if authors else []
    )
    return metadata.over(Metadata(authors=tuple(str(name) for name in names if name))), text[match.end() :]


def sidecar(path: Path) -> dict[str, dict[str, Any]]:
    """The entries of a `sources.yaml`, by file name or stem; {} if there is none.

    A file that is not a mapping of names to mappings is a `SourceError`.
    """
    try:
        stat = path.stat()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror})") from None
    return _sidecar(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _sidecar(path: Path, mtime: int, size: int) -> dict[str, dict[str, Any]]:
    """The same for one state of the file: it is asked for once for each file beside it."""
    try:
        if size > _MAX_SIDECAR:
            raise SourceError(f"{path}: is larger than {_MAX_SIDECAR // 1_000_000} MB")
        data = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)  # noqa: S506
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror})") from None
    except (yaml.YAMLError, ValueError) as error:
        raise SourceError(f"{path}: is not YAML ({_reason(error)})") from None
    if not isinstance(data, dict):
        if data in _NOTHING:
            return {}
        raise SourceError(f"{path}: must map file names to title, published, publisher and url")
    for name, entry in data.items():
        if not isinstance(entry, dict):
            raise SourceError(f"{path}: {name} must map to title, published, publisher or url")
    return {str(name): entry for name, entry in data.items()}


def beside(path: Path) -> Metadata:
    """What the `sources.yaml` beside a file says of it; unknown keys and bad dates are a `SourceError`."""
    where = path.parent / SIDECAR
    entries = sidecar(where)
    name = path.name if path.name in entries else path.stem
    try:
        return _metadata(entries.get(name, {}), name)
    except Unreadable as error:
        raise SourceError(f"{where}: {error}") from None


def _metadata(given: dict[Any, Any], where: str) -> Metadata:
    unknown = sorted(str(key) for key in given if key not in _KEYS)
    if unknown:
        raise Unreadable(f"{where} has the unknown key {unknown[0]!r}; known are {', '.join(_KEYS)}")
    values: dict[str, str] = {}
    for key, value in given.items():
        if value in _NOTHING:
            continue
        if isinstance(value, dict | list):
            raise Unreadable(f"{where}: {key} must be one line of text")
        values[key] = " ".join(str(value).split())
    if "published" in values:
        published = iso_date(given["published"])
        if published is None:
            raise Unreadable(
                f"{where}: published {values['published']!r} is no date such as 2024, 2024-02 or 2024-02-07"
            )
        values["published"] = published
    return Metadata(values.get("title"), values.get("published"), values.get("publisher"), values.get("url"))


def _reason(error: Exception) -> str:
    """The first line of a YAML error, with its place if it has one."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"{problem}, line {mark.line + 1}" if mark else str(problem)
