"""Bytes → text: UTF-8, UTF-16 with its mark, or GB18030 (which holds GBK and GB2312)."""

from __future__ import annotations

import codecs

from kg.read.page import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# GB18030 maps almost any bytes to something: decoded text must also look like text
_MAX_ODD = 0.01


def decode(data: bytes) -> str:
    """Decode the bytes of a text file; `Unreadable` for binary data and unknown encodings."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, name)
    if b"\x00" in data:
        raise Unreadable("is binary, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, "gb18030")


def _strict(data: bytes, name: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        raise Unreadable("is neither UTF-8 nor GB18030 text; save it as UTF-8") from None
    if sum(map(_odd, text)) > _MAX_ODD * len(text):
        raise Unreadable("is neither UTF-8 nor GB18030 text; save it as UTF-8")
    return text


def _odd(char: str) -> bool:
    """Control characters, private use and unassigned planes: rare in text, common in misread bytes."""
    code = ord(char)
    return (
        (code < 32 and char not in "\t\n\r\f")
        or 0x7F <= code < 0xA0
        or 0xE000 <= code < 0xF900
        or code > 0x3FFFF
    )
