"""What holds for each metric over a release, whichever it is: new ones are held to it without being named."""

from __future__ import annotations

import random
from datetime import date

import polars as pl
import pytest

from dashboard.filters import Selection
from dashboard.metrics import METRICS, metric_named
from dashboard.results import PLAN, answer, text_table
from data_access.frames import BY_NAME
from data_access.problems import NothingThere
from data_access.vocabulary import ELEMENTS, NOT_CODED

TALK = Selection("talk")
OF_A_RELEASE = [
    key for key, module in METRICS.items() if not any(name.startswith(PLAN) for name in module.METRIC.cells)
]
BALANCE = {"voters": 20, "agree": 30, "pass": 5, "disagree": 10}


@pytest.fixture
def full_release(made_up_release):
    """A row or more in every table, in an order that is nobody's."""
    ideas = [{"idea": str(at), **BALANCE, "comments": at, "merged_from": at % 2, "is_seed": False} for at in range(6)]
    slices = {"ideas": 3, "comments": 4, "participants": 30, **BALANCE}
    tables = {
        "totals": [
            {"measure": name, "count": 40} for name in ("registered", "participants", "voters", "ideas", "votes")
        ],
        "votes_by_idea": ideas,
        "idea_elements": [{"idea": "1", "element": ELEMENTS[0]}, {"idea": "2", "element": ELEMENTS[1]}],
        "texts": [
            {"kind": "idea", "id": str(at), "idea": str(at), "title": f"T{at}", "text": "", "is_held_back": False}
            for at in range(6)
        ],
        "votes_by_element": [{"element": name, **slices} for name in (*ELEMENTS, NOT_CODED)],
        "votes_by_theme": [
            {"theme": f"T{at}", "name": f"Theme {at}", "element": ELEMENTS[at], **slices} for at in range(4)
        ],
        "activity_by_day": [
            {"day": date(2021, 2, at), "participants": 12, "ideas": 1, "comments": 2, "votes": 30} for at in (3, 1, 4)
        ],
        "words": [{"word": word, "used_by_at_least": 20} for word in ("time", "pay", "team")],
        "moderation": [
            {"subject": "votes", "outcome": outcome, "reason": "", "count": 5} for outcome in ("withheld", "counted")
        ],
        "sessions": [
            {"session": key, "kind": "big conversation", "title": key, "element": ELEMENTS[0], "points": 4}
            for key in ("S2", "S1")
        ],
        "feedback_by_question": [{"session": key, "question": "Why?", "points": 4} for key in ("S2", "S1")],
    }
    return made_up_release(**tables)


@pytest.mark.parametrize("key", OF_A_RELEASE)
@pytest.mark.parametrize("selection", [TALK, Selection("talk", ELEMENTS[0]), Selection("talk", NOT_CODED)])
def test_the_table_has_the_promised_columns_and_kinds(key, selection, full_release):
    result = answer(key, source=full_release, selection=selection)
    assert result.table.columns == [column.name for column in result.metric.columns]
    for column in result.metric.columns:
        kind = result.table.schema[column.name]
        if kind != pl.Null:
            words = dict.fromkeys(("text", "band", "status"), kind == pl.String)
            expected = {**words, "date": kind == pl.Date}
            assert expected.get(column.kind, kind.is_numeric()), (key, column.name, kind)


@pytest.mark.parametrize("key", OF_A_RELEASE)
def test_the_order_of_the_cells_does_not_change_the_answer(key, full_release):
    before = answer(key, source=full_release, selection=TALK)
    chance = random.Random(418)
    for rows in full_release.tables.values():
        chance.shuffle(rows)
    after = answer(key, source=full_release, selection=TALK)
    assert after.table.equals(before.table)
    assert (after.headline, after.notes, after.base) == (before.headline, before.notes, before.base)


@pytest.mark.parametrize("key", OF_A_RELEASE)
def test_headline_and_base_are_one_sentence_even_over_nothing(key, full_release, made_up_release):
    for release in (full_release, made_up_release(totals=[{"measure": "participants", "count": 0}])):
        for selection in (TALK, Selection("talk", ELEMENTS[6])):
            result = answer(key, source=release, selection=selection)
            assert result.headline.endswith(".")
            assert "None" not in result.headline + result.base
            assert "nan" not in result.headline.lower().split()
            assert "\n" not in result.headline


@pytest.mark.parametrize("key", list(METRICS))
def test_the_record_says_everything_an_about_needs(key):
    metric = metric_named(key).METRIC
    assert metric.key == key
    about = ("title", "question", "measure", "numerator", "denominator", "interval", "source", "caveat")
    told = {name: getattr(metric, name) for name in about}
    empty = [name for name, text in told.items() if not text or text != text.strip()]
    assert empty == []
    assert metric.question.endswith("?")


@pytest.mark.parametrize("key", list(METRICS))
def test_labels_are_unique_and_the_chart_names_columns_there_are(key):
    metric = metric_named(key).METRIC
    labels = [column.label for column in metric.columns]
    assert len(set(labels)) == len(labels)
    names = {column.name for column in metric.columns}
    chart = metric.chart
    drawn = [name for name in (chart.category, *chart.values, chart.low, chart.high, chart.focus) if name]
    assert [name for name in drawn if name not in names] == []


@pytest.mark.parametrize("key", OF_A_RELEASE)
def test_cells_are_tables_a_release_promises(key):
    assert [name for name in metric_named(key).METRIC.cells if name not in BY_NAME] == []


@pytest.mark.parametrize("key", OF_A_RELEASE)
def test_every_cell_of_the_text_table_says_something(key, full_release):
    table = text_table(answer(key, source=full_release, selection=TALK))
    assert [column for column in table.columns if table[column].str.strip_chars().eq("").any()] == []


def test_an_unknown_metric_is_named_with_those_there_are():
    with pytest.raises(NothingThere, match=r"There is no metric 'votes'\. Metrics: activity_by_day, .*words, .*\."):
        metric_named("votes")
