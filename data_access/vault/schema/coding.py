"""The coding frame and who gave which theme to what."""

from __future__ import annotations

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from data_access.vault.schema.base import Base, Identity


class Theme(Base):
    """One theme of one version of the coding frame."""

    __tablename__ = "theme"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    frame_version: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    element: Mapped[str | None] = mapped_column(String(120))
    parent: Mapped[str | None] = mapped_column(String(60))
    definition: Mapped[str] = mapped_column(Text, default="")


class Code(Base):
    """One coder's assignment of a theme to an idea, a comment or a feedback point."""

    __tablename__ = "code"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    frame_version: Mapped[int] = mapped_column(Integer)
    item_kind: Mapped[str] = mapped_column(String(20))  # idea | comment | feedback
    item_source_id: Mapped[str] = mapped_column(String(120))
    theme_code: Mapped[str] = mapped_column(String(60))
    coder: Mapped[str] = mapped_column(String(60))
    # A later row of the same key with `is_withdrawn` takes the assignment back; rows are never changed.
    is_withdrawn: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class ThemeMap(Base):
    """What a theme of one version has become in a later one; an empty `to_theme`: no theme covers it any more."""

    __tablename__ = "theme_map"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    from_version: Mapped[int] = mapped_column(Integer)
    from_theme: Mapped[str] = mapped_column(String(60))
    to_version: Mapped[int] = mapped_column(Integer)
    to_theme: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(Text, default="")
