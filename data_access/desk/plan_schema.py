"""The plan's tables: what the register says, and everything recorded about it since.

Three rules carry the rest.

* **Rows are added, never changed or deleted.** A change of an action, a milestone, a commitment or a link is
  a newer version of it; the newest that is valid on a day and recorded by a moment is the one shown.
* **Two times are kept.** `valid_from` and `as_at` are days of the world, `recorded_at` is when somebody wrote
  it down, so 'status at the end of March' and 'what we believed at the end of March' are both answerable.
* **`plan_action.version` is the only cell that is ever updated.** It counts the edits of an action and
  everything that hangs on it; an editor who saw an older count is told what has changed since.

The published report gives most actions without wording; a null `wording` means 'not loaded', never 'none'.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.desk.base import Base, Moment


class _Recorded:
    """Who wrote a row, when, and which edit of its action it was part of."""

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str] = mapped_column(String(120))


class _Versioned(_Recorded):
    """A row that a later one may replace from some day on, or withdraw."""

    valid_from: Mapped[date] = mapped_column(Date)
    is_withdrawn: Mapped[bool] = mapped_column(Boolean, default=False)


class PlanAction(Base):
    """One of the 35 actions: its number and how often it, or anything that hangs on it, was edited."""

    __tablename__ = "plan_action"
    __table_args__ = (CheckConstraint("number >= 1", name="number"),)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Integer)


class PlanActionVersion(_Versioned, Base):
    """What the register says of an action. `leads` are posts joined by a vertical bar."""

    __tablename__ = "plan_action_version"
    __table_args__ = (UniqueConstraint("number", "version"),)
    number: Mapped[int] = mapped_column(ForeignKey("plan_action.number"))
    theme: Mapped[str | None] = mapped_column(Text)
    owner_level: Mapped[str | None] = mapped_column(Text)
    leads: Mapped[str | None] = mapped_column(Text)
    wording: Mapped[str | None] = mapped_column(Text)
    priority: Mapped[str | None] = mapped_column(Text)
    due_stated: Mapped[str | None] = mapped_column(Text)
    due_earliest: Mapped[date | None] = mapped_column(Date)
    due_latest: Mapped[date | None] = mapped_column(Date)
    precision: Mapped[str] = mapped_column(String(20))
    governance: Mapped[str | None] = mapped_column(Text)
    measure: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[str | None] = mapped_column(Text)


class PlanCommitmentVersion(_Versioned, Base):
    """A commitment of the plan whose action number nobody has published; never counted among the 35."""

    __tablename__ = "plan_commitment_version"
    __table_args__ = (UniqueConstraint("commitment", "version"),)
    commitment: Mapped[str] = mapped_column(String(60))
    theme: Mapped[str | None] = mapped_column(Text)
    owner_level: Mapped[str | None] = mapped_column(Text)
    wording: Mapped[str] = mapped_column(Text)
    due_stated: Mapped[str | None] = mapped_column(Text)
    due_earliest: Mapped[date | None] = mapped_column(Date)
    due_latest: Mapped[date | None] = mapped_column(Date)
    precision: Mapped[str] = mapped_column(String(20))
    source: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[str | None] = mapped_column(Text)


class PlanMilestoneVersion(_Versioned, Base):
    """A step of an action, and the day it was reached if it was."""

    __tablename__ = "plan_milestone_version"
    __table_args__ = (UniqueConstraint("milestone", "version"),)
    milestone: Mapped[str] = mapped_column(String(120))
    action: Mapped[int] = mapped_column(ForeignKey("plan_action.number"), index=True)
    text: Mapped[str] = mapped_column(Text)
    due_stated: Mapped[str | None] = mapped_column(Text)
    due_earliest: Mapped[date | None] = mapped_column(Date)
    due_latest: Mapped[date | None] = mapped_column(Date)
    precision: Mapped[str] = mapped_column(String(20))
    reached_on: Mapped[date | None] = mapped_column(Date)


class PlanUpdate(_Recorded, Base):
    """The status of an action on the day `as_at`, as somebody recorded it at `recorded_at`.

    `expected_status` is what they expected it to be on `expected_by`. A row that `withdraws` an earlier one
    takes it back from the moment it was recorded; it is no status itself.
    """

    __tablename__ = "plan_update"
    __table_args__ = (Index("ix_plan_update_action_as_at", "action", "as_at"),)
    action: Mapped[int] = mapped_column(ForeignKey("plan_action.number"))
    as_at: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(Text)
    expected_status: Mapped[str | None] = mapped_column(String(20))
    expected_by: Mapped[date | None] = mapped_column(Date)
    withdraws: Mapped[int | None] = mapped_column(ForeignKey("plan_update.id"))


class PlanEvidenceVersion(_Versioned, Base):
    """A link from an action to something people said, and what became of it ('you said, we did').

    `item` is a public id that is stable across releases: of a theme, an idea, a feedback point or a session.
    """

    __tablename__ = "plan_evidence_version"
    __table_args__ = (UniqueConstraint("action", "kind", "item", "version"),)
    action: Mapped[int] = mapped_column(ForeignKey("plan_action.number"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    item: Mapped[str] = mapped_column(String(120))
    response: Mapped[str | None] = mapped_column(String(20))
    response_text: Mapped[str | None] = mapped_column(Text)
