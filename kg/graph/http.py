"""Talking to a store over HTTP: one session with login, retries and errors in one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import HTTPBasicAuth, HTTPDigestAuth
from urllib3.util import Retry

from kg.errors import StoreError, UsageError

_CONNECT, _READ = 10, 300  # seconds until a store must have answered the call, and have begun its answer
_PAUSE = 0.5  # seconds before a store that is busy is asked again, twice as many each time
_BUSY = (429, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks: a name with a password (Basic or Digest, as the store wants it), or a bearer token."""

    user: str | None = None
    password: str | None = None
    token: str | None = None


class Client:
    """Requests to one store. What is sent may be sent twice: all of it gives the same result again."""

    def __init__(self, login: Login | None = None) -> None:
        self._login = login or Login()
        self._session = requests.Session()
        retry = Retry(
            total=4,
            connect=1,  # where nothing listens, waiting is of no use
            backoff_factor=_PAUSE,
            status_forcelist=_BUSY,
            allowed_methods=None,
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))
        if self._login.token:
            self._session.headers["Authorization"] = f"Bearer {self._login.token}"

    def send(self, method: str, url: str, **options: Any) -> requests.Response:
        """The answer to a request, whatever its status but those that mean that the store cannot be used.

        Raises StoreError when it cannot be reached, refuses the login or is too busy.
        """
        answer = self._send(method, url, options)
        if answer.status_code == 401 and self._login.user and not self._session.auth:
            digest = "digest" in answer.headers.get("WWW-Authenticate", "").lower()
            kind = HTTPDigestAuth if digest else HTTPBasicAuth
            self._session.auth = kind(self._login.user, self._login.password or "")
            answer = self._send(method, url, options)
        if answer.status_code in (401, 403):
            raise StoreError(
                f"{url}: refuses the login ({answer.status_code}); set LIANZHU_USER and LIANZHU_PASSWORD, "
                "or LIANZHU_TOKEN"
            )
        if answer.status_code in _BUSY:
            raise StoreError(f"{url}: is too busy ({answer.status_code}: {said(answer)}); try again later")
        return answer

    def _send(self, method: str, url: str, options: dict[str, Any]) -> requests.Response:
        try:
            return self._session.request(method, url, timeout=(_CONNECT, _READ), **options)
        except requests.Timeout as error:
            raise StoreError(f"{url}: gave no answer in time") from error
        except requests.RequestException as error:
            raise StoreError(f"{url}: cannot be reached ({_why(error)}); is the store running?") from error

    def close(self) -> None:
        """End the connections."""
        self._session.close()


def address(url: str) -> str:
    """An address that was given, checked. Raises UsageError if it is none, or holds a password."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{url!r} is no address of a store; it begins with http:// or https://")
    if parts.username or parts.password:
        raise UsageError("leave the login out of the address; set LIANZHU_USER and LIANZHU_PASSWORD")
    return url


def said(answer: requests.Response) -> str:
    """The first words of what a store answered."""
    text = " ".join(answer.text.split())
    return text[:300] if text and not text.startswith("<") else answer.reason or "no reason given"


def _why(error: requests.RequestException) -> str:
    cause: BaseException = error
    while cause.__cause__ or cause.__context__:
        cause = cause.__cause__ or cause.__context__ or cause
    return getattr(cause, "strerror", None) or type(cause).__name__
