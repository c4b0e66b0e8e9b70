"""What every figure promises, and what each kind draws."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from time import process_time

import polars as pl
import pytest
from PIL import Image

from dashboard import theme
from dashboard.charts import CHARTS, CONFIG, alt_text, figure
from dashboard.charts._labels import LINE_CHARACTERS, MOST_LINES, lines, width
from dashboard.charts.cloud import picture
from dashboard.charts.line import GAP
from dashboard.filters import Selection
from dashboard.results import Result, answer
from dashboard.specs import Chart, Column, Metric
from dashboard.wording import cell
from data_access.vocabulary import ELEMENTS, NOT_CODED, ActionStatus

DRAWN = ("vote_balance", "divided_ideas", "top_ideas", "ideas_by_element", "activity_by_day", "words")


@pytest.fixture
def board(result_of):
    """Eight tiles in two groups, one a status and one with none; the second is overdue."""
    words = [*ActionStatus, "no status recorded"]
    metric = Metric(
        key="board",
        title="Actions",
        question="How are they?",
        cells=(),
        columns=(
            Column("number", "Action", "number"),
            Column("theme", "Theme"),
            Column("status", "Status", "status"),
            Column("overdue", "Overdue"),
        ),
        chart=Chart("tiles", category="theme", values=("number", "status"), focus="overdue"),
        measure="Status of each action",
        numerator="Actions",
        denominator="All",
        interval="None",
        source="Register",
        caveat="None",
    )
    table = pl.DataFrame(
        {
            "number": list(range(1, 9)),
            "theme": ["Looking after our people"] * 6 + ["Growing"] * 2,
            "status": [str(word) for word in words],
            "overdue": ["no", "yes", *["no"] * 6],
        }
    )
    stamp = result_of("words").stamp
    return Result(metric, Selection("talk"), stamp, table, headline="1 of 8 actions is complete.", base="8 actions")


def texts_of(drawn):
    return [re.sub(r"<[^>]+>", " ", annotation.text).strip() for annotation in drawn.layout.annotations]


def marks_of(drawn):
    """Every number that reaches the browser as a place on the value axis."""
    return [list(trace.x) for trace in drawn.data]


@pytest.mark.parametrize("key", DRAWN)
def test_nothing_can_be_dragged_and_nothing_is_smaller_than_14_pixels(key, result_of):
    drawn = figure(result_of(key))
    assert drawn.layout.template == theme.template()
    assert (drawn.layout.template.layout.dragmode, drawn.layout.template.layout.xaxis.fixedrange) == (False, True)
    sizes = [annotation.font.size for annotation in drawn.layout.annotations if annotation.font.size]
    sizes += [int(size) for text in drawn.layout.annotations for size in re.findall(r"font-size:(\d+)", text.text)]
    assert min([theme.SMALL_FONT_SIZE, *sizes]) >= 14
    assert drawn.layout.height > 60


@pytest.mark.parametrize("key", DRAWN)
def test_a_figure_has_at_most_four_colours_all_from_the_palette(key, result_of):
    allowed = {*theme.CATEGORICAL, theme.QUIET, theme.OUTLINE}
    used = set()
    for trace in figure(result_of(key)).data:
        colours = trace.marker.color or ()
        used |= {colours} if isinstance(colours, str) else set(colours)
    assert used <= allowed
    assert len(used) <= theme.MAX_COLOURS


@pytest.mark.parametrize("key", DRAWN)
def test_the_text_alternative_names_kind_measure_and_main_point(key, result_of):
    result = result_of(key)
    alt = alt_text(result)
    assert 20 <= len(alt) <= 250
    assert alt.startswith(CHARTS[result.metric.chart.kind].SPOKEN)
    assert result.headline in alt


def test_a_long_headline_still_leaves_room_for_the_kind_of_chart(result_of):
    result = result_of("vote_balance")
    long = Result(result.metric, result.selection, result.stamp, result.table, "word " * 80, "")
    assert len(alt_text(long)) <= 250
    assert alt_text(long).startswith("Diverging bar chart: agree and disagree as shares of the")


def test_charts_offer_no_upload_no_tool_bar_and_no_zoom():
    off = ("displayModeBar", "displaylogo", "showSendToCloud", "scrollZoom", "doubleClick")
    assert [CONFIG[name] for name in off] == [False] * 5
    assert CONFIG["responsive"] is True


def test_bars_are_as_long_as_the_tables_numbers_and_start_at_nought(result_of):
    result = result_of("ideas_by_element")
    drawn = figure(result)
    assert marks_of(drawn) == [result.table["ideas"].to_list()]
    assert drawn.layout.xaxis.range[0] == 0
    values = [text for text in texts_of(drawn) if text in ("90", "30", "10")]
    assert values == ["90", "30", "10"]


def test_uncoded_ideas_are_drawn_quietly_with_an_outline(result_of):
    drawn = figure(result_of("ideas_by_element")).data[0]
    assert drawn.marker.color[-1] == theme.QUIET
    assert drawn.marker.line.color[-1] == theme.OUTLINE
    assert set(drawn.marker.color[:-1]) == {theme.DARK_BLUE}


def test_both_sides_of_a_balance_add_up_and_carry_their_words(result_of):
    result = result_of("vote_balance")
    drawn = figure(result)
    disagree, agree = marks_of(drawn)
    assert (agree[:2], disagree[:2]) == ([0.9, 0.3], [-0.1, -0.7])
    assert [right - left for left, right in zip(disagree, agree, strict=True)][:2] == [1.0, 1.0]
    words = texts_of(drawn)
    assert {"90% agree", "10% disagree", "30% agree", "70% disagree"} <= set(words)
    assert any("100 for or against, net +80, 5 passes" in text for text in words)
    assert [trace.marker.color for trace in drawn.data] == [theme.ORANGE, theme.DARK_BLUE]


def test_a_hidden_row_is_drawn_as_words_and_its_number_is_nowhere(result_of):
    result = result_of("vote_balance")
    place = result.hidden_rows[0]
    drawn = figure(result)
    assert [marks[place] for marks in marks_of(drawn)] == [0, 0]
    assert texts_of(drawn).count("[c] hidden") == 1
    assert all("votes" not in trace.hovertext[place] for trace in drawn.data)


def test_dots_stand_at_the_share_and_lines_run_from_low_to_high(result_of):
    result = result_of("top_ideas")
    drawn = figure(result)
    first = result.table.head(10)
    assert marks_of(drawn) == [first["agree_share"].to_list()]
    spans = [(shape.x0, shape.x1) for shape in drawn.layout.shapes if shape.x0 != shape.x1]
    assert spans == list(zip(first["agree_low"], first["agree_high"], strict=True))
    assert "90%, interval 83% to 94%, 101 votes" in texts_of(drawn)[0]


def test_a_chart_that_draws_the_first_rows_says_so(result_of):
    assert "First 10 of 12 ideas; the table has all." in texts_of(figure(result_of("top_ideas")))


def test_peoples_words_are_not_read_as_tags_or_formulae(result_of):
    label = figure(result_of("top_ideas")).layout.annotations[0].text
    assert label.startswith("&lt;b&gt;Pay&lt;/b&gt; &amp; &#36;time&#36;")


def test_each_measure_has_a_panel_and_hidden_days_are_gaps_marked_c(result_of):
    drawn = figure(result_of("activity_by_day"))
    lines_drawn = [trace for trace in drawn.data if trace.name != GAP]
    bands = [trace for trace in drawn.data if trace.name == GAP]
    assert [trace.name for trace in lines_drawn] == ["Participants", "Ideas", "Comments", "Votes"]
    assert list(lines_drawn[3].y) == [300, 300, None, None, 300]
    assert {trace.connectgaps for trace in lines_drawn} == {False}
    assert texts_of(drawn).count("[c]") == len(bands) == 4
    assert {str(at) for at in bands[0].x} == {"2021-02-02 12:00:00", "2021-02-04 12:00:00", "None"}
    assert len({trace.yaxis for trace in lines_drawn}) == 4


def test_tooltips_repeat_only_what_the_table_holds(result_of):
    for key in DRAWN:
        result = result_of(key)
        shown = {cell(row[column.name], column) for row in result.table.to_dicts() for column in result.metric.columns}
        plain = {value.removesuffix(" votes") for value in shown}
        for trace in figure(result).data:
            for text in trace.hovertext or ():
                facts = [line.split(": ", 1)[1] for line in text.split("<br>") if re.match(r"^[A-Z][a-z ,]+: ", line)]
                assert {fact.removesuffix(" votes") for fact in facts} <= plain | {"[c]"}


def test_a_status_is_told_by_word_and_shape_and_not_by_colour_alone(board):
    drawn = figure(board)
    words = " ".join(texts_of(drawn))
    for status in ActionStatus:
        assert str(status) in words
    symbols = list(drawn.data[0].marker.symbol)
    assert len(set(symbols)) == 8
    assert words.count("overdue") == 1
    assert ["Looking after our people" in words, "Growing" in words] == [True, True]
    assert len([shape for shape in drawn.layout.shapes if shape.type == "rect"]) == 8


def test_the_cloud_is_the_same_picture_each_time_and_not_for_the_blind_only(result_of):
    result = result_of("words")
    assert picture(result) == picture(result)
    with Image.open(io.BytesIO(picture(result))) as image:
        assert (image.format, image.size) == ("PNG", (640, 400))
        assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    assert marks_of(figure(result)) == [[50, 50, 10]]


@pytest.mark.parametrize("label", [*ELEMENTS, NOT_CODED, "a" * 300, "word " * 60, "One", "", "我" * 100, "x 我" * 40])
def test_labels_fit_a_phone(label):
    found = lines(label)
    assert 1 <= len(found) <= MOST_LINES
    assert max(map(width, found)) <= LINE_CHARACTERS


def test_a_label_that_is_cut_ends_in_an_ellipsis_and_one_that_fits_does_not():
    assert lines("word " * 60)[-1].endswith("…")
    assert " ".join(lines("Give every manager two hours a week for talking with people")) == (
        "Give every manager two hours a week for talking with people"
    )


def test_scripts_without_spaces_are_broken_where_they_fill_the_line():
    found = lines("我覺得大眾運輸工具普及後，營業車的空車率已不斷攀升")
    assert "".join(found) == "我覺得大眾運輸工具普及後，營業車的空車率已不斷攀升"
    assert len(found) == 2


def test_four_years_of_days_are_drawn_in_less_than_two_seconds(made_up_release):
    """A real conversation ran over 1,322 days of which every third was hidden; Plotly took nine minutes."""
    gone = dict.fromkeys(("participants", "ideas", "comments", "votes"))
    shown = {"participants": 20, "ideas": 1, "comments": 2, "votes": 300}
    days = [
        {"day": date(2015, 6, 30) + timedelta(days=at), **(gone if at % 3 else shown), "is_hidden": at % 3 > 0}
        for at in range(1322)
    ]
    result = answer("activity_by_day", source=made_up_release(activity_by_day=days), selection=Selection("talk"))
    start = process_time()
    drawn = figure(result)
    assert process_time() - start < 2
    assert drawn.layout.xaxis4.ticktext[0] == "Jun 2015"
