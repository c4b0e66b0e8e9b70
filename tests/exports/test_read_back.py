"""What the file says is what the screen says: random selections, every format, every number there and back.

Twelve cards are drawn, each with a fixed seed. In every file all numbers of the card's table are found, and no number
that the card, its chart, its definition or its data stamp does not hold.
"""

from __future__ import annotations

import io
import random
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from dashboard import charts, metrics
from dashboard.exports import export, formats_of
from dashboard.results import Result, answer
from dashboard.sources import ReleaseAndPlan, choices_of
from dashboard.wording import cell
from data_access.desk.engine import open_desk
from data_access.problems import NothingThere
from data_access.releases.store import open_release
from tests.exports import reading_back as read

SEEDS = range(12)
DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def source(demo_home: Path) -> ReleaseAndPlan:
    return ReleaseAndPlan(open_release(demo_home / "releases"), open_desk(f"sqlite:///{demo_home / 'desk.db'}"), DAY)


@pytest.fixture(scope="module", params=SEEDS)
def card(request: pytest.FixtureRequest, source: ReleaseAndPlan) -> Result:
    """A card with rows that somebody could be looking at; the first seeds are of metrics that take a place."""
    drawn = random.Random(request.param)
    choices = choices_of(source.release)
    divided = [key for key, module in metrics.METRICS.items() if module.METRIC.divisions]
    while True:
        conversation = drawn.choice(choices.conversations)[0]
        key = drawn.choice(sorted(divided if request.param < 6 else metrics.METRICS))
        selection = read.chosen(drawn, source, conversation, choices.divided(conversation))
        try:
            result = answer(key, source=source, selection=selection, contact="people@example.nhs.uk")
        except NothingThere:
            continue
        if not result.is_empty:
            return result


@pytest.fixture(scope="module")
def files(card: Result) -> dict[str, bytes]:
    return {medium.key: export(medium.key, [card]) for medium in formats_of(card) if medium.key != "pack"}


def spelled(value: object, result: Result, column: int) -> str:
    """Write a number of a file as the screen writes it; words stand as they are, but for the mark gptables needs."""
    if isinstance(value, bool | str):
        return str(value).replace(" [as written]", "").replace("$ $", "$$").replace("] (", "](")
    return cell(value, result.metric.columns[column])


def spread(cells: list[list[object]], result: Result) -> list[list[str]]:
    return [[spelled(value, result, at) for at, value in enumerate(row)] for row in cells]


def test_csv_holds_the_numbers_of_the_card_and_no_other(card: Result, files: dict[str, bytes]):
    head, *rows = read.csv_rows(files["csv"])
    assert head == [column.name for column in card.metric.columns]
    kinds = [column.kind for column in card.metric.columns]
    for row, wanted in zip(rows, read.rows_of(card), strict=True):
        for value, words, kind in zip(row, wanted, kinds, strict=True):
            if kind in ("count", "share", "number", "ratio") and not value.startswith("["):
                assert spelled_number(value, kind) == words
            elif kind == "date" and not value.startswith("["):
                assert cell(date.fromisoformat(value[:10]), card.metric.columns[kinds.index(kind)]) in words
            elif kind != "status":  # a label of the house may stand beside a status on screen
                assert value.removeprefix("'") == words.removeprefix("'")


def spelled_number(value: str, kind: str) -> str:
    from dashboard.specs import Column

    return cell(float(value) if "." in value else int(value), Column("value", "", kind=kind))


def test_excel_holds_the_numbers_of_the_card_and_no_other(card: Result, files: dict[str, bytes]):
    head, *rows = read.marked_table(files["xlsx"])
    assert head == [column.label for column in card.metric.columns]
    assert spread(rows, card) == read.rows_of(card)
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    (marked,) = book["Table 1"].tables.values()
    inside = {item.coordinate for row in book["Table 1"][marked.ref] for item in row}
    beside = [
        item.value
        for sheet in book
        for row in sheet.iter_rows()
        for item in row
        if item.value is not None and not (sheet.title == "Table 1" and item.coordinate in inside)
    ]
    counted = {str(at) for at in range(1, book["Notes"].max_row + 1)}  # note 1, note 2 …
    assert read.numbers(beside) <= read.numbers_of_card(card) | counted


