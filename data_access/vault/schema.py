"""The vault's tables: everything imported, pseudonymised, as it came and in the order it came.

Two rules carry the rest.

* **Rows are added, never changed.** A later export of the same idea adds a newer row with the same key;
  readers keep the newest. Undoing an import deletes its rows, and the earlier ones stand again.
* **Rows become visible only when their import row is committed**: readers join on `import_run.state`.

`idea` and `participant` give the votes short integer keys. A vote on an idea nobody has supplied yet
points at an `idea` row without a version; it is counted from the day the idea arrives.

Times are milliseconds since 1970 in UTC, because two votes of one second must keep their order and
because SQLite has no time type; nothing finer than a closed day ever leaves the vault.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Index, Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
Identity = Integer().with_variant(BigInteger(), "postgresql")


class Base(DeclarativeBase):
    """All tables of the vault; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMES)


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
    held_on: Mapped[Date | None] = mapped_column(Date)
    host_roles: Mapped[str] = mapped_column(Text, default="")
    recording_link: Mapped[str] = mapped_column(Text, default="")
    slides_link: Mapped[str] = mapped_column(Text, default="")
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
