"""Participants, ideas, votes, comments, reports and what moderators did."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.vault.schema.base import Base, Identity


class Participant(Base):
    """A person as a keyed pseudonym: HMAC-SHA-256 of the platform's id, first 128 bits, in hex."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("conversation_id", "pseudonym"),)
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    pseudonym: Mapped[str] = mapped_column(String(32))


class ParticipantVersion(Base):
    """What a participant declared, as one import gave it."""

    __tablename__ = "participant_version"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    participant_type: Mapped[str | None] = mapped_column(String(40))
    region: Mapped[str | None] = mapped_column(String(80))
    icb: Mapped[str | None] = mapped_column(String(20))
    organisation: Mapped[str | None] = mapped_column(String(200))
    staff_group: Mapped[str | None] = mapped_column(String(120))
    opinion_group: Mapped[str | None] = mapped_column(String(20))  # group-id as a Polis export supplies it
    registered_at_ms: Mapped[int | None] = mapped_column(BigInteger)
    signed_in_at_ms: Mapped[int | None] = mapped_column(BigInteger)


class Idea(Base):
    """An idea's identity: the number that votes point at."""

    __tablename__ = "idea"
    __table_args__ = (UniqueConstraint("conversation_id", "source_id"),)
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    source_id: Mapped[str] = mapped_column(String(120))


class IdeaVersion(Base):
    """An idea as one import gave it. `elements` are official names joined by a vertical bar."""

    __tablename__ = "idea_version"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"))
    posted_at_ms: Mapped[int | None] = mapped_column(BigInteger)
    title: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    elements: Mapped[str] = mapped_column(Text, default="")
    is_seed: Mapped[bool] = mapped_column(Boolean, default=False)
    is_meta: Mapped[bool] = mapped_column(Boolean, default=False)
    moderated: Mapped[int | None] = mapped_column(Integer)  # Polis: -1 rejected, 0 not looked at, 1 accepted


class VoteCast(Base):
    """One vote as it was cast. `position` settles the order of votes of the same millisecond."""

    __tablename__ = "vote"
    __table_args__ = (Index("ix_vote_idea_id_participant_id", "idea_id", "participant_id"),)
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    cast_at_ms: Mapped[int] = mapped_column(BigInteger)
    position: Mapped[int] = mapped_column(Integer)  # row number in its file
    value: Mapped[int] = mapped_column(Integer)  # 1 agree, 0 pass, -1 disagree


class IdeaTotal(Base):
    """What a source without votes says of how an idea stood: totals, nobody's vote.

    Null is 'the source does not count this', never 0: supports have no disagreement, thumbs no pass.
    """

    __tablename__ = "idea_total"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    agree: Mapped[int | None] = mapped_column(Integer)
    passed: Mapped[int | None] = mapped_column(Integer)
    disagree: Mapped[int | None] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(String(40))


class Comment(Base):
    """A comment on an idea, or a reply to a comment."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_conversation_id_source_id", "conversation_id", "source_id"),)
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    source_id: Mapped[str] = mapped_column(String(120))
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    reply_to: Mapped[str | None] = mapped_column(String(120))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"))
    posted_at_ms: Mapped[int | None] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)


class PostReport(Base):
    """Somebody pressed 'report' on a post."""

    __tablename__ = "post_report"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    source_id: Mapped[str] = mapped_column(String(120))
    post_kind: Mapped[str] = mapped_column(String(20))  # idea | comment
    post_source_id: Mapped[str] = mapped_column(String(120))
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"))
    reported_at_ms: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(120), default="")


class ModerationEvent(Base):
    """One line of the moderation log. `sources` and `parts` are source ids joined by a vertical bar.

    merge: sources → target; split: target → parts (`inherits` names the one part that keeps the votes);
    remove, restore, retitle: target. `post_kind` says whether ids are those of ideas or of comments.
    """

    __tablename__ = "moderation_event"
    __table_args__ = (Index("ix_moderation_event_conversation_id_sequence", "conversation_id", "sequence"),)
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    sequence: Mapped[int] = mapped_column(BigInteger)
    happened_at_ms: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))
    post_kind: Mapped[str] = mapped_column(String(20), default="idea")
    target: Mapped[str] = mapped_column(String(120))
    sources: Mapped[str] = mapped_column(Text, default="")
    parts: Mapped[str] = mapped_column(Text, default="")
    inherits: Mapped[str | None] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(Text, default="")
