"""What the tests of reading share: files of every format written on the spot, and views of an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Article, BlockKind
from kg.read import read_source

Read = Callable[[str], list[Article]]
Texts = Callable[..., list[str]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a text as the file page.txt."""

    def read_text(text: str) -> list[Article]:
        path = tmp_path / "page.txt"
        path.write_text(text, encoding="utf-8")
        return read_source(path)

    return read_text


@pytest.fixture
def texts() -> Texts:
    """The texts of an article's blocks of some kinds (of all, if none are named)."""

    def of(article: Article, *kinds: BlockKind) -> list[str]:
        return [article.body[b.start : b.end] for b in article.blocks if not kinds or b.kind in kinds]

    return of


@pytest.fixture
def kinds() -> Callable[[Article], dict[str, int]]:
    """How many blocks of each kind an article has."""
    return lambda article: dict(Counter(block.kind.value for block in article.blocks))


@pytest.fixture(scope="session")
def assert_tiled() -> Callable[[Article], None]:
    """Blocks cover the body exactly, one a line, without blanks at their ends."""

    def check(article: Article) -> None:
        at = 0
        for block in article.blocks:
            text = article.body[block.start : block.end]
            assert text and text == text.strip() and "\n" not in text
            assert block.start == at
            at = block.end + 1
        assert at == len(article.body) + 1
        assert article.body.count("\n") == len(article.blocks) - 1

    return check


@pytest.fixture(scope="session")
def pdf() -> Callable[[list[list[str]]], bytes]:
    """A PDF with a text layer: each page a list of lines, set in a font that maps to Unicode."""
    return make_pdf


def make_pdf(pages: list[list[str]]) -> bytes:
    """A PDF with a text layer: each page a list of lines, set in a font that maps to Unicode."""
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + b"".join(
            b"1 beginbfrange <%02X00> <%02XFF> <%02X00> endbfrange\n" % (high, high, high)
            for high in range(256)
        )
        + b"endcmap end end"
    )
    count = len(pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (count, b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(count))),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 1000 /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(to_unicode),
    ]
    for number, lines in enumerate(pages):
        shown = b" ".join(
            b"1 0 0 1 50 %d Tm <%s> Tj" % (780 - 20 * at, line.encode("utf-16-be").hex().encode())
            for at, line in enumerate(lines)
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % (7 + 2 * number)
        )
        objects.append(_stream(b"BT /F 12 Tf %s ET" % shown))
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            table,
            size,
            len(data),
        )
    )


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)
