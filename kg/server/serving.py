"""Running the application: the socket, uvicorn with bounds, an orderly end."""

from __future__ import annotations

import ipaddress
import logging
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from kg.errors import UsageError
from kg.server.app import Options, make_app
from kg.server.connection import protocol
from kg.server.source import open_source

_LEAST_TOKEN = 16


def serve(
    options: Options,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    behind_proxy: bool = False,
    ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve a graph until Ctrl-C or SIGTERM; `ready` is called with the address once it is open.

    `port` 0 takes any free one. With `behind_proxy` the addresses that a proxy on this machine reports are
    believed. Raises UsageError if the address cannot be had, StoreError if the graph cannot be opened.
    """
    check_token(options.token)
    if options.token is not None and not isinstance(options.source, Path):
        raise UsageError("a graph behind another endpoint takes no updates here; send them there")
    open_source(options.source).close()
    listening = _listen(host, port)
    name, taken = listening.getsockname()[:2]
    _more_files()
    config = uvicorn.Config(
        make_app(options),
        http=protocol(options.limits),
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=behind_proxy,
        h11_max_incomplete_event_size=4 * options.limits.url,  # so that an address that is too long hears so
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
        backlog=512,
    )
    server = _Server(config, lambda: ready(f"http://{f'[{name}]' if ':' in name else name}:{taken}/"))
    try:
        with suppress(KeyboardInterrupt):  # uvicorn raises it again once all has ended in order
            server.run([listening])
    finally:
        listening.close()


def is_local(host: str) -> bool:
    """Whether only this machine reaches what listens at `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(24)


def check_token(token: str | None) -> None:
    """Raise UsageError for a token that could be guessed, or could not be sent."""
    if token is not None and (
        len(token) < _LEAST_TOKEN or not token.isascii() or any(c.isspace() for c in token)
    ):
        raise UsageError(
            f"the token must have at least {_LEAST_TOKEN} characters, of ASCII and without spaces; "
            "leave it out and one is made"
        )


class _Server(uvicorn.Server):
    """Tells when it is open."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, number, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, number)
    except OSError as error:
        raise UsageError(f"--host {host}: no such address ({error.strerror})") from error
    try:
        if hasattr(socket, "SO_REUSEPORT"):  # not on Windows, where REUSEADDR would share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
    except OSError as error:
        listening.close()
        raise UsageError(
            f"cannot listen at {host}:{port}: {error.strerror}; choose another --port"
        ) from error
    return listening


def _more_files() -> None:
    """A connection is a file: take as many as the system lets this process have."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 4096 if most == resource.RLIM_INFINITY else min(most, 4096)
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


logging.getLogger("kg.server").addHandler(logging.NullHandler())
