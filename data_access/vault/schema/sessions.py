"""Live events with their feedback, and programmes with their bookings."""

from __future__ import annotations

from sqlalchemy import Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data_access.vault.schema.base import Base, Identity
from data_access.vocabulary import FeedbackMoment


class Session(Base):
    """A live event on one People Promise element. Notes have no participants."""

    __tablename__ = "session"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    source_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(300))
    element: Mapped[str | None] = mapped_column(String(120))
    region: Mapped[str | None] = mapped_column(String(80))
    held_on: Mapped[Date | None] = mapped_column(Date)
    host_roles: Mapped[str] = mapped_column(Text, default="")
    recording_link: Mapped[str] = mapped_column(Text, default="")
    slides_link: Mapped[str] = mapped_column(Text, default="")
    notes_link: Mapped[str] = mapped_column(Text, default="", server_default="")
    input_link: Mapped[str] = mapped_column(Text, default="", server_default="")
    introduction: Mapped[str] = mapped_column(Text, default="", server_default="")
    key_themes: Mapped[str] = mapped_column(Text, default="")
    actions_agreed: Mapped[str] = mapped_column(Text, default="")
    attended: Mapped[int | None] = mapped_column(Integer)


class FeedbackPoint(Base):
    """One note from a session, under the question it answers."""

    __tablename__ = "feedback_point"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    source_id: Mapped[str] = mapped_column(String(120))
    session_source_id: Mapped[str] = mapped_column(String(120))
    question: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text)
    given: Mapped[str] = mapped_column(
        String(30), default=str(FeedbackMoment.IN_SESSION), server_default=str(FeedbackMoment.IN_SESSION)
    )
    position: Mapped[int | None] = mapped_column(Integer)  # row of its file: points keep the order they were written in


class Programme(Base):
    """A training programme or a series of reflective groups."""

    __tablename__ = "programme"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    source_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(300))
    cost_per_place_pence: Mapped[int | None] = mapped_column(Integer)
    notice_days: Mapped[int | None] = mapped_column(Integer)


class Cohort(Base):
    """One dated run of a programme with a number of places."""

    __tablename__ = "cohort"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    source_id: Mapped[str] = mapped_column(String(120))
    programme_source_id: Mapped[str] = mapped_column(String(120))
    held_on: Mapped[Date | None] = mapped_column(Date)
    region: Mapped[str | None] = mapped_column(String(80))
    capacity: Mapped[int | None] = mapped_column(Integer)
    minutes: Mapped[int | None] = mapped_column(Integer)


class Booking(Base):
    """One place booked by one person. Its pseudonym has a key of its own: it never joins the conversation."""

    __tablename__ = "booking"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    source_id: Mapped[str] = mapped_column(String(120))
    cohort_source_id: Mapped[str] = mapped_column(String(120))
    person: Mapped[str] = mapped_column(String(32))
    role: Mapped[str | None] = mapped_column(String(80))
    region: Mapped[str | None] = mapped_column(String(80))
    booked_on: Mapped[Date | None] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(30))
    confidence_after: Mapped[int | None] = mapped_column(Integer)  # 1 to 5, as answered after the course


class Interest(Base):
    """One person's interest in a programme, registered before there is a place to book. Pseudonym as of bookings."""

    __tablename__ = "interest"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    source_id: Mapped[str] = mapped_column(String(120))
    programme_source_id: Mapped[str] = mapped_column(String(120))
    person: Mapped[str] = mapped_column(String(32))
    role: Mapped[str | None] = mapped_column(String(80))
    region: Mapped[str | None] = mapped_column(String(80))
    registered_on: Mapped[Date | None] = mapped_column(Date)
