"""How people voted on each element of the People Promise."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._elements import all_elements, coded_last, name_in_sentence
from dashboard.metrics._parts import votes_beside_england
from dashboard.metrics._periods import ALL_IDEAS, votes_of_period
from dashboard.metrics._votes import (
    ALIKE,
    BALANCE_COLUMNS,
    INTERVAL,
    SHARE_DENOMINATOR,
    SHARE_NUMERATOR,
    with_balance,
)
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent, whole_per_cent
from data_access.vocabulary import NOT_CODED

METRIC = Metric(
    key="vote_balance",
    title="How people voted on each element",
    question="Where do people agree, and where are they split?",
    cells=("votes_by_element", "votes_by_idea", "totals", "votes_by_period"),
    columns=(Column("element", "Element"), *BALANCE_COLUMNS),
    chart=Chart(kind="diverging_bar", category="element", values=("agree", "pass", "disagree")),
    measure="Agree and disagree as shares of the votes for or against, by element",
    numerator=SHARE_NUMERATOR,
    denominator=SHARE_DENOMINATOR,
    interval=INTERVAL,
    source="Each participant's latest vote on each idea that stands, after moderation",
    caveat=f"An idea may belong to several elements, so elements must not be added up. {ALIKE}",
    row=("element", "elements"),
    divisions=frozenset(
        {"region_by_element", "icb_by_element", "staff_group_by_element", "region_by_element_by_staff_group"}
    ),
    takes_period=True,
)

EVERYTHING: Final = "All ideas, for comparison"


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Count agree, pass and disagree votes on each element; with a period, those cast in it as they stood at its end.

    In:   votes_by_element; with an element also votes_by_idea and totals; with a period votes_by_period instead
    Out:  one row an element, highest agree share first, those without a share and 'Not yet coded' last;
          with an element its row and that of all ideas; is_hidden
    """
    votes = votes_of_period(cells, selection) if selection.period else cells["votes_by_element"]
    elements = all_elements(votes.filter(pl.col("element") != ALL_IDEAS), selection)
    if selection.element is not None:
        elements = pl.concat([elements, _beside(cells, selection)], how="diagonal")
    if selection.period is not None:  # distinct people are not counted over weeks
        elements = elements.with_columns(pl.lit(None, pl.Int64).alias("voters"))
    order = [pl.col("element") == EVERYTHING, coded_last("element"), pl.col("agree_share"), pl.col("place")]
    return (
        with_balance(elements.with_row_index("place"))
        .sort(order, descending=[False, False, True, False], nulls_last=True)
        .select(*(column.name for column in METRIC.columns), "is_hidden")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the elements people agree on most and least; with an element, hold it against all ideas."""
    shown = table.filter(pl.col("agree_share").is_not_null())
    if selection.element is not None:
        return _of_one(shown, selection.element)
    coded = shown.filter(pl.col("element") != NOT_CODED)
    if coded.is_empty():
        return "No votes on any element can be shown." if shown.is_empty() else "No idea was given an element yet."
    top, bottom = coded.row(0, named=True), coded.row(-1, named=True)
    if coded.height == 1:
        return f"{per_cent(top['agree_share'])} of votes for or against agree on {name_in_sentence(top['element'])}."
    if bottom["agree_high"] >= top["agree_low"]:
        return (
            f"No element stands out: {whole_per_cent(bottom['agree_share'])} to "
            f"{whole_per_cent(top['agree_share'])} agree on each."
        )
    return (
        f"Agreement is highest on {name_in_sentence(top['element'])} ({per_cent(top['agree_share'])}) "
        f"and lowest on {name_in_sentence(bottom['element'])} ({per_cent(bottom['agree_share'])})."
    )


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the votes of the one element; without one the rows' bases stand beside the marks."""
    if selection.element is None:
        voted = table.filter((pl.col("votes") > 0) & (pl.col("element") != NOT_CODED)).height
        return f"{counted(voted, 'element')} with votes, base beside each bar"
    votes = table.row(0, named=True)["votes"]
    return "" if votes is None else counted(votes, "vote")


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say which votes are not under any element, and that passes are missing where they are."""
    found: list[str] = []
    uncoded = cells["votes_by_element"].filter((pl.col("element") == NOT_CODED) & (pl.col("ideas") > 0))
    if not uncoded.is_empty() and selection.element is None and selection.period is None:
        found.append(
            f"{counted(uncoded['ideas'].item(), 'idea')} not yet coded to an element stand in a row of their own."
        )
    if not cells["conversations"]["has_pass"].all():
        found.append("The source has no pass: people could agree or disagree only.")
    return tuple(found)


def _of_one(shown: pl.DataFrame, element: str) -> str:
    rows = {row["element"]: row for row in shown.iter_rows(named=True)}
    if element not in rows:
        return f"There are no votes to show on {name_in_sentence(element)}."
    own = f"{per_cent(rows[element]['agree_share'])} of votes for or against agree on {name_in_sentence(element)}"
    overall = rows.get(EVERYTHING)
    return f"{own}." if overall is None else f"{own}, against {per_cent(overall['agree_share'])} over all ideas."


def _beside(cells: Cells, selection: Selection) -> pl.DataFrame:
    if selection.period is None:
        return _of_everything(cells)
    rows = votes_of_period(cells, selection).filter(pl.col("element") == ALL_IDEAS)
    return rows.with_columns(pl.lit(EVERYTHING).alias("element"))


def _of_everything(cells: Cells) -> pl.DataFrame:
    voters = cells["totals"].filter(pl.col("measure") == "voters")["count"]
    has_pass = cells["conversations"]["has_pass"].all()
    return (
        cells["votes_by_idea"]
        .select(pl.col("agree", "pass", "disagree").sum(), pl.len().cast(pl.Int64).alias("ideas"))
        .with_columns(
            pl.lit(EVERYTHING).alias("element"),
            pl.lit(voters.first() if voters.len() else None, dtype=pl.Int64).alias("voters"),
            pl.when(pl.lit(has_pass)).then(pl.col("pass")).alias("pass"),
            pl.lit(value=False).alias("is_hidden"),
        )
    )


def _of_england(cells: Cells, selection: Selection) -> pl.DataFrame:
    return all_elements(cells["votes_by_element"], selection)


DIVIDED: Final = votes_beside_england(METRIC, slice_="element", names=METRIC.columns[:1], rows=_of_england)
