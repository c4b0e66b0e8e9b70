"""What is counted over votes, once for every engine: resolved votes, people in slices, days (ADR 5).

Every function takes frames by name and gives a frame. Whole numbers only; the value of a vote is packed beside its
place in time (`_top`), so that one maximum finds the latest vote and what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import narwhals as nw

from data_access.publishing.engines import Rows, Tally
from data_access.publishing.fates import COUNTED, vote_fates

Frames = Mapping[str, Rows]
SUMS: Final = ("agree", "pass", "disagree")
VALUES: Final = {"agree": 1, "pass": 0, "disagree": -1}
ONE: Final = "one"


def sums() -> list[nw.Expr]:
    """Count agree, pass and disagree of a column `value`."""
    return [(nw.col("value") == value).cast(nw.Int64).sum().alias(name) for name, value in VALUES.items()]


def as_value(top: str = "top") -> nw.Expr:
    """Give the value that is packed in a top."""
    return (nw.col(top) % 4 - 1).alias("value")


def _rows() -> nw.Expr:
    return nw.len().cast(nw.Int64)


def fated(frames: Frames) -> Rows:
    """Give every vote its fate, its week and its top."""
    votes: Rows = nw.from_native(vote_fates(frames["votes"].to_native(), frames["now"].to_native()))
    top = nw.col("order") * 4 + nw.col("value").cast(nw.Int64) + 1
    return (
        votes.join(frames["calendar"], on="day")
        .with_columns(top=top)
        .select("participant", "idea", "day", "week", "value", "is_late", "root", "fate", "reason", "top")
    )


def counted(frames: Frames) -> Rows:
    """Give the votes that count: participant, root, value, week; one row a participant and idea that stands."""
    return frames["fated"].filter(nw.col("fate") == COUNTED).select("participant", "root", "value", "week")


def people(frames: Frames) -> Rows:
    """Give everybody in every slice they took part in: slice, participant, votes, agree, pass, disagree."""
    one = [nw.lit(1).cast(nw.Int64).alias("votes")]
    each = [(nw.col("value") == value).cast(nw.Int64).alias(name) for name, value in VALUES.items()]
    none = [nw.lit(0).cast(nw.Int64).alias(name) for name in ("votes", *SUMS)]
    cast = frames["counted"].join(frames["slices"], on="root").select("slice", "participant", *one, *each)
    said = frames["authors"].join(frames["slices"], on="root").select("slice", "participant", *none)
    return nw.concat([cast, said]).group_by("slice", "participant").agg(nw.col("votes", *SUMS).sum())


def votes_that_stood(frames: Frames) -> Rows:
    """Give who voted on what each day, as ideas stood at its close: day, participant, root; each once."""
    cast = frames["fated"].filter(~nw.col("is_late")).select("day", "participant", "idea").unique()
    stood = cast.join(frames["standings"], on="idea").filter(
        (nw.col("since_day") <= nw.col("day")) & (nw.col("day") < nw.col("until_day"))
    )
    return stood.select("day", "participant", root="carrier").unique()


def people_by_day(frames: Frames) -> Rows:
    """Give who did something on each day that stood at its close: day, participant; each once."""
    cast = frames["stood"].select("day", "participant")
    return nw.concat([cast, frames["said_by_day"].select("day", "participant")]).unique()


def _fates(frames: Frames) -> Rows:
    return frames["fated"].group_by("fate", "reason").agg(votes=_rows())


def _by_idea(frames: Frames) -> Rows:
    return frames["counted"].group_by("root").agg(_rows().alias("voters"), *sums())


def _cast_on(frames: Frames) -> Rows:
    return frames["fated"].group_by("idea").agg(votes=_rows())


def _on_own_idea(frames: Frames) -> Rows:
    """Count the latest vote of each participant on each idea as it was posted, as if nothing had been moderated."""
    return frames["latest"].select("idea", as_value()).group_by("idea").agg(_rows().alias("voters"), *sums())


def _by_slice(frames: Frames) -> Rows:
    """Count people and votes of each slice, and the whole-number sums that a variance of its agree share needs."""
    sided, agree = nw.col("agree") + nw.col("disagree"), nw.col("agree")
    each = frames["people"].with_columns(
        voters=(nw.col("votes") > 0).cast(nw.Int64),
        sided_people=(sided > 0).cast(nw.Int64),
        agree_agree=agree * agree,
        agree_sided=agree * sided,
        sided_sided=sided * sided,
    )
    measures = ("voters", *SUMS, "sided_people", "agree_agree", "agree_sided", "sided_sided")
    return each.group_by("slice").agg(_rows().alias("participants"), *[nw.col(name).sum() for name in measures])


def _activity(frames: Frames) -> Rows:
    """Count voters by how many votes of theirs count."""
    each = frames["counted"].group_by("participant").agg(votes=_rows())
    return each.group_by("votes").agg(voters=_rows())


def _votes_by_day(frames: Frames) -> Rows:
    return frames["stood"].group_by("day").agg(votes=_rows())


def _people_by_day(frames: Frames) -> Rows:
    return frames["present"].group_by("day").agg(participants=_rows())


def _last_votes(frames: Frames) -> Rows:
    """Count voters by the week of the last vote of theirs that an idea carries."""
    last = frames["fated"].filter(~nw.col("root").is_null()).group_by("participant").agg(nw.col("week").max())
    return last.group_by("week").agg(voters=_rows())


def _own_votes(frames: Frames) -> Rows:
    """Count authors' votes on ideas of their own, and the authors."""
    own = frames["counted"].join(frames["wrote"], on=["participant", "root"])
    each = own.group_by("participant").agg(votes=_rows(), agree=(nw.col("value") == 1).cast(nw.Int64).sum())
    whole = each.with_columns(one=nw.lit(1)).group_by(ONE)
    return whole.agg(authors=_rows(), votes=nw.col("votes").sum(), agree=nw.col("agree").sum())


