"""Where answers come from: one release, and the plan of the desk as at a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

import polars as pl
from sqlalchemy import Engine

from dashboard.filters import NOTHING, Board, Choices, Divisions
from dashboard.periods import LAST_DAY, period_of
from data_access.desk.plan import PlanAsAt, plan_as_at
from data_access.desk.plan_dates import quarter_before
from data_access.desk.recommendations import recommendations_as_at
from data_access.reference.places import icb_name
from data_access.releases.store import Release
from data_access.vocabulary import NOT_STATED

BEFORE: Final = "plan_before"
RECOMMENDED: Final = "plan_recommendations"


@dataclass(frozen=True, eq=False)
class ReleaseAndPlan:
    """A release and the plan as at `day`; the plan is read when a metric first asks for it.

    `since` is the earlier day that changes are counted from: the last quarter end before `day` if left out.
    """

    release: Release
    desk: Engine
    day: date
    since: date | None = None

    @property
    def number(self) -> int:
        """Number of the release."""
        return self.release.number

    @property
    def published_at(self) -> datetime:
        """When the release was published."""
        return self.release.published_at

    def table(self, name: str, conversation: str | None = None) -> pl.DataFrame:
        """Give a table of the release, all of it or one conversation's rows."""
        return self.release.table(name, conversation)

    def plan(self, name: str) -> pl.DataFrame:
        """Give a frame of the plan by its `plan_…` name; `plan_before` holds the actions on the earlier day."""
        if name == BEFORE:
            return plan_as_at(self.desk, self.since or quarter_before(self.day)).table("plan_actions")
        if name == RECOMMENDED:
            return recommendations_as_at(self.desk, self.day)
        return self._plan.table(name)

    @cached_property
    def _plan(self) -> PlanAsAt:
        return plan_as_at(self.desk, self.day)


def choices_of(release: Release) -> Choices:
    """Give what a release offers to filter by: conversations, newest first, and what divides each."""
    rows = release.conversations.select("conversation", "title").rows()
    return Choices(
        conversations=tuple((key, title or key) for key, title in rows),
        divisions={key: _divisions(release, key) for key, _ in rows},
    )


def _divisions(release: Release, conversation: str) -> Divisions:
    boards = release.table("icb", conversation).select("icb", "region").sort("region", "icb").rows()
    found = Divisions(
        regions=_labels(release.table("region", conversation)["region"]),
        boards=tuple(Board(code, icb_name(code) or code, region) for code, region in boards),
        staff_groups=_labels(release.table("staff_group", conversation)["staff_group"]),
        weeks=_closed_weeks(release, conversation),
        participant_types=_labels(release.table("participant_type", conversation)["participant_type"]),
    )
    is_cut = found.regions or found.boards or found.staff_groups or found.participant_types
    return found if is_cut else replace(found, reason=NOTHING.reason)


def _labels(names: pl.Series) -> tuple[str, ...]:
    """Give labels in alphabetical order, those who did not say last."""
    return tuple(sorted(names.unique(), key=lambda name: (name == NOT_STATED, name)))


def _closed_weeks(release: Release, conversation: str) -> tuple[date, ...]:
    """Give the Mondays of the weeks that are over, from the one the conversation opened in."""
    facts = release.table("conversations", conversation).row(0, named=True)
    days: list[date] = release.table("activity_by_day", conversation)["day"].drop_nulls().sort().to_list()
    if not days or facts["data_to"] is None:
        return ()
    first = max(facts["opens_on"] or days[0], days[0])
    monday = first - timedelta(days=first.weekday())
    weeks = period_of(monday, max(monday, days[-1])).weeks
    return tuple(week for week in weeks if week + LAST_DAY <= facts["data_to"])
