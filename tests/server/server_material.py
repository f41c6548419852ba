"""A server in a process of its own, as `kg serve` runs it, and plain HTTP to talk to it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from graph_material import article, claim

import kg
from kg.model import Entity, EntityType, Reading, Ref

TOKEN = "0123456789-abcdef"
FORM = "application/x-www-form-urlencoded"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

_RUN = """
import json, sys
from pathlib import Path
from kg.graph.http import Login
from kg.graph.iris import Iris
from kg.query import saved_queries
from kg.server import Elsewhere, Limits, Options, serve
place, token, queries, limits = json.loads(sys.argv[1])
source = Elsewhere(place, Login(), Iris()) if place.startswith("http") else Path(place)
options = Options(source, Limits(**limits), token, queries=saved_queries([Path(folder) for folder in queries]))
serve(options, port=0, ready=lambda url: print(url, flush=True))
"""


EVIL = "</script><img src=x onerror=alert(1)>有限公司"


def evil() -> Reading:
    """An article whose firm is named to break out of a page."""
    body = f"险区新闻\n{EVIL}位于险区。"
    entities = (Entity("e1", EntityType.FIRM, EVIL, ("a&amp;b",)), Entity("e2", EntityType.ZONE, "险区"))
    told = claim(body, "e1", "locatedIn", Ref("e2"), f"{EVIL}位于险区")
    return Reading(article(body, "险"), entities, (), (told,))


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0]

    def json(self) -> Any:
        return json.loads(self.body)

    def bindings(self, name: str) -> set[str]:
        """The values of a variable."""
        return {row[name]["value"] for row in self.json()["results"]["bindings"] if name in row}


@dataclass
class Server:
    """A running server on a graph."""

    url: str
    process: subprocess.Popen[str]
    log: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        found = urlsplit(self.url).port
        assert found is not None
        return found

    def __call__(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        *,
        address: tuple[tuple[str, str], ...] = (),
        client: str = "127.0.0.1",
        **headers: str,
    ) -> Reply:
        """Ask once; `address` are parameters, `client` is the loopback address one asks from."""
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(client, 0))
        try:
            path = quote(path, safe="/:?&=%+#,()*{}.")
            path += "?" + urlencode(address) if address else ""
            data = body.encode("utf-8") if isinstance(body, str) else body
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            wire.request(method, path, data, sent)
            reply = wire.getresponse()
            return Reply(reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read())
        finally:
            wire.close()

    def query(self, sparql: str, accept: str = "application/sparql-results+json", **more: Any) -> Reply:
        return self("POST", "/sparql", sparql, content_type="application/sparql-query", accept=accept, **more)

    def update(self, sparql: str, token: str | None = TOKEN, **more: Any) -> Reply:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return self("POST", "/sparql", sparql, content_type="application/sparql-update", **headers, **more)

    def close(self) -> None:
        """End it, if it has not ended."""
        self.process.kill()
        self.process.wait(30)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


def start(place: Path | str, token: str | None = None, queries: Sequence[Path] = (), **limits: Any) -> Server:
    """A server on the graph in a folder, or behind an endpoint; open when this returns."""
    root = str(Path(kg.__file__).parents[1])
    process = subprocess.Popen(
        [sys.executable, "-c", _RUN, json.dumps([str(place), token, [str(q) for q in queries], limits])],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    if not url:
        assert process.stderr is not None
        raise RuntimeError(process.stderr.read())
    server = Server(url, process)
    threading.Thread(target=_listen, args=(process, server.log), daemon=True).start()
    return server


def _listen(process: subprocess.Popen[str], log: list[str]) -> None:
    assert process.stderr is not None
    log.extend(process.stderr)
