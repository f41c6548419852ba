"""What a single line is, by its own words: a byline, a dateline, a signature, page furniture, a caption."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from kg.tables import table

CLOSERS = "”’』」）)】》〉\"'"
FINAL = "。！？!?；;：:…"
CLAUSE = "，、；：。！？,"
HAN_CHARS = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
_HAN = f"[{HAN_CHARS}]"
_ARROWS = "▶▷►→※"
_MAX_BYLINE = 80
_MARKS = "（）()■□◆▲ "
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]$")


@cache
def _cues() -> dict[str, list[str]]:
    found: dict[str, list[str]] = table("kg.read", "cues")
    return found


@cache
def _any(*lists: str) -> str:
    words = [word for name in lists for word in _cues()[name]]
    words.sort(key=lambda word: (-len(word), word))
    # 文, 图, 摄 alone are roles, but not at the end of a name or word
    return "(?:" + "|".join(f"(?<!{_HAN}){word}" if len(word) == 1 else word for word in words) + ")"


@cache
def _name() -> str:
    """A pattern for a person's name: a surname and one or two characters, or parts joined by a dot."""
    text = (files("kg.read") / "data" / "surnames.txt").read_text("utf-8")
    surnames = {word for line in text.splitlines() if not line.startswith("#") for word in line.split()}
    single = "".join(sorted(word for word in surnames if len(word) == 1))
    double = "|".join(sorted(word for word in surnames if len(word) == 2))
    return rf"(?:(?:{double}) ?{_HAN}{{1,2}}|[{single}] {_HAN}|[{single}]{_HAN}{{1,2}}|{_HAN}{{2,6}}[·•]{_HAN}{{2,8}})"


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"{_name()}(?:[ 、，,/／]+{_name()}){{0,7}}")


@cache
def _byline() -> re.Pattern[str]:
    role = rf"(?:{_any('desks')}[ ]?){{0,4}}{_any('writers', 'makers')}"
    roles = rf"{role}(?:[/／、和与兼 ]{{1,3}}{role}){{0,3}}"
    named = rf" ?(?={_name()}(?:$|[ 、，,/／）)]))"
    return re.compile(rf"[（(]?[■□◆]? ?{roles}(?: ?[：:/／|｜] ?|{named}).{{2,60}}")


@cache
def _wrote() -> re.Pattern[str]:
    role = rf"(?:{_any('desks')}[ ]?){{0,4}}{_any('writers', 'makers')}"
    return re.compile(rf"({role})((?:[/／、 ]{{1,3}}{role})*)[ ：:/／|｜]*")


@cache
def _turn() -> re.Pattern[str]:
    return re.compile(rf"[（(]?\s*[{_ARROWS}]*\s*{_any('turns')}[）)]?")


@cache
def _turn_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?:[（(]\s*[{_ARROWS}]*|[{_ARROWS}]+|(?=下转))\s*{_any('turns')}[）)]?$")


@cache
def _furniture() -> re.Pattern[str]:
    turn = _turn().pattern
    return re.compile(rf"(?:{turn}|{_any('furniture')})(?: ?{turn})*")


@cache
def _caption() -> re.Pattern[str]:
    return re.compile(
        rf"{_any('caption_begins')}.*|(?:.*(?:[ 。■□/／（(]|{_name()}[ /／]?))?{_any('caption_ends')}[）)]?"
    )


@cache
def _enumerator() -> re.Pattern[str]:
    return re.compile(_any("enumerators"))


def _close_up(text: str) -> str:
    """A line with single characters that were set apart (省 长 信长星, 侯 红) set together."""
    return re.sub(rf"(?<!{_HAN}){_HAN}(?: {_HAN})+(?!{_HAN})", lambda m: m[0].replace(" ", ""), text)


@cache
def _post() -> re.Pattern[str]:
    return re.compile(rf"[（(]?[\w（）()]{{0,30}}{_any('posts')}(?: ?({_name()})| ({_HAN}{{2,3}}))[）)]?")


_PAPER = rf"(?:本[报刊网台社]|[（(【]?(?:新华|中新|中国新闻)[社网]|{_HAN}{{2,8}}[报社网刊台])"
_DAY = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
_REPORTERS = rf"(?: ?[（(][^（）()]{{0,30}}(?:记者|通讯员|作者|{_HAN}{{2,3}})[^（）()]{{0,40}}[）)])?"
# a news agency's 电 comes with its day; 通讯, 资讯, 讯息 and their like are other words
_DATELINE = re.compile(
    rf"[（(【]?{_PAPER}{_HAN}{{0,8}}?(?:(?:{_DAY})?{_HAN}{{0,2}}?(?<![通资短喜音问审传])讯(?![员息号问录社飞])"
    rf"|{_DAY}{_HAN}{{0,2}}?电)[）)】]?{_REPORTERS}"
)
_REPORTER_FIRST = re.compile(
    rf"[（(](?:本[报刊网台]|{_HAN}{{0,8}})(?:首席|见习|实习|特约|全媒体|融媒体)*记者[^（）()]{{2,30}}[）)]"
)
_DATE_LINE = re.compile(
    r"[（(]?(?:(?:发布|发表|更新|刊发)?(?:时间|日期) ?[：:]? ?)?\d{4}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}日?"
    r"(?:[ T]?\d{1,2}[：:]\d{2}.{0,60}| ?(?:星期|来源|作者|稿源).{0,60})?[）)]?"
)
_SIGNATURE = re.compile(
    rf"(?<=[{FINAL}{CLOSERS}]) ?([（(][^（）()]{{2,40}}[）)])$|(?<=[{FINAL}{CLOSERS}]) ?([■□◆▲] ?[^■□◆▲。]{{2,30}})$"
)
_SOURCE_NOTE = re.compile(
    r"[（(](?:据|来源|摘自|转自|原载|综合|完|作者系|作者单位|作者为|本版).{0,40}[）)]|[（(]完[）)]"
)


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does: 。！？；：… with any closing quotes or a note in brackets."""
    return any(
        form[-1:] and form[-1] in FINAL for form in (text.rstrip(CLOSERS + " "), _BRACKETED.sub("", text))
    )


def is_names(text: str) -> bool:
    """Whether a line holds persons' names and nothing else but brackets or a mark (（张鹏）, ■ 牛佳锡)."""
    text = text.strip(_MARKS)
    return bool(_names().fullmatch(text) or _names().fullmatch(_close_up(text)))


