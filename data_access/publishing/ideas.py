"""Tables by idea: votes on each idea that stands, and what was cast on each before it was merged."""

from __future__ import annotations

from typing import Final

import narwhals as nw
import polars as pl

from data_access.publishing.fates import REASONS, FrameT
from data_access.publishing.ground import Ground
from data_access.publishing.tallies import sums
from data_access.publishing.tallying import tally
from data_access.vocabulary import IdeaState

MEASURES: Final = ("voters", "agree", "pass", "disagree")
# Nobody saw votes on these, so they are no public totals.
_NEVER_SEEN: Final = (str(IdeaState.NOT_SHOWN), str(IdeaState.UNKNOWN))


def balance(votes: FrameT, by: str) -> FrameT:
    """Count votes and distinct participants by a column, on the engine of the frame.

    In:   participant, value (1 agree, 0 pass, -1 disagree) and the column; lazy.
    Out:  one row a value of the column: voters, agree, pass, disagree.
    """
    voters = nw.col("participant").n_unique().cast(nw.Int64).alias("voters")
    return nw.from_native(votes).group_by(by).agg(voters, *sums()).to_native()


def without_pass(frame: pl.DataFrame, *, has_pass: bool) -> pl.DataFrame:
    """Make pass absent, not 0, where the source has thumbs only."""
    return frame if has_pass else frame.with_columns(pl.lit(None, pl.Int64).alias("pass"))


def votes_by_idea(ground: Ground) -> pl.DataFrame:
    """Count the votes on each idea that stands, merged ideas together.

    Out:  one row an idea that stands, at nought too: idea (the source's id), voters, agree, pass, disagree,
          comments, merged_from (other ideas merged into it), is_seed.
    """
    counts = ("comments", "merged_from", *MEASURES)
    merged = ground.now.lazy().filter(
        pl.col("root").is_not_null() & (pl.col("root") != pl.col("idea")) & (pl.col("state") == IdeaState.MERGED)
    )
    frame = (
        ground.live.lazy()
        .join(ground.ideas.lazy().select("idea", "is_seed"), on="idea", how="left")
        .join(tally(ground, "by_idea").lazy(), left_on="idea", right_on="root", how="left")
        .join(_rows(ground.standing_comments, "comments"), left_on="idea", right_on="root", how="left")
        .join(_rows(merged, "merged_from"), left_on="idea", right_on="root", how="left")
        .with_columns(pl.col(*counts).fill_null(0))
        .select("id", *MEASURES, "comments", "merged_from", "is_seed")
        .rename({"id": "idea"})
        .sort("idea")
        .collect()
    )
    return without_pass(frame, has_pass=ground.facts.has_pass)


def lineage(ground: Ground) -> pl.DataFrame:
    """Say what became of each idea and what was cast on it as if it had never been moderated.

    Out:  one row an idea: idea, state, stands_as ('' if nothing carries its votes), reason, and the balance;
          votes on ideas that were never shown or never supplied are left out (null): nobody saw them.
    """
    cast = pl.concat([tally(ground, "cast_on").lazy().select("idea"), ground.comments.lazy().select("idea")]).unique()
    reason = pl.col("reason").replace_strict(dict(enumerate(map(str, REASONS))), default="", return_dtype=pl.String)
    seen = ~pl.col("state").is_in(_NEVER_SEEN)
    frame = (
        ground.now.lazy()
        .join(cast.with_columns(is_cast=pl.lit(value=True)), on="idea", how="left")
        .filter((pl.col("state") != IdeaState.UNKNOWN) | pl.col("is_cast").fill_null(value=False))
        .join(ground.now.lazy().select(root="idea", stands_as="id"), on="root", how="left")
        .join(tally(ground, "on_own_idea").lazy(), on="idea", how="left")
        .with_columns(pl.when(seen).then(pl.col(*MEASURES).fill_null(0)))
        .select(pl.col("id").alias("idea"), "state", pl.col("stands_as").fill_null(""), reason, *MEASURES)
        .sort("idea")
        .collect()
    )
    return without_pass(frame, has_pass=ground.facts.has_pass)


def _rows(frame: pl.LazyFrame, name: str) -> pl.LazyFrame:
    return frame.group_by("root").agg(pl.len().cast(pl.Int64).alias(name))
