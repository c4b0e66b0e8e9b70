"""The workforce baseline and the declared list of staff groups, as a release tells them."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.publishing.ground import Ground
from data_access.reference import icbs, staff_group_scheme_named, staff_groups
from data_access.reference.places import FIRST_ICBS

_DIVISION: Final = "division"


def workforce(ground: Ground) -> pl.DataFrame:
    """Give the baseline as it was loaded, each board in its region, with the sum of its date and division.

    Out:  as_at, region, icb, staff_group (null where a row is not about one), headcount, of_all, source
    """
    boards = icbs(ground.facts.opens_on or FIRST_ICBS).select("icb", home="region")
    rows = ground.material.workforce.join(boards, on="icb", how="left").with_columns(
        region=pl.coalesce("home", "region")
    )
    kind = pl.concat_str([pl.col(name).is_not_null().cast(pl.String) for name in ("icb", "staff_group", "region")])
    return (
        rows.with_columns(kind.alias(_DIVISION))
        .with_columns(of_all=pl.col("headcount").sum().over("as_at", _DIVISION))
        .select("as_at", "region", "icb", "staff_group", "headcount", "of_all", "source")
        .sort("as_at", "region", "icb", "staff_group")
    )


def staff_group_list(ground: Ground) -> pl.DataFrame:
    """Give one row: the declared list, how many labels participants carry, and how many of these it does not have."""
    scheme = staff_group_scheme_named(ground.material.staff_group_scheme) or ""
    labels = set(ground.material.participants["staff_group"].drop_nulls().unique()) - {""}
    listed = set(staff_groups(scheme)["staff_group"]) if scheme else labels
    row = {"scheme": scheme, "labels": len(labels), "labels_not_listed": len(labels - listed)}
    return pl.DataFrame([row], schema={"scheme": pl.String, "labels": pl.Int64, "labels_not_listed": pl.Int64})
