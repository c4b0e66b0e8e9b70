"""Reading the coding of a conversation: versions of the frame, what became of their themes, who gave which code."""

from __future__ import annotations

import polars as pl
from sqlalchemy import Connection

from data_access.coding.frame import CODES, MAP, THEMES
from data_access.vault.reading import newest_versions
from data_access.vault.schema import Code, Theme, ThemeMap


def themes(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the coding frames: THEMES, one row a version and theme."""
    return newest_versions(connection, Theme.__table__, conversation, ("frame_version", "code"), THEMES)


def theme_map(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read what themes of earlier versions have become: MAP, one row a theme and successor."""
    return newest_versions(connection, ThemeMap.__table__, conversation, tuple(MAP), MAP)


def codes(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read who gave which theme to which post: CODES, one row an assignment that was not taken back."""
    schema = pl.Schema([*CODES.items(), ("is_withdrawn", pl.Boolean)])
    rows = newest_versions(connection, Code.__table__, conversation, tuple(CODES), schema)
    return rows.filter(~pl.col("is_withdrawn")).select(list(CODES))
