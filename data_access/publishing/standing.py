"""The codes that count in a conversation, in themes of the newest version of its frame."""

from __future__ import annotations

import polars as pl

from data_access.coding.frame import paths, standing_codes
from data_access.publishing.material import Material


def standing(material: Material) -> pl.DataFrame:
    """Give which post has which theme: item_kind, item_source_id, theme, frame_version, theme_code, basis.

    A code that cannot be carried into the newest version has an empty theme.
    """
    return standing_codes(material.codes, paths(material.themes, material.theme_map))


def themed(material: Material, kind: str) -> pl.DataFrame:
    """Give the themes of posts of one kind that can be counted: item_source_id, theme, basis; each once."""
    rows = standing(material).filter((pl.col("item_kind") == kind) & (pl.col("theme") != ""))
    return rows.select("item_source_id", "theme", "basis").unique().sort("item_source_id", "theme")
