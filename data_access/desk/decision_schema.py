"""The desk's tables for decisions on wording: flagged text to release or to keep back, codes to accept or to refuse.

Text is named by its public id and the hash of its wording, never quoted: a decision about one wording says nothing
about a later one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from data_access.desk.base import Base, Moment


class TextDecision(Base):
    """Whether a flagged wording may be released. `decision` is release or keep back; the newest row stands."""

    __tablename__ = "text_decision"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation: Mapped[str] = mapped_column(String(80), index=True)
    item_kind: Mapped[str] = mapped_column(String(20))
    item: Mapped[str] = mapped_column(String(120))
    text_hash: Mapped[str] = mapped_column(String(64))
    decision: Mapped[str] = mapped_column(String(20))
    decided_by: Mapped[str] = mapped_column(String(80))
    decided_at: Mapped[datetime] = mapped_column(Moment)


class CodeDecision(Base):
    """What a person said of a suggested code. `decision` is accepted or refused; the newest row stands."""

    __tablename__ = "code_decision"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation: Mapped[str] = mapped_column(String(80), index=True)
    item_kind: Mapped[str] = mapped_column(String(20))
    item: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(120))
    frame_version: Mapped[int | None] = mapped_column(Integer)
    decision: Mapped[str] = mapped_column(String(20))
    words: Mapped[list[Any]] = mapped_column(JSON)
    decided_by: Mapped[str] = mapped_column(String(80))
    decided_at: Mapped[datetime] = mapped_column(Moment)
