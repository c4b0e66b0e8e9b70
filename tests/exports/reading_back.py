"""Read the numbers of a file back with libraries that did not write it, and say which numbers a card holds."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
from collections.abc import Iterable

import lxml.etree
import lxml.html
import openpyxl
import pptx
import pypdf
import python_calamine

from dashboard import charts
from dashboard.exports import _cover, _pages
from dashboard.exports._lettering import written
from dashboard.filters import Selection
from dashboard.results import Result, text_table
from dashboard.sources import ReleaseAndPlan
from dashboard.wording import SHORTHAND, describe, number
from data_access.vocabulary import ELEMENTS

# What the files say beside the card: the small print's own numbers and the rules of people's protection.
FIXED = ("1", "2021", "11")
SVG = "{http://www.w3.org/2000/svg}"


def numbers(texts: Iterable[object]) -> set[str]:
    """Give the numbers that stand in texts: 1,234 is one, 62.5 is one, the parts of a date are three."""
    return {found for text in texts for found in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", str(text))}


def rows_of(result: Result, most: int | None = None) -> list[list[str]]:
    table = text_table(result)
    return [list(row) for row in (table if most is None else table.head(most)).iter_rows()]


def chart_words(result: Result) -> list[str]:
    """Give what the chart on the card says: its words, what hovering says, and the marks of its axes."""
    if result.metric.chart.kind == "none" or result.is_empty:
        return []
    figure = charts.figure(result)
    said = [words for note in figure.layout.annotations for words in flat(note.text)]
    for trace in figure.data:
        for field in (trace.text, trace.hovertext):
            texts = [field] if isinstance(field, str) else list(field if field is not None else ())
            said += [words for text in texts if text for words in flat(text)]
    for name in figure.to_dict()["layout"]:
        if name[1:5] == "axis":
            said += [str(text) for text in figure.layout[name].ticktext or ()]
    return said


def flat(text: str) -> list[str]:
    return ["".join(piece.text for piece in line) for line in written(text)]


def words_of_card(result: Result) -> list[str]:
    """Give everything the card says, chart, table, About and data stamp."""
    cells = [words for row in rows_of(result) for words in row]
    return [
        *cells, *chart_words(result), result.headline, result.base, describe(result.selection), charts.alt_text(result),
        *(column.label for column in result.metric.columns), result.metric.title, result.metric.measure,
        *_pages.about(result), *_pages.cover_lines([result]), *SHORTHAND.values(), _cover.title([result]),
        number(result.table.height), result.stamp.published_at.isoformat(),
    ]  # fmt: skip


def numbers_of_card(result: Result) -> set[str]:
    return numbers(words_of_card(result)) | set(FIXED)


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def marked_table(content: bytes) -> list[list[object]]:
    """Give the cells of the marked-up table of an Excel book's first sheet with one."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Table 1"]
    (marked,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[marked.ref]]


def open_sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def pdf_text(content: bytes) -> tuple[str, int]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    return "\n".join(page.extract_text() for page in reader.pages), len(reader.pages)


def html_words(content: bytes) -> list[str]:
    """Give the words of a page and of its charts' data, without the chart library and the charts' measures."""
    page = lxml.html.fromstring(content.decode())
    said = list(page.itertext("h1", "h2", "h3", "p", "li", "td", "th", "caption", "dt", "dd"))
    for script in page.xpath("//script[not(@src)]/text()"):
        for code in re.findall(r"Plotly\.newPlot\(\s*\"chart-\d+\",\s*(\[.*?\]),\s*\{\"", script, re.DOTALL):
            for trace in json.loads(code):
                assert "customdata" not in trace
                for field in ("text", "hovertext"):
                    texts = trace.get(field) or []
                    said += [words for text in ([texts] if isinstance(texts, str) else texts) if text
                             for words in flat(text)]  # fmt: skip
    return said


def svg_words(content: bytes) -> list[str]:
    root = lxml.etree.fromstring(content)
    parts = [*root.iter(f"{SVG}text"), root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
    return ["".join(part.itertext()) for part in parts]


def png_words(content: bytes) -> list[str]:
    """Give the text of a picture's iTXt chunks."""
    at, said = 8, []
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        if content[at + 4 : at + 8] == b"iTXt":
            said.append(content[at + 8 : at + 8 + length].split(b"\0", 5)[5].decode())
        at += 12 + length
    return said


def slide_of(content: bytes):
    return pptx.Presentation(io.BytesIO(content)).slides[1]


def slide_words(slide: object) -> list[str]:
    """Give the words of a slide, its table and its notes; a chart's numbers are read apart."""
    said = [slide.notes_slide.notes_text_frame.text]  # type: ignore[attr-defined]
    for shape in slide.shapes:  # type: ignore[attr-defined]
        if shape.has_text_frame:
            said.append(shape.text_frame.text)
        if shape.has_table:
            said += [cell.text for row in shape.table.rows for cell in row.cells]
    return said


def chosen(random, source: ReleaseAndPlan, conversation: str, divided) -> Selection:
    """Draw a selection a reader could make: an element, a place or a staff group, some closed weeks."""
    from dashboard.periods import period_of

    some = {
        "element": random.choice([None, *ELEMENTS]),
        **random.choice(
            [
                {},
                {"regions": tuple(sorted(random.sample(divided.regions, 2)))},
                {"icbs": (random.choice(divided.boards).code,)},
                {"staff_groups": (random.choice(divided.staff_groups),)},
            ]
        ),
    }
    if random.random() < 0.5:
        first, last = sorted((random.choice(divided.weeks), random.choice(divided.weeks)))
        some["period"] = period_of(first, last)
    return Selection(conversation, **some)
