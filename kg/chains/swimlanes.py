"""A chain drawn as swimlanes: upstream, midstream, downstream; states by colour and by pattern."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from kg.chains.gaps import NO_EVIDENCE, PRESENT, Gap
from kg.chains.rows import Rated, label
from kg.chains.wording import Language, word
from kg.ontology import TIERS, labels

WIDTH = 1180
_LANE, _BOX, _TOP, _PAD, _GAP = 380, 296, 46, 10, 14
_LINE, _FONT = 17, 12
_WIDE = 44  # of a line in a box, in half-width characters
_MEMBERS = 3  # that a box names


@dataclass(frozen=True, slots=True)
class _Box:
    rated: Rated
    x: int
    y: int
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        return _PAD * 2 + 16 + _LINE * len(self.lines)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def swimlanes(found: Sequence[Rated], lang: Language, key: str) -> str:
    """The segments of one chain as an SVG element; `key` tells its parts from those of others on a page.

    All text is escaped. Arrows say which segment feeds which; dark where both are there.
    """
    boxes = _boxes(found, lang)
    height = max(box.y + box.height for box in boxes.values()) + 12 if boxes else _TOP
    chain = found[0].gap.chain
    title = f"{chain.container_label} · {label(chain.template, lang)}"
    parts = [
        f'<svg class="lanes" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}"'
        f' xmlns="http://www.w3.org/2000/svg">',
        f"<title>{escape(title)}</title>",
        f'<defs><marker id="{key}-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
        ' orient="auto"><path d="M0 0 8 4 0 8z" class="tip"/></marker></defs>',
    ]
    names = labels(lang)
    for i, tier in enumerate(TIERS):
        x = i * (_LANE + 20)
        parts.append(f'<rect class="lane" x="{x}" y="0" width="{_LANE}" height="{height}" rx="6"/>')
        parts.append(f'<text class="tier" x="{x + 14}" y="24">{escape(names[tier])}</text>')
    parts += _arrows(boxes, key)
    parts += (_drawn(box, lang) for box in boxes.values())
    return "".join([*parts, "</svg>"])


def patterns() -> str:
    """The patterns that boxes are filled with, once for a page."""
    return (
        '<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>'
        '<pattern id="stateWeak" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8"'
        ' fill="#eaf4ec"/><circle cx="2" cy="2" r="1.1" fill="#7fb58e"/><circle cx="6" cy="6" r="1.1"'
        ' fill="#7fb58e"/></pattern>'
        '<pattern id="stateUnderConstruction" width="9" height="9" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect width="9" height="9" fill="#fdf3d8"/><rect width="3" height="9"'
        ' fill="#f0d58a"/></pattern>'
        '<pattern id="statePlanned" width="9" height="9" patternUnits="userSpaceOnUse"><rect width="9" height="9"'
        ' fill="#eef2fa"/><path d="M0 4.5h9" stroke="#b6c6e6"/></pattern></defs></svg>'
    )


def legend(lang: Language) -> str:
    """What colours and patterns mean, as a row of boxes."""
    names = labels(lang)
    items = "".join(
        f'<span class="key"><svg width="26" height="16"><rect class="box {state}" x="1" y="1" width="24"'
        f' height="14" rx="3"/></svg>{escape(names[state])}</span>'
        for state in (*PRESENT, "statePlanned", NO_EVIDENCE)
    )
    stop = f'<span class="key"><svg width="26" height="16"><rect class="box {NO_EVIDENCE} broken" x="2" y="2"'
    return f'{items}{stop} width="22" height="12" rx="3"/></svg>{escape(word("break", lang))}</span>'


def _boxes(found: Sequence[Rated], lang: Language) -> dict[str, _Box]:
    """Boxes by segment, stacked in the lane of their tier in the order of the template."""
    bottom = dict.fromkeys(TIERS, _TOP)
    boxes = {}
    for rated in found:
        segment = rated.gap.segment
        x = TIERS.index(segment.tier) * (_LANE + 20) + (_LANE - _BOX) // 2
        box = _Box(rated, x, bottom[segment.tier], tuple(_lines(rated.gap, lang)))
        boxes[segment.id] = box
        bottom[segment.tier] += box.height + _GAP
    return boxes


def _lines(gap: Gap, lang: Language) -> Iterator[str]:
    names = labels(lang)
    for member in gap.members[:_MEMBERS]:
        phase = f" · {names[member.phases[-1]]}" if member.phases else ""
        room = _WIDE - _width(phase)
        yield _cut(member.label, room) + phase
    if (more := len(gap.members) - _MEMBERS) > 0:
        yield f"… 另有 {more} 家" if lang == "zh" else f"… {more} more"


def _drawn(box: _Box, lang: Language) -> str:
    gap = box.rated.gap
    classes = f"box {gap.state}" + (" broken" if gap.break_point else "")
    mark = "★ " if gap.segment.critical else ""
    tag = word("break", lang) if gap.break_point else word(gap.move.value, lang) if gap.move else ""
    tag = f"{tag} {box.rated.score.total}" if tag else ""
    name = _cut(label(gap.segment, lang), _WIDE - _width(mark) - _width(tag))
    lines = "".join(
        f'<text class="who" x="{box.x + 12}" y="{box.y + 44 + i * _LINE}">{escape(line)}</text>'
        for i, line in enumerate(box.lines)
    )
    return (
        f'<g><rect class="{classes}" x="{box.x}" y="{box.y}" width="{_BOX}" height="{box.height}" rx="5"/>'
        f'<text class="name" x="{box.x + 12}" y="{box.y + 23}">{escape(mark + name)}</text>'
        f'<text class="tag{" stop" if gap.break_point else ""}" x="{box.x + _BOX - 10}" y="{box.y + 23}"'
        f' text-anchor="end">{escape(tag)}</text>{lines}</g>'
    )


def _arrows(boxes: dict[str, _Box], key: str) -> Iterator[str]:
    """Curves from each box to those it feeds: across lanes from side to side, within a lane round its right side."""
    for source in boxes.values():
        for fed in source.rated.gap.segment.feeds:
            target = boxes.get(fed)
            if target is None:
                continue
            there = all(box.rated.gap.state in PRESENT for box in (source, target))
            x1, y1 = source.x + _BOX, source.middle
            y2 = target.middle
            if target.x > source.x:
                x2, bend = target.x, (target.x - x1) / 2
                path = f"M{x1} {y1:.0f}C{x1 + bend:.0f} {y1:.0f} {x2 - bend:.0f} {y2:.0f} {x2} {y2:.0f}"
            else:
                out = 14 + min(22, abs(y2 - y1) / 14)
                x2 = target.x + _BOX
                end = y2 + (6 if y1 > y2 else -6)
                path = f"M{x1} {y1:.0f}C{x1 + out:.0f} {y1:.0f} {x2 + out:.0f} {end:.0f} {x2} {end:.0f}"
            yield f'<path class="feeds{" there" if there else ""}" d="{path}" marker-end="url(#{key}-tip)"/>'


def _cut(text: str, room: int) -> str:
    """A text that fits into `room` half-width characters."""
    if _width(text) <= room:
        return text
    kept = ""
    for char in text:
        if _width(kept + char) > room - 2:
            break
        kept += char
    return kept + "…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
