"""A data book of ten cards against the essential rules for government spreadsheets, a test a rule.

The rules are those of the Analysis Function's 'Releasing statistics in spreadsheets'; the last four are the desirable
ones. Text above a table runs over the empty cells beside it, as in the guidance's own examples.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from dashboard.exports import export, file_name
from dashboard.filters import Selection
from dashboard.results import Result, answer
from dashboard.sources import ReleaseAndPlan
from data_access.desk.engine import open_desk
from data_access.releases.store import open_release

TEN = (
    "vote_balance", "activity_by_day", "themes", "funnel", "plan_status", "top_ideas", "words", "plan_by_theme",
    "ideas_by_element", "participants_by_region",
)  # fmt: skip


@pytest.fixture(scope="module")
def cards(demo_home: Path) -> list[Result]:
    desk, release = open_desk(f"sqlite:///{demo_home / 'desk.db'}"), open_release(demo_home / "releases")
    source = ReleaseAndPlan(release, desk, date(2026, 11, 20))
    selection = Selection(str(release.conversations["conversation"][0]))
    return [answer(key, source=source, selection=selection) for key in TEN]


@pytest.fixture(scope="module")
def content(cards: list[Result]) -> bytes:
    return export("xlsx", cards)


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def tables(book: Workbook) -> dict[str, list[list[object]]]:
    """The cells of each marked-up table, its head first, by the name of its sheet."""
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet[marked.ref]]
        for sheet in book
        for marked in sheet.tables.values()
    }


def test_there_is_one_table_a_sheet_with_a_cover_a_contents_list_and_a_notes_sheet(book: Workbook):
    assert book.sheetnames == ["Cover", "Contents", "Notes", *(f"Table {at}" for at in range(1, 11))]
    assert [len(sheet.tables) for sheet in book] == [0] + [1] * 12


def test_the_contents_list_names_every_table_and_leads_to_it(book: Workbook, tables: dict[str, list[list[object]]]):
    named = [row[0] for row in tables["Contents"][1:]]
    assert named == [f"Table {at}" for at in range(1, 11)]
    links = [row[0].hyperlink.location for row in book["Contents"].iter_rows(min_row=4)]
    assert links == [f"'{name}'!A1" for name in named]


def test_the_title_of_each_sheet_stands_in_a1(book: Workbook, cards: list[Result]):
    for at, card in enumerate(cards, start=1):
        assert book[f"Table {at}"]["A1"].value.startswith(f"Table {at}: {card.metric.title}")
    assert all(sheet["A1"].value for sheet in book)


def test_tables_start_in_column_a_and_nothing_stands_beside_or_below_them(book: Workbook):
    for sheet in book:
        for marked in sheet.tables.values():
            first, last = marked.ref.split(":")
            assert re.fullmatch(r"A\d+", first)
            assert last == sheet.dimensions.split(":")[1]


def test_tables_are_marked_up_with_meaningful_names(book: Workbook, cards: list[Result]):
    names = [name for sheet in book for name in sheet.tables]
    assert names == ["contents_table", "notes_table", *(card.metric.key for card in cards)]


def test_tables_have_one_tagged_header_row_with_unique_headers(book: Workbook, tables: dict[str, list[list[object]]]):
    for sheet in book:
        for marked in sheet.tables.values():
            head = tables[sheet.title][0]
            assert marked.headerRowCount == 1
            assert [column.name for column in marked.tableColumns] == head
            assert len(set(head)) == len(head)


def test_no_cells_are_merged_or_split(book: Workbook):
    assert [sheet.title for sheet in book if sheet.merged_cells.ranges] == []


def test_tables_have_no_blank_rows_columns_or_cells(tables: dict[str, list[list[object]]]):
    blanks = [(name, row) for name, rows in tables.items() for row in rows if any(cell in (None, "") for cell in row)]
    assert blanks == []


def test_shorthand_stands_in_square_brackets_and_is_explained_above_the_table(book: Workbook, tables: dict):
    for name, rows in tables.items():
        used = {cell for row in rows[1:] for cell in row if isinstance(cell, str) and re.fullmatch(r"\[\w+\]", cell)}
        above = [str(row[0].value) for row in book[name].iter_rows(max_row=9)]
        assert all(any(line.startswith(f"{sign} ") for line in above) for sign in used)
    assert "[c]" in {cell for rows in tables.values() for row in rows for cell in row}


def test_notes_are_numbered_in_words_never_raised_and_every_one_is_there(book: Workbook, tables: dict):
    told = {int(row[0]) for row in tables["Notes"][1:]}
    pointed = {
        int(number)
        for name in tables
        for row in book[name].iter_rows(max_row=9)
        for cell in row
        for number in re.findall(r"\[note (\d+)\]", str(cell.value))
    }
    assert pointed == told
    raised = {cell.font.vertAlign for sheet in book for row in sheet.iter_rows() for cell in row}
    assert raised == {None}


def test_sheet_names_are_unique(book: Workbook):
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)


def test_there_are_no_headers_footers_text_boxes_images_or_macros(book: Workbook, content: bytes):
    for sheet in book:
        edges = (sheet.oddHeader, sheet.oddFooter, sheet.evenHeader, sheet.evenFooter, sheet.firstHeader)
        assert {part.text for edge in edges for part in (edge.left, edge.center, edge.right)} == {None}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert [name for name in parts.namelist() if re.search("drawing|media|vba|comments", name)] == []


def test_no_colour_carries_a_meaning_and_no_cell_has_a_background(book: Workbook):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.fill.fill_type for cell in cells} == {None}
    coloured = {cell.coordinate for cell in cells if cell.font.color is not None and cell.font.color.type == "rgb"}
    links = {cell.coordinate for cell in cells if cell.hyperlink}
    assert coloured <= links


def test_words_in_tables_and_on_the_cover_are_wrapped(book: Workbook):
    marked = {sheet.title: ref for sheet in book for ref in [table.ref for table in sheet.tables.values()]}
    loose = [
        (name, cell.coordinate)
        for name, ref in {**marked, "Cover": book["Cover"].dimensions}.items()
        for row in book[name][ref]
        for cell in row
        if isinstance(cell.value, str) and not cell.alignment.wrap_text
    ]
    assert loose == []


def test_the_document_has_a_title_and_a_language(book: Workbook, cards: list[Result]):
    title = f"{cards[0].stamp.conversation_title}: 10 tables"
    assert (book.properties.title, book.properties.language) == (title, "en-GB")


def test_the_cursor_stands_in_a1_of_the_first_sheet(book: Workbook):
    assert book.active.title == "Cover"
    assert {selection.activeCell for sheet in book for selection in sheet.sheet_view.selection} == {"A1"}


def test_nothing_is_filtered_frozen_or_hidden(book: Workbook):
    assert {(sheet.freeze_panes, sheet.auto_filter.ref, sheet.sheet_state) for sheet in book} == {
        (None, None, "visible")
    }
    assert {table.autoFilter for sheet in book for table in sheet.tables.values()} == {None}
    rows = {row.hidden for sheet in book for row in sheet.row_dimensions.values()}
    columns = {column.hidden for sheet in book for column in sheet.column_dimensions.values()}
    assert rows | columns <= {False}


def test_numbers_are_numbers_and_carry_no_formulae(book: Workbook, cards: list[Result], tables: dict):
    assert [
        cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []
    for at, card in enumerate(cards, start=1):
        for column, cells in zip(card.metric.columns, zip(*tables[f"Table {at}"][1:], strict=True), strict=True):
            if column.kind in ("count", "share", "number", "ratio"):
                words = {cell for cell in cells if isinstance(cell, str)}
                assert words <= {"[c]", "[x]", "[z]"}


def test_the_file_is_named_in_lower_case_with_dashes_and_short_enough(cards: list[Result]):
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*\.xlsx", file_name(cards, "xlsx"))
    assert len(file_name(cards, "xlsx")) < 218


def test_the_opendocument_twin_marks_its_header_rows_and_names_its_tables(cards: list[Result]):
    with zipfile.ZipFile(io.BytesIO(export("ods", cards))) as parts:
        body = parts.read("content.xml").decode()
    heads = re.findall(r"<table:table-header-rows>", body)
    assert len(heads) == len(cards) + 2  # of the contents list and the notes too
    for card in cards:
        assert f'table:name="{card.metric.key}"' in body
