"""Tables as an Excel workbook that can be forwarded as it is."""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kg.chains.tables import Refs, Share, Table
from kg.chains.wording import Language, word

_FONT = "Microsoft YaHei"
_INK, _PALE, _LINK = "1D2227", "A0A6AC", "1F5FA8"
_HAIR, _LINE = Side(style="hair", color="999999"), Side(style="thin", color="555555")
_GROUPING = ("place", "chain", "called", "leader")
_MONEY = ("money", "done", "output", "tax", "invested", "signed_money", "building_money")
_CENTRED = (
    "tier",
    "critical",
    "state",
    "move",
    "break",
    "urgency",
    "near",
    "kind",
    "phase",
    "year",
    "number",
)
# The widest a column gets, in characters; longer text goes on in the next line of its cell.
_WIDTHS = {
    "place": 22, "chain": 24, "called": 24, "leader": 30, "tier": 7, "segment": 22, "reason": 40, "suppliers": 30,
    "buyers": 30, "candidates": 44, "through": 30, "parts": 34, "code": 10, "who": 64, "member": 26, "target": 30,
    "project": 34, "developer": 26, "phases": 24, "expected": 20, "conflicts": 30, "capacity": 24, "quote": 80,
    "source": 24, "date": 12, "placed": 30, "refs": 12, "contact": 18, "kind": 7, "phase": 10, "figure": 16,
    "upstream": 40, "midstream": 40, "downstream": 40, "without": 30,
}  # fmt: skip
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


def workbook(
    tables: Sequence[Table], title: str, about: str, meanings: Sequence[tuple[str, str]], lang: Language
) -> bytes:
    """Tables as a workbook, one sheet each and a last one that says what they rest on and mean.

    Text is written as text, also where it begins with = + - @. Cells that cite evidence link to its rows.
    """
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    book.remove(first)
    painter = _Painter()
    for table in tables:
        _sheet(book.create_sheet(table.title), table, word("evidence", lang), painter)
    _notes(book.create_sheet(word("notes", lang)), about, title, meanings, painter)
    book.properties.created = _EPOCH
    book.properties.creator = "lianzhu"
    book.properties.title = title
    return _bytes(book)


def _bytes(book: Workbook) -> bytes:
    """A workbook as bytes, the same for the same content: without the time of writing in its parts."""
    written, settled = io.BytesIO(), io.BytesIO()
    book.save(written)
    with ZipFile(written) as old, ZipFile(settled, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                epoch = _EPOCH.isoformat().encode() + b"Z"
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + epoch, part)
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, part)
    return settled.getvalue()


@dataclass(frozen=True, slots=True)
class _Style:
    """How a cell looks; `ruled` draws a line above it, `sign` marks text that would else pass for a formula."""

    colour: str = _INK
    bold: bool = False
    centred: bool = False
    wrapped: bool = True
    fill: str = ""
    ruled: bool = False
    head: bool = False
    number: str = "General"
    sign: bool = False


class _Painter:
    """Gives cells their looks. Each look is made once: to make them cell by cell takes minutes on large tables."""

    def __init__(self) -> None:
        self._made: dict[_Style, StyleArray] = {}

    def paint(self, cell: SheetCell | MergedCell, style: _Style) -> None:
        if style not in self._made:
            cell.font = Font(name=_FONT, size=10, bold=style.bold, color=style.colour)
            cell.alignment = Alignment(
                horizontal="center" if style.centred else None, vertical="top", wrap_text=style.wrapped
            )
            bottom = _LINE if style.head else _HAIR
            cell.border = Border(top=_LINE if style.ruled else None, bottom=bottom)
            if style.fill:
                cell.fill = _FILLS[style.fill]
            cell.number_format = style.number
            cell.quotePrefix = style.sign
            self._made[style] = cell._style  # type: ignore[union-attr] # the stubs leave it out
        cell._style = copy(self._made[style])  # type: ignore[union-attr]

    def write(self, cell: SheetCell | MergedCell, text: str, style: _Style | None = None) -> None:
        """Text that stays text: no spreadsheet takes it for a formula."""
        cell.value = "".join(ch for ch in text if ch >= " " or ch in "\n\t")
        cell.data_type = "s"
        self.paint(cell, replace(style or _Style(), sign=text.startswith(("=", "+", "-", "@"))))


