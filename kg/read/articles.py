"""A page → articles, with blocks that cover each body exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Article, Block, BlockKind, Source
from kg.read import cues
from kg.read.dates import stated_date
from kg.read.join import join_lines, unwrap_lines
from kg.read.page import Line, Page
from kg.read.roles import give_roles, repeated
from kg.read.split import is_prose, is_title, part_lines, split_articles

_LOOSE = re.compile(r"[\W_]+")
_HEADLINE_MAX = 40


def articles_of(page: Page, source: Source) -> list[Article]:
    """The articles of a page in reading order; a page without text gives none."""
    lines = join_lines(part_lines(unwrap_lines(page.lines)))
    if not lines:
        return []
    groups = _share_section_names(split_articles(lines))
    many = len(groups) > 1
    dated = stated_date([line for line in lines if line.kind is BlockKind.FURNITURE])
    if source.title and not (many and _headed(groups[0])):
        groups[0] = _under_title(groups[0], source.title)
    articles = [
        _article(group, source, f"{source.id}/{number}" if many else source.id)
        for number, group in enumerate(groups, 1)
    ]
    given = () if many else page.metadata.authors
    return [
        replace(a, authors=given or a.authors, published=source.published or a.published or dated)
        for a in articles
    ]


def _article(lines: Sequence[Line], source: Source, ident: str) -> Article:
    roles = give_roles(lines)
    blocks, at = [], 0
    for line in roles:
        blocks.append(Block(line.kind or BlockKind.PARAGRAPH, at, at + len(line.text)))
        at += len(line.text) + 1
    headline = next((line.text for line in roles if line.kind is BlockKind.HEADLINE), "")
    named = [name for line in roles if line.kind is BlockKind.BYLINE for name in cues.authors(line.text)]
    return Article(
        id=ident,
        source=source,
        headline=headline or _opening(roles),
        body="\n".join(line.text for line in roles),
        blocks=tuple(blocks),
        authors=tuple(dict.fromkeys(named)),
        published=stated_date(roles),
        repeats=repeated(roles),
    )


def _under_title(lines: list[Line], title: str) -> list[Line]:
    """The lines under the title that the file's metadata gives, unless they begin with it."""
    # web pages add the site's name: 标题_某某日报
    same = {_LOOSE.sub("", form) for form in (title, re.split(r"\s*[-_|｜—–]+\s*", title)[0])}
    for line in lines[:3]:
        if line.kind is None and _LOOSE.sub("", line.text) in same:
            return [replace(other, level=1) if other is line else other for other in lines]
    return [Line(title, level=1), *lines]


def _headed(lines: Sequence[Line]) -> bool:
    return any(
        is_title(line) for line in lines[: next((at for at, line in enumerate(lines) if is_prose(line)), 0)]
    )


def _share_section_names(groups: list[list[Line]]) -> list[list[Line]]:
    """Section names that a page lists at its head (大同, 朔州) go to the articles that they head.

    A name goes to an article without title if its opening speaks of it and no other article's opening does.
    """
    if len(groups) < 2:
        return groups
    head = next((at for at, line in enumerate(groups[0]) if is_prose(line)), 0)
    openings = ["".join(line.text for line in group if is_prose(line))[:40] for group in groups]
    moved: dict[int, Line] = {}
    for line in groups[0][:head]:
        owners = [at for at, opening in enumerate(openings) if line.text in opening]
        if line.kind is None and len(line.text) <= 20 and len(owners) == 1 and owners[0] not in moved:
            moved[owners[0]] = line
    moved = {at: line for at, line in moved.items() if at == 0 or not _headed(groups[at])}
    if not any(moved):
        return groups
    shared = []
    for at, group in enumerate(groups):
        rest = [line for line in group if not any(line is name for name in moved.values())]
        if at in moved:
            top = next((i for i, line in enumerate(rest) if is_prose(line)), 0)
            rest.insert(top, replace(moved[at], level=1))
        shared.append(rest)
    return shared


def _opening(lines: Sequence[Line]) -> str:
    """What stands for the headline of an article without one: the start of its text."""
    text = next((line.text for line in lines if line.kind is BlockKind.PARAGRAPH), lines[0].text)
    return text if len(text) <= _HEADLINE_MAX else text[:_HEADLINE_MAX] + "…"
