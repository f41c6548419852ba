"""The cage of the processes that answer."""

from __future__ import annotations

import os
import sys

import pytest

from kg.server.confine import alarm, bound, confine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the cage is Linux's")

TRIES = {
    "network": "import socket; socket.socket()",
    "program": "import subprocess; subprocess.run(['true'])",
    "memory": "bytearray(200 * 2**20)",
    "time": "import time; time.sleep(60)",
    "nothing": "sum(range(1000)); bytearray(50 * 2**20)",
}
ENDS = {"network": 11, "program": 11, "memory": 12, "time": -14, "nothing": 0}


@pytest.mark.parametrize("what", TRIES)
def test_in_the_cage(what: str) -> None:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            confine()
            bound(100 * 2**20)
            alarm(0.3 if what == "time" else 30)
            exec(TRIES[what])
            code = 0
        except PermissionError:
            code = 11
        except MemoryError:
            code = 12
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == ENDS[what]