def test_opendocument_holds_cell_by_cell_what_excel_holds(files: dict[str, bytes]):
    twin, book = (read.open_sheets(files[key]) for key in ("ods", "xlsx"))
    assert list(twin) == list(book)
    assert twin == book


def test_slides_hold_the_numbers_of_the_card_and_no_other(card: Result, files: dict[str, bytes]):
    slide = read.slide_of(files["pptx"])
    assert read.numbers(read.slide_words(slide)) <= read.numbers_of_card(card) | {"12", "14"}  # the limits
    for shape in slide.shapes:
        if shape.has_table:
            _, *rows = [[item.text for item in row.cells] for row in shape.table.rows]
            assert rows == read.rows_of(card, len(rows))
            assert len(rows) == min(card.table.height, 14)
        if shape.has_chart:
            assert_chart_is_the_table(shape.chart, card)


def assert_chart_is_the_table(chart, card: Result) -> None:
    """The chart's own numbers and those of the sheet behind it are the table's first rows; hidden ones are gaps."""
    columns = card.metric.chart.values
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    most = len(chart.plots[0].categories)
    assert most == card.table.height or most <= 12
    for at, (series, name) in enumerate(zip(chart.plots[0].series, columns, strict=True), start=2):
        wanted = [None if value is None else float(value) for value in card.table[name].to_list()[:most]]
        assert [None if value is None else float(value) for value in series.values] == wanted
        below = [book.cell(row=row, column=at).value for row in range(2, most + 2)]
        # Excel keeps sixteen digits of a number.
        assert [None if value is None else f"{value:.12g}" for value in below] == [
            None if value is None else f"{value:.12g}" for value in wanted
        ]
    assert book.max_column == len(columns) + 1


def test_the_board_pack_holds_the_numbers_of_the_card_and_no_other(card: Result, files: dict[str, bytes]):
    text, pages = read.pdf_text(files["pdf"])
    most = min(card.table.height, 40)
    shown = {words for row in read.rows_of(card, most) for words in row}
    assert read.numbers(shown) <= read.numbers([text])
    allowed = read.numbers_of_card(card) | {str(at) for at in range(1, pages + 1)} | {"40"}
    assert read.numbers([text]) <= allowed


def test_the_web_page_holds_the_numbers_of_the_card_and_no_other(card: Result, files: dict[str, bytes]):
    said = read.html_words(files["html"])
    shown = {words for row in read.rows_of(card, 500) for words in row}
    assert read.numbers(shown) <= read.numbers(said)
    assert read.numbers(said) <= read.numbers_of_card(card) | {"500"}


def test_the_drawing_holds_the_words_of_the_chart_and_no_other_number(card: Result, files: dict[str, bytes]):
    if "svg" not in files:
        assert card.metric.chart.kind == "none"
        return
    said = read.svg_words(files["svg"])
    drawn = [words for note in charts.figure(card).layout.annotations for words in read.flat(note.text)]
    joined = " ".join(" ".join(said).split())
    for words in drawn:
        assert " ".join(words.split()) in joined
    # Marks of an axis that Plotly numbers by itself are round numbers within the range that is drawn.
    assert read.numbers(said) - axis_marks(card) <= read.numbers_of_card(card)
    assert read.png_words(files["png"])[:2] == [card.headline, charts.alt_text(card)]
    assert read.numbers(read.png_words(files["png"])) <= read.numbers_of_card(card)


def axis_marks(card: Result) -> set[str]:
    from dashboard.exports._figure import spec
    from dashboard.exports._scales import paper, ticks

    drawn = spec(card)
    return {word for name, scale in paper(drawn, 760).scales.items() for _, word in ticks(drawn, name, scale)}
