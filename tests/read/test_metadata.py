"""What files and the sidecar beside them say: titles, dates, publishers, addresses."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Block, BlockKind
from kg.read import find_sources, read_source
from kg.read.dates import stated_date
from kg.read.metadata import iso_date
from kg.read.page import Line

TEXT = "某开发区新开工项目12个。"


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        (date(2024, 2, 7), "2024-02-07"),
        (datetime(2024, 2, 7, 8, 30), "2024-02-07"),
        (2024, "2024"),
        ("2024-02", "2024-02"),
        ("2024年2月7日", "2024-02-07"),
        ("2024/2/7 08:30", "2024-02-07"),
        ("2024.2", "2024-02"),
        ("2024-13", None),
        ("2023-02-29", None),
        ("soon", None),
        ("20240207", None),
    ],
)
def test_iso_date(value: object, iso: str | None) -> None:
    assert iso_date(value) == iso


@pytest.mark.parametrize(
    ("kind", "text", "stated"),
    [
        (BlockKind.SUBTITLE, "——2022年1月12日在某市第十二届人民代表大会第一次会议上", "2022-01-12"),
        (BlockKind.SUBTITLE, "（二〇二二年十一月二十日在某省人民代表大会第五次会议上）", "2022-11-20"),
        (BlockKind.HEADLINE, "某市政府工作报告（2021年1月23日 杨洪涛）", "2021-01-23"),
        (BlockKind.BYLINE, "新华社北京2024年3月5日电（记者 王凯）", "2024-03-05"),
        (BlockKind.BYLINE, "2025-03-18 09:12 来源：某某日报", "2025-03-18"),
        (BlockKind.FURNITURE, "2024年9月12日 星期四 责编：陈小明", "2024-09-12"),
        # no doubt must remain
        (BlockKind.BYLINE, "新华社北京3月5日电（记者 王凯）", None),
        (BlockKind.HEADLINE, "某市2024年政府工作报告", None),
        (BlockKind.PARAGRAPH, "2015年9月30日，某经开区经省府批准设立。", None),
        (BlockKind.SUBTITLE, "——2022年2月30日在某市人民代表大会第一次会议上", None),
    ],
)
def test_stated_date(kind: BlockKind, text: str, stated: str | None) -> None:
    assert stated_date([Line(text, kind=kind)]) == stated


def source(tmp_path: Path, sidecar: str, name: str = "001.txt") -> Path:
    path = tmp_path / name
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(sidecar, encoding="utf-8")
    return path


@pytest.mark.parametrize("key", ["001.txt", "001", '"001"'])
def test_the_sidecar_speaks_for_files_that_say_nothing(tmp_path: Path, key: str) -> None:
    path = source(
        tmp_path,
        f"{key}:\n  title: 某区开工\n  published: 2024-02\n  publisher: 某某周刊\n  url: https://example.org/1\n",
    )
    (article,) = read_source(path)
    said = article.source
    assert (said.title, said.published, said.publisher, said.url) == (
        "某区开工",
        "2024-02",
        "某某周刊",
        "https://example.org/1",
    )
    assert (said.id, said.path, article.published) == ("001", path.as_posix(), "2024-02")
    # the title counts as text
    assert (article.headline, article.body) == ("某区开工", f"某区开工\n{TEXT}")
    assert article.blocks == (Block(BlockKind.HEADLINE, 0, 4), Block(BlockKind.PARAGRAPH, 5, 18))


def test_the_file_goes_before_the_sidecar(tmp_path: Path) -> None:
    path = source(tmp_path, "001.md: {title: 别的标题, published: 2020, publisher: 某某周刊}", "001.md")
    path.write_text(f"---\ntitle: 某区开工\npublished: 2024-02-07\n---\n{TEXT}", encoding="utf-8")
    (article,) = read_source(path)
    assert (article.headline, article.published, article.source.publisher) == (
        "某区开工",
        "2024-02-07",
        "某某周刊",
    )


@pytest.mark.parametrize(
    ("sidecar", "reason"),
    [
        (
            "001.txt: {titel: x}",
            "001.txt has the unknown key 'titel'; known are title, published, publisher, url",
        ),
        (
            "001.txt: {published: soon}",
            "001.txt: published 'soon' is no date such as 2024, 2024-02 or 2024-02-07",
        ),
        ("001.txt: 2024", "001.txt must map to title, published, publisher or url"),
        ("- 001.txt", "must map file names to title, published, publisher and url"),
        ("001.txt: {", "is not YAML ("),
    ],
)
def test_a_wrong_sidecar_is_named_with_its_key(tmp_path: Path, sidecar: str, reason: str) -> None:
    path = source(tmp_path, sidecar)
    with pytest.raises(SourceError) as error:
        read_source(path)
    assert str(error.value).startswith(f"{tmp_path}/sources.yaml: {reason}") and "\n" not in str(error.value)


def test_a_wrong_entry_stops_its_own_file_only(tmp_path: Path) -> None:
    source(tmp_path, "001.txt: {titel: x}")
    (tmp_path / "002.txt").write_text(TEXT, encoding="utf-8")
    assert read_source(tmp_path / "002.txt")[0].body == TEXT


def test_an_entry_without_its_file_is_said(tmp_path: Path) -> None:
    path = source(tmp_path, "010.txt: {title: x}")
    with pytest.raises(SourceError, match=r"sources\.yaml: 010\.txt names no file in this folder"):
        find_sources([tmp_path])
    errors: list[object] = []
    assert find_sources([tmp_path], errors.append) == [path] and len(errors) == 1


def test_metadata_that_is_none(tmp_path: Path) -> None:
    path = source(tmp_path, "", "a.md")
    path.write_text(f"---\n某区\n---\n{TEXT}", encoding="utf-8")  # two rules, no front matter
    assert "某区" in read_source(path)[0].body
