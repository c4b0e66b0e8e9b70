"""What is counted over votes by closed week, once for every engine: see `tallies`.

An idea is *steady* where it stood for itself from first to last and carried no other; the rest are *moved*. Of a
steady idea a participant's vote stands from its week until the week of their next vote on it, so nothing need be
looked at again week by week. Votes on moved ideas are placed anew at the close of every week.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import narwhals as nw

from data_access.publishing.engines import Rows, Tally
from data_access.publishing.tallies import SUMS, Frames, as_value, sums

WEEK_DAYS: Final = 7
NEVER: Final = 2**31 - 1
# Weeks are kept as bits of whole numbers; 60 fit into one with its sign and room to add.
BITS: Final = 60


def _rows() -> nw.Expr:
    return nw.len().cast(nw.Int64)


def weekly(frames: Frames) -> Rows:
    """Give each participant's last vote on each posted idea in each week: participant, idea, week, top."""
    return (
        frames["fated"].filter(~nw.col("is_late")).group_by("participant", "idea", "week").agg(top=nw.col("top").max())
    )


def latest(frames: Frames) -> Rows:
    """Give each participant's last vote on each posted idea: participant, idea, week, top, weeks (they voted in)."""
    return (
        frames["weekly"]
        .group_by("participant", "idea")
        .agg(top=nw.col("top").max(), week=nw.col("week").max(), weeks=nw.len())
    )


def moved(frames: Frames) -> Rows:
    """Give the votes on moved ideas as they stood at the close of each week: participant, root, close, week, value."""
    placed = frames["weekly"].join(frames["moved_stood"], on="idea").filter(nw.col("week") <= nw.col("close"))
    last = placed.group_by("participant", "root", "close").agg(top=nw.col("top").max(), week=nw.col("week").max())
    return last.with_columns(as_value()).select("participant", "root", "close", "week", "value")


def steps_of_weeks(frames: Frames) -> Rows:
    """Give the different weeks in which people voted on steady ideas: element, participant, week; each once."""
    steady = frames["weekly"].join(frames["steady"], on="idea")
    return steady.join(frames["posted_under"], on="root").select("element", "participant", "week").unique()


def _steady_votes(frames: Frames) -> Rows:
    """Count the votes on steady ideas by the week they were cast in and the week they were changed in."""
    steady = frames["steady"].select("idea")
    once = frames["latest"].filter(nw.col("weeks") == 1).select("idea", "week", "top", until=nw.lit(NEVER, nw.Int32))
    often = frames["latest"].filter(nw.col("weeks") > 1).select("participant", "idea")
    changed = (
        frames["weekly"]
        .join(often, on=["participant", "idea"], how="semi")
        .with_columns(until=nw.col("week").shift(-1).over("participant", "idea", order_by="week"))
        .select("idea", "week", "top", nw.col("until").fill_null(NEVER).cast(nw.Int32))
    )
    both = nw.concat([once, changed]).join(steady, on="idea", how="semi")
    return both.with_columns(as_value()).group_by("idea", "week", "until").agg(*sums())


def _moved_votes(frames: Frames) -> Rows:
    return frames["moved"].group_by("root", "week", "close").agg(*sums())


def _element_weeks(frames: Frames) -> Rows:
    """Count the votes cast in each week on each element as ideas stood at its close, and the people who voted."""
    closing = nw.col("week") + (WEEK_DAYS - 1)
    stood = (
        frames["weekly"]
        .join(frames["standings"], on="idea")
        .filter((nw.col("since_day") <= closing) & (closing < nw.col("until_day")))
    )
    last = stood.group_by("participant", "carrier", "week").agg(top=nw.col("top").max())
    cast = last.with_columns(as_value()).select("participant", "week", "value", root="carrier")
    placed = cast.join(frames["posted_under"], on="root")
    each = placed.group_by("element", "week", "participant").agg(*sums())
    whole = [nw.col(name).sum() for name in SUMS]
    return each.group_by("element", "week").agg(_rows().alias("people"), *whole)


