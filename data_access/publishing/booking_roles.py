"""The roles people give when they book, brought to a closed list.

Roles come as free text. What stands in a release is one of these words: a rare job title would name a person.
"""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from data_access.vocabulary import NOT_STATED

OTHER: Final = "Other role"
# Looked for in this order: an educational supervisor who is a champion too counts as a champion.
_ROLES: Final = {
    "Champion": r"champion",
    "Guardian": r"guardian",
    "Supervisor": r"supervis",
    "Line manager": r"line[ -]?manager|^manager|people manager",
    "Team leader": r"team[ -]?lead",
    "Staff network member": r"network",
    "HR or OD": r"\b(hr|od|human resources|organisation(al)? development|people (team|profession|partner)|workforce)\b",
    "Trainer or facilitator": r"facilitat|trainer",
    "Peer": r"\bpeer|colleague",
}
ROLES: Final = (*_ROLES, OTHER, NOT_STATED)


def role_of(wording: str | None) -> str:
    """Give the role of the list that a wording names: 'Clinical supervisor' → 'Supervisor'."""
    if not (wording or "").strip():
        return NOT_STATED
    found = (role for role, pattern in _ROLES.items() if re.search(pattern, str(wording).casefold()))
    return next(found, OTHER)


def with_roles(bookings: pl.DataFrame) -> pl.DataFrame:
    """Put the role of the list in place of the wording."""
    return bookings.with_columns(
        pl.col("role").map_elements(role_of, return_dtype=pl.String, skip_nulls=False).alias("role")
    )
