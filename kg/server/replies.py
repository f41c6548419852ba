"""Answers on their way to the reader."""

from __future__ import annotations

import asyncio

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.server.limits import MIB, Limits
from kg.server.pool import Answer

_PIECE = 64 * 1024


class Reply(Response):
    """An answer with all its bytes; a large one is sent from its file, within the time that it may take."""

    def __init__(self, answer: Answer, limits: Limits) -> None:
        super().__init__(answer.content, media_type=None)
        self._file, self._seconds = answer.file, limits.sending
        self.headers["Content-Type"] = answer.made.media_type
        self.headers["Vary"] = "Accept"
        self.headers["Cache-Control"] = "no-cache"
        if answer.file is not None:
            self.headers["Content-Length"] = str(answer.file.size)
            self._seconds += answer.file.size / MIB

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it. What is not taken in in time is broken off."""
        if self._file is None:
            await super().__call__(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._seconds):
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                while piece := self._file.stream.read(_PIECE):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            return  # uvicorn closes what was not sent to its end
        finally:
            self._file.close()
