"""What was completed, purged and erased: days, counts and keyed marks; never an id or a word."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.vault.schema.base import Base, Identity


class Retention(Base):
    """A conversation that is over: who said so, which release is its last, and when its rows were deleted."""

    __tablename__ = "retention"
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), primary_key=True, autoincrement=False)
    completed_at_ms: Mapped[int] = mapped_column(BigInteger)
    asked_by: Mapped[str] = mapped_column(String(80))
    confirmed_by: Mapped[str] = mapped_column(String(80))
    final_release: Mapped[int | None] = mapped_column(Integer)
    purged_at_ms: Mapped[int | None] = mapped_column(BigInteger)


class Erasure(Base):
    """One erasure on request, in numbers. `people` are those of the list whom the conversation knew."""

    __tablename__ = "erasure"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    erased_at_ms: Mapped[int] = mapped_column(BigInteger)
    people: Mapped[int] = mapped_column(Integer)
    votes: Mapped[int] = mapped_column(Integer)
    comments: Mapped[int] = mapped_column(Integer)


class ErasedPerson(Base):
    """Somebody whose rows no import may bring back: a mark only the conversation's key can make again."""

    __tablename__ = "erased_person"
    __table_args__ = (UniqueConstraint("conversation_id", "mark"),)
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    mark: Mapped[str] = mapped_column(String(64))
    is_text_erased: Mapped[bool] = mapped_column(Boolean)


class WithdrawnText(Base):
    """A post whose wording no later release may show; `mark` says whose it was, for a second request."""

    __tablename__ = "withdrawn_text"
    __table_args__ = (UniqueConstraint("conversation_id", "post_kind", "post_source_id"),)
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    post_kind: Mapped[str] = mapped_column(String(20))  # idea | comment
    post_source_id: Mapped[str] = mapped_column(String(120))
    mark: Mapped[str] = mapped_column(String(64))
