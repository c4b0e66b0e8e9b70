"""Coarser labels where a group cannot be hidden beyond doubt: boards of a region together, staff groups together.

Merging comes after hiding more around the group has failed, and only while a conversation has no grouped release
yet; later releases keep the labels of the first, because a label that came or went would say who moved.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

OTHER_STAFF = "Other staff groups"
Merges = Mapping[str, Mapping[str, str]]  # partition → label → the label it became; a board as "region|board"


def other_boards(region: str) -> str:
    """Name the boards of a region that are shown together."""
    return f"Other boards of {region}"


def merges_for(places: pl.DataFrame, uncovered: pl.DataFrame) -> Merges:
    """Choose what to merge so that these cells can be covered: each label with the smallest other one.

    In:   places: participant and the partitions; uncovered: the partitions of cells that could not be hidden.
    Out:  nothing where the cells are of whole regions, which are not merged.
    """
    boards: dict[str, str] = {}
    for region, bad in uncovered.drop_nulls("icb").group_by("region", maintain_order=True):
        name = str(region[0])
        sizes = _sizes(places.filter(pl.col("region") == name), "icb")
        boards |= {f"{name}|{board}": other_boards(name) for board in _with_smallest(sizes, set(bad["icb"]))}
    bad_groups = set(uncovered.filter(pl.col("icb").is_null())["staff_group"].drop_nulls())
    groups = _with_smallest(_sizes(places, "staff_group"), bad_groups) if bad_groups else []
    found = {"icb": boards, "staff_group": dict.fromkeys(groups, OTHER_STAFF)}
    return {name: labels for name, labels in found.items() if labels}


def merged(places: pl.DataFrame, merges: Merges) -> pl.DataFrame:
    """Give everybody the labels of a merge."""
    key = pl.concat_str("region", "icb", separator="|")
    icb = key.replace_strict(merges.get("icb", {}), default=pl.col("icb"), return_dtype=pl.String)
    group = pl.col("staff_group").replace(merges.get("staff_group", {}))
    return places.with_columns(icb=icb, staff_group=group)


def joined_merges(first: Merges, then: Merges) -> Merges:
    """Put one merge after another."""
    return {name: {**first.get(name, {}), **then.get(name, {})} for name in sorted({*first, *then})}


def _sizes(places: pl.DataFrame, name: str) -> list[str]:
    """Give labels, smallest first."""
    return places.group_by(name).len().sort("len", name)[name].to_list()


def _with_smallest(labels: list[str], bad: set[str]) -> list[str]:
    others = [label for label in labels if label not in bad]
    return sorted(bad) + (others[:1] if bad else [])