def _steady_people(frames: Frames) -> Rows:
    """Count the people of each element who voted on steady ideas only, by the weeks they voted in, as bits."""
    touched = _touched(frames)
    alone = frames["steps"].join(touched, on=["element", "participant"], how="anti").join(frames["bits"], on="week")
    words = [name for name in frames["bits"].columns if name != "week"]
    masks = alone.group_by("element", "participant").agg(*[nw.col(name).sum() for name in words])
    return masks.group_by("element", *words).agg(people=_rows())


def _moved_people(frames: Frames) -> Rows:
    """Count the other people of each element by close and by the week they voted in last until then."""
    steady = frames["steps"].join(_touched(frames), on=["element", "participant"], how="semi")
    until = steady.join(frames["closes"], how="cross").filter(nw.col("week") <= nw.col("close"))
    on_moved = frames["moved"].join(frames["posted_under"], on="root")
    columns = ("element", "participant", "close", "week")
    both = nw.concat([until.select(*columns), on_moved.select(*columns)])
    last = both.group_by("element", "participant", "close").agg(nw.col("week").max())
    return last.group_by("element", "close", "week").agg(people=_rows())


def _touched(frames: Frames) -> Rows:
    placed = frames["moved"].join(frames["posted_under"], on="root")
    return placed.select("element", "participant").unique()


def _people_by_week(frames: Frames) -> Rows:
    each = frames["present"].join(frames["calendar"], on="day").select("participant", "week").unique()
    return each.group_by("week").agg(people=_rows())


def _seen_by_week(frames: Frames) -> Rows:
    """Count those whose contributions stand by week and by the first week they came in."""
    standing = nw.concat([frames["counted"].select("participant"), frames["authors"].select("participant")]).unique()
    weeks = frames["present"].join(frames["calendar"], on="day")
    seen = weeks.select("participant", "week").unique().join(standing, on="participant", how="semi")
    firsts = seen.group_by("participant").agg(first_week=nw.col("week").min())
    return seen.join(firsts, on="participant").group_by("week", "first_week").agg(people=_rows())


def _theme_votes(frames: Frames) -> Rows:
    cast = frames["counted"].join(frames["theme_slices"], on="root")
    return cast.group_by("label", "week").agg(votes=_rows())


def _theme_people(frames: Frames) -> Rows:
    done = nw.concat(
        [frames["counted"].select("participant", "root", "week"), frames["said"].select("participant", "root", "week")]
    )
    each = done.join(frames["theme_slices"], on="root").select("label", "week", "participant").unique()
    return each.group_by("label", "week").agg(participants=_rows())


def weeks_tallies(words: tuple[str, ...]) -> Mapping[str, Tally]:
    """Give the tallies by week; `words` are the columns that hold weeks as bits."""
    fated = ("now", "calendar", "fated")
    by_week = (*fated, "weekly", "latest")
    on_moved = (*fated, "weekly", "moved_stood", "moved")
    people = (*on_moved, "steady", "posted_under", "steps")
    standing = (*fated, "counted")
    present = (*fated, "standings", "stood", "said_by_day", "present")
    return {
        "steady_votes": Tally(("idea", "week", "until"), SUMS, _steady_votes, (*by_week, "steady")),
        "moved_votes": Tally(("root", "week", "close"), SUMS, _moved_votes, on_moved),
        "element_weeks": Tally(
            ("element", "week"), ("people", *SUMS), _element_weeks, (*fated, "weekly", "standings", "posted_under")
        ),
        "steady_people": Tally(("element", *words), ("people",), _steady_people, (*people, "bits")),
        "moved_people": Tally(("element", "close", "week"), ("people",), _moved_people, (*people, "closes")),
        "people_by_week": Tally(("week",), ("people",), _people_by_week, present),
        "seen_by_week": Tally(("week", "first_week"), ("people",), _seen_by_week, (*present, "counted", "authors")),
        "theme_votes": Tally(("label", "week"), ("votes",), _theme_votes, (*standing, "theme_slices")),
        "theme_people": Tally(("label", "week"), ("participants",), _theme_people, (*standing, "said", "theme_slices")),
    }


KEPT_BY_WEEK: Final = {"weekly": weekly, "latest": latest, "moved": moved, "steps": steps_of_weeks}
