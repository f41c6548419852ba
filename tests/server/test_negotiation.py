"""Which form of an answer is liked most."""

from __future__ import annotations

import pytest

from kg.server.negotiation import choose

OFFERED = ["text/html", "text/turtle", "application/ld+json"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("text/*", "text/html"),
        ("text/*;q=0.5, application/ld+json", "application/ld+json"),
        ("text/html;q=0.1, TEXT/TURTLE ; q=0.2", "text/turtle"),
        ("text/html;q=0, */*", "text/turtle"),
        ('application/ld+json;profile="a,b;q=0", text/html;q=0.9', "application/ld+json"),
        ("image/png", None),
        ("text/html;q=0", None),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
    ],
)
def test_the_most_liked_wins(accept: str, chosen: str | None) -> None:
    assert choose(accept, OFFERED) == chosen
