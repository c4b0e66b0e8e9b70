"""When people voted on each theme, by closed week."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._crossed import most_ideas_first, with_names
from dashboard.metrics._elements import name_in_sentence
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent, short_day
from data_access.vocabulary import NOT_CODED

METRIC = Metric(
    key="theme_weeks",
    title="Themes week by week",
    question="Which themes came up early, and which late?",
    cells=("themes_by_week", "votes_by_theme"),
    columns=(
        Column("name", "Theme"),
        Column("in_week", "Week from", "date"),
        Column("votes", "Votes", "count", "votes"),
        Column("ideas", "Ideas", "count", "ideas"),
        Column("comments", "Comments", "count", "comments"),
        Column("participants", "Participants", "count", "participants"),
    ),
    chart=Chart(kind="heat", category="name", across="in_week", values=("votes",), limit=10),
    measure="Votes on the ideas of each theme, by the closed week they were cast in",
    numerator="Votes, ideas and comments that count now, by the week they came in; the people behind them",
    denominator="None: these are counts",
    interval="None: everything is counted, nothing is sampled",
    source="Ideas, comments and votes after moderation, with the themes they have now",
    caveat="Weeks begin on Monday and are counted once over. Ideas posted late had less time to be voted on, and a "
    "theme that is coded later changes its earlier weeks too. People come back, so participants of weeks do not add up",
    row=("week of a theme", "weeks of themes"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a theme and closed week, themes with most ideas first, weeks in order; is_hidden."""
    named = with_names(cells["themes_by_week"], cells["votes_by_theme"], selection)
    return most_ideas_first(named, "in_week").select(*(column.name for column in METRIC.columns), "is_hidden")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the theme whose votes grew most, or fell least, from the first to the last closed week."""
    shown = table.filter((pl.col("name") != NOT_CODED) & pl.col("votes").is_not_null())
    weeks = table["in_week"].unique().sort()
    if shown.is_empty() or weeks.len() < 2:
        return "There are no two closed weeks to set beside each other yet."
    first = shown.filter(pl.col("in_week") == weeks[0]).select("name", before="votes")
    both = shown.filter(pl.col("in_week") == weeks[-1]).join(first.filter(pl.col("before") > 0), on="name")
    if both.is_empty():
        return "No theme's first and last week can both be shown."
    change = both.with_columns(change=pl.col("votes") / pl.col("before") - 1).sort(
        ["change", "name"], descending=[True, False]
    )
    name, by = change.select("name", "change").row(0)
    span = f"from the week of {short_day(weeks[0])} to that of {short_day(weeks[-1])}"
    held = "gained most votes" if by > 0 else "kept its votes best"
    sign = f"up {per_cent(by)}" if by > 0 else f"down {per_cent(-by)}" if by < 0 else "unchanged"
    return f"{name_in_sentence(name)} {held} {span}: {sign}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of closed weeks and themes."""
    themes = table.filter(pl.col("name") != NOT_CODED)["name"].n_unique()
    return f"{counted(table['in_week'].n_unique(), 'closed week')}, {counted(themes, 'theme')}"
