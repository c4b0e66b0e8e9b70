"""What a kind of job is, and what it works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from dashboard.permissions import Right
from data_access.desk.jobs import JobRecord
from data_access.progress import Progress
from data_access.settings import Settings


@dataclass(frozen=True)
class Work:
    """One job being done. `clock` gives the time with its zone; `progress` raises where the job is to stop."""

    job: JobRecord
    settings: Settings
    desk: Engine
    clock: Callable[[], datetime]
    progress: Progress

    @property
    def arguments(self) -> Mapping[str, Any]:
        """What the job was asked with."""
        return self.job.arguments


@dataclass(frozen=True)
class Kind:
    """One kind of job. `run` gives plain data for the desk: counts and names, never participants' words.

    `right` is what whoever asks must have. `proposal` names the kind of proposal a job may rest on instead:
    then it takes one person with `right` who proposed and a second with `decider` who approved; with
    `needs_proposal` there is no other way.
    """

    name: str
    right: Right
    run: Callable[[Work], dict[str, Any]]
    proposal: str = ""
    decider: Right = Right.APPROVE_DATA
    needs_proposal: bool = False
