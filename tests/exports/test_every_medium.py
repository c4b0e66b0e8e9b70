"""What a file says is what the screen says: every number of every format is read back and held against the card."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import lxml.etree
import lxml.html
import openpyxl
import polars as pl
import pptx
import pypdf
import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx.util import Inches

from dashboard import charts, metrics
from dashboard.exports import FORMATS, export, formats_of
from dashboard.exports._board_pack import MOST_PICTURE_PX
from dashboard.exports._figure import is_drawn
from dashboard.exports._lettering import written
from dashboard.exports._picture import height
from dashboard.exports._web_page import MOST_ROWS
from dashboard.filters import Selection
from dashboard.results import Result, Stamp, answer, text_table
from dashboard.sources import ReleaseAndPlan
from data_access.desk.engine import open_desk
from data_access.problems import BadSelection
from data_access.releases.store import open_release
from data_access.vocabulary import ELEMENTS

DAY = date(2026, 11, 20)
WHOLE = ("xlsx", "ods", "pptx", "pdf", "html", "pack")
# What a reader would put into a board paper; the rest of the metrics goes through the other tests.
KEYS = ("vote_balance", "activity_by_day", "themes", "funnel", "plan_status", "top_ideas", "words", "plan_by_theme")


@pytest.fixture(scope="module")
def source(demo_home: Path) -> ReleaseAndPlan:
    desk = open_desk(f"sqlite:///{demo_home / 'desk.db'}")
    return ReleaseAndPlan(open_release(demo_home / "releases"), desk, DAY)


@pytest.fixture(scope="module")
def conversation(source: ReleaseAndPlan) -> str:
    return str(source.release.conversations["conversation"][0])


@pytest.fixture(scope="module")
def results(source: ReleaseAndPlan, conversation: str) -> list[Result]:
    return [answer(key, source=source, selection=Selection(conversation)) for key in KEYS]


def shown(result: Result, most: int | None = None) -> list[list[str]]:
    table = text_table(result)
    return [list(row) for row in (table if most is None else table.head(most)).iter_rows()]


def spaced(text: str) -> str:
    return " ".join(text.split())


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_data_books_hold_the_very_values_of_the_card(data, source, conversation):
    key = data.draw(st.sampled_from(sorted(metrics.METRICS)))
    element = data.draw(st.none() | st.sampled_from(ELEMENTS))
    try:
        result = answer(key, source=source, selection=Selection(conversation, element))
    except LookupError:
        return
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx", [result])))
    sheet = book["Table 1"]
    (marked,) = sheet.tables.values()
    first, *rows = [[cell.value for cell in row] for row in sheet[marked.ref]]
    assert first == [column.label for column in result.metric.columns]
    hidden = set(result.hidden_rows)
    expected = [[value_of(*pair, at in hidden) for pair in zip(row, result.metric.columns, strict=True)]
                for at, row in enumerate(result.table.iter_rows())]  # fmt: skip
    for row, wanted in zip(rows, expected or [["[z]"] * len(first)], strict=True):
        # Excel keeps sixteen digits of a number.
        assert [settled(plain(value)) for value in row] == [settled(value) for value in wanted]
    twin = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(export("ods", [result])))
    assert twin.sheet_names == book.sheetnames
    for name in book.sheetnames:
        cells = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(export("xlsx", [result])))
        assert twin.get_sheet_by_name(name).to_python() == cells.get_sheet_by_name(name).to_python()


def value_of(value, column, is_hidden):
    """A number as itself; what is no number as the screen spells it."""
    from dashboard.wording import cell

    if isinstance(value, bool | str) or value is None or isinstance(value, date):
        return plain(cell(value, column, is_hidden=is_hidden))
    return value


def settled(value):
    return float(f"{value:.12g}") if isinstance(value, float) else value


def plain(value):
    return (
        value.replace(" [as written]", "").replace("$ $", "$$").replace("] (", "](")
        if isinstance(value, str)
        else value
    )


def test_the_slides_hold_the_numbers_of_the_card(results):
    deck = pptx.Presentation(io.BytesIO(export("pptx", results)))
    assert (deck.slide_width, deck.slide_height) == (Inches(13.333), Inches(7.5))
    slides = list(deck.slides)[1:]
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert len(set(titles)) == len(titles) == len(results) + 1
    for slide, result in zip(slides, results, strict=True):
        frames = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
        assert len(frames) == 1
        assert frames[0]._element.nvGraphicFramePr.cNvPr.get("descr") == charts.alt_text(result)
        if frames[0].has_chart:
            drawn = frames[0].chart.plots[0]
            for series, name in zip(drawn.series, result.metric.chart.values, strict=True):
                wanted = result.table[name].to_list()[: len(series.values)]
                assert list(series.values) == [None if value is None else float(value) for value in wanted]
        else:
            cells = [[cell.text for cell in row.cells] for row in frames[0].table.rows]
            assert cells[1:] == shown(result, len(cells) - 1)
        notes = slide.notes_slide.notes_text_frame.text
        for part in ("Filters:", "Release", "How to cite", result.metric.numerator):
            assert part in notes


def test_a_slide_of_a_chart_can_be_edited(results):
    deck = pptx.Presentation(io.BytesIO(export("pptx", [results[0]])))
    frame = next(shape for shape in deck.slides[1].shapes if shape.has_chart)
    book = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
    assert book.active.max_row == min(results[0].table.height, 12) + 1


def test_the_board_pack_holds_every_number_and_is_tagged(results):
    reader = pypdf.PdfReader(io.BytesIO(export("pdf", results)))
    text = spaced(" ".join(page.extract_text() for page in reader.pages))
    compact = text.replace(" ", "")
    for result in results:
        assert result.headline.replace(" ", "") in compact
        for row in shown(result, 40):
            for words in row:
                assert words.replace(" ", "") in compact
    root = reader.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == ("en-GB", True)
    assert reader.metadata.title == f"{results[0].stamp.conversation_title}: board pack"
    kinds, alts = structure(root["/StructTreeRoot"])
    assert {"H1", "H2", "Figure", "Table", "TH", "TD"} <= kinds
    drawn = [result for result in results if is_drawn(result) and height(result) <= MOST_PICTURE_PX]
    assert len(drawn) >= 6
    assert sorted(alts) == sorted(charts.alt_text(result) for result in drawn)


def structure(node) -> tuple[set[str], list[str]]:
    """Give the kinds of a PDF's structure elements and the alternative texts of its figures."""
    kinds, alts, left = set(), [], [node]
    while left:
        part = left.pop()
        part = part.get_object() if hasattr(part, "get_object") else part
        if isinstance(part, list):
            left.extend(part)
        elif isinstance(part, dict):
            kind = str(part.get("/S", "")).lstrip("/")
            kinds.add(kind)
            if kind == "Figure" and "/Alt" in part:
                alts.append(str(part["/Alt"]))
            if "/K" in part:
                left.append(part["/K"])
    return kinds, alts


