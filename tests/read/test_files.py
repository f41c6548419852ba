"""Finding sources, and every way in which a file cannot be read: one clear line each."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pypdf
import pytest

from kg.errors import KgError, SourceError, UsageError
from kg.read import clashes, find_sources, read_source
from kg.read.formats import docx as docx_format

Pdf = Callable[[list[list[str]]], bytes]
TEXT = "某开发区新开工项目12个。"


def touch(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_gives_its_articles_sorted(tmp_path: Path) -> None:
    wanted = [touch(tmp_path / name) for name in ("a.txt", "b/c.md", "b/d.HTML", "e.txt")]
    for name in (
        "sources.yaml",
        ".hidden.txt",
        ".git/f.txt",
        "~$g.docx",
        "README.md",
        "b/photo.jpg",
        "b/data.csv",
    ):
        touch(tmp_path / name, "{}")
    assert find_sources([tmp_path]) == wanted
    assert find_sources([tmp_path / "e.txt", str(tmp_path), tmp_path / "b" / ".." / "a.txt"]) == sorted(
        find_sources([tmp_path / "e.txt", str(tmp_path)])
    )
    assert find_sources([tmp_path / "README.md"]) == [tmp_path / "README.md"]  # named, it is meant


def test_what_cannot_be_found_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = touch(tmp_path / "good" / "a.txt")
    (tmp_path / "empty").mkdir()
    touch(tmp_path / "photo.jpg")
    wrong = [tmp_path / "missing", tmp_path / "empty", tmp_path / "photo.jpg"]
    errors: list[KgError] = []
    assert find_sources([*wrong, good.parent], errors.append) == [good]
    assert [str(error) for error in errors] == [
        f"{tmp_path}/missing: no such file or folder",
        f"{tmp_path}/empty: holds no articles (.docx, .htm, .html, .markdown, .md, .pdf, .txt, .xhtml)",
        f"{tmp_path}/photo.jpg: unknown format '.jpg'; "
        "known are .docx, .htm, .html, .markdown, .md, .pdf, .txt, .xhtml",
    ]
    for path in wrong:
        with pytest.raises(SourceError):
            find_sources([path])
    with pytest.raises(UsageError, match="no source given"):
        find_sources([])


def test_a_folder_that_links_to_itself_ends(tmp_path: Path) -> None:
    file = touch(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nowhere.txt")
    assert find_sources([tmp_path]) == [file]


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    first, second, other = (touch(tmp_path / name) for name in ("2023/a.txt", "2024/a.md", "2024/b.txt"))
    refused = clashes([first, second, other])
    assert list(refused) == [second]
    assert str(refused[second]) == (
        f"{second}: has the same name as {first}, and names tell sources apart; rename one"
    )


def assert_refused(path: Path, reason: str) -> None:
    with pytest.raises(SourceError) as error:
        read_source(path)
    assert str(error.value).startswith(f"{path}: {reason}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \r\n\t\n", "is empty"),
        ("a.txt", "\ufeff\u200b\n***\n".encode(), "holds no text"),
        ("a.txt", bytes(range(256)) * 4, "is binary, not text"),
        ("a.txt", "某".encode() + b"\xff\xfe\xfd", "is neither UTF-8 nor GB18030 text; save it as UTF-8"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x01\x02\x80\x05" * 9, "is neither UTF-8 nor GB18030 text"),
        ("a.txt", b"\xff\xfe" + "某".encode("utf-16-le") + b"\x00", "is neither UTF-8 nor GB18030 text"),
        ("a.md", b"---\ntitle: [\n---\nx", "has front matter that is not YAML ("),
        ("a.md", b"---\npublished: soon\n---\nx", "front matter: published 'soon' is no date such as 2024"),
        ("a.md", b"---\ntitle: {a: b}\n---\nx", "front matter: title must be one line of text"),
        ("a.html", b"<html><body></body></html>", "holds no main text"),
        ("a.docx", b"PK\x03\x04 not a zip", "is not a whole Word document (BadZipFile)"),
        ("a.docx", TEXT.encode(), "is not a whole Word document (BadZipFile)"),
        ("a.pdf", TEXT.encode(), "is not a whole PDF ("),
        ("a.pdf", b"%PDF-1.7\n1 0 obj\n<<", "is not a whole PDF ("),
        ("a.rtf", b"{\\rtf1}", "unknown format '.rtf'; known are .docx"),
        ("a", b"x", "unknown format '(no suffix)'"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert_refused(path, reason)


def test_missing_files_folders_and_pipes(tmp_path: Path) -> None:
    assert_refused(tmp_path / "a.txt", "no such file")
    (tmp_path / "b.txt").mkdir()
    assert_refused(tmp_path / "b.txt", "is a folder, not a file")
    os.mkfifo(tmp_path / "c.txt")
    assert_refused(tmp_path / "c.txt", "is not a regular file")


def test_large_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = touch(tmp_path / "a.txt")
    monkeypatch.setattr("kg.read.MAX_CHARS", 5)
    assert_refused(path, "holds more than 5 characters; split it into articles")
    monkeypatch.setattr("kg.read.files.MAX_BYTES", 5)
    assert_refused(path, "is larger than")


def test_a_cut_docx(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.save(str(path))
    path.write_bytes(path.read_bytes()[:-400])
    assert_refused(path, "is not a whole Word document (BadZipFile); save it again as .docx")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", TEXT)
    assert_refused(path, "is not a whole Word document (KeyError)")


def test_a_docx_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    docx.Document().save(str(path))
    assert_refused(path, "holds no text")
    monkeypatch.setattr(docx_format, "_MAX_UNPACKED", 1000)
    assert_refused(path, "unpacks to more than 0 MB")


def test_a_scan_and_a_locked_pdf(tmp_path: Path, pdf: Pdf) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([["— 1 —"], []]))
    assert_refused(path, "has no text layer (a scan?); run OCR on it first")
    path.write_bytes(pdf([[TEXT * 3]]))
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(path)
    assert_refused(path, "is locked with a password; save an open copy")
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(path, password="secret"))
    writer.encrypt("", "owner", algorithm="RC4-128")  # open to read, locked to change
    writer.write(path)
    assert TEXT in read_source(path)[0].body