def _sheet(sheet: Worksheet, table: Table, evidence: str, painter: _Painter) -> None:
    for column, (key, name) in enumerate(zip(table.keys, table.header, strict=True), 1):
        painter.write(sheet.cell(1, column), name, _Style(bold=True, centred=key in _CENTRED, head=True))
    before: tuple[object, ...] = ()
    for r, row in enumerate(table.rows, 2):
        group = row[: _grouped(table)]
        ruled = bool(before) and group != before
        for c, value in enumerate(row, 1):
            cell, key = sheet.cell(r, c), table.keys[c - 1]
            if isinstance(value, Refs):
                painter.write(cell, str(value), _Style(colour=_LINK, ruled=ruled))
                # one link a cell: to the first of the rows, which stand together
                target = f"'{evidence}'!A{value.numbers[0] + 1}"
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
            elif isinstance(value, str):
                # what a row repeats of the one above it is there for filters, but steps back
                again = c <= len(group) and group == before
                fill = value if key == "state" and value in _FILLS else ""
                colour = _PALE if again else _INK
                painter.write(cell, value, _Style(colour, centred=key in _CENTRED, fill=fill, ruled=ruled))
            elif value is None:
                painter.paint(cell, _Style(ruled=ruled))
            else:
                cell.value = value.value if isinstance(value, Share) else value
                painter.paint(cell, _Style(wrapped=False, ruled=ruled, number=_format(key, value)))
        before = group
    sheet.freeze_panes = f"{get_column_letter(min(max(_grouped(table), 1), 2) + 1)}2"
    last = get_column_letter(len(table.header))
    sheet.auto_filter.ref = f"A1:{last}{max(len(table.rows) + 1, 2)}"
    widths = []
    for column, key in enumerate(table.keys, 1):
        widest = max((_width(str(row[column - 1] or "")) for row in table.rows), default=0)
        # the header keeps room for the filter's button
        width = max(min(widest + 2, _WIDTHS.get(key, 20)), min(_width(table.header[column - 1]) + 4, 16))
        sheet.column_dimensions[get_column_letter(column)].width = width
        widths.append(width)
    for r, row in enumerate((table.header, *table.rows), 1):
        sheet.row_dimensions[r].height = _height(row, widths)
    _printed(sheet)


def _format(key: str, value: int | float | Share) -> str:
    """How a number is written; `_ ` keeps it off the text of the next column."""
    if isinstance(value, Share):
        return "0%_ "
    if isinstance(value, int):
        return "#,##0_ "
    return "#,##0.00_ " if key in _MONEY else "0.00_ " if key == "confidence" else "#,##0.0_ "


def _grouped(table: Table) -> int:
    """How many of the first columns name what several rows are about."""
    return next((i for i, key in enumerate(table.keys) if key not in _GROUPING), len(table.keys))


def _height(cells: Sequence[object], widths: Sequence[float]) -> float:
    """The height of a row in points: not every program fits rows to wrapped text by itself."""
    lines = (
        sum(max(1, math.ceil(_width(part) / (1.05 * width))) for part in str(cell or "").split("\n"))
        for cell, width in zip(cells, widths, strict=True)
    )
    return 13.5 * max(lines, default=1) + 3


def _notes(
    sheet: Worksheet, about: str, title: str, meanings: Sequence[tuple[str, str]], painter: _Painter
) -> None:
    painter.write(sheet.cell(1, 1), title, _Style(bold=True, head=True))
    painter.write(sheet.cell(2, 1), about)
    sheet.merge_cells("A2:B2")
    sheet.row_dimensions[2].height = _height([about], [120.0])
    for r, (term, meaning) in enumerate(meanings, 4):
        painter.write(sheet.cell(r, 1), term, _Style(bold=True, fill=term if term in _FILLS else ""))
        painter.write(sheet.cell(r, 2), meaning)
        sheet.row_dimensions[r].height = _height([term, meaning], [24.0, 96.0])
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 96
    _printed(sheet)
    sheet.print_title_rows = None


def _printed(sheet: Worksheet) -> None:
    """As wide as a sheet of A3 laid across, its header on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&A  &P / &N"))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text)
