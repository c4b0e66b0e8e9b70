"""Where answers come from: one release, and the plan of the desk as at a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

import polars as pl
from sqlalchemy import Engine

from data_access.desk.plan import PlanAsAt, plan_as_at
from data_access.desk.plan_dates import quarter_before
from data_access.releases.store import Release

BEFORE: Final = "plan_before"


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
        return self._plan.table(name)

    @cached_property
    def _plan(self) -> PlanAsAt:
        return plan_as_at(self.desk, self.day)
