"""Tables that lead to their evidence, and the same rows as Markdown, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.chains.wording import Language, word
from kg.text import safe_cell

_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Refs:
    """The numbers of rows of the evidence table, in order: `3–5, 9`."""

    numbers: tuple[int, ...]

    def __str__(self) -> str:
        runs: list[list[int]] = []
        for number in self.numbers:
            if runs and number == runs[-1][1] + 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of 0 to 1."""

    value: float

    def __str__(self) -> str:
        return f"{self.value:.0%}"


Cell = str | int | float | Refs | Share | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `key` and `keys` name it and its columns for programs, `title` and `header` for people."""

    key: str
    title: str
    keys: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def only(self, *keys: str) -> Table:
        """The table with some of its columns, in the order given."""
        at = [self.keys.index(key) for key in keys]
        rows = tuple(tuple(row[i] for i in at) for row in self.rows)
        return Table(self.key, self.title, keys, tuple(self.header[i] for i in at), rows)

    def filled(self) -> Table:
        """The table without the columns in which nothing stands."""
        return self.only(*(k for k in self.keys if any(cell not in (None, "") for cell in self.column(k))))

    def column(self, key: str) -> list[Cell]:
        """The cells of one column."""
        at = self.keys.index(key)
        return [row[at] for row in self.rows]


def made(key: str, columns: str, rows: Sequence[Mapping[str, Cell]], lang: Language) -> Table:
    """A table of `columns` (their keys, with spaces between), headed in `lang`; equal rows stand once."""
    keys = tuple(columns.split())
    cells = dict.fromkeys(tuple(row.get(name) for name in keys) for row in rows)
    return Table(key, word(key, lang), keys, tuple(word(name, lang) for name in keys), tuple(cells))


def yi(amount: Decimal | None) -> float | None:
    """Yuan as 亿元."""
    return None if amount is None else float(round(amount / Decimal(10**8), 4))


def as_markdown(tables: Sequence[Table], title: str, about: str) -> str:
    """Tables as Markdown, with what they rest on."""
    parts = [f"# {_escaped(title)}", "", _escaped(about), ""]
    for table in tables:
        lines = [_line(table.header), _line(["---"] * len(table.header)), *map(_line, table.rows)]
        parts += [f"## {table.title}", "", *lines, ""]
    return "\n".join(parts)


def as_json(tables: Sequence[Table], title: str, about: str) -> str:
    """Tables as JSON: rows by the keys of columns, evidence as lists of row numbers, shares as numbers."""
    data = {
        table.key: [dict(zip(table.keys, map(_plain, row), strict=True)) for row in table.rows]
        for table in tables
    }
    return json.dumps({"title": title, "note": about, **data}, ensure_ascii=False, indent=1) + "\n"


def as_csv(table: Table) -> str:
    """One table as CSV: no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.header)
    for row in table.rows:
        writer.writerow([safe_cell(str(c)) if isinstance(c, str | Refs) else _plain(c) for c in row])
    return out.getvalue()


def as_zip(tables: Sequence[Table], about: str) -> bytes:
    """All tables as CSV files in a ZIP archive (with a byte order mark, for Excel), and a note."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {f"{table.title}.csv": "\ufeff" + as_csv(table) for table in tables}
        for name, text in {**files, "README.txt": about + "\n"}.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return out.getvalue()


def _plain(cell: Cell) -> str | int | float | list[int] | None:
    if isinstance(cell, Refs):
        return list(cell.numbers)
    return cell.value if isinstance(cell, Share) else cell


def _line(cells: Sequence[Cell]) -> str:
    return "| " + " | ".join("" if c is None else _escaped(str(c)) for c in cells) + " |"


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return text.replace("[", "\\[").replace("\n", " ")
