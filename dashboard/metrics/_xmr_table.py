"""A series of counts of participants as an XmR chart tells it: shared by the charts of days and of weeks."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.metrics._xmr import FEWEST_POINTS, FORMULA, Limits, Verdict, limits, signals, verdict
from dashboard.specs import Chart, Column
from dashboard.wording import counted, number

VALUE: Final = "participants"
NONE: Final = "none"
SIGNALS: Final = {1: "more than chance", -1: "fewer than chance", 0: NONE}
MEANINGS: Final = {
    Verdict.IMPROVED: "Improved: more took part lately than chance would explain",
    Verdict.SUSTAINED: "Sustained: an improvement that has lasted",
    Verdict.DETERIORATED: "Deteriorated: fewer took part lately than chance would explain",
    Verdict.NO_CHANGE: "No change: the newest points are within what chance explains",
}
MEASURE: Final = f"Participants; {FORMULA}"
DENOMINATOR: Final = (
    "None: these are counts. Mean moving range: the mean difference of neighbouring points; a moving range above 3.27 "
    "times it is unusual too"
)
INTERVAL: Final = (
    "Natural process limits: mean ± 2.66 × mean moving range, from ten points on; below ten there is a plain line "
    "and no claim"
)
RULES: Final = (
    "A signal is a point outside the limits, eight in a row on one side of the mean, or two of three beyond two thirds "
    "of the way to one limit. The word is about the newest point; Sustained: the newest sixteen all above the mean. "
    "Limits tell what chance explains and are no targets"
)


def columns(name: str, label: str) -> tuple[Column, ...]:
    """Give the columns of a series by a column of days."""
    return (
        Column(name, label, "date"),
        Column(VALUE, "Participants", "count", "participants"),
        Column("mean", "Mean", "number", absent="[z]"),
        Column("low", "Lower limit", "number", absent="[z]"),
        Column("high", "Upper limit", "number", absent="[z]"),
        Column("moving_range", "Moving range", "number", absent="[z]"),
        Column("signal", "Signal"),
    )


def chart(name: str) -> Chart:
    """Give the chart of a series by a column of days."""
    return Chart(kind="xmr", category=name, values=(VALUE, "mean"), low="low", high="high", focus="signal")


def series(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Add the limits and signals to counts in order of time: the columns of `columns`, is_hidden.

    In:   `name`, participants (null where hidden), is_hidden
    A lower limit below nought is given as nought: there are no fewer participants.
    """
    ordered = rows.sort(name)
    values = ordered[VALUE].to_list()
    found = limits(values)
    told = [SIGNALS[sign] for sign in signals(values, found)] if found else [NONE] * len(values)
    return ordered.select(
        name,
        VALUE,
        mean=pl.lit(found.mean if found else None, pl.Float64),
        low=pl.lit(max(found.low, 0.0) if found else None, pl.Float64),
        high=pl.lit(found.high if found else None, pl.Float64),
        moving_range=pl.col(VALUE).diff().abs(),
        signal=pl.Series(told, dtype=pl.String),
        is_hidden="is_hidden",
    )


def headline(table: pl.DataFrame, points: str) -> str:
    """Say in a word what the series tells, or that there are too few points to tell; `points` in the plural."""
    values = table[VALUE].to_list()
    known = table[VALUE].drop_nulls().len()
    found = limits(values)
    if known == 0:
        return f"No {points} can be shown."
    if found is None:
        return f"{number(known)} {points} are shown: fewer than {FEWEST_POINTS}, so no claim about change is made."
    word = verdict(values, found)
    stood_out = table.filter(pl.col("signal") != NONE).height
    earlier = f"; {number(stood_out)} earlier stood out" if word is Verdict.NO_CHANGE and stood_out else ""
    return f"{MEANINGS[word]} ({_told(found)}){earlier}."


def base(table: pl.DataFrame, point: str) -> str:
    """Give the number of points shown."""
    return counted(table[VALUE].drop_nulls().len(), point)


def _told(found: Limits) -> str:
    low = max(found.low, 0.0)
    return f"mean {number(round(found.mean, 1))}, limits {number(round(low, 1))} to {number(round(found.high, 1))}"
