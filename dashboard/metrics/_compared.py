"""Slices of a part of the participants beside the same slices of England: elements, themes."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection, place
from dashboard.metrics._divided import CHOSEN, chosen_cells, table_for_everyone
from dashboard.metrics._votes import with_balance
from dashboard.specs import Cells, Column
from dashboard.wording import counted, verb

# Everybody of a place or group: one of these gives the whole that shares of its participants are out of.
EVERYBODY: Final = ("region", "icb", "staff_group", "region_by_staff_group", "totals")

PART_COLUMNS: Final = (
    Column("participants", "Participants", "count", "participants"),
    Column("part_share", "Share of participants", "share", "of participants there", absent="[z]"),
    Column("england_part_share", "Share of participants, England", "share", "of participants", absent="[z]"),
    Column("england_participants", "Participants, England", "count", "participants"),
)
VOTE_COLUMNS: Final = (
    Column("participants", "Participants", "count", "participants"),
    Column("agree", "Agree", "count", "votes"),
    Column("pass", "Pass", "count", "votes", absent="[z]"),
    Column("disagree", "Disagree", "count", "votes"),
    Column("votes", "All votes (gross)", "count", "votes"),
    Column("agree_share", "Agree share", "share", "of votes for or against", absent="[z]"),
    Column("agree_low", "Agree share, lower end", "share", "95% interval", absent="[z]"),
    Column("agree_high", "Agree share, upper end", "share", "95% interval", absent="[z]"),
    Column("england_share", "Agree share, England", "share", "of votes for or against", absent="[z]"),
    Column("agree_band", "Agree among all votes, within", "band", absent="[z]"),
    Column("england_of_all", "Agree among all votes, England", "share", "of all votes", absent="[z]"),
)
BAND_ONLY: Final = (
    "Votes are counted only where enough people stand on both sides of every share that adds up; elsewhere a band says "
    "between which bounds the share of agree among all votes lies, passes included"
)


def compared(england: pl.DataFrame, cells: Cells, key: str, selection: Selection) -> pl.DataFrame:
    """Put the chosen part's cells beside England's, slice by slice.

    In:   england: one row a slice in the order to keep: `key`, participants, agree, pass, disagree, is_hidden
    Out:  the same rows: England's other columns, the part's columns of PART_COLUMNS and VOTE_COLUMNS, is_hidden.
          A slice without grouped cells is hidden like its total, or nought where nobody took part at all.
          A row whose votes may not be counted is marked hidden too: what is null in it is confidential.
    """
    numbers = ("participants", "agree", "pass", "disagree")
    held = england.rename({name: f"england_{name}" for name in numbers} | {"is_hidden": "is_england_hidden"})
    rows = held.join(cells[CHOSEN], on=key, how="left", maintain_order="left")
    is_empty = pl.col("is_hidden").is_null() & (pl.col("england_participants") == 0)
    filled = rows.with_columns(
        *(pl.when(is_empty).then(0).otherwise(pl.col(name)).alias(name) for name in numbers),
        has_votes=is_empty | pl.col("has_votes").fill_null(value=False),
        is_hidden=pl.col("is_hidden").fill_null(~is_empty),
    )
    return _with_shares(filled, cells, selection).with_columns(is_hidden=pl.col("is_hidden") | ~pl.col("has_votes"))


def _with_shares(rows: pl.DataFrame, cells: Cells, selection: Selection) -> pl.DataFrame:
    sided = pl.col("england_agree") + pl.col("england_disagree")
    everything = sided + pl.col("england_pass").fill_null(0)
    part = _out_of(everybody(cells, selection))
    whole = _out_of(_total(cells))
    return with_balance(rows).with_columns(
        pl.when(part > 0).then(pl.col("participants") / part).alias("part_share"),
        pl.when(whole > 0).then(pl.col("england_participants") / whole).alias("england_part_share"),
        pl.when(sided > 0).then(pl.col("england_agree") / sided).alias("england_share"),
        pl.when(everything > 0).then(pl.col("england_agree") / everything).alias("england_of_all"),
    )


def everybody(cells: Cells, selection: Selection) -> int | None:
    """Count the participants of the chosen place or group; None where that is hidden."""
    table = table_for_everyone(selection.division)
    if table is None or cells[table.name].is_empty():
        return None
    count = chosen_cells(cells[table.name], selection, ())["participants"].item()
    return None if count is None else int(count)


def votes_as_bands(table: pl.DataFrame, one: str, several: str) -> tuple[str, ...]:
    """Say how many rows give a band in place of votes."""
    banded = table.filter(pl.col("agree_band").is_not_null() & pl.col("agree").is_null()).height
    if not banded:
        return ()
    return (f"Votes on {counted(banded, one, several)} {verb(banded, 'are', 'are')} given as a band. {BAND_ONLY}.",)


def where(selection: Selection) -> str:
    """Begin a sentence with the place or group it is about: 'Midlands: '."""
    return f"{place(selection)}: "


def _total(cells: Cells) -> int | None:
    found = cells["totals"].filter(pl.col("measure") == "participants")["count"]
    return None if found.is_empty() or found[0] is None else int(found[0])


def _out_of(count: int | None) -> pl.Expr:
    return pl.lit(count, dtype=pl.Int64)
