"""What a request is refused with."""

from __future__ import annotations

from kg.errors import KgError


class Refusal(KgError):
    """A request that is not served: its HTTP status, a line for the one who asked and, where the same
    request may succeed later, after how many seconds.
    """

    def __init__(self, status: int, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after
