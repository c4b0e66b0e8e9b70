"""Workbooks are looked at before they are opened and opened where they can do no harm (F29 to F35)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from data_access.importing.reading import apart, child
from data_access.importing.reading.apart import Answer, Wanted, read_apart
from data_access.importing.reading.source_files import SourceFile, shown
from data_access.importing.reading.text_table import TextTable
from data_access.importing.reading.workbook import sheet_table
from data_access.importing.reading.workbook_limits import workbook_fault


def small_workbook() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("ideas")
        sheet.write_row(0, 0, ["idea", "text"])
        sheet.write_row(1, 0, ["A", "words"])
    return buffer.getvalue()


def changed(part: str, old: bytes, new: bytes) -> bytes:
    """The small workbook with one part changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(small_workbook())) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in source.namelist():
            data = source.read(name)
            assert name != part or old in data
            copy.writestr(name, data.replace(old, new) if name == part else data)
    return out.getvalue()


def file(data: bytes, name: str = "book.xlsx") -> SourceFile:
    return SourceFile(name, data, "")


def read(data: bytes, seconds: float = child.MOST_SECONDS) -> Answer:
    (answer,) = read_apart([Wanted(file(data), child.WORKBOOK)], seconds=seconds)
    return answer


SPARSE = changed("xl/worksheets/sheet1.xml", b'r="B2"', b'r="XFD1048576"')


def test_a_sheet_with_one_cell_in_the_last_corner_is_refused_unopened():
    fault = workbook_fault("book.xlsx", SPARSE)
    assert fault is not None
    assert len(SPARSE) < 8_000
    assert (fault.code, fault.shape) == ("F32", "a sheet of 17,179,869,184 cells")


def test_a_reader_that_dies_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch):
    """The same workbook, let past the look at its zip: the child ends and the parent reports."""
    monkeypatch.setattr(apart, "workbook_fault", lambda *_: None)
    (fault,) = read(SPARSE).faults
    assert (fault.code, fault.shape) == ("F03", "cannot be read within its limits")


def test_a_reader_that_takes_too_long_is_stopped():
    (fault,) = read(small_workbook(), seconds=0).faults
    assert fault.shape == "takes too long to read"


def test_parts_that_unpack_to_far_more_are_refused():
    bomb = changed("xl/worksheets/sheet1.xml", b"</worksheet>", b" " * 20_000_000 + b"</worksheet>")
    assert len(bomb) < 100_000
    fault = workbook_fault("book.xlsx", bomb)
    assert fault is not None
    assert fault.code == "F33"


def test_too_many_parts_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in range(1_001):
            archive.writestr(f"{part}.xml", "")
    fault = workbook_fault("book.xlsx", out.getvalue())
    assert fault is not None
    assert (fault.code, fault.shape) == ("F33", "1,001 parts")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "F35"),
        (b"<html><table></table></html>", "F35"),
        (b"PK\x03\x04 and nothing else", "F08"),
        (small_workbook()[:-40], "F08"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, code: str):
    fault = workbook_fault("book.xlsx", data)
    assert fault is not None
    assert fault.code == code


def test_macros_are_refused():
    out = io.BytesIO(small_workbook())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    fault = workbook_fault("book.xlsm", out.getvalue())
    assert fault is not None
    assert fault.shape == "a workbook with macros"


def test_rows_are_numbered_as_the_spreadsheet_shows_them_below_a_title(tmp_path: Path):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("ideas")
        sheet.write(0, 0, "Ideas of our talk")
        sheet.write_row(2, 1, ["idea", "text"])
        sheet.write_row(3, 1, ["A", "first"])
        sheet.write_row(6, 1, ["B", "second"])
        sheet.hide()
        book.add_worksheet("other").activate()
    table = sheet_table("book.xlsx", read(buffer.getvalue()).sheets[0], {"idea", "text"})
    assert isinstance(table, TextTable)
    assert table.frame.rows() == [(4, "A", "first"), (7, "B", "second")]
    assert table.notices == (
        "book.xlsx [ideas]: 2 rows above the header were left out.",
        "book.xlsx [ideas] is a hidden sheet; it was read.",
    )


def test_a_name_is_shown_without_control_characters_and_not_at_any_length():
    assert shown("../../etc\x1b[31m.csv") == "../../etc\ufffd[31m.csv"
    assert shown("x" * 300) == "x" * 119 + "…"
