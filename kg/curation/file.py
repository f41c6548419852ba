"""The file of a graph's curation: `curation.yaml` in its folder, read with care and filled without losing comments."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from kg.curation.facts import FIGURES, number, of_a_thing
from kg.curation.lines import (
    KINDS,
    SECTIONS,
    Add,
    Apart,
    Curation,
    Line,
    Merge,
    Name,
    Reject,
    Rename,
    Retype,
    plain,
    section_of,
)
from kg.errors import DataError
from kg.model import EntityType

FILE = "curation.yaml"

_HEAD = """\
# 人工校订：每次 kg build 都会应用；不再适用的行会在构建时列出。
# What people decided about this graph: applied at every build; lines that no longer apply are reported.
# 名称可写作 左云经开区、zone/左云经开区、高新区@郑州市（同名时加 @地方、@来源或 @文章）。
# A thing is named 左云经开区, zone/左云经开区 or, among homonyms, 高新区@郑州市 (@place, @source or @article).
#
# merge:  - names: [泰山玻纤, 泰山玻璃纤维有限公司]      # 同一事物 one thing
# apart:  - names: [华阳碳材, 华阳智慧]                 # 不是一回事 not one thing
# rename: - {name: zone/左云经济技术开发区, to: 左云经开区}
# retype: - {name: 贝利, to: Firm}
# reject: - {article: 000_report, subject: 贝利, predicate: locatedIn, object: 大同市}
# add:    - {subject: firm/贝利, predicate: locatedIn, object: zone/云冈经开区, source: 大同日报 2024-03-01, quote: …}
"""


def file_of(path: Path) -> Path:
    """The curation file of the graph at `path`."""
    return path / FILE


def load_curation(path: Path) -> Curation:
    """The curation of the graph at `path`, empty if there is none.

    Raises DataError, naming file, section and line, where it cannot be understood.
    """
    file = file_of(path)
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Curation()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file}: cannot be read: {error}") from error
    return parse(text, str(file))


def parse(text: str, file: str = FILE) -> Curation:
    """The curation that a text holds. Raises DataError as `load_curation` does."""
    try:
        data = yaml.load(text, Loader=_Plain)  # noqa: S506  (a safe loader that leaves dates and numbers as text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark is not None else ""
        raise DataError(f"{file}: {where}not YAML: {getattr(error, 'problem', None) or error}") from error
    if data is None:
        return Curation()
    if not isinstance(data, dict):
        raise DataError(f"{file}: must hold the sections {', '.join(SECTIONS)}")
    found: dict[str, tuple[Line, ...]] = {}
    for section, lines in data.items():
        if section not in SECTIONS:
            raise DataError(f"{file}: unknown section {section!r}; known are {', '.join(SECTIONS)}")
        if lines in ("", None):  # all its lines were deleted
            continue
        if not isinstance(lines, list):
            raise DataError(f"{file}: {section}: must be a list, each line of it begins with -")
        made = []
        for i, line in enumerate(lines, 1):
            try:
                made.append(line_of(section, line))
            except ValueError as error:
                raise DataError(f"{file}: {section}, number {i}: {error}") from None
        found[section] = tuple(made)
    return Curation(**found)  # type: ignore[arg-type]


def append(path: Path, line: Line) -> bool:
    """Write a line into the curation file of the graph at `path`; False if it stands there already.

    What is in the file stays as it is, comments too. Raises DataError if the file cannot be understood or written.
    """
    file, heading = file_of(path), section_of(line)
    before = load_curation(path)
    if line in before.lines:
        return False
    text = file.read_text(encoding="utf-8") if file.exists() else _HEAD
    said = yaml.safe_dump(
        plain(line), allow_unicode=True, default_flow_style=True, sort_keys=False, width=10_000
    )
    entry = f"  - {said.strip()}\n"
    if found := re.search(rf"(?m)^{heading}:[ \t]*(?:\[\][ \t]*)?(?:#.*)?$\n?", text):
        end = _end(text, found.end())
        head = text[: found.end()].replace("[]", "") if "[]" in found.group() else text[: found.end()]
        body = text[found.end() : end]
        text = f"{_ended(head)}{_ended(body)}{_like(body, entry)}{text[end:]}"
    elif re.search(rf"(?m)^{heading}:", text):
        raise DataError(f"{file}: {heading}: must be a list, each line of it on a line that begins with -")
    else:
        text = f"{_ended(text)}\n{heading}:\n{entry}"
    if line not in parse(text, str(file)).lines:
        raise DataError(
            f"{file}: {heading}: cannot be added to as it is written; add by hand: {said.strip()}"
        )
    _replace(file, text)
    return True


def _end(text: str, start: int) -> int:
    """Where the list that begins at `start` ends: behind its last line that is indented or begins with -."""
    end = at = start
    for line in text[start:].splitlines(keepends=True):
        at += len(line)
        if line.strip() and not line.startswith(("#", " ", "-", "\t")):
            break
        if line.strip() and not line.startswith("#"):
            end = at
    return end


def _like(body: str, entry: str) -> str:
    """An entry indented as those before it."""
    dash = re.search(r"(?m)^([ \t]*)- ", body)
    return f"{dash.group(1)}{entry.lstrip()}" if dash else entry


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _replace(file: Path, text: str) -> None:
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DataError(f"{file}: cannot be written: {error.strerror or error}") from error


class _Plain(yaml.SafeLoader):
    """Reads every scalar as text: 2024-03-01 is no date object, 1e3 no number."""


_Plain.yaml_implicit_resolvers = {}


def line_of(section: str, data: Any) -> Line:
    """A line of a section; ValueError says in words what is wrong with it."""
    if isinstance(data, list) and section in ("merge", "apart"):
        data = {"names": data}
    if not isinstance(data, Mapping):
        raise ValueError(f"must name its parts: {_parts(section)}")
    known = SECTIONS[section].__dataclass_fields__
    for key in data:
        if key not in known:
            raise ValueError(f"unknown part {key!r}; known are {', '.join(known)}")
    return _MAKERS[section](data)


def _parts(section: str) -> str:
    return ", ".join(SECTIONS[section].__dataclass_fields__)


def _text(data: Mapping[str, Any], key: str, needed: bool = False) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{key} must be text")
    if needed and not value.strip():
        raise ValueError(f"{key} is missing")
    return value.strip()


def _name(data: Mapping[str, Any], key: str) -> Name:
    name = Name.of(_text(data, key, needed=True))
    if not name.name:
        raise ValueError(f"{key} names nothing")
    return name


def _names(data: Mapping[str, Any]) -> tuple[Name, ...]:
    names = data.get("names")
    if not isinstance(names, list) or len(names) < 2 or not all(isinstance(n, str) and n for n in names):
        raise ValueError("names must list two names or more")
    return tuple(Name.of(name) for name in names)


def _kind(data: Mapping[str, Any]) -> EntityType:
    said = _text(data, "to", needed=True)
    kind = KINDS.get(said.lower())
    if kind is None:
        raise ValueError(f"{said!r} is no kind; known are {', '.join(EntityType)}")
    return kind


def _add(data: Mapping[str, Any]) -> Add:
    subject, predicate = _name(data, "subject"), _text(data, "predicate", needed=True)
    target = _text(data, "object", needed=True)
    if subject.kind is None:
        raise ValueError(f"say what kind of thing {subject} is: firm/{subject}, zone/{subject}, …")
    if predicate in FIGURES:
        if number(target) is None:
            raise ValueError(f"{predicate} needs a number, not {target!r}")
        target = f"{number(target):f}"
    elif of_a_thing(predicate) and Name.of(target).kind is None:
        raise ValueError(f"say what kind of thing {target} is: firm/{target}, place/{target}, …")
    texts = {key: _text(data, key) for key in ("unit", "date", "title", "quote", "url", "by", "why")}
    return Add(subject, predicate, target, _text(data, "source", needed=True), **texts)


_MAKERS: dict[str, Callable[[Mapping[str, Any]], Line]] = {
    "merge": lambda data: Merge(_names(data), _text(data, "why")),
    "apart": lambda data: Apart(_names(data), _text(data, "why")),
    "rename": lambda data: Rename(_name(data, "name"), _text(data, "to", needed=True), _text(data, "why")),
    "retype": lambda data: Retype(_name(data, "name"), _kind(data), _text(data, "why")),
    "reject": lambda data: Reject(
        _text(data, "article", needed=True),
        _text(data, "predicate", needed=True),
        _name(data, "subject"),
        _text(data, "object", needed=True),
        _text(data, "quote"),
        _text(data, "why"),
    ),
    "add": _add,
}
