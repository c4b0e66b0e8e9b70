"""The published register, as far as anybody could read it: 35 numbers, little wording, nothing invented.

Only actions 2, 3 and 6 have confirmed content, and none its full wording. What the reference table says is
carried over word for word; 'unknown' and 'text not available' become null, shown as 'wording not loaded' or
'not known'. The priorities published for actions 2 and 3 together are kept as priorities: they are not the
wording of either. Fourteen commitments are known by content but not by number, and stay apart.
"""

from __future__ import annotations

import polars as pl

from data_access.reference._tables import text_table

_NOT_KNOWN = ("", "unknown", "text not available")


def default_register() -> dict[str, pl.DataFrame]:
    """Give the published register in the form `load_register` takes: plan_actions and plan_commitments."""
    return {"plan_actions": _actions(), "plan_commitments": _commitments()}


def _actions() -> pl.DataFrame:
    """Lay out the 35 rows; every wording is null, because the source column holds summaries only."""
    return text_table("plan_actions").select(
        pl.col("action_no").cast(pl.Int64).alias("number"),
        _known("theme").alias("theme"),
        _known("owner_level").alias("owner_level"),
        pl.lit(None, dtype=pl.String).alias("wording"),
        _known("summary").alias("priority"),
        _known("due").alias("due_stated"),
        pl.col("source_url").alias("source"),
        "confidence",
    )


def _commitments() -> pl.DataFrame:
    return text_table("plan_actions_unnumbered").select(
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
