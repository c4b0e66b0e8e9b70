"""Fates: what became of every vote and comment, as joins on what the posts stand as.

A vote is counted on the idea that carries it now, superseded by a later vote of the same participant on the
same idea, or withheld with a reason; a withheld vote supersedes nothing. Comments are counted or withheld.
Everything is integer-coded, so that the same steps run on any engine (`publishing.engines`).
"""

from __future__ import annotations

from typing import Final, TypeVar

import narwhals as nw
import polars as pl
from narwhals.typing import IntoLazyFrame

from data_access.publishing.resolve import ALWAYS, EVER_AFTER, Resolved
from data_access.vocabulary import Fate, IdeaState, Withheld

FATES: Final = tuple(Fate)
REASONS: Final = tuple(Withheld)
COUNTED, SUPERSEDED, WITHHELD = range(3)
_CLOSED: Final = REASONS.index(Withheld.CLOSED)
FrameT = TypeVar("FrameT", bound=IntoLazyFrame)


def numbered(resolved: Resolved, numbers: pl.DataFrame) -> pl.DataFrame:
    """Give the standings of ideas by the vault's numbers.

    In:   numbers: idea, id. An idea that an event created and nobody voted on has none: it gets one below 0.
    Out:  idea, id, since_day, until_day, state, root, reason; `root` a number, `reason` a place in REASONS.
          Ideas that votes point at and nobody supplied are 'unknown' throughout.
    """
    known = resolved.standings
    made = known.select("id").unique().join(numbers, on="id", how="anti").sort("id").with_row_index("place")
    every = pl.concat([numbers, made.select(idea=-1 - pl.col("place").cast(pl.Int64), id="id")])
    coded = (
        known.join(every, on="id")
        .join(every.select(root="id", root_number="idea"), on="root", how="left")
        .with_columns(root="root_number", reason=_reason_code())
        .select("idea", "id", "since_day", "until_day", "state", "root", "reason")
    )
    return pl.concat([coded, _unknown(every.join(known, on="id", how="anti"), coded.schema)]).sort("idea", "since_day")


def final(standings: pl.DataFrame) -> pl.DataFrame:
    """Give what every idea stands as now: one row an idea, by number."""
    return standings.filter(pl.col("until_day") == EVER_AFTER)


def vote_fates(votes: FrameT, now: FrameT) -> FrameT:
    """Give every vote its fate.

    In:   VOTES of `publishing.vote_rows`; now: idea, root, reason, one row an idea. Lazy frames of any one engine.
    Out:  VOTES with
          root    idea that carries the vote; null where it is withheld
          fate    place in FATES
          reason  place in REASONS, null unless withheld
          by      `order` of the vote that supersedes it, null unless superseded
    """
    cast, carried = nw.from_native(votes), nw.from_native(now).select("idea", "root", "reason")
    is_late, order = nw.col("is_late"), nw.col("order")
    placed = cast.join(carried, on="idea", how="left").with_columns(
        root=nw.when(~is_late).then(nw.col("root")),
        reason=nw.when(is_late).then(nw.lit(_CLOSED, nw.Int8)).otherwise(nw.col("reason")),
    )
    latest = placed.with_columns(by=order.max().over("participant", "root"))
    stands = nw.when(order < nw.col("by")).then(nw.lit(SUPERSEDED, nw.Int8)).otherwise(nw.lit(COUNTED, nw.Int8))
    fate = nw.when(nw.col("root").is_null()).then(nw.lit(WITHHELD, nw.Int8)).otherwise(stands)
    fated = latest.with_columns(fate=fate)
    return fated.with_columns(by=nw.when(nw.col("fate") == SUPERSEDED).then(nw.col("by"))).to_native()


def comment_fates(comments: pl.DataFrame, resolved: Resolved, ideas_now: pl.DataFrame) -> pl.DataFrame:
    """Give every comment its fate: it stands under the idea that carries it, or is withheld with a reason.

    Out:  comments with `root` (idea, null where withheld), `reason` (place in REASONS), `is_merged` (into
          another comment: still counted, its wording is that of the other), `is_live` (stands for itself).
    """
    own = resolved.final.select("id", "state", comment_root="root", own=_reason_code())
    homes = comments.select(comment_root="id", home="idea")
    under = ideas_now.select(home="idea", root="root", above="reason")
    late = pl.when("is_late").then(pl.lit(_CLOSED, pl.Int8))
    return (
        comments.join(own, on="id", how="left")
        .join(homes, on="comment_root", how="left")
        .with_columns(home=pl.coalesce("home", "idea"))
        .join(under, on="home", how="left")
        .with_columns(reason=pl.min_horizontal(late, "own", "above"))
        .with_columns(
            root=pl.when(pl.col("reason").is_null()).then("root"),
            is_merged=pl.col("state") == IdeaState.MERGED,
            is_live=pl.col("reason").is_null() & (pl.col("state") == IdeaState.LIVE),
        )
        .drop("own", "above", "home", "comment_root")
        .sort("id")
    )


def _reason_code() -> pl.Expr:
    codes = {str(reason): place for place, reason in enumerate(REASONS)}
    return pl.col("reason").replace_strict(codes, default=None, return_dtype=pl.Int8)


def _unknown(ideas: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    return ideas.select(
        "idea",
        "id",
        since_day=pl.lit(ALWAYS, pl.Int32),
        until_day=pl.lit(EVER_AFTER, pl.Int32),
        state=pl.lit(str(IdeaState.UNKNOWN)),
        root=pl.lit(None, pl.Int64),
        reason=pl.lit(REASONS.index(Withheld.UNKNOWN), pl.Int8),
    ).match_to_schema(schema)
