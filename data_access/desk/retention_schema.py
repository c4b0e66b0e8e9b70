"""The desk's tables for the end of conversations: days that jobs wrote down for pages, and certificates of counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from data_access.desk.base import Base, Moment


class RetentionFact(Base):
    """Where a conversation stands, as the last job that opened the vault saw it."""

    __tablename__ = "retention_fact"
    conversation: Mapped[str] = mapped_column(String(80), primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    final_release: Mapped[int | None] = mapped_column(Integer)
    completed_at: Mapped[datetime | None] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    purged_at: Mapped[datetime | None] = mapped_column(Moment)
    alarmed_at: Mapped[datetime | None] = mapped_column(Moment)


class CertificateEntry(Base):
    """What an erasure, a completion or a purge did, in counts; `hash` covers everything else of the row."""

    __tablename__ = "certificate"
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    conversation: Mapped[str] = mapped_column(String(80), index=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[str] = mapped_column(String(80))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[str] = mapped_column(String(64))
