"""The divided answers of metrics whose rows are elements or themes: votes, or people, beside England's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import polars as pl

from dashboard.filters import Selection, place
from dashboard.metrics._compared import EVERYBODY, PART_COLUMNS, VOTE_COLUMNS, compared, votes_as_bands
from dashboard.metrics._divided import Divided
from dashboard.metrics._elements import coded_last, name_in_sentence
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent
from data_access.vocabulary import NOT_CODED

Rows = Callable[[Cells, Selection], pl.DataFrame]
NOT_LIKE_ENGLAND = (
    "England's figures are of everybody and hold the chosen part too. Parts may differ by chance alone; where there is "
    "an interval, look whether England lies within it"
)


def votes_beside_england(metric: Metric, *, slice_: str, names: tuple[Column, ...], rows: Rows) -> Divided:
    """Divide a metric of votes by slice; `rows` gives England's slices, `names` the columns that name them."""
    chart = Chart(
        kind="compared",
        category=names[0].name,
        values=("agree_share", "england_share"),
        low="agree_low",
        high="agree_high",
        band=("agree_band", "england_of_all"),
        limit=metric.chart.limit,
    )
    record = replace(
        metric,
        columns=(*names, *VOTE_COLUMNS),
        chart=chart,
        takes_period=False,
        cells=tuple(dict.fromkeys((*metric.cells, *EVERYBODY))),
        measure=f"Agree share of votes for or against, by {metric.row[0]}, beside England",
        caveat=f"{metric.caveat}. {NOT_LIKE_ENGLAND}",
    )

    def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
        table = compared(rows(cells, selection), cells, slice_, selection).with_row_index("place")
        band = pl.col("agree_band").str.extract(r"^(\d+)").cast(pl.Int64)
        order = [coded_last(names[0].name), pl.col("agree_share"), band, pl.col("place")]
        return _in_order(table, order, [False, True, True, False], record)

    return Divided(
        record=record,
        derive=derive,
        headline=partial(_headline_of_votes, metric.row, names[0].name),
        base=partial(_base, metric.row, "agree_band"),
        notes=partial(_banded, metric.row),
    )


def people_beside_england(metric: Metric, *, slice_: str, names: tuple[Column, ...], rows: Rows) -> Divided:
    """Divide a metric of who took part in which slice; ideas and comments have no region, so people are counted."""
    chart = Chart(
        kind="compared",
        category=names[0].name,
        values=("part_share", "england_part_share"),
        limit=metric.chart.limit,
    )
    record = replace(
        metric,
        columns=(*names, *PART_COLUMNS),
        chart=chart,
        takes_period=False,
        cells=tuple(dict.fromkeys((*metric.cells, *EVERYBODY))),
        measure=f"Share of participants who voted, commented or posted on each {metric.row[0]}, beside England",
        numerator=f"Distinct people there who voted, commented or posted on ideas of the {metric.row[0]}",
        denominator="All participants there",
        caveat=f"{metric.caveat}. Ideas and comments carry no place, so people are counted here. {NOT_LIKE_ENGLAND}",
    )

    def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
        table = compared(rows(cells, selection), cells, slice_, selection).with_row_index("place")
        people_hidden = table.with_columns(is_hidden=pl.col("participants").is_null())
        order = [coded_last(names[0].name), pl.col("participants"), pl.col("place")]
        return _in_order(people_hidden, order, [False, True, False], record)

    return Divided(
        record=record,
        derive=derive,
        headline=partial(_headline_of_people, metric.row, names[0].name),
        base=partial(_base, metric.row, "participants"),
    )


def _in_order(table: pl.DataFrame, order: list[pl.Expr], descending: list[bool], record: Metric) -> pl.DataFrame:
    ordered = table.sort(order, descending=descending, nulls_last=True)
    return ordered.select(*(column.name for column in record.columns), "is_hidden")


def _headline_of_votes(row: tuple[str, str], name: str, table: pl.DataFrame, selection: Selection) -> str:
    """Name the slices agreed on most and least there, each beside England; one slice alone against England."""
    who = place(selection)
    coded = table.filter(pl.col(name) != NOT_CODED)
    shown = coded.filter(pl.col("agree_share").is_not_null())
    if table.height == 1:
        return f"{who}: {_one(table.row(0, named=True), name)}."
    if shown.height * 2 < coded.height:
        return f"{who}: {_bands(coded, row)}."
    top, bottom = shown.row(0, named=True), shown.row(-1, named=True)
    return (
        f"{who}: agreement is highest on {name_in_sentence(top[name])} ({_beside(top)}) and lowest on "
        f"{name_in_sentence(bottom[name])} ({_beside(bottom)})."
    )


def _beside(row: dict[str, object]) -> str:
    england = row["england_share"]
    own = per_cent(float(str(row["agree_share"])))
    return own if england is None else f"{own}, England {per_cent(float(str(england)))}"


def _one(row: dict[str, object], name: str) -> str:
    on = f"on {name_in_sentence(str(row[name]))}"
    if row["agree_share"] is not None:
        return f"{per_cent(float(str(row['agree_share'])))} of votes for or against agree {on}{_england(row)}"
    if row["agree_band"] is not None:
        return f"{row['agree_band']} of all votes agree {on}{_england(row)}"
    return f"votes {on} are hidden" if row["participants"] is None else f"there are no votes to show {on}"


def _england(row: dict[str, object]) -> str:
    share = row["england_share" if row["agree_share"] is not None else "england_of_all"]
    return "" if share is None else f" (England {per_cent(float(str(share)))})"


def _bands(coded: pl.DataFrame, row: tuple[str, str]) -> str:
    banded = coded.filter(pl.col("agree_band").is_not_null())
    if banded.is_empty():
        return "no votes can be shown"
    most = banded["agree_band"].value_counts(sort=True).sort(["count", "agree_band"], descending=[True, False])
    band, count = most.row(0)
    slices = counted(count, *row) if count == banded.height else f"{count:,} of {counted(banded.height, *row)}"
    return f"{band} of all votes agree on {slices}; bands are given where counts would give small numbers away"


def _headline_of_people(row: tuple[str, str], name: str, table: pl.DataFrame, selection: Selection) -> str:
    """Name the slice with the most people there, and its share of all of them beside England's."""
    who = place(selection)
    shown = table.filter(pl.col("participants") > 0)
    coded = shown if table.height == 1 else shown.filter(pl.col(name) != NOT_CODED)
    if coded.is_empty():
        return f"{who}: nobody who can be shown took part in any {row[0]}."
    top = coded.row(0, named=True)
    people = counted(top["participants"], "person", "people")
    share = "" if top["part_share"] is None else f", {per_cent(top['part_share'])} of those there"
    england = "" if top["england_part_share"] is None else f" (England {per_cent(top['england_part_share'])})"
    drew = "drew" if table.height == 1 else "drew the most people:"
    return f"{who}: {name_in_sentence(top[name])} {drew} {people}{share}{england}."


def _base(row: tuple[str, str], shown: str, table: pl.DataFrame, selection: Selection) -> str:
    """Say how many slices are shown; each has its own base beside its mark."""
    there = table.filter(pl.col(shown).is_not_null()).height
    of_all = counted(table.height, *row)
    return f"{there:,} of {of_all} shown" if there < table.height else f"{of_all}, base beside each mark"


def _banded(row: tuple[str, str], cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many slices give a band, and that England's share beside a band is of all votes."""
    return votes_as_bands(table, *row)
