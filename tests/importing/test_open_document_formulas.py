"""Formulas of ODS files that nobody worked out are faults with their place, as those of XLSX are."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from data_access.importing import open_document
from data_access.importing.reading.open_document_marks import MOST_PLACES, open_document_marks
from data_access.problems import ImportRefused

EMPTY = "<table:table-cell/>"
FORMULA = '<table:table-cell table:formula="of:=[.A1]"/>'
WORKED = (
    '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p>'
    "</table:table-cell>"
)
EMPTY_TEXT = '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/>'


def text(words: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'


def row(*cells: str, times: int = 1, more: str = "") -> str:
    return f'<table:table-row table:number-rows-repeated="{times}"{more}>{"".join(cells)}</table:table-row>'


def content(*rows: str) -> bytes:
    sheet = f'<table:table table:name="ideas">{"".join(rows)}</table:table>'
    return open_document._CONTENT.replace("{sheets}", sheet).encode()


def unworked(*rows: str) -> tuple[tuple[int, int], ...]:
    return open_document_marks(content(*rows))["ideas"].unworked


def test_a_formula_without_a_value_is_found_where_it_stands():
    assert unworked(row(text("a"), text("b")), row(text("1"), FORMULA)) == ((2, 1),)


def test_a_formula_with_its_value_even_an_empty_one_is_a_cell_like_others():
    assert unworked(row(WORKED, EMPTY_TEXT)) == ()


def test_rows_and_cells_that_repeat_are_counted():
    gap = '<table:table-cell table:number-columns-repeated="3"/>'
    assert unworked(row(text("a")), row(EMPTY, times=5), row(gap, FORMULA, times=2)) == ((7, 3), (8, 3))


def test_columns_are_counted_from_the_first_in_use():
    assert unworked(row(EMPTY, EMPTY, text("a"), text("b")), row(EMPTY, EMPTY, text("1"), FORMULA)) == ((2, 1),)


def test_a_million_of_them_are_told_by_the_first_ten_thousand():
    assert len(unworked(row(text("a")), row(FORMULA, times=1_000_000))) == MOST_PLACES


def test_hidden_rows_with_cells_are_counted():
    hidden = row(text("1"), times=3, more=' table:visibility="filter"')
    assert open_document_marks(content(row(text("a")), hidden))["ideas"].hidden_rows == 3


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """An ODS file of ideas whose second one has words that were never worked out."""
    head = row(text("idea"), text("posted_at"), text("text"))
    ideas = (
        row(text("i1"), text("2022-02-01T09:00:00Z"), text("Rotas")),
        row(text("i2"), text("2022-02-01T09:00:00Z"), FORMULA),
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", open_document.MIME)
        archive.writestr("META-INF/manifest.xml", open_document._MANIFEST)
        archive.writestr("content.xml", content(head, *ideas))
    file = tmp_path / "ideas.ods"
    file.write_bytes(data.getvalue())
    return file


def test_such_a_row_is_refused_with_what_to_do(bring, workbook: Path):
    with pytest.raises(ImportRefused) as refused:
        bring("template", workbook, conversation="talk")
    [fault] = refused.value.faults
    assert (fault.row, fault.column, fault.shape, fault.code) == (3, "text", "a formula without its value", "F28")
    assert "work its formulas out" in fault.remedy
