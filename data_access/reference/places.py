"""Regions and integrated care boards (ICBs) of England, with their codes and the dates they are valid."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import polars as pl

from data_access.reference._tables import plain, text_table

# Statutory bodies that belong to no region are filed under this code in national statistics.
_NO_REGION = "QZZ"
FIRST_ICBS = date(2022, 7, 1)


@cache
def regions() -> pl.DataFrame:
    """Give the seven NHS England regions, by name.

    Columns: region, ods_code, ons_code, older_ons_code ("" where there was none), and
    workforce_weight: full-time equivalents of March 2025, derived; a weight, not a count to publish.
    """
    return (
        text_table("regions")
        .filter(pl.col("ods_code") != _NO_REGION)
        .select(
            pl.col("name").alias("region"),
            "ods_code",
            "ons_code",
            "older_ons_code",
            pl.col("fte_mar2025_derived").cast(pl.Int64).alias("workforce_weight"),
        )
        .sort("region")
    )


@cache
def all_icbs() -> pl.DataFrame:
    """Give every ICB there has been since 1 July 2022, by code, with the dates it is valid.

    Columns: icb (ODS code; three characters, five for those created in 2026), name, region, ons_code_2022
    and ons_code_2026 ("" where it had none), valid_from, valid_to (null: still valid), successors (ODS
    codes joined by |; one board may have several) and workforce_weight (null: not known).
    """
    return (
        text_table("icbs")
        .select(
            pl.col("ods_code").alias("icb"),
            "name",
            "region",
            pl.col("ons_code_2022_26").alias("ons_code_2022"),
            "ons_code_2026",
            pl.col("valid_from").str.to_date("%Y-%m-%d"),
            pl.col("valid_to").replace("", None).str.to_date("%Y-%m-%d"),
            pl.col("successor_ods_codes").alias("successors"),
            pl.col("fte_mar2025_derived").replace("", None).cast(pl.Int64).alias("workforce_weight"),
        )
        .sort("icb")
    )


def icbs(on: date) -> pl.DataFrame:
    """Give the ICBs valid on a day; columns as `all_icbs`.

    ICBs began on 1 July 2022. For an earlier day the first list stands in: systems of the same names came
    before them, and a conversation of 2021 has to be grouped by something.
    """
    everything = all_icbs()
    day = max(on, FIRST_ICBS)
    ends_later = pl.col("valid_to").is_null() | (pl.col("valid_to") >= day)
    return everything.filter((pl.col("valid_from") <= day) & ends_later)


def region_named(text: str) -> str | None:
    """Give the region a text names: its name in any case, its ODS code, or its ONS code, old or new."""
    return _region_spellings().get(_bare_region(text))


def icb_named(text: str, on: date) -> str | None:
    """Give the ODS code of the ICB a text names on a day, or None.

    Understood: ODS code, either ONS code, the full name, and the name without 'NHS' and 'Integrated Care
    Board' or 'ICB'. A board that had been abolished by that day, or did not exist yet, is not found.
    """
    return _icb_spellings(on).get(_bare_icb(text))


def icb_name(code: str) -> str | None:
    """Give the full name of the ICB with that ODS code, whenever it was valid."""
    return _icb_names().get(code.upper())


@cache
def _icb_names() -> dict[str, str]:
    return dict(all_icbs().select("icb", "name").unique("icb", keep="first", maintain_order=True).rows())


def icb_successors(code: str) -> tuple[str, ...]:
    """Give the ODS codes of the boards that took over from one: several where it was split, its own while it lasts."""
    rows = all_icbs().filter(pl.col("icb") == code.upper())
    if rows.is_empty():
        return ()
    row = rows.row(0, named=True)
    return tuple(row["successors"].split("|")) if row["successors"] else (row["icb"],)


@cache
def _region_spellings() -> dict[str, str]:
    columns = ("region", "ods_code", "ons_code", "older_ons_code")
    return {
        _bare_region(row[column]): row["region"]
        for row in regions().iter_rows(named=True)
        for column in columns
        if row[column]
    }


@cache
def _icb_spellings(on: date) -> dict[str, str]:
    columns = ("icb", "name", "ons_code_2022", "ons_code_2026")
    return {
        _bare_icb(row[column]): row["icb"]
        for row in icbs(on).iter_rows(named=True)
        for column in columns
        if row[column]
    }


def _bare_region(text: str) -> str:
    return re.sub(r"^nhs england | region$", "", plain(text))


def _bare_icb(text: str) -> str:
    return re.sub(r"^nhs | (integrated care board|icb)$", "", plain(text))
