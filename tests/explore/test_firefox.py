"""The page from disk in Firefox, with the network cut."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest.importorskip("tornado", reason="tornado speaks to Firefox")
firefox = next(filter(None, map(shutil.which, ("firefox", "firefox-esr"))), None)


@pytest.mark.skipif(firefox is None, reason="no Firefox on this machine")
def test_firefox_opens_every_view_without_complaint(pages: dict[str, Path]) -> None:
    from firefox import opened

    assert firefox is not None
    with opened(firefox) as window:
        window.open(pages["seeds"])
        assert window.run("document.querySelector('#card h2').textContent") == "左云经济技术开发区"
        for view in ("chains", "network", "article", "card", "table"):
            window.run(f"document.getElementById('to-{view}').click()")
            window.wait(f"!document.getElementById('{view}View').hidden")
        window.wait("document.querySelectorAll('#rows tbody tr').length === 50")
        window.run("(() => { const s = document.getElementById('search'); s.value = 'ygjkq';"
                   " s.dispatchEvent(new Event('input')); })()")  # fmt: skip
        window.wait("document.querySelector('#hits .hit')")
        window.run("document.querySelector('#hits .hit').click()")
        window.wait("document.querySelector('#card h2')?.textContent.startsWith('云冈')")
        assert window.complaints == []
