"""Asking a language model behind an OpenAI-compatible URL (vLLM, Ollama, llama.cpp, a provider's)."""

from __future__ import annotations

import http.client
import json
import os
import re
from typing import Any
from urllib.parse import urlsplit

from kg.errors import DataError, KgError

_MOST = 4_000_000  # bytes of an answer
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)


class Chat:
    """A model at a URL that ends before `/chat/completions`. Nothing is asked of any other address."""

    def __init__(self, name: str, url: str, model: str, key_variable: str, timeout: float) -> None:
        """`key_variable` names the environment variable that holds the key, if one is needed.

        Raises DataError if the URL or the model's name will not do.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise DataError(
                f'pipeline config, {name}: url {url!r} is no address like "http://127.0.0.1:8000/v1"'
            )
        if not model:
            raise DataError(f"pipeline config, {name}: say which model to ask: model = …")
        self.url, self.model, self.timeout = url.rstrip("/"), model, timeout
        self._secure, self._host, self._port = parts.scheme == "https", parts.hostname, parts.port
        self._path = f"{parts.path.rstrip('/')}/chat/completions"
        self._key = os.environ.get(key_variable, "") if key_variable else ""

    def ask(self, system: str, text: str) -> str:
        """The model's answer to a text. Raises KgError, in one line, if none comes."""
        asked = {
            "model": self.model,
            "temperature": 0,
            "seed": 0,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": text}],
        }
        answer = self._post(json.dumps(asked, ensure_ascii=False).encode("utf-8"))
        try:
            content = json.loads(answer)["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise KgError(f"{self.url}: the answer is no chat completion ({type(error).__name__})") from error
        return content if isinstance(content, str) else ""

    def _post(self, body: bytes) -> bytes:
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=self.timeout)
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        try:
            connection.request("POST", self._path, body, headers)
            response = connection.getresponse()
            answer = response.read(_MOST + 1)
        except (OSError, http.client.HTTPException) as error:
            reason = str(error) or type(error).__name__
            raise KgError(
                f"{self.url}: the language model does not answer ({reason}); start it, or take it out of the pipeline"
            ) from error
        finally:
            connection.close()
        if response.status != 200:  # a redirect is none either: the key is for this address alone
            raise KgError(f"{self.url}: the language model answers {response.status} {response.reason}")
        if len(answer) > _MOST:
            raise KgError(f"{self.url}: the answer is longer than {_MOST:,} bytes")
        return answer


def json_in(answer: str) -> dict[str, Any] | None:
    """The JSON object in an answer, which may stand in a code block or between words; None if there is none."""
    found = _OBJECT.search(answer)
    try:
        data = json.loads(found[0]) if found else None
    except ValueError:
        return None
    return data if isinstance(data, dict) else None
