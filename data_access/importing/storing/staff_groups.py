"""Staff groups that are not in the list a conversation declares: kept, counted and said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from data_access.importing.bundle import Bundle
from data_access.reference import staff_group_named, staff_group_scheme_named, staff_group_schemes

TABLES: Final = ("participants", "workforce")


def staff_group_notices(bundle: Bundle, settings: Mapping[str, Any]) -> list[str]:
    """Say which list is unknown, and how many rows of which file carry labels that the list does not have.

    settings: those of the conversation after the import. Labels themselves are not told: somebody may have typed
    anything there.
    """
    declared = settings.get("staff_group_scheme")
    if not declared:
        return []
    scheme = staff_group_scheme_named(declared)
    if scheme is None:
        known = "; ".join(staff_group_schemes())
        told = "conversation" in bundle.tables or any(name in bundle.tables for name in TABLES)
        return [f"The list of staff groups this conversation declares is not known. Lists: {known}."] if told else []
    return [line for name in TABLES if (line := _unlisted(bundle, name, scheme))]


def workforce_notices(bundle: Bundle) -> list[str]:
    """Say how many rows of a workforce name a staff group beside a place: no figure is held against those."""
    checked = bundle.tables.get("workforce")
    if checked is None:
        return []
    crossed = pl.col("staff_group").is_not_null() & (pl.col("region").is_not_null() | pl.col("icb").is_not_null())
    rows = checked.frame.filter(crossed).height
    return (
        [f"{checked.file}: {rows:,} rows name a staff group and a place; they are kept and not used."] if rows else []
    )


def _unlisted(bundle: Bundle, name: str, scheme: str) -> str:
    if name not in bundle.tables:
        return ""
    checked = bundle.tables[name]
    labels = checked.frame["staff_group"].drop_nulls()
    unknown = [label for label in labels.unique() if label and staff_group_named(label, scheme) is None]
    if not unknown:
        return ""
    rows = labels.is_in(unknown).sum()
    return (
        f"{checked.file}: {rows:,} rows carry {len(unknown):,} staff groups that are not in the list '{scheme}'. "
        "They are kept as they are and count as groups of their own."
    )