def test_the_web_page_holds_every_number_and_asks_nobody_for_anything(results):
    content = export("html", results).decode()
    page = lxml.html.fromstring(content)
    assert page.get("lang") == "en-GB"
    for table, result in zip(page.xpath("//table"), results, strict=True):
        cells = [[cell.text_content() for cell in row.xpath("./td")] for row in table.xpath(".//tbody/tr")]
        assert cells == shown(result, MOST_ROWS)
        assert [cell.text_content() for cell in table.xpath(".//th")] == [
            column.label for column in result.metric.columns
        ]
    assert page.xpath("//script[@src] | //link[@href] | //img[@src]") == []
    assert "'none'" in page.xpath("//meta[@http-equiv]/@content")[0]
    assert '"showSendToCloud": false' in content.replace('showSendToCloud":false', 'showSendToCloud": false')


@pytest.mark.parametrize("key", KEYS)
def test_the_picture_shows_the_words_of_the_chart_with_its_small_print(results, key):
    result = next(one for one in results if one.metric.key == key)
    if result.metric.chart.kind == "none":
        return
    root = lxml.etree.fromstring(export("svg", [result]))
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.find("s:title", space).text == result.headline
    assert root.find("s:desc", space).text == charts.alt_text(result)
    assert root.get("role") == "img"
    said = spaced(" ".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")))
    for annotation in charts.figure(result).layout.annotations:
        for line in written(annotation.text):
            assert spaced("".join(piece.text for piece in line)) in said
    for part in ("Filters:", "How to cite", "Source:", "Release"):
        assert part in said


def test_a_picture_is_of_one_drawn_result(results):
    with pytest.raises(BadSelection, match="one chart"):
        export("png", results)
    tables = next(key for key, module in metrics.METRICS.items() if module.METRIC.chart.kind == "none")
    assert all(not medium.is_picture for medium in formats_of(empty_result(tables)))


def empty_result(key: str) -> Result:
    stamp = Stamp(1, datetime(2026, 11, 20, tzinfo=UTC), DAY, "t", 10, True, 1, 1, "")
    return Result(metrics.METRICS[key].METRIC, Selection("talk"), stamp, pl.DataFrame(), "", "")


@pytest.mark.parametrize("medium", WHOLE)
def test_the_same_results_give_the_same_bytes(results, medium):
    assert sha256(export(medium, results[:3])).hexdigest() == sha256(export(medium, results[:3])).hexdigest()


def test_the_pack_holds_every_format_and_a_manifest_that_is_true(results):
    with zipfile.ZipFile(io.BytesIO(export("pack", results[:3]))) as pack:
        told = json.loads(pack.read("manifest.json"))
        names = set(pack.namelist()) - {"manifest.json"}
        assert set(told["files"]) == names
        assert {name: sha256(pack.read(name)).hexdigest() for name in names} == told["files"]
        assert {entry.date_time for entry in pack.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    endings = {name.rpartition(".")[2] for name in names}
    assert endings == {medium.extension for medium in FORMATS} - {"zip"}
    assert [figure["headline"] for figure in told["figures"]] == [result.headline for result in results[:3]]


def test_every_file_says_filters_release_threshold_contact_and_how_to_cite(results):
    chosen = results[:2]
    words = {
        "pdf": " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(export("pdf", chosen))).pages),
        "html": lxml.html.fromstring(export("html", chosen)).text_content(),
        "pptx": " ".join(
            shape.text_frame.text
            for shape in pptx.Presentation(io.BytesIO(export("pptx", chosen))).slides[0].shapes
            if shape.has_text_frame
        ),
        "xlsx": " ".join(
            str(cell.value)
            for row in openpyxl.load_workbook(io.BytesIO(export("xlsx", chosen)))["Cover"]
            for cell in row
        ),
    }
    for medium, text in words.items():
        for part in (
            "Filters: England, all elements",
            "Release",
            "fewer than 10 participants",
            "How to cite",
            "made up",
        ):
            assert part.replace(" ", "") in text.replace(" ", "").replace("\n", ""), (medium, part)


def test_words_of_people_are_no_markup_in_any_file(made_up_release):
    """Typst, HTML, SVG, slides and sheets: an idea's wording arrives as it was written and does nothing."""
    hostile = '</text><script>alert(1)</script> #import "x" $x^2$ = *bold* [a](http://x) {{7*7}}'
    idea = {"voters": 20, "pass": 1, "comments": 0, "merged_from": 0, "is_seed": False}
    release = made_up_release(
        votes_by_idea=[{"idea": "1", "agree": 12, "disagree": 7, **idea}],
        texts=[{"kind": "idea", "id": "1", "idea": "1", "title": hostile, "text": "", "is_held_back": False}],
    )
    result = answer("top_ideas", source=release, selection=Selection("talk"))
    assert hostile in shown(result)[0]
    page = lxml.html.fromstring(export("html", [result]))
    assert hostile in page.xpath("//td")[1].text_content() + page.xpath("//td")[0].text_content()
    assert not any(
        "alert(1)" in (script.text or "") and "Plotly" not in (script.text or "") for script in page.xpath("//script")
    )
    assert re.search(rb"<script", export("svg", [result])) is None
    text = " ".join(part.extract_text() for part in pypdf.PdfReader(io.BytesIO(export("pdf", [result]))).pages)
    assert "alert(1)" in text.replace(" ", "").replace("\n", "")
    assert export("pptx", [result])[:2] == b"PK"