def _by_opinion_group(frames: Frames) -> Rows:
    cast = frames["counted"].join(frames["opinion_groups"], on="participant", how="left")
    return cast.group_by("root", "opinion_group").agg(_rows().alias("voters"), *sums())


_FATED: Final = ("now", "calendar", "fated")
_COUNTED: Final = (*_FATED, "counted")
# Frames that several tallies start from: what each needs, and its steps.
KEPT: Final = {
    "fated": fated,
    "counted": counted,
    "people": people,
    "stood": votes_that_stood,
    "present": people_by_day,
}
_NOW: Final = (*_COUNTED, "slices", "authors", "people")
_DAYS: Final = (*_FATED, "standings", "stood")

NOW: Final[Mapping[str, Tally]] = {
    "fates": Tally(("fate", "reason"), ("votes",), _fates, _FATED),
    "by_idea": Tally(("root",), ("voters", *SUMS), _by_idea, _COUNTED),
    "cast_on": Tally(("idea",), ("votes",), _cast_on, _FATED),
    "on_own_idea": Tally(("idea",), ("voters", *SUMS), _on_own_idea, (*_FATED, "weekly", "latest")),
    "by_slice": Tally(
        ("slice",),
        ("participants", "voters", *SUMS, "sided_people", "agree_agree", "agree_sided", "sided_sided"),
        _by_slice,
        _NOW,
    ),
    "activity": Tally(("votes",), ("voters",), _activity, _COUNTED),
    "votes_by_day": Tally(("day",), ("votes",), _votes_by_day, _DAYS),
    "people_by_day": Tally(("day",), ("participants",), _people_by_day, (*_DAYS, "said_by_day", "present")),
    "last_votes": Tally(("week",), ("voters",), _last_votes, _FATED),
    "own_votes": Tally((ONE,), ("authors", "votes", "agree"), _own_votes, (*_COUNTED, "wrote")),
    "by_opinion_group": Tally(
        ("root", "opinion_group"), ("voters", *SUMS), _by_opinion_group, (*_COUNTED, "opinion_groups")
    ),
}
