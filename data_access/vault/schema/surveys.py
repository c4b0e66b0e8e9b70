"""Scores of surveys that were published elsewhere, loaded to stand beside a conversation."""

from __future__ import annotations

from sqlalchemy import Float, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from data_access.vault.schema.base import Base, Identity


class SurveyScore(Base):
    """The score of one People Promise element in one year of one survey. Published figures: no participants."""

    __tablename__ = "survey_score"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    element: Mapped[str] = mapped_column(String(120))
    year: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(String(300))
    score: Mapped[float] = mapped_column(Float)
    responses: Mapped[int | None] = mapped_column(Integer)
