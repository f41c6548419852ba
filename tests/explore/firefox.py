"""Firefox as it is installed, spoken to in WebDriver BiDi (Playwright drives only a Firefox of its own)."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import subprocess
import tempfile
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_LISTENS = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")
_PREFERENCES = {
    "network.proxy.type": 1,  # a proxy that is not there: the network is cut
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
}


class Firefox:
    """One window; `complaints` are what its console shows as errors and warnings."""

    def __init__(self, address: str) -> None:
        from tornado.websocket import websocket_connect

        self.complaints: list[str] = []
        self._turn = 0
        self._loop = asyncio.new_event_loop()  # in a thread of its own: Playwright's runs in this one
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._socket = self._done(self._connected(websocket_connect, address + "/session"))
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self._window = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    @staticmethod
    async def _connected(connect: Any, address: str) -> Any:
        return await connect(address, max_message_size=2**28)

    def ask(self, method: str, **parameters: Any) -> Any:
        """The result of a command."""
        self._turn += 1
        return self._done(self._answer(self._turn, method, parameters))

    def _done(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(180)

    async def _answer(self, turn: int, method: str, parameters: dict[str, Any]) -> Any:
        await self._socket.write_message(json.dumps({"id": turn, "method": method, "params": parameters}))
        while True:
            told = json.loads(await asyncio.wait_for(self._socket.read_message(), 120))
            if told.get("method") == "log.entryAdded" and told["params"]["level"] in ("error", "warn"):
                self.complaints.append(told["params"]["text"])
            if told.get("id") == turn:
                if told["type"] == "error":
                    raise RuntimeError(f"{method}: {told['message']}")
                return told["result"]

    def open(self, file: Path, width: int = 1440, height: int = 900) -> None:
        """Open a page from disk, and wait until it is ready."""
        self.ask(
            "browsingContext.setViewport", context=self._window, viewport={"width": width, "height": height}
        )
        self.ask("browsingContext.navigate", context=self._window, url=file.as_uri(), wait="complete")
        self.wait("document.body.dataset.ready")

    def run(self, script: str) -> Any:
        """The value of an expression in the page: a text, a number, or whether."""
        told = self.ask(
            "script.evaluate", expression=script, awaitPromise=True, target={"context": self._window}
        )
        if told["type"] == "exception":
            raise RuntimeError(told["exceptionDetails"]["text"])
        return told["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until an expression holds."""
        self.run(
            f"(async () => {{ while (!({condition})) await new Promise((d) => setTimeout(d, 20)); return 1; }})()"
        )

    def picture(self, target: Path) -> None:
        """Save what the window shows."""
        told = self.ask("browsingContext.captureScreenshot", context=self._window)
        target.write_bytes(base64.b64decode(told["data"]))

    def close(self) -> None:
        """Leave it."""
        self._loop.call_soon_threadsafe(self._socket.close)
        self._loop.call_soon_threadsafe(self._loop.stop)


@contextmanager
def opened(program: str) -> Iterator[Firefox]:
    """A Firefox with a profile of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(x)});" for name, x in _PREFERENCES.items())
        Path(profile, "user.js").write_text("\n".join(lines))
        command = [program, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        process = subprocess.Popen(
            [*command, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        try:
            assert process.stderr is not None
            address = next(m[1].decode() for line in process.stderr if (m := _LISTENS.search(line)))
            window = Firefox(address)
            yield window
            window.close()
        finally:
            process.terminate()
            process.wait(30)
