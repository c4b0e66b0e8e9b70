"""The workforce that participants are held against: figures the customer loads, with their date and source."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from data_access.vault.schema.base import Base, Identity


class WorkforceCount(Base):
    """People employed in one region, board or staff group on one day; in all of England where none is named.

    Aggregates of the customer's own statistics: no participants.
    """

    __tablename__ = "workforce_count"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    region: Mapped[str | None] = mapped_column(String(120))
    icb: Mapped[str | None] = mapped_column(String(20))
    staff_group: Mapped[str | None] = mapped_column(String(200))
    as_at: Mapped[date] = mapped_column(Date)
    headcount: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(String(300))
