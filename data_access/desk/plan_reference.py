"""The published register, as far as anybody could read it: 35 numbers, little wording, nothing invented.

Only actions 2, 3 and 6 have confirmed content, and none its full wording. What the reference table says is
carried over word for word; 'unknown' and 'text not available' become null, shown as 'wording not loaded' or
'not known'. The priorities published for actions 2 and 3 together are kept as priorities: they are not the
wording of either. Fourteen commitments are known by content but not by number, and stay apart.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.reference._tables import text_table

# The columns by which the layout of the reference tables is told from that of the template.
ACTION_COLUMNS: Final = frozenset({"action_no", "theme", "owner_level", "summary", "due", "source_url", "confidence"})
COMMITMENT_COLUMNS: Final = ACTION_COLUMNS - {"action_no"} | {"item_id", "theme_basis"}
_NOT_KNOWN: Final = ("", "unknown", "text not available")


def default_register() -> dict[str, pl.DataFrame]:
    """Give the published register in the form `load_register` takes: plan_actions and plan_commitments."""
    return {
        "plan_actions": actions_from(text_table("plan_actions")),
        "plan_commitments": commitments_from(text_table("plan_actions_unnumbered")),
    }


def actions_from(table: pl.DataFrame) -> pl.DataFrame:
    """Read a table in the layout of the reference, all text; every wording is null: it holds summaries only.

    A number that is none becomes null, which `load_register` refuses.
    """
    return table.select(
        pl.col("action_no").cast(pl.Int64, strict=False).alias("number"),
        _known("theme").alias("theme"),
        _known("owner_level").alias("owner_level"),
        pl.lit(None, dtype=pl.String).alias("wording"),
        _known("summary").alias("priority"),
        _known("due").alias("due_stated"),
        pl.col("source_url").alias("source"),
        "confidence",
    )


def commitments_from(table: pl.DataFrame) -> pl.DataFrame:
    """Read the commitments without a number in the layout of the reference, all text."""
    return table.select(
        pl.col("item_id").alias("commitment"),
        "theme",
        _known("owner_level").alias("owner_level"),
        pl.col("summary").alias("wording"),
        _known("due").alias("due_stated"),
        pl.col("source_url").alias("source"),
        pl.concat_str("confidence", pl.lit("; theme "), "theme_basis").alias("confidence"),
    )


def _known(column: str) -> pl.Expr:
    return pl.when(~pl.col(column).is_in(_NOT_KNOWN)).then(column)
