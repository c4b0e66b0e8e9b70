"""The desk's tables for what readers keep: saved views, and the register of snapshots."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.desk.base import Base, Moment


class SavedView(Base):
    """A page with its filters under a name, for the account that saved it. `link` is a path and its query."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("account_id", "name"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    link: Mapped[str] = mapped_column(String(2000))
    saved_at: Mapped[datetime] = mapped_column(Moment)


class SnapshotEntry(Base):
    """A snapshot in the register: which release, selection, pages and day of the plan; its files lie in a folder."""

    __tablename__ = "snapshot"
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    release: Mapped[int] = mapped_column(Integer)
    selection: Mapped[dict[str, Any]] = mapped_column(JSON)
    pages: Mapped[list[Any]] = mapped_column(JSON)
    plan_as_at: Mapped[date] = mapped_column(Date)
    role: Mapped[str] = mapped_column(String(20))
    regions: Mapped[list[Any]] = mapped_column(JSON)
    taken_by: Mapped[str] = mapped_column(String(80))
    taken_at: Mapped[datetime] = mapped_column(Moment)
    manifest_hash: Mapped[str] = mapped_column(String(64))
