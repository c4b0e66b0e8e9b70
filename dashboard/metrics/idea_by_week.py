"""How agreement with each idea stood at the close of each week."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._ideas import in_selection
from dashboard.metrics._votes import INTERVAL, SHARE_DENOMINATOR, SHARE_NUMERATOR, with_balance
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, day, per_cent

METRIC = Metric(
    key="idea_by_week",
    title="Votes on an idea, week by week",
    question="How did agreement with an idea stand at the close of each week?",
    cells=("votes_by_idea_week", "idea_elements"),
    columns=(
        Column("idea", "Idea number"),
        Column("week", "At the close of the week of", "date"),
        Column("agree", "Agree", "count", "votes"),
        Column("pass", "Pass", "count", "votes", absent="[z]"),
        Column("disagree", "Disagree", "count", "votes"),
        Column("votes", "All votes (gross)", "count", "votes"),
        Column("net", "Agree minus disagree (net)", "count", "votes"),
        Column("agree_share", "Agree share", "share", "of votes for or against", absent="[z]"),
        Column("agree_low", "Agree share, lower end", "share", "95% interval", absent="[z]"),
        Column("agree_high", "Agree share, upper end", "share", "95% interval", absent="[z]"),
    ),
    chart=Chart(kind="interval", category="week", values=("agree_share",), low="agree_low", high="agree_high"),
    measure="Agree share of an idea with all votes cast until the close of a week, with its 95% interval",
    numerator=SHARE_NUMERATOR,
    denominator=SHARE_DENOMINATOR,
    interval=INTERVAL,
    source="Each participant's latest vote until then, as every participant could see it on the platform",
    caveat="England only. Weeks that are over do not change; ideas merged later stand alone until that week",
    row=("week of an idea", "weeks of ideas"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an idea and closed week, by idea, then oldest first."""
    rows = in_selection(cells["votes_by_idea_week"], cells["idea_elements"], selection)
    return with_balance(rows).sort("idea", "week").select(column.name for column in METRIC.columns)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many weeks of how many ideas there are."""
    if table.is_empty():
        return "No week with votes is over yet."
    weeks = counted(table["week"].n_unique(), "closed week")
    return f"{counted(table['idea'].n_unique(), 'idea')} with votes in {weeks}."


def headline_of_one(table: pl.DataFrame) -> str:
    """Say where agreement with one idea stood after its first and its last closed week."""
    known = table.filter(pl.col("agree_share").is_not_null())
    if known.is_empty():
        return "No week with votes for or against is over yet."
    first, last = known.row(0, named=True), known.row(-1, named=True)
    stood = f"{per_cent(last['agree_share'])} agreed by the close of the week of {day(last['week'])}"
    if known.height == 1:
        return f"{stood}."
    if last["agree_low"] <= first["agree_share"] <= last["agree_high"]:
        return f"{stood}, much as after the first ({per_cent(first['agree_share'])})."
    word = "up" if last["agree_share"] > first["agree_share"] else "down"
    return f"{stood}, {word} from {per_cent(first['agree_share'])} after the first."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ideas."""
    return counted(table["idea"].n_unique(), "idea")
