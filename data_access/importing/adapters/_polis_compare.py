"""Holding what an export says of itself against what its votes say; differences are told, never trusted."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase
from typing import Final

import polars as pl

from data_access.importing.reading.text_table import TextTable

# Enough to look into; the counts beside them are complete.
MOST_EXAMPLES: Final = 50
_TALLIES: Final = ("agrees", "disagrees", "passes")
_VALUES: Final = {"agrees": 1, "disagrees": -1, "passes": 0}


def latest_votes(votes: pl.DataFrame) -> pl.DataFrame:
    """Give each participant's latest vote on each statement; of one moment, the later row."""
    ordered = votes.sort("timestamp", "row")
    return ordered.unique(["voter_id", "comment_id"], keep="last").sort("comment_id", "voter_id")


def totals_differences(votes: pl.DataFrame, supplied: pl.DataFrame, file: str) -> dict[str, object]:
    """Compare supplied totals (comment_id and any of agrees, disagrees, passes) with the votes.

    Counts the statements whose totals equal all vote events, and those that equal the latest votes, and
    names those that equal no count of events. Statements are public, so their ids may be told.
    """
    tallies = [name for name in _TALLIES if name in supplied.columns and supplied[name].null_count() < supplied.height]
    told = supplied.select("comment_id", *tallies).drop_nulls()
    events, latest = _tally(votes, "events"), _tally(latest_votes(votes), "latest")
    joined = told.join(events, on="comment_id", how="left").join(latest, on="comment_id", how="left")
    joined = joined.with_columns(pl.col(pl.UInt32, pl.UInt64, pl.Int64).fill_null(0).cast(pl.Int64))
    differing = joined.filter(~_equal(tallies, "events")).sort("comment_id")
    return {
        "file": file,
        "columns": tallies,
        "statements": joined.height,
        "equal_to_vote_events": joined.height - differing.height,
        "equal_to_latest_votes": joined.filter(_equal(tallies, "latest")).height,
        "differing": _examples(differing, tallies),
    }


def matrix_differences(
    latest: pl.DataFrame, matrix: pl.DataFrame, file: str, *, is_inverted: bool
) -> dict[str, object]:
    """Compare every participant's every cell (participant, comment_id, value) with their latest vote.

    `latest` is as stored, after any turning round; a matrix that fits better turned round is compared so,
    and that is said. Participants are counted, never named.
    """
    stored = latest.select(participant="voter_id", comment_id="comment_id", latest="value")
    both = matrix.join(stored, on=["participant", "comment_id"], how="full", coalesce=True)
    as_is = both.filter(~pl.col("value").eq_missing(pl.col("latest")))
    turned = both.filter(~(-pl.col("value")).eq_missing(pl.col("latest")))
    is_turned = turned.height < as_is.height
    differing = turned if is_turned else as_is
    return {
        "file": file,
        "participants": matrix["participant"].n_unique(),
        "cells": both.height,
        "equal": both.height - differing.height,
        "differing": differing.height,
        "participants_differing": differing["participant"].n_unique(),
        "missing_from_votes": differing["latest"].null_count(),
        "missing_from_matrix": differing["value"].null_count(),
        "orientation": "turned round" if is_turned else "as stored",
        "votes_were_turned_round": is_inverted,
    }


def group_differences(latest: pl.DataFrame, people: pl.DataFrame, supplied: TextTable) -> dict[str, object]:
    """Compare the totals an export gives for each opinion group with the latest votes of its members.

    `people` are participant and group_id. The exporter calls group 0 'a', 1 'b' and so on. Cells are counted.
    """
    places = {
        f"group_{letter}_{tally}": (str(number), tally)
        for number, letter in enumerate(ascii_lowercase)
        for tally in _TALLIES
    }
    columns = [name for name in supplied.frame.columns if name in places]
    members = people.select("group_id", voter_id="participant")
    counted = _tally_by(latest.join(members, on="voter_id"), ["comment_id", "group_id"], "latest")
    told = (
        supplied.frame.select(pl.col("comment_id").str.strip_chars(), *columns)
        .unpivot(index="comment_id", on=columns, variable_name="column", value_name="told")
        .with_columns(
            pl.col("told").cast(pl.Int64, strict=False),
            group_id=pl.col("column").replace_strict({name: place[0] for name, place in places.items()}),
        )
        .join(counted, on=["comment_id", "group_id"], how="left")
    )
    latest_of = pl.coalesce(
        [pl.lit(None, pl.Int64)]
        + [
            pl.when(pl.col("column").str.ends_with(tally)).then(pl.col(f"{tally}_latest").fill_null(0).cast(pl.Int64))
            for tally in _TALLIES
        ]
    )
    equal = told.filter(pl.col("told") == latest_of).height
    return {"file": supplied.file, "columns": columns, "cells": told.height, "equal_to_latest_votes": equal}


def _tally(votes: pl.DataFrame, of: str) -> pl.DataFrame:
    return _tally_by(votes, ["comment_id"], of)


def _tally_by(votes: pl.DataFrame, by: list[str], of: str) -> pl.DataFrame:
    counts = [(pl.col("value") == value).sum().alias(f"{name}_{of}") for name, value in _VALUES.items()]
    return votes.group_by(by).agg(counts).sort(by)


def _equal(tallies: Sequence[str], of: str) -> pl.Expr:
    return pl.all_horizontal([pl.lit(True), *(pl.col(name) == pl.col(f"{name}_{of}") for name in tallies)])


def _examples(differing: pl.DataFrame, tallies: Sequence[str]) -> dict[str, object]:
    columns = ["comment_id", *(f"{name}{of}" for name in tallies for of in ("", "_events", "_latest"))]
    return {"statements": differing.height, "first": differing.select(columns).head(MOST_EXAMPLES).to_dicts()}
