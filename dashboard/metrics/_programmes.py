"""What metrics of programmes share: names for ids, figures side by side, hidden cells in words."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.specs import Cells
from dashboard.wording import HIDDEN, counted, number
from data_access.vocabulary import ENGLAND, HELD, INTEREST, BookingStatus

SOURCE: Final = "The register of programmes and the bookings that organisers sent"
NO_ELEMENT: Final = "Programmes belong to no element of the People Promise, so the filter does not apply"
NO_INTERVAL: Final = "None: every booking is counted, nobody is sampled"
FIGURES: Final = (*(status.value for status in BookingStatus), INTEREST)
BANDED: Final = (HELD, *(status.value for status in BookingStatus))
SHORTENED_TO: Final = 60


def named(frame: pl.DataFrame, cells: Cells) -> pl.DataFrame:
    """Put the name of each programme in place of its id; one without a name keeps the id."""
    names = cells["programmes"].select("programme", "name").unique("programme").sort("programme")
    joined = frame.join(names, on="programme", how="left", maintain_order="left")
    return joined.with_columns(programme=pl.coalesce("name", "programme")).drop("name")


def in_england(figures: pl.DataFrame) -> pl.DataFrame:
    """Name England where a figure is of no region."""
    return figures.with_columns(pl.col("region").fill_null(ENGLAND))


def spread(figures: pl.DataFrame, wanted: tuple[str, ...]) -> pl.DataFrame:
    """Put chosen figures of programme_figures side by side.

    Out:  programme, region, one column a figure (null where hidden), `<figure> hidden` for each.
    """
    placed = in_england(figures)
    keys = placed.select("programme", "region").unique().sort("programme", "region")
    for figure in wanted:
        own = placed.filter(pl.col("figure") == figure).select(
            "programme", "region", pl.col("count").alias(figure), pl.col("is_hidden").alias(f"{figure} hidden")
        )
        keys = keys.join(own, on=["programme", "region"], how="left", maintain_order="left")
    return keys.with_columns(pl.col(f"{figure} hidden").fill_null(value=False) for figure in wanted)


def in_text(count: str, hidden: str) -> pl.Expr:
    """Write a count of a cell that may be hidden beside others that are not: '1,234', '[c]', or null if unknown."""
    written = pl.col(count).map_elements(number, return_dtype=pl.String)
    return pl.when(pl.col(hidden)).then(pl.lit(HIDDEN)).otherwise(written)


def programmes_in(table: pl.DataFrame) -> str:
    """Count the programmes of a table: '3 programmes'."""
    return counted(table["programme"].n_unique(), "programme")


def hidden_cells(table: pl.DataFrame) -> tuple[str, ...]:
    """Say how many cells of text are hidden and why, if any is."""
    texts = [name for name, kind in table.schema.items() if kind == pl.String]
    hidden = sum(int((table[name] == HIDDEN).sum()) for name in texts)
    if not hidden:
        return ()
    return (
        f"{counted(hidden, 'cell')} hidden [c]: fewer people than may be shown, or it would give such a number away.",
    )
