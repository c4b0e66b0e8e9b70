"""Where votes are counted: on this machine by Polars, or on a cluster; the steps are the same (ADR 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import narwhals as nw
import polars as pl

from data_access.progress import Progress
from data_access.publishing.vote_rows import VoteRows, of_part

Rows = nw.LazyFrame[Any]
PARTICIPANT: Final = "participant"
STEP: Final = "count votes"


@dataclass(frozen=True)
class Tally:
    """Something counted over votes.

    `steps` takes the frames of a `Plan` by name and gives `key` and `measures`; `needs` names those frames. The
    measures of different people add up: whoever is counted in one part of the votes is in no other.
    """

    key: tuple[str, ...]
    measures: tuple[str, ...]
    steps: Callable[[Mapping[str, Rows]], Rows]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What to work out, engine aside.

    beside  small frames by name; those with a column `participant` are cut to the people of a part
    kept    frames that several tallies start from, in order: each takes the votes (as 'votes'), what is beside
            them and what was kept before
    """

    beside: Mapping[str, pl.DataFrame]
    kept: Mapping[str, Callable[[Mapping[str, Rows]], Rows]]


class Engine(Protocol):
    """Works tallies out."""

    def tallied(
        self, votes: VoteRows, plan: Plan, tallies: Mapping[str, Tally], progress: Progress
    ) -> dict[str, pl.DataFrame]:
        """Give each tally by name: its key and measures (Int64), in no promised order."""


class PolarsEngine:
    """Counts on this machine, a part of the votes at a time, on Polars' streaming engine."""

    def tallied(
        self, votes: VoteRows, plan: Plan, tallies: Mapping[str, Tally], progress: Progress
    ) -> dict[str, pl.DataFrame]:
        """Give each tally by name; peak memory is that of one part, whatever the number of votes."""
        found: dict[str, list[pl.DataFrame]] = {name: [] for name in tallies}
        for part, scan in enumerate(votes.scans()):
            frames = {name: self._of_part(frame, part, len(votes.parts)) for name, frame in plan.beside.items()}
            frames["votes"] = nw.from_native(scan)
            for name, steps in plan.kept.items():
                frames[name] = nw.from_native(_collected(steps(frames)).lazy())
            asked = [tally.steps(frames).to_native() for tally in tallies.values()]
            for name, frame in zip(tallies, pl.collect_all(asked, engine="streaming"), strict=True):
                found[name].append(frame)
            progress(STEP, part + 1, len(votes.parts))
        return {name: added_up(parts, tallies[name]) for name, parts in found.items()}

    @staticmethod
    def _of_part(frame: pl.DataFrame, part: int, parts: int) -> Rows:
        own = of_part(frame, part, parts) if PARTICIPANT in frame.columns else frame
        return nw.from_native(own.lazy())


def added_up(parts: list[pl.DataFrame], tally: Tally) -> pl.DataFrame:
    """Add the measures of the parts up by key."""
    whole = pl.concat(parts).select(*tally.key, pl.col(tally.measures).cast(pl.Int64))
    return whole if len(parts) == 1 else whole.group_by(tally.key).agg(pl.col(tally.measures).sum())


def _collected(frame: Rows) -> pl.DataFrame:
    native: pl.LazyFrame = frame.to_native()
    return native.collect(engine="streaming")
