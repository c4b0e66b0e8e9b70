"""Slides in 16:9: the headline as title, a native chart or table, the small print, and the rest in the notes.

Nothing of PowerPoint's default template but its blank page is used: its titles stand where 4:3 slides have them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC
from typing import Any, Final

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from dashboard import charts, theme
from dashboard.exports import _cover, _pages
from dashboard.exports._archives import settled
from dashboard.exports._native_charts import Native, native
from dashboard.results import Result
from dashboard.wording import LANGUAGE, counted, number

WIDTH, HEIGHT = 13.333, 7.5
EDGE: Final = 0.5
TITLE_ONLY: Final = 5  # of the default template: a title and nothing else
MOST_TICKS: Final = 8
MOST_ROWS: Final = 14  # of a table that can be read across a room
KINDS: Final = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
COLOURS: Final = {"agree": theme.DARK_BLUE, "disagree": theme.ORANGE, "pass": theme.QUIET}
MADE: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")


def deck(results: Sequence[Result]) -> bytes:
    """Give the deck of results: a cover, then a slide for each."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _cover_slide(slides, results)
    for result, title in zip(results, _pages.unlike([result.headline for result in results]), strict=True):
        _slide(slides, result, title)
    _properties(slides, results)
    buffer = io.BytesIO()
    slides.save(buffer)
    moment = results[0].stamp.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return settled(buffer.getvalue(), lambda name, content: _dated(name, content, moment))


def _cover_slide(slides: Any, results: Sequence[Result]) -> None:
    slide = slides.slides.add_slide(slides.slide_layouts[TITLE_ONLY])
    _title(slide, f"{results[0].stamp.conversation_title}: {counted(len(results), 'figure')}", 30)
    lines = [*_pages.cover_lines(results)]
    _text(slide, lines, top=1.7, height=5.2, size=14)


def _slide(slides: Any, result: Result, title: str) -> None:
    slide = slides.slides.add_slide(slides.slide_layouts[TITLE_ONLY])
    _title(slide, title, 24)
    sheet = _pages.sheet(result, MOST_ROWS)
    _text(slide, [sheet.subtitle], top=1.25, height=0.5, size=13)
    drawn = native(result)
    if drawn is not None:
        _chart(slide, result, drawn)
    elif sheet.rows:
        _table(slide, result, sheet)
    _text(slide, [f"{_small_print(result)} {_left_out(drawn, sheet)}".rstrip()], top=6.75, height=0.6, size=10)
    notes = [*_pages.cover_lines([result]), *sheet.notes]
    slide.notes_slide.notes_text_frame.text = "\n".join(notes)


def _left_out(drawn: Native | None, sheet: _pages.Sheet) -> str:
    if drawn is None:
        return sheet.left_out
    return f"The first {number(len(drawn.categories))} are drawn; the data book has all." if drawn.left_out else ""


def _title(slide: Any, text: str, size: int) -> None:
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = (Inches(part) for part in (EDGE, 0.35, WIDTH - 2 * EDGE, 0.9))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.text = text
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.font.size, paragraph.font.bold, paragraph.font.name = Pt(size), True, "Arial"
    paragraph.font.color.rgb = _rgb(theme.NHS_DARK_BLUE)


def _text(slide: Any, lines: Sequence[str], *, top: float, height: float, size: int) -> None:
    box = slide.shapes.add_textbox(Inches(EDGE), Inches(top), Inches(WIDTH - 2 * EDGE), Inches(height))
    frame = box.text_frame
    frame.word_wrap = True
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text = line
        paragraph.font.size, paragraph.font.name = Pt(size), "Arial"
        paragraph.font.color.rgb = _rgb(theme.SECONDARY_INK)


