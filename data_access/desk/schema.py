"""The desk's tables for people and what they do: accounts, visits, tickets, throttling, the audit log.

The plan's tables are in `plan_schema`, on the same base. Nothing here is about participants.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Float, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from data_access.desk.base import Base, Moment


class Account(Base):
    """Somebody who may sign in. `name` is what they type; it never changes and is never used again."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    regions: Mapped[list[Any]] = mapped_column(JSON)
    password_hash: Mapped[str] = mapped_column(String(80))
    is_disabled: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Visit(Base):
    """One signed-in browser. The cookie's value is kept as its SHA-256 only: a copy of the desk opens no door."""

    __tablename__ = "visit"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(Moment)
    last_seen_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)


class Ticket(Base):
    """Carries a sign-in from the form to the cookie: once, within seconds, to the page asked for."""

    __tablename__ = "ticket"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    page: Mapped[str] = mapped_column(String(2000))
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)


class UsedSignIn(Base):
    """A proof of an organisation's sign-in service that has opened a visit; kept until it would be too old anyway."""

    __tablename__ = "used_sign_in"
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)


class SignInFailure(Base):
    """How much an account name or an address has failed lately.

    `subject` is a SHA-256: people type passwords into the name field, and the desk must not keep them.
    """

    __tablename__ = "sign_in_failure"
    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    weight: Mapped[float] = mapped_column(Float)
    last_at: Mapped[datetime] = mapped_column(Moment, index=True)


class AuditEntry(Base):
    """One thing somebody did. Rows are added, never changed; `hash` covers the row and the hash before it."""

    __tablename__ = "audit_entry"
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(80))
    what: Mapped[str] = mapped_column(String(200))
    scope: Mapped[str] = mapped_column(String(300))
    release: Mapped[int | None] = mapped_column(Integer)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The last number and hash of the chain, so that rows cut off its end are missed too."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))
