"""Votes after moderation as one wide Parquet file: what peers are asked, so that they need not resolve anything."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.homes import files_of, place_of
from benchmarks.made_up import FIRST_DAY, Size


def resolved_of(size: Size) -> Path:
    """Give the file: participant, idea, value, day, week, region, staff_group, element, theme.

    A row is a vote that counts: removed ideas and their votes are gone, merged ideas are one, and a participant's last
    vote on an idea stands.
    """
    target = place_of(size) / "resolved.parquet"
    if not target.is_file():
        draft = target.with_suffix(".draft")
        _resolved(files_of(size)).sink_parquet(draft)
        draft.rename(target)
    return target


def _resolved(files: Path) -> pl.LazyFrame:
    log = pl.read_csv(files / "moderation_log.csv", infer_schema=False)
    removed = log.filter(pl.col("kind") == "remove")["target"].implode()
    merged = log.filter(pl.col("kind") == "merge")
    into = dict(zip(merged["sources"], merged["target"], strict=True))
    people = pl.scan_csv(files / "participants.csv", infer_schema=False).select("participant", "region", "staff_group")
    ideas = pl.scan_csv(files / "ideas.csv", infer_schema=False).select("idea", pl.col("elements").alias("element"))
    codes = pl.scan_csv(files / "codes.csv", infer_schema=False).select(pl.col("item").alias("idea"), "theme")
    # Of two votes in one second the later row stands.
    votes = pl.scan_csv(files / "votes.csv", infer_schema=False, row_index_name="row").filter(
        ~pl.col("idea").is_in(removed)
    )
    last = (
        votes.with_columns(pl.col("idea").replace(into), pl.col("cast_at").str.to_datetime("%Y-%m-%dT%H:%M:%S"))
        .group_by("participant", "idea")
        .agg(pl.col("cast_at", "vote").sort_by("cast_at", "row").last())
    )
    day = (pl.col("cast_at") - FIRST_DAY.replace(tzinfo=None)).dt.total_days().cast(pl.Int32)
    return (
        last.join(people, on="participant")
        .join(ideas, on="idea")
        .join(codes, on="idea")
        .select(
            pl.col("participant").str.slice(1).cast(pl.Int32),
            pl.col("idea").str.slice(1).cast(pl.Int32),
            pl.col("vote").replace_strict({"agree": 1, "pass": 0, "disagree": -1}, return_dtype=pl.Int8).alias("value"),
            day.alias("day"),
            (day // 7).alias("week"),
            "region",
            "staff_group",
            "element",
            "theme",
        )
    )
