"""Every file format, in every encoding that Chinese files come in."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import BlockKind
from kg.read import read_source
from kg.read.encoding import decode
from kg.read.formats import formats
from kg.read.page import Unreadable

Texts = Callable[..., list[str]]
Pdf = Callable[[list[list[str]]], bytes]

TEXT = "某开发区加快建设\n\n近日，某开发区新开工项目12个，总投资58亿元。\n\n今年以来，该区签约项目26个。"
PARAGRAPHS = ["近日，某开发区新开工项目12个，总投资58亿元。", "今年以来，该区签约项目26个。"]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("reading a file must not reach for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_the_formats() -> None:
    assert list(formats()) == [".docx", ".htm", ".html", ".markdown", ".md", ".pdf", ".txt", ".xhtml"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16"])
def test_encodings(tmp_path: Path, texts: Texts, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    (article,) = read_source(path)
    assert article.headline == "某开发区加快建设" and texts(article, BlockKind.PARAGRAPH) == PARAGRAPHS


@given(st.text(st.characters(categories=["Lo", "Nd"], max_codepoint=0x9FFF), min_size=1))
def test_gb18030_round_trip(text: str) -> None:
    encoded = f"《{text}》".encode("gb18030")
    try:
        also_utf8 = encoded.decode("utf-8")
    except UnicodeDecodeError:
        also_utf8 = None
    assert decode(encoded) == (also_utf8 or f"《{text}》")


def test_markdown(tmp_path: Path, texts: Texts) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        '---\ntitle: "某区开工"\npublished: 2024-09-12\nsource: 某某日报\nauthor: [黄嘉欣]\nlayout: post\n---\n\n'
        "**本报讯** 近日，[某区](http://example.org)开工 **12个** 项目。<!-- 内部批注 -->\n\n## 项目进展\n\n"
        "- 甲项目完成主体封顶\n- 乙项目启动设备安装\n\n| 项目 | 投资 |\n|---|---|\n| 丙项目 | 8亿元 |\n\n"
        "> 引文&amp;出处。<br>另起一行。\n",
        encoding="utf-8",
    )
    (article,) = read_source(path)
    assert article.source.publisher == "某某日报" and article.source.media_type == "text/markdown"
    assert (article.headline, article.published, article.authors) == ("某区开工", "2024-09-12", ("黄嘉欣",))
    assert article.body.split("\n") == [
        "某区开工",
        "本报讯",
        "近日，某区开工12个 项目。",
        "项目进展",
        "甲项目完成主体封顶",
        "乙项目启动设备安装",
        "项目 投资",
        "丙项目8亿元",
        "引文&出处。",
        "另起一行。",
    ]
    assert texts(article, BlockKind.HEADING) == ["项目进展"]


def test_a_source_that_is_an_address(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        f"---\nsource: https://example.org/a\ntitle: 某开发区加快建设\n---\n{TEXT}", encoding="utf-8"
    )
    (article,) = read_source(path)
    assert article.source.url == "https://example.org/a" and article.source.publisher is None
    assert article.body.count("某开发区加快建设") == 1  # the text begins with its title


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_html(tmp_path: Path, texts: Texts, encoding: str) -> None:
    path = tmp_path / "a.html"
    body = "".join(f"<p>{text}{'该区负责人表示，将继续做好服务保障。' * 8}</p>" for text in PARAGRAPHS)
    path.write_bytes(
        (
            f'<html><head><meta charset="{encoding}"><title>某开发区加快建设_某某网</title>'
            '<meta property="article:published_time" content="2025-03-18T09:12:00+08:00">'
            '<link rel="canonical" href="https://example.org/a"><script src="https://example.org/x.js"></script></head>'
            "<body><nav><a href='/'>首页</a> <a href='/2'>要闻</a></nav><article><h1>某开发区加快建设</h1>"
            f"{body}<h2>下一步</h2><p>甲区将加快建设。<br>乙区将抓紧招商。</p><img src='https://example.org/x.png'>"
            "</article><footer>版权所有</footer></body></html>"
        ).encode(encoding)
    )
    (article,) = read_source(path)
    assert (article.headline, article.published) == ("某开发区加快建设", "2025-03-18")
    assert article.source.url == "https://example.org/a" and article.source.media_type == "text/html"
    assert (
        article.body.count("某开发区加快建设") == 1
        and "首页" not in article.body
        and "版权" not in article.body
    )
    assert [text[:25] for text in texts(article, BlockKind.PARAGRAPH)][:2] == [
        (text + "该区负责人表示，将继续做好服务保障。")[:25] for text in PARAGRAPHS
    ]
    assert texts(article, BlockKind.HEADING) == ["下一步"]
    assert article.body.endswith("甲区将加快建设。\n乙区将抓紧招商。")


def test_docx(tmp_path: Path, texts: Texts) -> None:
    document = docx.Document()
    document.add_heading("某开发区加快建设", 0)
    document.add_paragraph(PARAGRAPHS[0])
    document.add_heading("项目清单", 1)
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate([("项目", "总投资"), ("甲项目", "12亿元")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_paragraph(PARAGRAPHS[1])
    path = tmp_path / "a.docx"
    document.save(str(path))
    (article,) = read_source(path)
    assert article.headline == "某开发区加快建设" and texts(article, BlockKind.HEADING) == ["项目清单"]
    assert texts(article, BlockKind.PARAGRAPH) == [
        PARAGRAPHS[0],
        "项目 总投资",
        "甲项目12亿元",
        PARAGRAPHS[1],
    ]


def samples(pdf: Pdf) -> dict[str, bytes]:
    """A whole file of each format that has an inner structure."""
    document = docx.Document()
    document.add_paragraph(TEXT)
    word = io.BytesIO()
    document.save(word)
    front = f"---\ntitle: 某区\npublished: 2024-02\n---\n{TEXT}".encode()
    page = f"<html><body><article><p>{TEXT * 5}</p></article></body></html>".encode()
    return {".docx": word.getvalue(), ".md": front, ".html": page, ".pdf": pdf([[TEXT.replace(chr(10), "")]])}


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_a_damaged_file_is_read_or_refused(pdf: Pdf, data: st.DataObject) -> None:
    suffix, whole = data.draw(st.sampled_from(sorted(samples(pdf).items())))
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        page = formats()[suffix].extract(bytes(broken[: data.draw(st.integers(1, len(broken)))]))
    except Unreadable as error:
        assert "\n" not in str(error)
    else:
        assert all(line.text == line.text.strip() != "" for line in page.lines)


def test_pdf(tmp_path: Path, texts: Texts, pdf: Pdf) -> None:
    first = [
        "某开发区加快建设",
        "近日，某开发区举行项目集中开工仪式，共开工",
        "项目12个，总投资58亿元，涉及装备制造、新材",
        "料等多个领域，建成后将带动上下游企业集聚。",
        "该区坚持项目为王，今年以来新签约项目26个，",
        "总投资320亿元。",
        "二、下一步打算",
        "该区将围绕产业链部署创新链，加快建设公共服",
        "— 1 —",
    ]
    second = ["务平台，引进高校院所共建中试基地，力争全年新", "增高新技术企业30家。", "— 2 —"]
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([first, second]))
    (article,) = read_source(path)
    assert article.headline == "某开发区加快建设" and article.source.media_type == "application/pdf"
    assert texts(article, BlockKind.HEADING) == ["二、下一步打算"]
    opening, plans = texts(article, BlockKind.PARAGRAPH)
    assert "共开工项目12个" in opening and opening.endswith(
        "企业集聚。该区坚持项目为王，今年以来新签约项目26个，总投资320亿元。"
    )
    assert "公共服务平台" in plans and plans.endswith("力争全年新增高新技术企业30家。")
    assert texts(article, BlockKind.FURNITURE) == ["— 1 —", "— 2 —"]
