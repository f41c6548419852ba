"""The cage of a process that answers queries: bounded memory, no network, no programs, gone with its parent.

Memory is bounded by the system (RLIMIT_DATA), so that whatever asks for more ends. On Linux the network is
closed by a seccomp filter, which the process cannot take off again: a query that found a way around the
refusal of SERVICE would still reach nothing. Where the system has no such means, the refusal stands alone.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import sys
from contextlib import suppress
from multiprocessing import forkserver
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_MODE_FILTER = 2
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # EACCES
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_X32 = 0x40000000

# By machine: the kernel's name of the architecture and the numbers of socket, connect, bind, listen, execve,
# execveat, ptrace and io_uring_setup (the ring could open sockets, too).
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 49, 50, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 200, 201, 221, 281, 117, 425)),
}


_NETWORK = 4  # of these are of the network


def confine(network: bool = False) -> None:
    """Put this process in its cage: from now on no programs, and (unless it is to have it) no network."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends this one
    if sys.platform == "win32":
        return
    # The forker of processes ends once nobody holds this end of its pipe. Each process inherits one, though it
    # starts none itself, and would keep the forker alive, and so itself, after the server is gone.
    with suppress(AttributeError, OSError, TypeError):
        os.close(forkserver._forkserver._forkserver_alive_fd)  # type: ignore[attr-defined]
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        _deny(network)


def bound(memory: int) -> None:
    """From now on this process gets at most `memory` bytes on top of what it has."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit = memory + _taken()
    for kind in ("RLIMIT_DATA", "RLIMIT_AS") if sys.platform != "linux" else ("RLIMIT_DATA",):
        try:
            resource.setrlimit(getattr(resource, kind), (limit, limit))
        except (OSError, ValueError):  # macOS refuses some
            continue


def alarm(seconds: float) -> None:
    """End this process in so many seconds, whatever it is doing then; 0 takes the alarm back."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)  # its default is to end the process


def _taken() -> int:
    """What this process has of the memory that RLIMIT_DATA counts."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    found = next(line for line in status.read_text().splitlines() if line.startswith("VmData:"))
    return int(found.split()[1]) * 1024


def _deny(network: bool) -> None:
    machine = platform.machine()
    if machine not in _CALLS:
        return
    architecture, calls = _CALLS[machine]
    denied = calls[_NETWORK:] if network else calls
    last = len(denied) + 5  # the line that denies; a jump counts from the line after its own
    program = [
        (_LOAD, 0, 0, 4),  # the architecture of the call
        (_IF_EQUAL, 0, last - 2, architecture),
        (_LOAD, 0, 0, 0),  # its number
        (_IF_AT_LEAST, last - 4, 0, _X32),
        *((_IF_EQUAL, last - line, 0, call) for line, call in enumerate(denied, start=5)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in program))
    filtered = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program), ctypes.addressof(code)))
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(filtered))


def _prctl(option: int, *values: int) -> None:
    padded = (*values, 0, 0, 0, 0)[:4]
    if ctypes.CDLL(None, use_errno=True).prctl(option, *map(ctypes.c_ulong, padded)) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