def _chart(slide: Any, result: Result, drawn: Native) -> None:
    data = CategoryChartData(number_format="0.0%" if drawn.is_share else "#,##0.##")
    data.categories = drawn.categories
    for name, values in drawn.series:
        data.add_series(name, values)
    place = (Inches(EDGE), Inches(1.8), Inches(WIDTH - 2 * EDGE), Inches(4.85))
    frame = slide.shapes.add_chart(KINDS[drawn.shape], *place, data)
    _described(frame, charts.alt_text(result))
    chart = frame.chart
    chart.has_title = False
    chart.font.size, chart.font.name = Pt(12), "Arial"
    chart.has_legend = len(drawn.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(chart, drawn)
    for at, series in enumerate(chart.plots[0].series):
        colour = _rgb(_colour(drawn.series[at][0], at))
        if drawn.shape == "line":
            series.format.line.color.rgb, series.smooth = colour, False
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
            if drawn.shape == "stacked":
                _labelled(series, drawn, _colour(drawn.series[at][0], at))


def _axes(chart: Any, drawn: Native) -> None:
    chart.value_axis.has_major_gridlines = drawn.shape == "line"
    chart.value_axis.tick_labels.number_format = "0%" if drawn.is_share else "#,##0"
    chart.value_axis.tick_labels.number_format_is_linked = False
    if all((value or 0) >= 0 for _, values in drawn.series for value in values):
        chart.value_axis.minimum_scale = 0
    if drawn.shape == "line":
        _few_ticks(chart.category_axis, len(drawn.categories))
        return
    chart.category_axis.reverse_order = True  # the first row on top, as on screen
    chart.value_axis.visible = False
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 40, True
    plot.data_labels.number_format = "0.0%" if drawn.is_share else "#,##0.##"
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.font.size = Pt(11)
    if drawn.shape == "bars":
        plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    else:
        plot.overlap = 100


def _labelled(series: Any, drawn: Native, colour: str) -> None:
    """Write a part's values inside it in letters that stand out from its colour: white on dark blue, else ink."""
    labels = series.data_labels
    labels.show_value, labels.number_format = True, "0.0%" if drawn.is_share else "#,##0.##"
    labels.number_format_is_linked = False
    labels.font.size = Pt(11)
    labels.font.color.rgb = _rgb(theme.WHITE if colour == theme.DARK_BLUE else theme.INK)


def _few_ticks(axis: Any, categories: int) -> None:
    """Name about eight places of an axis, level: more would be turned on their side."""
    step = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{max(1, -(-categories // MOST_TICKS))}"/>')
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(step)
    axis.tick_labels.font.size = Pt(11)
    axis._element.txPr.bodyPr.set("rot", "0")


def _table(slide: Any, result: Result, sheet: _pages.Sheet) -> None:
    place = (Inches(EDGE), Inches(1.8), Inches(WIDTH - 2 * EDGE), Inches(0.32 * (len(sheet.rows) + 1)))
    frame = slide.shapes.add_table(len(sheet.rows) + 1, len(sheet.columns), *place)
    _described(frame, charts.alt_text(result))
    total = sum(sheet.widths)
    for column, wanted in zip(frame.table.columns, sheet.widths, strict=True):
        column.width = Inches((WIDTH - 2 * EDGE) * wanted / total)
    for at, row in enumerate((sheet.columns, *sheet.rows)):
        for across, words in enumerate(row):
            cell = frame.table.cell(at, across)
            cell.text = words
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.font.size, paragraph.font.name, paragraph.font.bold = Pt(10), "Arial", at == 0
            paragraph.alignment = PP_ALIGN.RIGHT if sheet.numeric[across] else PP_ALIGN.LEFT
            if at == 0:
                cell.fill.solid()
                cell.fill.fore_color.rgb = _rgb(theme.NHS_DARK_BLUE)
                paragraph.font.color.rgb = _rgb(theme.WHITE)


def _small_print(result: Result) -> str:
    stamp = result.stamp
    parts = [*([_cover.MADE_UP] if stamp.is_demo else []), *_cover.filters([result]), *_cover.data_lines([result])[:3]]
    hidden = [note for note in result.notes if "[c]" in note]
    told = [*parts, *hidden, f"Source: {result.metric.source}", f"Base: {result.base}"]
    return " ".join(f"{part.rstrip('.')}." for part in told if part)


def _described(frame: Any, words: str) -> None:
    """Give a chart or a table its alternative text."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", words)


def _colour(name: str, at: int) -> str:
    word = name.casefold().split()[0] if name else ""
    return COLOURS.get(word, theme.CATEGORICAL[at % len(theme.CATEGORICAL)])


def _rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour.lstrip("#")))


def _properties(slides: Any, results: Sequence[Result]) -> None:
    told = slides.core_properties
    told.title, told.author, told.language = _cover.title(results), _cover.PRODUCT, LANGUAGE
    told.last_modified_by, told.revision = _cover.PRODUCT, 1


def _dated(name: str, content: bytes, moment: bytes) -> bytes:
    """Say when the release was published instead of when the file was made, in the embedded workbooks too."""
    if name == "docProps/core.xml":
        return MADE.sub(lambda found: found.group(1) + moment + found.group(2), content)
    return settled(content, lambda inner, held: _dated(inner, held, moment)) if name.endswith(".xlsx") else content
