"""What a request asks by the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/, section 2)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.server.limits import KIB, MIB, Limits
from kg.server.refusal import Refusal

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_DATASETS = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
_CHARSET = re.compile(r'charset\s*=\s*"?([^\s";]+)', re.IGNORECASE)
_MOST_FIELDS = 10_000
# Taken in, to no use, of a body that is too large: who still sends while the connection is closed never sees why.
_THROWN_AWAY = 32 * MIB


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update with the graphs of its dataset."""

    is_update: bool
    text: str
    default: tuple[str, ...]
    named: tuple[str, ...]


async def operation(request: Request, limits: Limits, may_update: Callable[[], None]) -> Operation | None:
    """What a request asks; None if it asks for nothing, which is for the description of the service.

    `may_update` raises Refusal where the request is not allowed to update. Raises Refusal for what is against
    the protocol and for what is too large or takes too long to arrive.
    """
    in_address = _fields(request.scope["query_string"], "the address")
    if request.method in ("GET", "HEAD"):
        if any(name == "update" for name, _ in in_address):
            raise Refusal(405, "an update is sent by POST")
        return _operation(in_address) if in_address else None
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    media_type = media_type.strip().lower()
    charset = _CHARSET.search(parameters)
    if media_type in (FORM, QUERY, UPDATE) and charset and charset[1].lower() not in ("utf-8", "utf8"):
        raise Refusal(415, f"the body must be in UTF-8, not {charset[1]}")
    if media_type == FORM:
        return await _from_form(request, in_address, limits, may_update)
    if media_type == UPDATE:
        may_update()
        return _direct("update", await body(request, limits.update, limits.receiving), in_address)
    if media_type == QUERY:
        return _direct("query", await body(request, limits.body, limits.receiving), in_address)
    raise Refusal(415, f"a query or update is sent by POST as {QUERY}, {UPDATE} or {FORM}")


async def body(request: Request, most: int, seconds: float) -> bytes:
    """The body of a request. Raises Refusal if it is larger than `most` bytes (413), or has not come in time (408)."""
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > most and "expect" in request.headers:
        raise _too_large(most)  # the rest is not even sent
    taken, size = bytearray(), 0
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                size += len(part)
                if size <= most:
                    taken += part
                elif size > most + _THROWN_AWAY:
                    raise _too_large(most)
    except TimeoutError:
        raise Refusal(408, f"the request took longer than {seconds:g} s to arrive") from None
    except ClientDisconnect:
        raise Refusal(400, "the request broke off") from None
    if size > most:
        raise _too_large(most)
    return bytes(taken)


def _too_large(most: int) -> Refusal:
    size = f"{most // MIB} MB" if most >= MIB else f"{most // KIB} KB"
    return Refusal(413, f"the body is larger than {size}")


async def _from_form(
    request: Request, in_address: list[tuple[str, str]], limits: Limits, may_update: Callable[[], None]
) -> Operation:
    most = limits.body
    if "authorization" in request.headers:  # only an update comes with a token; it may be longer
        may_update()
        most = limits.update
    found = _operation([*in_address, *_fields(await body(request, most, limits.receiving), "the form")])
    if found.is_update:
        may_update()
    return found


def _direct(kind: str, text: bytes, in_address: list[tuple[str, str]]) -> Operation:
    for name, _ in in_address:
        if name in ("query", "update"):
            raise Refusal(400, f"the body is the {kind}; {name!r} must not also stand in the address")
    return _operation([(kind, _utf8(text, "the body")), *in_address])


def _operation(fields: Sequence[tuple[str, str]]) -> Operation:
    asked = [(name, text) for name, text in fields if name in _DATASETS]
    if len(asked) != 1:
        raise Refusal(400, f"a request asks one thing: one 'query' or one 'update', not {len(asked)}")
    kind, text = asked[0]
    default, named = (tuple(value for name, value in fields if name == key) for key in _DATASETS[kind])
    other = _DATASETS["update" if kind == "query" else "query"]
    if wrong := next((name for name, _ in fields if name in other), None):
        raise Refusal(400, f"{wrong!r} does not go with a {kind}; that takes {' and '.join(_DATASETS[kind])}")
    return Operation(kind == "update", text, default, named)


def _fields(encoded: bytes, where: str) -> list[tuple[str, str]]:
    text = _utf8(encoded, where)
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise Refusal(400, f"{where} is not in UTF-8") from None
    except ValueError:
        raise Refusal(400, f"{where} has too many fields") from None


def _utf8(text: bytes, where: str) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400, f"{where} is not in UTF-8") from None
