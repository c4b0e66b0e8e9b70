"""How people voted on the ideas of each theme."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._elements import coded_last, name_in_sentence
from dashboard.metrics._parts import votes_beside_england
from dashboard.metrics._themes import all_themes
from dashboard.metrics._votes import ALIKE, BALANCE_COLUMNS, INTERVAL, SHARE_DENOMINATOR, SHARE_NUMERATOR
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent, whole_per_cent
from data_access.vocabulary import NOT_CODED

METRIC = Metric(
    key="theme_balance",
    title="How people voted on each theme",
    question="Which themes find most agreement?",
    cells=("votes_by_theme",),
    columns=(Column("name", "Theme"), Column("element", "Element", absent="[z]"), *BALANCE_COLUMNS),
    chart=Chart(
        kind="interval", category="name", values=("agree_share",), low="agree_low", high="agree_high", limit=15
    ),
    measure="Agree share of the votes on the ideas of each theme, with its 95% interval",
    numerator=SHARE_NUMERATOR,
    denominator=SHARE_DENOMINATOR,
    interval=INTERVAL,
    source="Each participant's latest vote on each idea that stands, coded with the newest version of the coding frame",
    caveat=f"An idea may have several themes. {ALIKE}",
    row=("theme", "themes"),
    divisions=frozenset({"region_by_theme"}),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a theme, highest agree share first, those without one and 'Not yet coded' last; is_hidden."""
    order = [coded_last("theme"), pl.col("agree_share"), pl.col("name"), pl.col("theme")]
    return (
        all_themes(cells["votes_by_theme"], selection)
        .sort(order, descending=[False, True, False, False], nulls_last=True)
        .select(*(column.name for column in METRIC.columns), "is_hidden")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the themes with the most and the least agreement, or say that none stands out."""
    shown = table.filter(pl.col("agree_share").is_not_null() & (pl.col("name") != NOT_CODED))
    if shown.is_empty():
        return "No votes on any theme can be shown."
    top, bottom = shown.row(0, named=True), shown.row(-1, named=True)
    if shown.height == 1:
        return f"{per_cent(top['agree_share'])} of votes for or against agree on {name_in_sentence(top['name'])}."
    if bottom["agree_high"] >= top["agree_low"]:
        return (
            f"No theme stands out: {whole_per_cent(bottom['agree_share'])} to "
            f"{whole_per_cent(top['agree_share'])} agree on each."
        )
    return (
        f"Agreement is highest on {name_in_sentence(top['name'])} ({per_cent(top['agree_share'])}) "
        f"and lowest on {name_in_sentence(bottom['name'])} ({per_cent(bottom['agree_share'])})."
    )


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of themes with votes."""
    return f"{counted(table.filter((pl.col('votes') > 0) & (pl.col('name') != NOT_CODED)).height, 'theme')} with votes"


def _of_england(cells: Cells, selection: Selection) -> pl.DataFrame:
    return all_themes(cells["votes_by_theme"], selection)


DIVIDED: Final = votes_beside_england(METRIC, slice_="theme", names=METRIC.columns[:2], rows=_of_england)
