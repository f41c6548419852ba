"""Text → clean lines: odd whitespace and markup go, the words stay as printed."""

from __future__ import annotations

import re

from kg.read.page import Line

# zero-width, direction and other invisible marks; controls except tab and newline
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_NEWLINE = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[\s\u3000\u00a0\u3164\u2800]+")

_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TIGHT = r"，。、；：！？（）《》〈〉【】"  # full-width marks bring their own white
# layout tools set a blank between Chinese and digits or letters; names and quantities run across it
_LOOSE = re.compile(
    rf"(?<=[{_HAN}]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%％℃]) (?=[{_HAN}])|(?<=[{_TIGHT}]) | (?=[{_TIGHT}])"
)
_SPACED_OUT = re.compile(rf"(?<![{_HAN}])[{_HAN}](?: [{_HAN}]){{4,}}(?![{_HAN}])")  # 开 发 区 简 报

# masked figures (2**8万元) are no emphasis; the bound keeps a hostile line from taking for ever
_EMPHASIS = re.compile(r"(?<!\d)(\*\*\*|\*\*|___|__)(?=\S)(.{1,500}?)(?<=\S)\1(?!\d)")
_STRAY = re.compile(r"(?<!\d)\*\*+(?!\d)")
_RULE = re.compile(r"[-*_=~ ]{3,}|[—─━=－_]{5,}|[*＊]+")
_BULLETS = "●•◆◇▲△▼▽►▶★☆◎▪⚫❖✦·"
_HEADING = re.compile(r"(#{1,6}) +(?=\S)")
_BULLET = re.compile(rf"[{_BULLETS}]|[*＊+] ")
_LEAD = re.compile(rf"(?:#{{1,6}}(?: +|$)|[*＊+] +|[{_BULLETS}] *)+")
_TRAIL = re.compile(r"(?: #+)+$")


def clean_text(text: str) -> str:
    """One line without invisible marks, odd whitespace, emphasis, heading marks and leading bullets.

    Nothing else changes: full-width forms, quotation marks and commas stay as printed.
    Cleaning twice gives the same as cleaning once.
    """
    before = None
    while before != text:
        before = text
        text = _CONTROL.sub("", _INVISIBLE.sub("", text))
        text = _SPACES.sub(" ", text).strip()
        if _RULE.fullmatch(text):
            return ""
        text = _STRAY.sub("", _EMPHASIS.sub(r"\2", text))
        if lead := _LEAD.match(text):
            text = _TRAIL.sub("", text[lead.end() :]) if "#" in lead[0] else text[lead.end() :]
        text = _SPACED_OUT.sub(lambda m: m[0].replace(" ", ""), text)
        text = _LOOSE.sub("", text)
    return text


def clean_line(raw: str, gap: int = 0) -> Line:
    """A raw line as a `Line`: its clean text and what its markup said of it."""
    visible = _CONTROL.sub("", _INVISIBLE.sub("", raw)).expandtabs(4)
    indent = visible[: len(visible) - len(visible.lstrip())]
    marked = _SPACES.sub(" ", visible).strip()
    heading = _HEADING.match(marked)
    words = marked[heading.end() :] if heading else marked
    emphasis = _EMPHASIS.fullmatch(words)
    return Line(
        text=clean_text(raw),
        gap=gap,
        level=len(heading[1]) if heading else 0,
        bold=bool(emphasis) and "**" not in words.strip("*"),
        bullet=bool(_BULLET.match(marked)),
        indent="\u3000" in indent or len(indent) >= 2,
    )


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text that say something, each with the number of blank lines above it."""
    lines: list[Line] = []
    gap = 0
    for raw in _NEWLINE.sub("\n", text).split("\n"):
        line = clean_line(raw, gap)
        gap = 0 if line.text else gap + 1
        if line.text:
            lines.append(line)
    return tuple(lines)
