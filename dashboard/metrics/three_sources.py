"""Conversation, sessions and staff survey side by side on each element, never summed."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._elements import all_elements, name_in_sentence
from dashboard.metrics._votes import with_balance
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, number
from data_access.vocabulary import NOT_CODED

NOT_LOADED = "not loaded"

METRIC = Metric(
    key="three_sources",
    title="Three sources side by side",
    question="Do the conversation, the sessions and the staff survey point the same way?",
    cells=("votes_by_element", "sessions", "survey_scores"),
    columns=(
        Column("element", "Element"),
        Column("ideas", "Conversation: ideas", "count", "ideas"),
        Column("agree_share", "Conversation: agree share", "share", "of votes for or against", absent="[z]"),
        Column("sessions", "Sessions held", "count", "sessions"),
        Column("points", "Sessions: feedback points", "count", "notes"),
        Column("score", "Staff survey: score", "number", "out of 10"),
        Column("survey", "Staff survey: which"),
        Column("participants", "Conversation: participants", "count", "participants"),
        Column("comments", "Conversation: comments", "count", "comments"),
        Column("agree_low", "Agree share, lower end", "share", "95% interval", absent="[z]"),
        Column("agree_high", "Agree share, upper end", "share", "95% interval", absent="[z]"),
    ),
    chart=Chart(kind="none", category="element", values=("ideas", "agree_share", "points", "score", "survey")),
    measure="What each source says of an element, each in its own unit",
    numerator="Conversation: ideas, and agree votes. Sessions: feedback points. Staff survey: the published score",
    denominator="Conversation: agree and disagree votes. Sessions: none. Staff survey: its own, out of 10",
    interval="Wilson, 95%, for the agree share; none for the others",
    source="The conversation and the register of sessions; scores as loaded from the survey that is named",
    caveat="Ideas, notes and scores are different things from different people: they stand side by side and are never "
    "added up. A high agree share means agreement with proposals, often to mend something; a high score means content",
    row=("element", "elements"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an element in official order: its figures of each source, the newest score of each; is_hidden."""
    elements = with_balance(all_elements(cells["votes_by_element"], selection)).filter(pl.col("element") != NOT_CODED)
    held = cells["sessions"].group_by("element").agg(sessions=pl.len().cast(pl.Int64), points=pl.col("points").sum())
    newest = (
        cells["survey_scores"]
        .sort("year", "source", descending=[True, False])
        .unique("element", keep="first", maintain_order=True)
        .select("element", "score", survey=pl.format("{} {}", "source", "year"))
    )
    return (
        elements.join(held, on="element", how="left", maintain_order="left")
        .join(newest, on="element", how="left", maintain_order="left")
        .with_columns(pl.col("sessions", "points").fill_null(0), pl.col("survey").fill_null(NOT_LOADED))
        .select(*(column.name for column in METRIC.columns), "is_hidden")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the element each source makes most of, or give what each says of the one chosen."""
    if selection.element is not None:
        return _of_one(table, selection.element)
    said = [f"the conversation has most ideas on {_top(table, 'ideas')}" if _top(table, "ideas") else ""]
    said.append(f"sessions left most notes on {_top(table, 'points')}" if _top(table, "points") else "")
    lowest = _top(table, "score", is_lowest=True)
    said.append(f"the staff survey scores {lowest} lowest" if lowest else "no staff survey scores are loaded")
    told = "; ".join(part for part in said if part)
    return f"{told[:1].upper()}{told[1:]}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the elements with scores; the units of the sources are never added up."""
    return f"{counted(table['score'].count(), 'element')} with survey scores"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say where scores come from, or how they are loaded."""
    surveys = sorted({name for name in table["survey"] if name != NOT_LOADED})
    if surveys:
        return (f"Staff survey: {'; '.join(surveys)}.",)
    return ("Staff survey scores are not loaded. They come by the template's table survey_scores.",)


def _top(table: pl.DataFrame, column: str, *, is_lowest: bool = False) -> str:
    known = table.filter(pl.col(column).is_not_null())
    if known.is_empty() or (not is_lowest and known[column].max() == 0):
        return ""
    best = known[column].min() if is_lowest else known[column].max()
    names = known.filter(pl.col(column) == best)["element"].to_list()
    return " and ".join(name_in_sentence(name) for name in names[:2]) if len(names) < 3 else ""


def _of_one(table: pl.DataFrame, element: str) -> str:
    if table.is_empty():
        return f"{element} is no element of the People Promise, so nothing stands beside it."
    row = table.row(0, named=True)
    talk = f"{counted(row['ideas'], 'idea')} online"
    notes_ = counted(row["points"], "note")
    survey = "no survey score loaded" if row["score"] is None else f"a survey score of {number(row['score'])} out of 10"
    return f"On {name_in_sentence(element)}: {talk}, {notes_} from sessions, and {survey}."
