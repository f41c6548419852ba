"""Connections that keep nobody waiting: what comes in or goes out too slowly is dropped.

uvicorn bounds how long a connection may rest between requests, not how long a request may take to arrive or
its answer to be taken in; a few hundred clients that send a byte now and then would hold it up for good.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.server.limits import MIB, Limits


def protocol(limits: Limits) -> type[asyncio.Protocol]:
    """The protocol for uvicorn, within the limits."""
    return type("_Bounded", (_Connection,), {"limits": limits, "waiting": {}})


class _Connection(H11Protocol):
    """A connection under watch: `waiting` holds, the oldest first, those of which no whole request has come."""

    limits: ClassVar[Limits]
    waiting: ClassVar[dict[_Connection, None]]
    _late: asyncio.TimerHandle | None = None
    _stuck: asyncio.TimerHandle | None = None
    _ignored: int | None = None  # bytes that came after the request was refused; None: it is not refused

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            next(iter(self.waiting), self).abort()
        if not transport.is_closing():
            self._wait()

    def data_received(self, data: bytes) -> None:
        if self._ignored is not None:
            self._ignored += len(data)
            if self._ignored > MIB:
                self.abort()
            return
        if self._late is None and self._resting():  # the first bytes of another request
            self._wait()
        super().data_received(data)
        if self._ignored is None and not self._resting():
            self._arrived()

    def send_400_response(self, msg: str) -> None:
        """Say that this is no request, or that its head is too long. Who still sends then would never see it
        if the connection were closed at once; so what still comes is ignored for a while.
        """
        reason = f"{msg} Its head may have {self.config.h11_max_incomplete_event_size} bytes at most."
        self.transport.write(
            b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n"
            b"Content-Length: %d\r\n\r\n%s\n" % (len(reason) + 1, reason.encode("ascii"))
        )
        self.transport.write_eof()
        self._ignored = 0
        if self._late is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        self.resume_writing()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Called when the reader does not keep up."""
        super().pause_writing()
        if self._stuck is None:
            self._stuck = self.loop.call_later(self.limits.stalled, self.abort)

    def resume_writing(self) -> None:
        """Called when the reader has caught up."""
        super().resume_writing()
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        if self.transport.get_write_buffer_size():
            self.abort()  # or the end would wait for a reader who takes nothing in

    def abort(self) -> None:
        """Drop the connection at once."""
        cast(Any, self.transport).abort()
        self._arrived()

    def _resting(self) -> bool:
        """No request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        self.waiting[self] = None
        self._late = self.loop.call_later(self.limits.receiving, self.abort)

    def _arrived(self) -> None:
        self.waiting.pop(self, None)
        if self._late is not None:
            self._late.cancel()
            self._late = None
