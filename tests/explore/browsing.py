"""A browser for the tests: a Chromium, the network cut, and what went wrong on a page."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
READY = "body[data-ready]"


@contextmanager
def launched() -> Iterator[Any]:
    """A Chromium; the test is skipped where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (make setup)")
    with api.sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        path = next(filter(None, map(shutil.which, _NAMES)), own if Path(own).exists() else None)
        if path is None:
            pytest.skip("no Chromium on this machine to open the page with (make browser)")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visitor:
    """Opens pages and keeps what their consoles complain of."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self.complaints: list[str] = []
        self._contexts: list[Any] = []

    def __call__(
        self, file: Path | str, hash: str = "", size: tuple[int, int] = (1440, 900), **more: Any
    ) -> Any:
        """A page in a context of its own, ready to be used; offline unless it is served."""
        page = self.blank(size, offline=not isinstance(file, str), **more)
        page.goto((file if isinstance(file, str) else file.as_uri()) + hash)
        page.wait_for_selector(READY)
        return page

    def blank(self, size: tuple[int, int] = (1440, 900), **more: Any) -> Any:
        """An empty page."""
        viewport = {"width": size[0], "height": size[1]}
        context = self._browser.new_context(viewport=viewport, accept_downloads=True, **more)
        context.set_default_timeout(10_000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: m.type in ("error", "warning") and self.complaints.append(m.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def until(page: Any, condition: str, seconds: float = 10.0) -> None:
    """Wait until an expression holds in the page. (Playwright's own waiting evaluates text, which the page forbids.)"""
    last = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < last, condition
        page.wait_for_timeout(20)


def address(page: Any) -> str:
    """The page's hash, readable."""
    told: str = page.evaluate("decodeURIComponent(location.hash)")
    return told


def saved(page: Any, form: str, folder: Path) -> Path:
    """The file that an export of the view gives."""
    page.click("#exportBox > summary")
    with page.expect_download() as download:
        page.click(f"[data-form={form}]")
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target
