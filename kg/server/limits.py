"""What a request may use up: the one place for the numbers, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

KIB, MIB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of a server. All times are in seconds, all sizes in bytes.

    seconds         a query may run
    memory          a process that answers may take, above what it has when it starts
    rows            an answer may have: rows of a table, triples of a graph
    answer          an answer may have in bytes
    workers         processes that answer queries, so at most `workers * memory` is used by them
    queue           queries that may wait for a process; more are told to come back
    turn            a query may run before it must give way when others wait and half the processes are taken by
                    such long ones: so that long queries never keep short ones out
    url             of a request's address
    body            of a request's body
    update          of an update's body, and the seconds that it may take
    update_seconds
    receiving       seconds within which a request must have arrived: its head, and then its body
    stalled         seconds after which a reader that takes in nothing more is dropped
    sending         seconds for an answer's way to its reader, and for each MiB of it one more
    connections     that may be open; of those still to send a request, the oldest gives way to a new one
    held            bytes of large answers that wait on disk for their readers
    """

    seconds: float = 30
    memory: int = 512 * MIB
    rows: int = 100_000
    answer: int = 64 * MIB
    workers: int = 4
    queue: int = 64
    turn: float = 1.0
    url: int = 16 * KIB
    body: int = 1 * MIB
    update: int = 32 * MIB
    update_seconds: float = 300
    receiving: float = 10
    stalled: float = 20
    sending: float = 60
    connections: int = 1000
    held: int = 1024 * MIB
