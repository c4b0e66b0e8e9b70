"""How agreement on each element moved between two closed periods."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._elements import name_in_sentence
from dashboard.metrics._significance import FALSE_DISCOVERIES, points, with_difference, with_q
from dashboard.metrics._votes import SHARE_DENOMINATOR, SHARE_NUMERATOR
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, period
from data_access.vocabulary import ELEMENTS

ROSE, FELL, ALIKE, UNKNOWN = "rose", "fell", "no clear change", "cannot be compared"
_SUNDAY = timedelta(days=6)

METRIC = Metric(
    key="change_by_element",
    title="How agreement changed over the weeks",
    question="Did agreement move from one closed period to the next?",
    cells=("votes_by_element_week", "vote_clustering"),
    columns=(
        Column("element", "Element"),
        Column("difference", "Change in agree share", "share", "later less earlier", absent="[z]"),
        Column("low", "Change, lower end", "share", "95% interval", absent="[z]"),
        Column("high", "Change, upper end", "share", "95% interval", absent="[z]"),
        Column("verdict", "Beyond chance"),
        Column("other_share", "Agree share, earlier period", "share", "of votes for or against", absent="[z]"),
        Column("share", "Agree share, later period", "share", "of votes for or against", absent="[z]"),
        Column("earlier_votes", "Votes for or against, earlier", "count", "votes"),
        Column("later_votes", "Votes for or against, later", "count", "votes"),
        Column("q", "Smallest false-discovery rate", "share", "at which it would be marked", absent="[z]"),
    ),
    chart=Chart(kind="difference", category="element", values=("difference",), low="low", high="high", focus="verdict"),
    measure="Agree share of the votes cast in the later closed period less that of the earlier, with its 95% interval",
    numerator=SHARE_NUMERATOR,
    denominator=SHARE_DENOMINATOR,
    interval="Newcombe, 95%, of the difference of the two shares. Votes are divided by the design effect, because "
    f"the votes of one person are alike. {FALSE_DISCOVERIES}",
    source="Votes cast in each closed week, with the value that stood at its end; moderation as at the close",
    caveat="The chosen period is held against as many weeks before it; without one, the later half of the closed weeks "
    "against the earlier. Other people, and other ideas, may have come in between: a change need not be a change of "
    "anybody's mind. The two periods share some participants, which makes the interval wider than it need be",
    row=("element", "elements"),
    takes_period=True,
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an element, those beyond chance first, then by size of the change; is_hidden.

    A period with a hidden week of an element has no figure for it. Empty without two periods to compare.
    """
    weeks = cells["votes_by_element_week"].filter(pl.col("element").is_in(ELEMENTS))
    earlier, later = periods(weeks["week"].unique().sort().to_list(), selection)
    if not earlier:
        return _none()
    both = _votes_of(weeks, later).join(_votes_of(weeks, earlier), on="element", suffix="_before")
    worth = cells["vote_clustering"].select(pl.col("slice").alias("element"), "design_effect")
    held = both.join(worth, on="element", how="left").rename(
        {"agree_before": "other_agree", "disagree_before": "other_disagree"}
    )
    tested = with_q(with_difference(held.sort("element"))).with_columns(
        verdict=_verdict(),
        earlier_votes=pl.col("other_agree") + pl.col("other_disagree"),
        later_votes=pl.col("agree") + pl.col("disagree"),
        is_hidden=pl.col("is_hidden") | pl.col("is_hidden_before"),
    )
    kept = tested if selection.element is None else tested.filter(pl.col("element") == selection.element)
    order = ["is_marked", pl.col("difference").abs(), "element"]
    return kept.sort(order, descending=[True, True, False], nulls_last=True).select(
        *(column.name for column in METRIC.columns), "is_hidden"
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the largest change beyond chance, or say that there is none."""
    if table.is_empty():
        return "There are no two closed periods to compare."
    marked = table.filter(pl.col("verdict").is_in([ROSE, FELL]))
    if marked.is_empty():
        return "On no element did agreement change by more than chance would explain."
    first = marked.row(0, named=True)
    moved = f"Agreement {first['verdict']} by {points(first['difference'])} on {name_in_sentence(first['element'])}"
    others = marked.height - 1
    return f"{moved}, and changed on {counted(others, 'other element')}." if others else f"{moved}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the votes of both periods."""
    votes = int(table["earlier_votes"].sum()) + int(table["later_votes"].sum())
    return f"{counted(votes, 'vote')} for or against"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Name the two periods."""
    weeks = cells["votes_by_element_week"]["week"].unique().sort().to_list()
    earlier, later = periods(weeks, selection)
    if not earlier:
        return ("A change needs two closed weeks at least, and a period with as many closed weeks before it.",)
    spans = [period(part[0], part[-1] + _SUNDAY) for part in (earlier, later)]
    return (f"Earlier: {spans[0]}. Later: {spans[1]}.",)


def periods(weeks: list[date], selection: Selection) -> tuple[list[date], list[date]]:
    """Give the Mondays of the earlier and the later period, as many each; two empty lists where there are none."""
    if selection.period is None:
        half = len(weeks) // 2
        return weeks[:half], weeks[len(weeks) - half :]
    later = [week for week in weeks if week in selection.period.weeks]
    before = [week for week in weeks if week < selection.period.first]
    enough = bool(later) and len(before) >= len(later)
    return (before[-len(later) :], later) if enough else ([], [])


def _votes_of(weeks: pl.DataFrame, wanted: list[date]) -> pl.DataFrame:
    """Add up the votes of some weeks: element, agree, disagree (null where a week is hidden), is_hidden."""
    hidden = pl.col("is_hidden").any()
    rows = weeks.filter(pl.col("week").is_in(wanted)).group_by("element")
    return rows.agg(
        *(pl.when(~hidden).then(pl.col(side).sum()).alias(side) for side in ("agree", "disagree")),
        is_hidden=hidden,
    )


def _verdict() -> pl.Expr:
    return (
        pl.when(pl.col("difference").is_null())
        .then(pl.lit(UNKNOWN))
        .when(~pl.col("is_marked"))
        .then(pl.lit(ALIKE))
        .when(pl.col("difference") > 0)
        .then(pl.lit(ROSE))
        .otherwise(pl.lit(FELL))
    )


def _none() -> pl.DataFrame:
    kinds = {"text": pl.String, "share": pl.Float64, "count": pl.Int64}
    schema = {column.name: kinds[column.kind] for column in METRIC.columns}
    return pl.DataFrame(schema={**schema, "is_hidden": pl.Boolean})
