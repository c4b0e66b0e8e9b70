"""The plan's pictures: what is drawn is what the table holds, and no status is told by colour alone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from dashboard import charts, theme
from dashboard.filters import Selection
from dashboard.metrics import METRICS
from dashboard.results import Result, Stamp
from dashboard.status_words import SHAPES, told
from data_access.desk.plan_rules import STATUS_ORDER
from data_access.vocabulary import ActionStatus

STAMP = Stamp(3, datetime(2024, 3, 1, tzinfo=UTC), None, "Voices", 10, False, 1, 1)


def result_of(key: str, *rows: dict[str, object], labels: tuple[tuple[str, str], ...] = ()) -> Result:
    metric = METRICS[key].METRIC
    names = [column.name for column in metric.columns]
    table = pl.DataFrame([{name: row.get(name) for name in names} for row in rows])
    return Result(metric, Selection("talk"), STAMP, table, "It is so.", "35 actions", labels=labels)


def timeline() -> Result:
    stated = {"kind": "action", "theme": "Digital", "precision": "year", "status": "on track", "overdue": "no"}
    return result_of(
        "plan_timeline",
        {**stated, "item": "Action 2", "due_stated": "by 2022", "due_earliest": date(2022, 1, 1),
         "due_latest": date(2022, 12, 31), "overdue": "yes"},
        {**stated, "item": "Action 5", "due_stated": "from 2023", "due_earliest": date(2023, 1, 1), "due_latest": None},
        {**stated, "item": "Action 6", "due_stated": "before 2024", "due_earliest": None,
         "due_latest": date(2023, 12, 31)},
    )  # fmt: skip


def by_theme() -> Result:
    counts = {"not_started": 1, "on_track": 2, "at_risk": 0, "off_track": 0, "complete": 0, "proposed_closed": 0}
    more = {"closed": 0, "no_status_recorded": 17, "overdue": 0}
    return result_of("plan_by_theme", {"theme": "Digital", "actions": 20, **counts, **more})


def change() -> Result:
    return result_of(
        "plan_change",
        {"status": "at risk", "before": 8, "now": 6, "difference": -2},
        {"status": "closed", "before": 0, "now": 2, "difference": 2},
        labels=(("at risk", "Amber"),),
    )


def burn_up() -> Result:
    days = [date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31)]
    counts = [(0, 0, 0, 0), (2, 1, 0, 1), (5, None, 1, None)]
    names = ("milestones_due", "milestones_reached", "actions_due", "actions_finished")
    rows = [{"day": day, **dict(zip(names, values, strict=True))} for day, values in zip(days, counts, strict=True)]
    return result_of("plan_burn_up", *rows)


ALL = {"timeline": timeline, "status_bars": by_theme, "pair": change, "burn_up": burn_up}


def words(figure) -> str:
    return " ".join(annotation.text for annotation in figure.layout.annotations)


@pytest.mark.parametrize("kind", ALL)
def test_each_picture_has_a_text_alternative_that_ends_in_its_main_point(kind):
    alt = charts.alt_text(ALL[kind]())
    assert 20 <= len(alt) <= 250
    assert alt.endswith("It is so.")


def test_a_stated_range_is_drawn_from_its_earliest_to_its_latest_day_and_an_open_one_has_an_arrow():
    figure = charts.figure(timeline())
    late, open_ended, only_latest = figure.layout.shapes
    assert (late.x0, late.x1) == (date(2022, 1, 1), date(2023, 1, 1))  # the latest day included
    assert (late.line.width, open_ended.line.width) == (2, 1)
    assert open_ended.x0 == date(2023, 1, 1)
    assert only_latest.x1 == date(2024, 1, 1)
    assert words(figure).count("▶") == 1
    assert "from 2023" in words(figure)


def test_parts_of_a_bar_sum_to_its_actions_and_every_part_is_told_by_shape_and_count():
    figure = charts.figure(by_theme())
    assert [shape.x1 - shape.x0 for shape in figure.layout.shapes] == [1, 2, 17]
    assert "○ 1   ▲ 2   – 17" in words(figure)  # the narrow parts too
    assert all(told(word) in words(figure) for word in STATUS_ORDER)


def test_before_and_now_are_told_in_words_shapes_and_labels():
    figure = charts.figure(change())
    ring, dot = figure.data
    assert (ring.marker.symbol, list(ring.x)) == ("circle-open", [8, 0])
    assert (dot.marker.symbol, list(dot.x)) == ("circle", [6, 2])
    assert "◆ at risk (Amber)" in words(figure)
    assert "○ Before: 8; ● now: 6" in words(figure)


def test_what_was_done_ends_on_the_day_shown_and_what_is_due_goes_on():
    figure = charts.figure(burn_up())
    drawn = {line.name: (list(line.y), line.line.dash) for line in figure.data}
    assert drawn["Milestones due by then"] == ([0, 2, 5], "dash")
    assert drawn["Milestones reached by then"] == ([0, 1, None], None)
    assert "Milestones reached by then: <b>1</b><br>╌ Milestones due by then: <b>2</b>" in words(figure)


def test_one_table_of_shapes_serves_text_and_pictures_and_no_two_statuses_share_one():
    assert list(SHAPES) == list(STATUS_ORDER)
    assert len({shape.sign for shape in SHAPES.values()}) == len({shape.symbol for shape in SHAPES.values()}) == 8
    for status in ActionStatus:
        assert theme.STATUS_STYLES[status].symbol == SHAPES[status].symbol