def is_byline(text: str) -> bool:
    """Whether a line says who wrote, photographed or supplied the article."""
    if len(text) > _MAX_BYLINE or text[-1:] in "。；":
        return False
    return any(_byline().fullmatch(form) or _post().fullmatch(form) for form in (text, _close_up(text)))


def is_date_line(text: str) -> bool:
    """Whether a line gives the date of the page or article, with its source or hour perhaps."""
    return bool(_DATE_LINE.fullmatch(text))


def speaks_in_office(text: str) -> bool:
    """Whether a line names a speaker by post and name (市长 李兵)."""
    return bool(_post().fullmatch(_close_up(text)))


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page and not to an article."""
    return bool(_furniture().fullmatch(text))


def is_turn(text: str) -> bool:
    """Whether a line sends the reader to, or comes from, another page (下转, 上接)."""
    return bool(_turn().fullmatch(text))


def is_caption(text: str) -> bool:
    """Whether a line says by its own words that it stands under a picture."""
    return len(text) <= 120 and bool(_caption().fullmatch(text))


def is_enumerated(text: str) -> bool:
    """Whether a line begins with a heading's number."""
    return bool(_enumerator().match(text))


def enumerator(text: str) -> str:
    """The number that a heading or an item begins with, or ''."""
    match = _enumerator().match(text)
    return match[0] if match else ""


def is_source_note(text: str) -> bool:
    """Whether a line is a note in brackets on where the text comes from, or that it ends (（完）)."""
    return bool(_SOURCE_NOTE.fullmatch(text))


def dateline(text: str) -> str:
    """The dateline that a paragraph opens with (本报讯, 新华社北京3月5日电（记者 …）), or ''."""
    match = _DATELINE.match(text) or _REPORTER_FIRST.match(text)
    return match[0].strip() if match else ""


def comes_from(text: str) -> bool:
    """Whether a note says that the text comes from another page (上接, 紧接)."""
    return is_turn(text) and "接" in text


def sends_away(text: str) -> bool:
    """Whether a note sends the reader to another page (下转)."""
    return is_turn(text) and "转" in text and "接" not in text


def turn_at_start(text: str) -> str:
    """The 上接 note that a paragraph opens with, or ''."""
    match = _turn().match(text)
    return match[0] if match and "接" in match[0] and len(match[0]) < len(text) else ""


def turn_at_end(text: str) -> str:
    """The 下转 note that a paragraph ends with, in mid-sentence or not, or ''."""
    match = _turn_at_end().search(text)
    return match[0] if match and "转" in match[0] and match.start() else ""


def signature(text: str) -> str:
    """The signature, source note or 下转 note that ends a paragraph, or ''."""
    if turn := turn_at_end(text):
        return turn
    match = _SIGNATURE.search(text)
    if not match:
        return ""
    mark = (match[1] or match[2]).strip()
    inner = mark.strip(_MARKS)
    known = is_names(inner) or is_byline(inner) or is_turn(mark) or is_source_note(mark)
    return mark if known or is_caption(inner) else ""


@cache
def _text_first() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('desks')} ?){{0,4}}{_any('writers')} ?[：:/／]")


@cache
def _maker_first() -> re.Pattern[str]:
    return re.compile(rf"{_any('makers')}[ ：:/／]")


def credits_picture(text: str) -> bool:
    """Whether a byline names only who made or gave a picture, or made the page."""
    text = text.strip(_MARKS)
    if len(text) > _MAX_BYLINE or _text_first().match(text):
        return False
    return is_caption(text) or bool(_maker_first().match(text))


def authors(text: str) -> tuple[str, ...]:
    """The writers that a byline, signature or dateline names; photographers and editors are none."""
    text = text.strip("（）()■□◆▲—【】 ")
    if is_caption(text) and credits_picture(text):
        return ()
    if post := _post().fullmatch(text) or _post().fullmatch(_close_up(text)):
        return ((post[1] or post[2]).replace(" ", ""),)
    if is_names(text):
        return _split_names(text if _names().fullmatch(text) else _close_up(text))
    found: list[str] = []
    roles = list(_wrote().finditer(text))
    for at, role in enumerate(roles):
        end = roles[at + 1].start() if at + 1 < len(roles) else len(text)
        writes = any(
            part.endswith(tuple(_cues()["writers"])) for part in re.split("[/／、 ]", role[1] + role[2])
        )
        rest = text[role.end() : end].strip(" ，,；;、")
        if not writes or not rest:
            continue
        names = re.match(rf"{_names().pattern}(?=$|[ 、，,/／；;）)])", rest)
        found += _split_names(names[0]) if names else [rest] if "：" in role[0] or ":" in role[0] else []
    return tuple(dict.fromkeys(found))


def _split_names(text: str) -> tuple[str, ...]:
    """Names apart; a blank inside a two-character name (李 强) is no border."""
    return tuple(match[0].replace(" ", "") for match in re.finditer(_name(), text))
