"""The gap tables as an Excel workbook."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kg.chains.tables import Table
from kg.errors import KgError

_FONT = "Microsoft YaHei"
_HAIR = Border(bottom=Side(style="hair", color="999999"))
_STATES = {
    ("强", "strong"): "CFE3D4",
    ("弱", "weak"): "E9F2DC",
    ("在建", "under construction"): "FBEBC8",
    ("规划", "planned"): "E3E8F2",
    ("无证据", "no evidence"): "F2F2F2",
}
_FILLS = {
    name: PatternFill("solid", start_color=colour) for names, colour in _STATES.items() for name in names
}
_EPOCH = datetime(2000, 1, 1)  # a workbook's own dates would make every build differ


def save(path: Path, tables: Sequence[Table], about: str, title: str) -> None:
    """Write tables to a workbook, one sheet each and a sheet that says what it rests on.

    Text is written as text, also where it begins with = + - @. Raises KgError if the file cannot be written.
    """
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    book.remove(first)
    for table in tables:
        _sheet(book.create_sheet(table.title), table)
    notes = book.create_sheet("说明" if tables and tables[0].title.isascii() is False else "Note")
    for i, line in enumerate((title, about), 1):
        _text(notes.cell(i, 1), line, bold=i == 1)
    notes.column_dimensions["A"].width = 100
    book.properties.created = book.properties.modified = _EPOCH
    book.properties.creator = "lianzhu"
    book.properties.title = title
    try:
        book.save(path)
    except OSError as error:
        raise KgError(f"{path}: cannot write the workbook: {error.strerror or error}") from error


def _sheet(sheet: Worksheet, table: Table) -> None:
    for column, name in enumerate(table.header, 1):
        cell = sheet.cell(1, column)
        _text(cell, name, bold=True)
        cell.border = Border(bottom=Side(style="thin", color="333333"))
    for r, row in enumerate(table.rows, 2):
        for c, value in enumerate(row, 1):
            cell = sheet.cell(r, c)
            if isinstance(value, str):
                _text(cell, value)
                if value in _FILLS:
                    cell.fill = _FILLS[value]
            elif value is not None:
                cell.value = value
                cell.number_format = "0.00"
                cell.font = Font(name=_FONT, size=10)
                cell.alignment = Alignment(vertical="top")
            cell.border = _HAIR
    sheet.freeze_panes = "A2"
    last = get_column_letter(len(table.header))
    sheet.auto_filter.ref = f"A1:{last}{max(len(table.rows) + 1, 2)}"
    for column, name in enumerate(table.header, 1):
        longest = max(
            [_width(name) + 4, *(min(_width(str(row[column - 1] or "")), 48) for row in table.rows)]
        )
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 1, 50)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _text(cell: SheetCell | MergedCell, text: str, *, bold: bool = False) -> None:
    """Text that stays text: no spreadsheet takes it for a formula."""
    cell.value = "".join(ch for ch in text if ch >= " " or ch in "\n\t")
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    cell.font = Font(name=_FONT, size=10, bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text)
