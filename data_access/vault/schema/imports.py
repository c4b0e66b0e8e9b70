"""Conversations, and the ledger of what was imported into them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data_access.vault.schema.base import Base


class Conversation(Base):
    """An online conversation and everything that belongs to it."""

    __tablename__ = "conversation"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    source: Mapped[str] = mapped_column(String(40))
    opens_on: Mapped[Date | None] = mapped_column(Date)
    closes_on: Mapped[Date | None] = mapped_column(Date)
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/London")
    threshold: Mapped[int] = mapped_column(Integer, default=10)
    moderation_mode: Mapped[str] = mapped_column(String(20), default="permissive")
    has_pass: Mapped[bool] = mapped_column(Boolean, default=True)
    staff_group_scheme: Mapped[str | None] = mapped_column(String(120))
    is_demo: Mapped[bool] = mapped_column(Boolean, default=False)


class ImportRun(Base):
    """One import: one transaction, one line of the ledger. Its number is what people quote."""

    __tablename__ = "import_run"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    adapter: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))  # committed | undone
    content_hash: Mapped[str] = mapped_column(String(64), index=True)
    started_at_ms: Mapped[int] = mapped_column(BigInteger)
    finished_at_ms: Mapped[int] = mapped_column(BigInteger)
    started_by: Mapped[str] = mapped_column(String(120))
    proof: Mapped[str] = mapped_column(Text)  # JSON: files with hashes, ledger, sign rule, differences


class ImportLedger(Base):
    """One table of one file of an import. Law: rows = accepted + duplicate + quarantined."""

    __tablename__ = "import_ledger"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    file: Mapped[str] = mapped_column(String(300))
    table: Mapped[str] = mapped_column(String(60))
    rows: Mapped[int] = mapped_column(Integer)
    accepted: Mapped[int] = mapped_column(Integer)
    duplicate: Mapped[int] = mapped_column(Integer)
    quarantined: Mapped[int] = mapped_column(Integer)


class Quarantine(Base):
    """One row that was not taken, and why; never its words."""

    __tablename__ = "quarantine"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    file: Mapped[str] = mapped_column(String(300))
    row: Mapped[int] = mapped_column(Integer)
    column: Mapped[str] = mapped_column(String(120))
    shape: Mapped[str] = mapped_column(String(200))
    expected: Mapped[str] = mapped_column(String(300))
    remedy: Mapped[str] = mapped_column(String(300))
    code: Mapped[str] = mapped_column(String(10))
