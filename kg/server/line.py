"""Who waits for a process, and whose turn it is: the highest response ratio next.

That is who has waited longest in proportion to what their requests take (Brinch Hansen 1971). So who asks small
things is served at once before those who ask large ones, however many these are, and nobody waits for ever. What a
client's (an address's) next request takes is guessed from the last ones; to be sent away counts as well, so that
coming back sooner than told does not pay.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable

from kg.server.process import Process
from kg.server.refusal import Refusal

Place = asyncio.Future[Process]
"""A place in the line; its result is the process, when it is one's turn."""

_UNKNOWN = 0.25  # seconds that a request is thought to take of whom nothing is known
_LEAST = 0.005
_WEIGHT = 0.3  # of the last request against those before it
_SENT_AWAY = 0.05
_CLIENTS = 10_000  # that are remembered


class Line:
    """The line before a number of processes, with room for `most`."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._waiting: dict[str, deque[tuple[float, Place]]] = {}  # since when
        self._held: Counter[str] = Counter()
        self._known: OrderedDict[str, float] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def holds(self, client: str) -> int:
        """How many processes a client has now."""
        return self._held[client]

    def is_light(self, client: str) -> bool:
        """Whether a client is known to ask small things."""
        return self._known.get(client, 1.0) < 2 * _UNKNOWN

    def took(self, client: str) -> None:
        """A client got a process."""
        self._held[client] += 1

    def gave_back(self, client: str, seconds: float) -> None:
        """A client no longer has a process, after so many seconds."""
        self._held[client] -= 1
        if not self._held[client]:
            del self._held[client]
        expected = self._expected(client)
        self._learn(client, expected + _WEIGHT * (seconds - expected))

    def join(self, client: str) -> Place:
        """A place in the line. Where it is full, whoever is the heaviest burden gives up a place.

        Raises Refusal (503) if that is who would join.
        """
        if sum(map(len, self._waiting.values())) >= self._most:
            busy = Refusal(503, "too many requests are waiting; try again", 5)
            heaviest = max(self._waiting, key=self._burden)
            if self._burden(client, 1) >= self._burden(heaviest):
                self._learn(client, self._expected(client) + _SENT_AWAY)
                raise busy
            last = self._waiting[heaviest][-1][1]
            self.leave(heaviest, last)
            self._learn(heaviest, self._expected(heaviest) + _SENT_AWAY)
            if not last.done():
                last.set_exception(busy)
        place: Place = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append((self._clock(), place))
        return place

    def leave(self, client: str, place: Place) -> None:
        """Give up a place."""
        left = deque(entry for entry in self._waiting.get(client, ()) if entry[1] is not place)
        if left:
            self._waiting[client] = left
        else:
            self._waiting.pop(client, None)

    def next(self, anyone: bool) -> tuple[str, Place] | None:
        """The client whose turn it is, and the place, which is taken out of the line; None if there is nobody.

        Unless it may be `anyone`, only who has no process at all.
        """
        while eligible := [name for name in self._waiting if anyone or not self._held[name]]:
            now = self._clock()
            client = max(eligible, key=lambda name: (now - self._waiting[name][0][0]) / self._expected(name))
            place = self._waiting[client][0][1]
            self.leave(client, place)
            if not place.done():
                return client, place
        return None

    def close(self) -> None:
        """Send all away."""
        for queue in self._waiting.values():
            for _, place in queue:
                place.cancel()

    def _expected(self, client: str) -> float:
        """The seconds that a client's next request is thought to take."""
        return max(self._known.get(client, _UNKNOWN), _LEAST)

    def _learn(self, client: str, seconds: float) -> None:
        self._known[client] = seconds
        self._known.move_to_end(client)
        if len(self._known) > _CLIENTS:
            self._known.popitem(last=False)

    def _burden(self, client: str, more: int = 0) -> float:
        """The seconds that what a client has, and waits for (and so many more), is thought to take."""
        places = self._held[client] + len(self._waiting.get(client, ())) + more
        return self._expected(client) * places
